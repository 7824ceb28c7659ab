/** The card on the page: reads and writes the scores of the answer in view, and knows which competency is marked. */

export class Scorecard {
  /**
   * @param {HTMLFormElement} form
   * @param {{noEvidence: string, onScore: (pair: string, value: number | null) => void}} options
   */
  constructor(form, { noEvidence, onScore }) {
    this.form = form;
    this.noEvidence = noEvidence;
    this.items = [...form.querySelectorAll("[data-item]")];
    for (const item of this.items) {
      item.addEventListener("focusin", () => this.mark(item));
      item.addEventListener("change", (event) => {
        if (event.target.type === "radio") onScore(item.dataset.item, this.#valueOf(event.target.value));
        this.#light(item);
      });
      // After a press the arrows would change the score; they are to move through the video.
      item.addEventListener("click", (event) => event.detail > 0 && event.target.type === "radio" && item.focus());
      this.#light(item);
    }
    const first = this.items.find((item) => !item.querySelector("input:checked")) ?? this.items[0];
    if (first) this.mark(first);
  }

  /** Mark a competency: the next digit scores it. @param {HTMLElement} item */
  mark(item) {
    this.marked = item;
    for (const each of this.items) each.toggleAttribute("data-current", each === item);
  }

  /** Mark the next (1) or previous (-1) competency. */
  move(step) {
    const next = this.items[this.items.indexOf(this.marked) + step];
    if (!next) return;
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
    this.mark(next);
  }

  /** Score the marked competency, and mark the next. @param {number | null} value */
  score(value) {
    const wanted = value === null ? this.noEvidence : String(value);
    const radio = this.marked?.querySelector(`input[value="${wanted}"]`);
    if (!radio || radio.disabled) return;
    radio.checked = true;
    radio.dispatchEvent(new Event("change", { bubbles: true }));
    this.move(1);
  }

  /** Show the scores of `card` as far as they are in view. @param {import("./card.js").Card} card */
  write(card) {
    for (const item of this.items) {
      const pair = item.dataset.item;
      const value = pair in card.scores ? (card.scores[pair] === null ? this.noEvidence : String(card.scores[pair])) : "";
      for (const radio of item.querySelectorAll("input[type=radio]")) radio.checked = radio.value === value;
      this.#light(item);
    }
  }

  /** The described levels around the chosen one stand out. */
  #light(item) {
    const chosen = Number(item.querySelector("input:checked")?.value);
    for (const term of item.querySelectorAll(".anchors dt")) {
      const isNear = Math.abs(Number(term.textContent) - chosen) <= 1;
      term.toggleAttribute("data-near", isNear);
      term.nextElementSibling.toggleAttribute("data-near", isNear);
    }
  }

  #valueOf(text) {
    return text === this.noEvidence ? null : Number(text);
  }
}
