/** The kit: the card is saved as one listens, here and then on the server. Without this script it is a plain form. */
import { Autosave } from "./autosave.js";
import { fromJson } from "./card.js";
import { settle } from "./conflicts.js";
import { connectKeyboard } from "./keyboard.js";
import { Saved } from "./saved.js";
import { Scorecard } from "./scorecard.js";

const page = document.querySelector("[data-kit]");
const form = page.querySelector("[data-card]");
const data = document.getElementById("kit-config");

for (const element of page.querySelectorAll("[data-plain]")) element.hidden = true;
for (const element of page.querySelectorAll("[data-scripted]")) element.hidden = false;
if (form && data) connect(JSON.parse(data.textContent));

function connect(config) {
  const card = fromJson(config.card);
  const saved = new Saved(page, config.strings);
  const total = Object.keys(config.labels).length;
  const notes = [...form.querySelectorAll("textarea[data-question]")];
  const { reason } = form.elements;

  const scores = new Scorecard(form, {
    noEvidence: config.noEvidence,
    onScore: (pair, value) => { card.scores[pair] = value; save(); },
  });
  const autosave = new Autosave({
    url: config.cardUrl,
    csrf: form.elements.csrfmiddlewaretoken.value,
    key: config.key,
    card: structuredClone(card),
    version: config.card.version,
    onMerged: (merged) => { Object.assign(card, merged); write(); },
    onState: async (state, detail) => {
      saved.show(state, detail);
      if (state !== "conflict") return;
      for (const [{ kind, key }, value] of await settle(page.querySelector("[data-clashes]"), detail, config)) {
        if (kind !== "score") card[kind] = value;
        else if (typeof value === "symbol") delete card.scores[key];
        else card.scores[key] = value;
      }
      write();
      autosave.resolve(card);
    },
  });

  function save() {
    read();
    show();
    autosave.change(card);
  }

  /** What is typed, as the card says it: a note for each question that has one. */
  function read() {
    card.notes = notes
      .filter((field) => field.value.trim())
      .map((field) => ({ question: field.dataset.question, at_seconds: null, text: field.value.trim() }));
    card.recommendation = form.querySelector("[name=recommendation]:checked")?.value ?? "";
    card.reason = reason.value.trim();
  }

  function write() {
    scores.write(card);
    for (const field of notes) {
      const text = card.notes.filter((note) => note.question === field.dataset.question).map((note) => note.text).join("\n");
      if (field !== document.activeElement && field.value.trim() !== text) field.value = text;
    }
    for (const radio of form.querySelectorAll("[name=recommendation]")) radio.checked = radio.value === card.recommendation;
    if (reason !== document.activeElement && reason.value.trim() !== card.reason) reason.value = card.reason;
    show();
  }

  /** How far the card is; the recommendation comes last. */
  function show() {
    const done = Object.keys(card.scores).length;
    saved.showProgress(done);
    form.querySelector("[data-overall]").disabled = done < total;
    reason.required = ["hold", "no"].includes(card.recommendation);
  }

  form.addEventListener("input", (event) => event.target.type !== "radio" && save());
  form.addEventListener("change", (event) => event.target.name === "recommendation" && save());
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    read();
    if (!(await autosave.flush())) return;
    form.elements.version.value = String(autosave.version);
    const handIn = document.createElement("input");
    Object.assign(handIn, { type: "hidden", name: "submission", value: "1" });
    form.append(handIn);
    form.submit();
  });
  addEventListener("beforeunload", (event) => autosave.pending && saved.isStuck && event.preventDefault());
  const digits = Object.fromEntries([1, 2, 3, 4, 5].map((value) => [String(value), () => scores.score(value)]));
  connectKeyboard({ ...digits, 0: () => scores.score(null), j: () => scores.move(1), k: () => scores.move(-1) });
  show();
  autosave.recover();
}
