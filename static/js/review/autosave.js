/**
 * Keeps a draft: on this device at once, on the server soon after the last change. Retries until it is there; another
 * tab's changes are taken in, and only where both changed the same thing somebody is asked.
 */
import { fromJson, isSame, merge, toJson } from "./card.js";
import { forget, recall, remember } from "./storage.js";

const QUIET_MS = 600; // since the last change
const RETRY_MS = [1000, 2000, 5000, 15_000, 30_000];
const TIMEOUT_MS = 15_000;

/**
 * @typedef {import("./card.js").Card} Card
 * @typedef {"saved" | "saving" | "offline" | "conflict" | "signed-out" | "gone" | "refused"} State
 */
export class Autosave {
  /**
   * @param {{url: string, csrf: string, key: string, card: Card, version: number,
   *   onState: (state: State, detail?: any) => void, onMerged: (card: Card) => void}} options
   */
  constructor({ url, csrf, key, card, version, onState, onMerged }) {
    Object.assign(this, { url, csrf, key, version, onState, onMerged });
    this.base = card;
    this.mine = structuredClone(card);
    this.asking = false;
    this.stopped = false;
    this.signedOut = false;
    this.failures = 0;
    this.timer = 0;
    this.running = null;
    addEventListener("online", () => this.pending && this.flush());
    document.addEventListener("visibilitychange", () => !document.hidden && this.pending && this.flush());
    addEventListener("pagehide", () => this.pending && this.#send(this.mine, { keepalive: true }).catch(() => {}));
  }

  /** Whether something is not on the server yet. */
  get pending() {
    return !this.stopped && !isSame(this.base, this.mine);
  }

  /** Take in what a lost connection or a closed tab left on this device. */
  recover() {
    const kept = recall(this.key);
    if (!kept) return;
    const { card, conflicts } = merge(kept.base, kept.mine, this.base);
    this.#adopt(card, conflicts);
  }

  /** Take the card as it is now. @param {Card} card */
  change(card) {
    this.mine = structuredClone(card);
    this.#keep();
    if (this.asking || this.signedOut || !this.pending) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), QUIET_MS);
    this.onState("saving");
  }

  /** Save now. Resolves to whether everything is on the server. */
  async flush() {
    clearTimeout(this.timer);
    while (this.running) await this.running;
    if (!this.pending || this.asking || this.signedOut) return !this.pending;
    this.running = this.#attempt().finally(() => { this.running = null; });
    await this.running;
    return !this.pending;
  }

  /** The conflicts are settled: `card` is what is meant. @param {Card} card */
  resolve(card) {
    this.asking = false;
    this.mine = structuredClone(card);
    this.#keep();
    if (this.pending) return this.flush();
    this.onState("saved");
    return Promise.resolve(true);
  }

  async #attempt() {
    const sent = structuredClone(this.mine);
    this.onState("saving");
    let response;
    try {
      response = await this.#send(sent, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    } catch {
      return this.#later(); // offline, or too slow: the same draft sent twice is one save
    }
    if (response.ok) return this.#accept(sent, await response.json());
    if (response.status >= 500 || response.status === 429) return this.#later();
    return this.#refuse(response.status, await response.json().catch(() => ({})));
  }

  #send(card, options) {
    return fetch(this.url, {
      method: "PUT",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": this.csrf },
      credentials: "same-origin",
      body: JSON.stringify(toJson(card, this.version)),
      ...options,
    });
  }

  #accept(sent, body) {
    this.failures = 0;
    this.version = body.version;
    this.base = sent;
    this.#keep();
    if (this.pending) this.timer = setTimeout(() => this.flush(), QUIET_MS);
    else this.onState("saved", body.saved_at);
  }

  #later() {
    this.onState("offline");
    this.timer = setTimeout(() => this.flush(), RETRY_MS[Math.min(this.failures, RETRY_MS.length - 1)]);
    this.failures += 1;
  }

  #refuse(status, problem) {
    if (problem.code === "version_conflict") {
      const theirs = fromJson(problem.stored);
      const { card, conflicts } = merge(this.base, this.mine, theirs);
      this.base = theirs;
      this.version = problem.version;
      return this.#adopt(card, conflicts);
    }
    if (["already_submitted", "not_assigned"].includes(problem.code) || status === 404) {
      this.stopped = true;
      forget(this.key);
      return this.onState("gone");
    }
    if (status === 401 || status === 403) {
      // Whoever signs in next may be somebody else: only the page loaded anew knows whose card this is.
      this.signedOut = true;
      return this.onState("signed-out");
    }
    return this.onState("refused", problem.detail ?? String(status));
  }

  #adopt(card, conflicts) {
    this.mine = card;
    this.asking = conflicts.length > 0;
    this.#keep();
    this.onMerged(structuredClone(card));
    if (this.asking) this.onState("conflict", conflicts);
    else if (this.pending) this.timer = setTimeout(() => this.flush(), 0);
    else this.onState("saved");
  }

  #keep() {
    if (this.pending) remember(this.key, { base: this.base, mine: this.mine });
    else forget(this.key);
  }
}
