/** Speaks through a live region, seldom enough to be listened to: one sentence at a time, none twice in a row. */

const BETWEEN_MS = 3000;

export class Announcer {
  #region;
  #lastKey = "";
  #spokeAt = -Infinity;
  #timer = 0;

  /** @param {HTMLElement} region an `aria-live` element */
  constructor(region) {
    this.#region = region;
  }

  /**
   * Say `text` unless `key` was the last thing said. While another sentence is being read, only the newest waits.
   *
   * @param {{key: string, text: string}|null} announcement
   */
  say(announcement) {
    if (!announcement || announcement.key === this.#lastKey) return;
    this.#lastKey = announcement.key;
    clearTimeout(this.#timer);
    const wait = Math.max(0, this.#spokeAt + BETWEEN_MS - performance.now());
    this.#timer = window.setTimeout(() => {
      this.#spokeAt = performance.now();
      this.#region.textContent = announcement.text;
    }, wait);
  }
}
