/**
 * What was recorded, on this device, until the server says it has all of it.
 *
 * IndexedDB with strict durability where the browser gives it. Where it does not (private window, no space, a broken
 * profile), the same rows live in memory, the page is told once, and uploading goes on as usual.
 *
 * @typedef {object} Recording one run of the recorder, on this device
 * @property {string} id ours; the server's take may be unknown yet
 * @property {string} interview
 * @property {string} question
 * @property {Urls} urls
 * @property {string} mime
 * @property {string} at when it began, ISO 8601
 * @property {string|null} take
 * @property {number|null} number
 * @property {number} epoch
 * @property {{seconds: number, interrupted: boolean}|null} finished set when it was stopped; null after a crash
 * @property {boolean} received the server has all of it; the row stays only until the choice is told
 * @property {boolean} keep the person wants this one sent as their answer
 * @typedef {{takes: string, token: string, choice: string, api: string}} Urls `token` and `api` hold `{take}`
 * @typedef {{recording: string, index: number, piece: number, endMs: number, bytes: ArrayBuffer}} ChunkRow
 * @typedef {{recording: string, piece: number, size: number, sha256: string, isSaved: boolean}} PieceRow
 * @typedef {"recordings"|"chunks"|"pieces"} Table
 */

const NAME = "callback-recorder";
const VERSION = 1;
const OPEN_WITHIN_MS = 5000;
/** @type {Record<Table, string|string[]>} */
const KEYS = { recordings: "id", chunks: ["recording", "index"], pieces: ["recording", "piece"] };
/** @type {Table[]} */
const TABLES = ["recordings", "chunks", "pieces"];

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
function result(request) {
  return new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error));
  });
}

/** @param {IDBTransaction} transaction @returns {Promise<void>} */
function committed(transaction) {
  return new Promise((resolve, reject) => {
    transaction.addEventListener("complete", () => resolve());
    transaction.addEventListener("abort", () => reject(transaction.error ?? new DOMException("aborted", "AbortError")));
  });
}

/** @returns {Promise<IDBDatabase>} */
function connect() {
  return new Promise((resolve, reject) => {
    setTimeout(() => reject(new DOMException("no answer", "TimeoutError")), OPEN_WITHIN_MS); // some browsers never answer
    const request = indexedDB.open(NAME, VERSION);
    request.addEventListener("upgradeneeded", () => {
      for (const table of TABLES) {
        const rows = request.result.createObjectStore(table, { keyPath: KEYS[table] });
        if (table === "chunks") rows.createIndex("piece", ["recording", "piece"]);
      }
    });
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error));
    request.addEventListener("blocked", () => reject(new DOMException("blocked", "AbortError")));
  });
}

export class Store {
  /** @type {IDBDatabase|null} */
  #database = null;
  /** @type {Record<Table, Map<string, any>>} rows the disk would not take */
  #memory = { recordings: new Map(), chunks: new Map(), pieces: new Map() };
  #onDegraded;

  /**
   * @param {IDBDatabase|null} database null keeps everything in memory
   * @param {() => void} onDegraded called when rows begin to live in memory only
   */
  constructor(database, onDegraded) {
    this.#database = database;
    this.#onDegraded = onDegraded;
    database?.addEventListener("close", () => this.#degrade());
  }

  /** @param {() => void} onDegraded @returns {Promise<Store>} */
  static async open(onDegraded) {
    try {
      return new Store(await connect(), onDegraded);
    } catch (error) {
      // A private window, a policy or a corrupt profile: every one of these is a DOMException, or no indexedDB at all.
      if (!(error instanceof DOMException) && !(error instanceof TypeError) && !(error instanceof ReferenceError)) throw error;
      onDegraded();
      return Store.inMemory();
    }
  }

  /** For practice and preview: nothing outlives the page. */
  static inMemory() {
    return new Store(null, () => undefined);
  }

  /** Whether a reload would find what was recorded. */
  get isDurable() {
    return this.#database !== null && TABLES.every((table) => this.#memory[table].size === 0);
  }

  /** @param {Recording} recording */
  saveRecording(recording) {
    return this.#put("recordings", recording);
  }

  /** @param {ChunkRow} chunk */
  saveChunk(chunk) {
    return this.#put("chunks", chunk);
  }

  /** @param {PieceRow} piece */
  savePiece(piece) {
    return this.#put("pieces", piece);
  }

  /** Recordings of one interview, oldest first. @param {string} interview @returns {Promise<Recording[]>} */
  async recordings(interview) {
    /** @type {Recording[]} */
    const all = await this.#all("recordings");
    return all.filter((each) => each.interview === interview).sort((a, b) => a.at.localeCompare(b.at));
  }

  /** In order. @param {string} recording @returns {Promise<ChunkRow[]>} */
  async chunks(recording) {
    /** @type {ChunkRow[]} */
    const rows = await this.#all("chunks", recording);
    return rows.sort((a, b) => a.index - b.index);
  }

  /** The chunks of one piece, in order. @param {string} recording @param {number} piece @returns {Promise<ChunkRow[]>} */
  async chunksOf(recording, piece) {
    const inMemory = [...this.#memory.chunks.values()].filter((row) => row.recording === recording && row.piece === piece);
    const rows = this.#database?.transaction("chunks").objectStore("chunks").index("piece").getAll([recording, piece]);
    return [...(rows ? await result(rows) : []), ...inMemory].sort((a, b) => a.index - b.index);
  }

  /** In order. @param {string} recording @returns {Promise<PieceRow[]>} */
  async pieces(recording) {
    /** @type {PieceRow[]} */
    const rows = await this.#all("pieces", recording);
    return rows.sort((a, b) => a.piece - b.piece);
  }

  /** The server has it: the local copy goes. @param {string} recording */
  async forget(recording) {
    for (const table of TABLES) {
      for (const key of this.#memory[table].keys()) {
        if (key === recording || key.startsWith(`${recording}/`)) this.#memory[table].delete(key);
      }
    }
    if (!this.#database) return;
    const transaction = this.#transaction(TABLES);
    transaction.objectStore("recordings").delete(recording);
    transaction.objectStore("chunks").delete(within(recording));
    transaction.objectStore("pieces").delete(within(recording));
    await committed(transaction);
  }

  /** @param {Table} table @param {Recording|ChunkRow|PieceRow} row */
  async #put(table, row) {
    const key = keyOf(table, row);
    try {
      if (this.#database && !this.#memory[table].has(key)) return await this.#write(table, row);
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
      if (error.name === "QuotaExceededError" && (await this.#makeRoom())) return this.#put(table, row);
      this.#onDegraded();
    }
    this.#memory[table].set(key, row);
  }

  /** @param {Table} table @param {object} row */
  async #write(table, row) {
    const transaction = this.#transaction([table]);
    transaction.objectStore(table).put(row);
    await committed(transaction);
  }

  /** @param {Table[]} tables */
  #transaction(tables) {
    if (!this.#database) throw new DOMException("closed", "InvalidStateError");
    return this.#database.transaction(tables, "readwrite", { durability: "strict" });
  }

  /** Drop bytes the store has acknowledged, to make room for those it has not. @returns {Promise<boolean>} whether any went */
  async #makeRoom() {
    /** @type {PieceRow[]} */
    const pieces = await this.#all("pieces");
    const saved = new Set(pieces.filter((piece) => piece.isSaved).map((piece) => `${piece.recording}/${piece.piece}`));
    /** @type {ChunkRow[]} */
    const chunks = await this.#all("chunks");
    const spare = chunks.filter((chunk) => saved.has(`${chunk.recording}/${chunk.piece}`));
    if (spare.length === 0) return false;
    const transaction = this.#transaction(["chunks"]);
    for (const chunk of spare) transaction.objectStore("chunks").delete([chunk.recording, chunk.index]);
    await committed(transaction);
    return true;
  }

  /** @param {Table} table @param {string} [recording] @returns {Promise<any[]>} */
  async #all(table, recording) {
    const newer = this.#memory[table];
    const inMemory = [...newer.values()].filter((row) => recording === undefined || row.recording === recording);
    if (!this.#database) return inMemory;
    const rows = this.#database.transaction(table).objectStore(table);
    const onDisk = await result(rows.getAll(recording === undefined ? undefined : within(recording)));
    return [...onDisk.filter((row) => !newer.has(keyOf(table, row))), ...inMemory];
  }

  #degrade() {
    this.#database = null;
    this.#onDegraded();
  }
}

/** @param {Table} table @param {any} row */
function keyOf(table, row) {
  const key = KEYS[table];
  return typeof key === "string" ? row[key] : key.map((field) => row[field]).join("/");
}

/** @param {string} recording */
function within(recording) {
  return IDBKeyRange.bound([recording], [recording, []]);
}
