/** Says how the draft stands: saved and when, on its way, or what keeps it. */

const STUCK = new Set(["offline", "conflict", "signed-out", "refused"]);

export class Saved {
  /** @param {HTMLElement} page @param {Object<string, string>} strings */
  constructor(page, strings) {
    this.badge = page.querySelector("[data-saved]");
    this.bar = page.querySelector("[data-progress]");
    this.words = page.querySelector("[data-progress-text]");
    this.strings = strings;
    this.isStuck = false;
    const time = this.badge?.querySelector("[data-clock]");
    if (time) this.badge.textContent = this.#at(time.dateTime);
  }

  /** @param {import("./autosave.js").State} state */
  show(state, detail) {
    this.isStuck = STUCK.has(state);
    this.badge.textContent = this.#text(state, detail);
    this.badge.dataset.tone = this.isStuck ? "warn" : state === "saved" ? "good" : "";
    this.badge.dataset.state = state;
  }

  /** @param {number} done */
  showProgress(done) {
    if (!this.bar) return;
    this.bar.value = done;
    this.words.textContent = this.strings.progress.replace("%s", String(done)).replace("%s", String(this.bar.max));
  }

  #text(state, detail) {
    const { strings } = this;
    if (state === "saved") return this.#at(detail);
    if (state === "refused") return strings.refused.replace("%s", detail);
    return { saving: strings.saving, offline: strings.offline, conflict: strings.conflict, "signed-out": strings.signedOut, gone: strings.gone }[state];
  }

  #at(moment) {
    const when = new Intl.DateTimeFormat(document.documentElement.lang || undefined, { timeStyle: "short" });
    return this.strings.saved.replace("%s", when.format(moment ? new Date(moment) : new Date()));
  }
}
