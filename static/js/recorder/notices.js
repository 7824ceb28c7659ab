/** What a person should know and that stops nothing: shown while it is so, or until they said "all right". */

export class Notices {
  /** @type {Set<string>} */
  #shown = new Set();
  /** @type {Set<string>} said "all right" to; not shown again before it was over once */
  #waved = new Set();

  /** Something that happened. @param {string} name */
  tell(name) {
    this.#shown.add(name);
  }

  /** Something that lasts, or is over. @param {string} name @param {boolean} isSo @returns {boolean} whether that changed anything */
  set(name, isSo) {
    if (!isSo) this.#waved.delete(name);
    if (isSo === this.#shown.has(name) || this.#waved.has(name)) return false;
    if (isSo) this.#shown.add(name);
    else this.#shown.delete(name);
    return true;
  }

  wave() {
    for (const name of this.#shown) this.#waved.add(name);
    this.#shown.clear();
  }

  get all() {
    return [...this.#shown];
  }
}
