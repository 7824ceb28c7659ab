/**
 * Pieces from this device to the store: hashed, put in small batches, tried again until the store says it has them.
 *
 * Never in the way of recording: pieces are offered, and everything else happens on its own.
 */

import { Refused, Unreachable, put } from "./api.js";
import { concatenate, sha256 } from "./pieces.js";

/** @typedef {import("./api.js").TakeApi} TakeApi @typedef {import("./store.js").Store} Store */

const BATCH = 4;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 8000;

/** Full jitter: anything between nothing and the doubled pause. @param {number} failures */
export function pauseMs(failures, random = Math.random) {
  return random() * Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failures);
}

export class Uploader {
  #api;
  #store;
  #recording;
  #hooks;
  /** @type {Set<number>} */
  #waiting = new Set();
  /** @type {Map<number, number>} end of each piece in media time */
  #ends = new Map();
  /** @type {Set<number>} */
  #saved = new Set();
  #isRunning = false;
  #isStopped = false;
  #failures = 0;
  #wake = () => {};
  /** @type {{resolve: () => void, reject: (reason: unknown) => void}[]} */
  #drains = [];
  /** @type {unknown} */
  #refusal = null;

  /**
   * @param {TakeApi} api
   * @param {Store} store
   * @param {string} recording its id on this device
   * @param {{onProgress: () => void, onReach: (isReached: boolean) => void, onRefused: (refusal: Refused) => void}} hooks
   */
  constructor(api, store, recording, hooks) {
    this.#api = api;
    this.#store = store;
    this.#recording = recording;
    this.#hooks = hooks;
  }

  /** Media time up to which the store has everything, in milliseconds. */
  get savedMs() {
    let end = 0;
    for (let piece = 0; this.#saved.has(piece); piece += 1) end = Math.max(end, this.#ends.get(piece) ?? 0);
    return end;
  }

  get unsent() {
    return this.#waiting.size;
  }

  /** A piece that is on this device, complete. @param {number} piece @param {number} endMs */
  offer(piece, endMs) {
    this.#ends.set(piece, endMs);
    if (!this.#saved.has(piece)) this.#waiting.add(piece);
    void this.#run();
  }

  /** A piece the store acknowledged before this page was opened. @param {number} piece @param {number} endMs */
  recall(piece, endMs) {
    this.#ends.set(piece, endMs);
    this.#saved.add(piece);
  }

  /** The store says it lacks these after all. @param {number[]} pieces */
  repeat(pieces) {
    for (const piece of pieces) {
      this.#saved.delete(piece);
      this.#waiting.add(piece);
    }
    void this.#run();
  }

  /** Resolves when everything offered is stored. @returns {Promise<void>} @throws {Refused} */
  drained() {
    if (this.#refusal) return Promise.reject(this.#refusal);
    if (this.#waiting.size === 0) return Promise.resolve();
    return new Promise((resolve, reject) => this.#drains.push({ resolve, reject }));
  }

  /** The connection may be back: try now. */
  kick() {
    this.#failures = 0;
    this.#wake();
  }

  stop() {
    this.#isStopped = true;
    this.#wake();
  }

  /** Keep trying until `attempt` is answered. @template T @param {() => Promise<T>} attempt @returns {Promise<T>} */
  async persist(attempt) {
    for (;;) {
      try {
        const answer = await attempt();
        this.#reached();
        return answer;
      } catch (error) {
        if (!(error instanceof Unreachable) || this.#isStopped) throw error;
        await this.#pause();
      }
    }
  }

  async #run() {
    if (this.#isRunning || this.#refusal) return;
    this.#isRunning = true;
    try {
      while (this.#waiting.size > 0 && !this.#isStopped) await this.#turn();
      if (this.#waiting.size === 0) for (const drain of this.#drains.splice(0)) drain.resolve();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.#refusal = error;
      for (const drain of this.#drains.splice(0)) drain.reject(error);
      this.#hooks.onRefused(error);
    } finally {
      this.#isRunning = false;
    }
  }

  async #turn() {
    try {
      const isWhole = await this.#send([...this.#waiting].sort((a, b) => a - b).slice(0, BATCH));
      if (isWhole) return this.#reached();
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error;
    }
    await this.#pause();
  }

  #reached() {
    this.#failures = 0;
    this.#hooks.onReach(true);
  }

  async #pause() {
    this.#failures += 1;
    // One failure is a hiccup; two in a row, or a browser that knows, is being offline.
    if (this.#failures > 1 || !navigator.onLine) this.#hooks.onReach(false);
    await new Promise((resolve) => {
      this.#wake = () => resolve(undefined);
      setTimeout(resolve, pauseMs(this.#failures));
    });
  }

  /** @param {number[]} batch @returns {Promise<boolean>} whether all of it is stored now */
  async #send(batch) {
    const read = await Promise.all(batch.map((piece) => this.#read(piece)));
    const wanted = read.map(({ piece, bytes, digest }) => ({ index: piece, size: bytes.byteLength, sha256: digest }));
    const uploads = new Map((await this.#api.uploads(wanted)).map((upload) => [upload.index, upload]));
    const outcomes = await Promise.allSettled(read.map((each) => this.#put(each, uploads.get(each.piece))));
    const failed = outcomes.filter((outcome) => outcome.status === "rejected");
    for (const { reason } of failed) if (!(reason instanceof Unreachable)) throw reason;
    return failed.length === 0 && outcomes.every((outcome) => outcome.status === "fulfilled" && outcome.value);
  }

  /** The piece as it is on this device, hashed at this moment: a digest is never older than its bytes. @param {number} piece */
  async #read(piece) {
    const chunks = await this.#store.chunksOf(this.#recording, piece);
    const bytes = concatenate(chunks.map((chunk) => chunk.bytes));
    return { piece, bytes, digest: await sha256(bytes) };
  }

  /** @param {{piece: number, bytes: ArrayBuffer, digest: string}} read @param {import("./api.js").Upload|undefined} upload */
  async #put({ piece, bytes, digest }, upload) {
    // Damaged on the way or an address too old: it stays waiting, is read and hashed again, and gets a new address.
    if (!upload || (await put(upload, bytes)) !== "saved") return false;
    await this.#store.savePiece({ recording: this.#recording, piece, size: bytes.byteLength, sha256: digest, isSaved: true });
    this.#saved.add(piece);
    this.#waiting.delete(piece);
    this.#hooks.onProgress();
    return true;
  }
}
