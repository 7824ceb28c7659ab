/** Evidence: notes stamped with the moment they were begun at. What is being typed counts as a note already. */
import { clock } from "./player.js";

export class Notes {
  /**
   * @param {HTMLFormElement} form
   * @param {{question: string, strings: Object<string, string>, moment: () => number | null,
   *   seek: (seconds: number) => void, onChange: () => void}} options
   */
  constructor(form, options) {
    Object.assign(this, options);
    this.list = form.querySelector("[data-notes]");
    this.field = form.querySelector("textarea[name=note]");
    this.stamp = form.querySelector("[data-note-stamp]");
    /** @type {import("./card.js").Note[]} */
    this.settled = [];
    this.at = null;
    this.field.addEventListener("input", () => this.#typed());
    this.field.addEventListener("keydown", (event) => this.#key(event));
    form.querySelector("[data-add-note]").addEventListener("click", () => this.add());
    this.list.addEventListener("click", (event) => this.#clicked(event));
  }

  /** Everything noted, with what is being typed. */
  get all() {
    const text = this.field.value.trim();
    return text ? [...this.settled, { question: this.question, at_seconds: this.at, text }] : this.settled;
  }

  /** The moments of this question's notes, in seconds. */
  get moments() {
    return this.#here(this.all).map((note) => note.at_seconds).filter((at) => at !== null);
  }

  /** Begin a note at this moment. */
  begin() {
    if (!this.field.value.trim()) this.#take();
    this.field.focus();
  }

  /** Put what is typed on the list. */
  add() {
    if (!this.field.value.trim()) return;
    this.settled = this.all;
    this.field.value = "";
    this.at = null;
    this.stamp.textContent = "";
    this.#draw();
    this.onChange();
  }

  /** Show the notes of `card`; what is being typed stays in its field. @param {import("./card.js").Card} card */
  write(card) {
    const typing = JSON.stringify(this.all.at(-1));
    const isTyping = this.field.value.trim() !== "";
    this.settled = card.notes.filter((note) => !(isTyping && JSON.stringify(note) === typing));
    this.#draw();
  }

  #typed() {
    if (this.at === null && this.field.value.trim()) this.#take();
    if (!this.field.value.trim()) this.at = null;
    this.onChange();
  }

  #take() {
    const moment = this.moment();
    this.at = moment === null ? null : Math.round(moment * 10) / 10;
    this.stamp.textContent = this.at === null ? "" : this.strings.noteAt.replace("%s", clock(this.at));
  }

  #key(event) {
    if (event.key === "Escape") this.field.blur();
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.add();
  }

  #clicked(event) {
    const link = event.target.closest("[data-seek]");
    const button = event.target.closest("[data-remove]");
    if (link) {
      event.preventDefault();
      this.seek(Number(link.dataset.seek));
    } else if (button) {
      this.settled = this.settled.filter((note) => note !== this.drawn[Number(button.dataset.remove)]);
      this.#draw();
      this.onChange();
      this.field.focus();
    }
  }

  #here(notes) {
    return notes.filter((note) => note.question === this.question);
  }

  #draw() {
    this.drawn = this.#here(this.settled).sort((one, other) => (one.at_seconds ?? -1) - (other.at_seconds ?? -1));
    this.list.replaceChildren(...this.drawn.map((note, place) => this.#line(note, place)));
  }

  #line(note, place) {
    const line = document.createElement("li");
    const moment = document.createElement(note.at_seconds === null ? "span" : "a");
    if (note.at_seconds !== null) {
      moment.href = `#t=${note.at_seconds}`;
      moment.dataset.seek = String(note.at_seconds);
      moment.textContent = clock(note.at_seconds);
      moment.setAttribute("aria-label", this.strings.seek.replace("%s", clock(note.at_seconds)));
    }
    const words = document.createElement("span");
    words.className = "wrap-anywhere note-words";
    words.textContent = note.text;
    const remove = document.createElement("button");
    Object.assign(remove, { type: "button", className: "button note-remove", textContent: "×" });
    Object.assign(remove.dataset, { kind: "quiet", size: "s", remove: String(place) });
    remove.setAttribute("aria-label", `${this.strings.remove}: ${note.text.slice(0, 60)}`);
    line.append(moment, words, remove);
    return line;
  }
}
