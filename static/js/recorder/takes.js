/**
 * The takes of one question as the person sees them: those the server has and those still on this device.
 *
 * @typedef {import("./session.js").Session} Session
 * @typedef {object} Take
 * @property {string} key
 * @property {string|null} id the server's, once it has begun it
 * @property {number} number
 * @property {number} seconds
 * @property {boolean} interrupted
 * @property {string} finding what the server found wrong with it (see interviews/record_page.py), or ""
 * @property {boolean} isLost it could not be prepared: there is nothing to watch, and nothing to choose
 * @property {string|null} url where it can be watched; null while it cannot
 * @property {Session|null} session still on this device
 */

/**
 * @typedef {{id: string, number: number, state: string, seconds: number|null, chosen: boolean, interrupted: boolean,
 *   counted: boolean, finding: string, mediaUrl: string|null}} ServerTake `counted`: it used up a try
 */

export class Takes {
  /** @type {Take[]} */
  all = [];
  /** @type {Take|null} */
  selected = null;
  /** @type {string|null} key of the one that is the answer now */
  chosen = null;

  /** @param {ServerTake[]} takes */
  constructor(takes) {
    for (const take of takes) {
      if (take.state === "recording" || take.state === "abandoned") continue;
      const { id, number, interrupted, finding, mediaUrl } = take;
      const isLost = take.state === "failed";
      const seconds = take.seconds ?? 0;
      this.all.push({ key: id, id, number, seconds, interrupted, finding, isLost, url: mediaUrl, session: null });
      if (take.chosen) this.chosen = id;
    }
    this.selected = this.all.find(({ key }) => key === this.chosen) ?? this.all.at(-1) ?? null;
  }

  /** A recording of this page, or of an earlier one that is still on this device. It becomes the selected one. @param {Session} session */
  add(session) {
    const { recording } = session;
    const blob = session.blob;
    const number = recording.number ?? (this.all.at(-1)?.number ?? 0) + 1;
    const interrupted = recording.finished?.interrupted ?? true;
    const known = { key: recording.id, id: recording.take, number, seconds: session.seconds, interrupted };
    const take = { ...known, finding: "", isLost: false };
    this.selected = { ...take, url: blob && URL.createObjectURL(blob), session };
    this.all.push(this.selected);
  }

  /** @param {string} key */
  select(key) {
    this.selected = this.all.find((take) => take.key === key) ?? this.selected;
  }

  /** The selected take is the answer now; takes still on their way no longer want to be. */
  async choose() {
    this.chosen = this.selected?.key ?? null;
    for (const { key, session } of this.all) if (key !== this.chosen) await session?.unkeep();
  }

  /** Whether any byte of any take exists only here. */
  get isUnsent() {
    return this.all.some(({ session }) => session?.isUnsent);
  }
}
