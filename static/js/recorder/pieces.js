/**
 * Chunks (a quarter of a second) joined into pieces (about a second), and a piece's digest.
 *
 * Which piece a chunk belongs to is decided when it arrives and written down with it, so that after a reload the same
 * piece has the same bytes and the same digest.
 *
 * @typedef {{index: number, piece: number, endMs: number, bytes: ArrayBuffer}} Assigned
 */

export const PIECE_MS = 1000;
export const PIECE_BYTES = 4 * 1024 * 1024;

export class Joiner {
  #index = 0;
  #piece = 0;
  #size = 0;
  #beganMs = 0;

  /**
   * Give `bytes` their places: more than one only if they are too large for a single piece (a huge first chunk after the
   * computer slept). `closed` are the pieces that nothing more will join.
   *
   * @param {ArrayBuffer} bytes
   * @param {number} endMs media time they reach
   * @returns {{chunks: Assigned[], closed: number[]}}
   */
  add(bytes, endMs) {
    /** @type {Assigned[]} */
    const chunks = [];
    /** @type {number[]} */
    const closed = [];
    for (let from = 0; from < bytes.byteLength; from += PIECE_BYTES) {
      const part = bytes.slice(from, from + PIECE_BYTES);
      if (this.#size + part.byteLength > PIECE_BYTES) closed.push(...this.flush(endMs));
      chunks.push({ index: this.#index++, piece: this.#piece, endMs, bytes: part });
      this.#size += part.byteLength;
      if (endMs - this.#beganMs >= PIECE_MS) closed.push(...this.flush(endMs));
    }
    return { chunks, closed };
  }

  /** Close the piece under way, if it holds anything. @param {number} [endMs] @returns {number[]} */
  flush(endMs = this.#beganMs) {
    if (this.#size === 0) return [];
    this.#size = 0;
    this.#beganMs = endMs;
    return [this.#piece++];
  }
}

/** @param {ArrayBuffer} bytes @returns {Promise<string>} 64 hex digits */
export async function sha256(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** @param {ArrayBuffer[]} buffers @returns {ArrayBuffer} */
export function concatenate(buffers) {
  const joined = new Uint8Array(buffers.reduce((size, buffer) => size + buffer.byteLength, 0));
  let at = 0;
  for (const buffer of buffers) {
    joined.set(new Uint8Array(buffer), at);
    at += buffer.byteLength;
  }
  return joined.buffer;
}
