/**
 * The recorder's conversations with the server: begin a take, ask where to put pieces, put them, complete, choose.
 *
 * Two doors: the page's (cookie and CSRF) begins, renews and chooses; everything else shows the take's own token.
 *
 * @typedef {{index: number, size: number, sha256: string}} Piece
 * @typedef {{index: number, url: string, headers: Record<string, string>}} Upload
 * @typedef {{mime: string, seconds: number, interrupted: boolean, pieces: {size: number, sha256: string}[]}} Manifest
 * @typedef {import("./store.js").Recording} Recording
 */

const ANSWER_WITHIN_MS = 20_000;
const SLOWEST_BYTES_PER_MS = 4; // 32 kbit/s: a put slower than that is a connection that hangs

/** The server was not reached; trying again later is right. */
export class Unreachable extends Error {
  name = "Unreachable";
}

/** The server said no, and why: `code` for us, `detail` for the person. */
export class Refused extends Error {
  /** @param {number} status @param {{code?: string, detail?: string, missing?: number[]}} problem */
  constructor(status, problem) {
    super(problem.detail ?? `HTTP ${status}`);
    this.name = "Refused";
    this.status = status;
    this.code = problem.code ?? `http_${status}`;
    this.detail = problem.detail;
    this.missing = problem.missing ?? [];
  }
}

/**
 * @param {string} url
 * @param {RequestInit} request
 * @param {number} [withinMs]
 * @returns {Promise<Response>}
 * @throws {Unreachable} no answer, a server in trouble, or one that asks to slow down
 */
async function reach(url, request, withinMs = ANSWER_WITHIN_MS) {
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(), withinMs);
  try {
    const response = await fetch(url, { ...request, signal: deadline.signal });
    if (response.status >= 500 || response.status === 429) throw new Unreachable(`HTTP ${response.status}`);
    return response;
  } catch (error) {
    if (error instanceof TypeError || error instanceof DOMException) throw new Unreachable(error.message);
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** @returns {never} */
function cutOff() {
  throw new Unreachable("the answer broke off");
}

/** @param {string} url @param {RequestInit} request @returns {Promise<any>} */
async function json(url, request) {
  const headers = { Accept: "application/json", "Content-Type": "application/json", ...request.headers };
  const response = await reach(url, { ...request, headers });
  const isJson = /\bjson\b/.test(response.headers.get("Content-Type") ?? "");
  // A captive portal answers everything with a page of its own: that is not our server.
  if (!isJson && response.ok) throw new Unreachable("not our server");
  const body = isJson ? await response.json().catch(cutOff) : {};
  if (!response.ok) throw new Refused(response.status, body);
  return body;
}

export class TakeApi {
  #recording;
  #csrf;
  #onBegun;
  #token = "";
  /** @type {Promise<void>|null} */
  #beginning = null;

  /**
   * @param {Recording} recording its `take`, `number` and `epoch` are filled in once the server has begun one
   * @param {string} csrf
   * @param {() => Promise<void>} onBegun called to write them down
   */
  constructor(recording, csrf, onBegun) {
    this.#recording = recording;
    this.#csrf = csrf;
    this.#onBegun = onBegun;
  }

  /** Have a take on the server: begins one the first time, does nothing afterwards. */
  async begin() {
    if (this.#recording.take) return;
    this.#beginning ??= this.#begin().finally(() => (this.#beginning = null));
    await this.#beginning;
  }

  async #begin() {
    const begun = await this.#page(this.#recording.urls.takes);
    this.#token = begun.token;
    Object.assign(this.#recording, { take: begun.take, number: begun.number, epoch: begun.epoch });
    await this.#onBegun();
  }

  /** Where to put these pieces. @param {Piece[]} pieces @returns {Promise<Upload[]>} */
  async uploads(pieces) {
    await this.begin();
    const body = { epoch: this.#recording.epoch, track: "v", pieces };
    return (await this.#take("POST", "chunks/", body)).uploads;
  }

  /** What the store has. @returns {Promise<Piece[]>} */
  async stored() {
    return (await this.#take("GET", "pieces/")).pieces;
  }

  /** @param {Manifest} manifest @throws {Refused} `pieces_missing` with the indexes in `missing` */
  async complete(manifest) {
    await this.begin();
    await this.#take("POST", "completion/", { epoch: this.#recording.epoch, ...manifest });
  }

  /** Make this take the answer. @param {string} take @param {string} [url] */
  async choose(take, url = this.#recording.urls.choice) {
    await this.#page(url, new URLSearchParams({ take }));
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {object} [body]
   * @returns {Promise<any>}
   */
  async #take(method, path, body) {
    await this.begin();
    if (!this.#token) await this.#enter();
    const url = this.#recording.urls.api.replace("{take}", String(this.#recording.take)) + path;
    const ask = () =>
      json(url, { method, body: body && JSON.stringify(body), credentials: "omit", headers: { Authorization: `Take ${this.#token}` } });
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof Refused) || (error.status !== 401 && error.status !== 403)) throw error;
      await this.#renew();
      return ask();
    }
  }

  async #renew() {
    const url = this.#recording.urls.api.replace("{take}", String(this.#recording.take)) + "token/";
    const request = { method: "POST", credentials: /** @type {const} */ ("omit"), headers: { Authorization: `Take ${this.#token}` } };
    try {
      this.#token = (await json(url, request)).token;
    } catch (error) {
      if (!(error instanceof Refused) || error.status === 409) throw error;
      await this.#enter(); // too old to be renewed by itself: the candidate's cookie opens a new one
    }
  }

  async #enter() {
    this.#token = (await this.#page(this.#recording.urls.token.replace("{take}", String(this.#recording.take)))).token;
  }

  /** As the page's own forms do it. @param {string} url @param {URLSearchParams} [body] @returns {Promise<any>} */
  #page(url, body = new URLSearchParams()) {
    const headers = { "X-CSRFToken": this.#csrf, "Content-Type": "application/x-www-form-urlencoded" };
    return json(url, { method: "POST", body: body.toString(), headers, credentials: "same-origin" });
  }
}

/**
 * Put one piece where it belongs.
 *
 * @param {Upload} upload
 * @param {ArrayBuffer} bytes
 * @returns {Promise<"saved"|"damaged"|"expired">} `saved`: stored now, or already there with these very bytes
 * @throws {Unreachable}
 */
export async function put(upload, bytes) {
  const withinMs = ANSWER_WITHIN_MS + bytes.byteLength / SLOWEST_BYTES_PER_MS;
  const request = { method: "PUT", headers: upload.headers, body: bytes, credentials: /** @type {const} */ ("omit") };
  const response = await reach(upload.url, { ...request, referrerPolicy: "no-referrer" }, withinMs);
  if (response.ok || response.status === 412) return "saved";
  if (response.status === 400) return "damaged";
  if (response.status === 403) return "expired";
  throw new Unreachable(`HTTP ${response.status}`);
}
