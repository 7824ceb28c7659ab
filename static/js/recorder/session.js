/**
 * One recording from its first chunk to the server's "received": capture writes to the store, the store feeds the
 * uploader, and after a reload the same session is taken up again from what the store holds.
 */

import { Refused, TakeApi } from "./api.js";
import { Capture } from "./capture.js";
import { Joiner } from "./pieces.js";
import { Uploader } from "./uploader.js";

/** @typedef {import("./store.js").Recording} Recording @typedef {import("./store.js").Store} Store */
/**
 * @typedef {object} Hooks
 * @property {() => void} [onStarted]
 * @property {() => void} [onChunk] something arrived from the recorder: also a good moment to look at the clock
 * @property {() => void} [onStopped] everything recorded is on this device
 * @property {(code: string) => void} [onLost]
 * @property {() => void} [onProgress]
 * @property {(isReached: boolean) => void} [onReach]
 * @property {(refusal: Refused) => void} [onRefused]
 */

const COMPLETION_ROUNDS = 5;

export class Session {
  /** @type {Uploader|null} null in practice and preview: then nothing here can reach a network */
  #uploader = null;
  /** @type {TakeApi|null} */
  #api = null;
  /** @type {Capture|null} */
  #capture = null;
  #joiner = new Joiner();
  /** @type {BlobPart[]} */
  #parts = [];
  #writing = Promise.resolve();
  #recordedMs = 0;
  #isPlayable = true;
  #savedBefore = 0;
  /** @type {Promise<void>|null} */
  #finishing = null;

  /**
   * @param {Recording} recording
   * @param {Store} store
   * @param {{csrf: string, isLocal: boolean}} page
   * @param {Hooks} hooks
   */
  constructor(recording, store, { csrf, isLocal }, hooks) {
    this.recording = recording;
    this.store = store;
    this.hooks = hooks;
    if (isLocal) return;
    this.#api = new TakeApi(recording, csrf, () => store.saveRecording(recording));
    this.#uploader = new Uploader(this.#api, store, recording.id, {
      onProgress: () => this.hooks.onProgress?.(),
      onReach: (isReached) => this.hooks.onReach?.(isReached),
      onRefused: (refusal) => this.hooks.onRefused?.(refusal),
    });
  }

  get seconds() {
    return this.recording.finished?.seconds ?? this.#capture?.seconds ?? this.#recordedMs / 1000;
  }

  get savedSeconds() {
    return (this.#uploader?.savedMs ?? 0) / 1000;
  }

  get isLocal() {
    return this.#uploader === null;
  }

  get isUnsent() {
    return this.#uploader !== null && !this.recording.received;
  }

  /** Begun, and nothing recorded yet. */
  get isFresh() {
    return this.#capture === null && !this.hasBytes && !this.isPartlySaved;
  }

  /** The store has some of it, even if this device no longer does. */
  get isPartlySaved() {
    return this.#savedBefore > 0;
  }

  get hasBytes() {
    return this.#parts.length > 0;
  }

  /** What was recorded, to watch back; null if this device no longer holds the beginning. @returns {Blob|null} */
  get blob() {
    return this.#isPlayable && this.hasBytes ? new Blob(this.#parts, { type: this.recording.mime }) : null;
  }

  /** Write the recording down and have the server begin a take, while the countdown runs. Offline, the latter waits. */
  async prepare() {
    if (!this.#uploader || !this.#api) return;
    const api = this.#api;
    await this.store.saveRecording(this.recording);
    await this.#uploader.persist(() => api.begin()).catch((error) => this.#refused(error));
  }

  /** @param {MediaStream} stream @param {import("./capture.js").Format} format */
  record(stream, format) {
    this.#capture = new Capture(stream, format, {
      onStart: () => this.hooks.onStarted?.(),
      onChunk: ({ blob, endMs }) => this.#received(blob, endMs),
      onStop: () => void this.#stopped(),
      onLost: (code) => this.hooks.onLost?.(code),
    });
    this.recording.mime = this.#capture.mime;
    this.#capture.start();
  }

  /** `onStopped` follows. */
  stop() {
    this.#capture?.stop();
  }

  /** Take up what an earlier page left behind: play it, send it. @param {number} [secondsPerPiece] where only the store's pieces are known */
  async resume(secondsPerPiece = 0) {
    const saved = new Map((await this.store.pieces(this.recording.id)).map((piece) => [piece.piece, piece]));
    const chunks = await this.store.chunks(this.recording.id);
    const whole = unbroken(chunks, saved);
    this.#isPlayable = whole.every((chunk, position) => chunk.index === position);
    this.#parts = whole.map((chunk) => chunk.bytes);
    this.#savedBefore = saved.size;
    this.#recordedMs = whole.at(-1)?.endMs ?? saved.size * secondsPerPiece * 1000;
    const ends = new Map(whole.map((chunk) => [chunk.piece, chunk.endMs]));
    for (const [piece, endMs] of ends) {
      if (saved.get(piece)?.isSaved) this.#uploader?.recall(piece, endMs);
      else this.#uploader?.offer(piece, endMs);
    }
    for (const piece of saved.keys()) if (!ends.has(piece)) this.#uploader?.recall(piece, 0); // made room for others
  }

  /**
   * Send the rest and tell the server that this is all. Safe to ask for twice, and after a reload.
   *
   * @param {{interrupted: boolean}} ending
   * @returns {Promise<void>} resolves when the server has received it
   * @throws {Refused}
   */
  finish({ interrupted }) {
    this.#finishing ??= this.#finish(interrupted).catch((error) => {
      this.#finishing = null;
      throw error;
    });
    return this.#finishing;
  }

  /** Make this the answer, once it is received. @throws {Refused} */
  async keep() {
    this.recording.keep = true;
    await this.store.saveRecording(this.recording);
    await this.finish({ interrupted: this.recording.finished?.interrupted ?? true });
    if (this.recording.keep) await this.#choose();
  }

  /** Another take was chosen instead. */
  async unkeep() {
    if (!this.recording.keep) return;
    this.recording.keep = false;
    if (this.recording.received) await this.store.forget(this.recording.id);
    else await this.store.saveRecording(this.recording);
  }

  /** Nothing worth keeping was recorded. */
  async drop() {
    this.#uploader?.stop();
    this.#capture?.stop();
    await this.store.forget(this.recording.id);
  }

  /** The connection may be back. */
  kick() {
    this.#uploader?.kick();
  }

  /** @param {boolean} interrupted */
  async #finish(interrupted) {
    const { recording, store } = this;
    recording.finished ??= { seconds: this.seconds, interrupted };
    if (!this.#uploader) return;
    await this.#writing;
    if (!recording.received) {
      await store.saveRecording(recording);
      await this.#complete(this.#uploader, recording.finished);
      recording.received = true;
    }
    if (recording.keep) await this.#choose();
    else await store.forget(recording.id);
  }

  /** @param {Uploader} uploader @param {{seconds: number, interrupted: boolean}} finished */
  async #complete(uploader, finished) {
    for (let round = 1; ; round += 1) {
      await uploader.drained();
      const stored = await this.store.pieces(this.recording.id);
      const prefix = stored.filter(({ piece }, position) => piece === position);
      const pieces = prefix.map(({ size, sha256 }) => ({ size, sha256 }));
      const manifest = { mime: this.recording.mime, ...finished, pieces };
      try {
        await uploader.persist(async () => this.#api?.complete(manifest));
        return;
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        if (error.code === "already_complete") return; // an earlier page told the server before it went away
        if (error.code !== "pieces_missing" || round === COMPLETION_ROUNDS) throw error;
        uploader.repeat(error.missing);
      }
    }
  }

  async #choose() {
    const { take } = this.recording;
    if (this.#uploader && this.#api && take) {
      const api = this.#api;
      await this.store.saveRecording(this.recording);
      await this.#uploader.persist(() => api.choose(take));
    }
    await this.store.forget(this.recording.id);
  }

  /** @param {Blob} blob @param {number} endMs */
  #received(blob, endMs) {
    this.#parts.push(blob);
    this.#recordedMs = endMs;
    if (this.#uploader) this.#writing = this.#writing.then(() => this.#write(blob, endMs));
    this.hooks.onChunk?.();
  }

  /** To the disk first, to the network after. @param {Blob} blob @param {number} endMs */
  async #write(blob, endMs) {
    const { chunks, closed } = this.#joiner.add(await blob.arrayBuffer(), endMs);
    for (const chunk of chunks) await this.store.saveChunk({ recording: this.recording.id, ...chunk });
    for (const piece of closed) this.#uploader?.offer(piece, endMs);
  }

  async #stopped() {
    await this.#writing;
    for (const piece of this.#joiner.flush()) this.#uploader?.offer(piece, this.seconds * 1000);
    this.hooks.onStopped?.();
  }

  /** @param {unknown} error */
  #refused(error) {
    if (!(error instanceof Refused)) throw error;
    this.hooks.onRefused?.(error);
  }
}

/**
 * The chunks up to the first gap: a chunk may be absent only if its piece is stored already.
 *
 * @param {import("./store.js").ChunkRow[]} chunks
 * @param {Map<number, {isSaved: boolean}>} saved
 */
function unbroken(chunks, saved) {
  let next = 0;
  const whole = [];
  for (const chunk of chunks) {
    const before = whole.at(-1)?.piece ?? -1;
    const isCovered = () => range(before + 1, chunk.piece).every((piece) => saved.get(piece)?.isSaved);
    const isBroken = chunk.index !== next && !((before < 0 || saved.get(before)?.isSaved) && isCovered());
    if (isBroken) break;
    whole.push(chunk);
    next = chunk.index + 1;
  }
  return whole;
}

/** @param {number} from @param {number} to */
const range = (from, to) => Array.from({ length: Math.max(0, to - from) }, (_, position) => from + position);
