/** The review page: the player, the card beside it, the keys over both. Each part works without the others. */
import { Autosave } from "./autosave.js";
import { fromJson } from "./card.js";
import { settle } from "./conflicts.js";
import { connectKeyboard } from "./keyboard.js";
import { Notes } from "./notes.js";
import { Player } from "./player.js";
import { Saved } from "./saved.js";
import { Scorecard } from "./scorecard.js";
import { connectWaveform, markNotes } from "./waveform.js";

const config = JSON.parse(document.getElementById("cockpit-config").textContent);
const page = document.querySelector("[data-cockpit]");
const { strings } = config;
/** @type {Player | null} */
let player = null;

// Loading again stays here, though the address without a place leads on to what is left to score.
if (!location.search) history.replaceState(null, "", `?question=${page.dataset.place}${location.hash}`);
for (const element of page.querySelectorAll("[data-plain]")) element.hidden = true;
for (const element of page.querySelectorAll("[data-scripted]")) element.hidden = false;

const form = page.querySelector("[data-card], [data-overall-card]");
const desk = form && config.cardUrl ? connectCard() : null;
connectTheatre(page.querySelector(".theatre"));
connectReading();
connectKeys();
document.addEventListener("htmx:load", (event) => {
  if (event.target.matches?.(".theatre")) connectTheatre(event.target);
});

/** @param {HTMLElement | null} theatre */
function connectTheatre(theatre) {
  const stage = theatre?.querySelector("[data-media]");
  if (!stage || stage.dataset.connected) return;
  stage.dataset.connected = "yes";
  const { media, goodFor, peaks, seconds, speech } = stage.dataset;
  player = new Player(theatre, { mediaUrl: media, goodFor: Number(goodFor), seconds: Number(seconds), speech: JSON.parse(speech) });
  const scrub = theatre.querySelector("[data-scrub]");
  connectWaveform(scrub, player, { peaks, strings });
  player.onTime((_now, whole) => markNotes(scrub, desk?.notes?.moments ?? readMoments(), whole));
  const asked = /^#t=([\d.]+)$/.exec(location.hash);
  if (asked) player.seek(Number(asked[1]));
}

/** The card: every change is kept at once, here and then on the server. */
function connectCard() {
  const card = fromJson(config.card);
  const saved = new Saved(page, strings);
  const save = () => {
    if (notes) card.notes = notes.all;
    saved.showProgress(Object.keys(card.scores).length);
    autosave.change(card);
  };
  const write = (merged) => {
    Object.assign(card, merged);
    scores?.write(card);
    notes?.write(card);
    writeOverall(card);
    saved.showProgress(Object.keys(card.scores).length);
  };
  const scores = form.matches("[data-card]")
    ? new Scorecard(form, { noEvidence: config.noEvidence, onScore: (pair, value) => { card.scores[pair] = value; save(); } })
    : null;
  const notes = form.matches("[data-card]")
    ? new Notes(form, { question: config.question, strings, moment: () => player?.now ?? null, seek, onChange: save })
    : null;
  const autosave = new Autosave({
    url: config.cardUrl,
    csrf: form.elements.csrfmiddlewaretoken.value,
    key: `scorecard:${config.interview}:${config.reviewer}`,
    card: structuredClone(card),
    version: config.card.version,
    onMerged: write,
    onState: async (state, detail) => {
      saved.show(state, detail);
      if (state !== "conflict") return;
      for (const [conflict, value] of await settle(page.querySelector("[data-clashes]"), detail, config)) choose(card, conflict, value);
      write(card);
      autosave.resolve(card);
    },
  });
  notes?.write(card);
  autosave.recover();
  connectOverall(card, save);
  form.addEventListener("submit", (event) => leave(event, { notes, autosave }));
  addEventListener("beforeunload", (event) => {
    if (autosave.pending && saved.isStuck) event.preventDefault();
  });
  return { scores, notes };
}

function choose(card, { kind, key }, value) {
  if (kind !== "score") card[kind] = value;
  else if (typeof value === "symbol") delete card.scores[key];
  else card.scores[key] = value;
}

/** On from here only with everything saved; else stay, and the badge says why. */
async function leave(event, { notes, autosave }) {
  event.preventDefault();
  const place = event.submitter?.value;
  notes?.add();
  if (!(await autosave.flush())) return;
  form.elements.version.value = String(autosave.version);
  if (form.matches("[data-overall-card]")) form.submit();
  else location.assign(`?question=${encodeURIComponent(place || "overall")}`);
}

function connectOverall(card, save) {
  if (!form.matches("[data-overall-card]")) return;
  const { reason } = form.elements;
  const requireReason = () => { reason.required = ["hold", "no"].includes(card.recommendation); };
  form.addEventListener("input", (event) => {
    if (event.target.name === "recommendation") card.recommendation = event.target.value;
    if (event.target === reason) card.reason = reason.value.trim();
    requireReason();
    save();
  });
  requireReason();
}

function writeOverall(card) {
  if (!form.matches("[data-overall-card]")) return;
  for (const radio of form.querySelectorAll("[name=recommendation]")) radio.checked = radio.value === card.recommendation;
  if (form.elements.reason.value.trim() !== card.reason) form.elements.reason.value = card.reason;
}

function seek(seconds) {
  player?.seek(seconds);
  player?.play();
}

/** Notes of others, once they may be read, lead to their moment too. */
function connectReading() {
  if (desk) return;
  page.addEventListener("click", (event) => {
    const link = event.target.closest("[data-seek]");
    if (!link || !player) return;
    event.preventDefault();
    seek(Number(link.dataset.seek));
  });
}

function readMoments() {
  return [...page.querySelectorAll("[data-notes] [data-seek]")].map((link) => Number(link.dataset.seek));
}

function connectKeys() {
  const follow = (rel) => page.querySelector(`a[rel=${rel}]`)?.click();
  const digits = Object.fromEntries([1, 2, 3, 4, 5].map((value) => [String(value), () => desk?.scores?.score(value)]));
  connectKeyboard({
    ...digits,
    0: () => desk?.scores?.score(null),
    j: () => desk?.scores?.move(1),
    k: () => desk?.scores?.move(-1),
    n: () => desk?.notes?.begin(),
    p: () => follow("prev"),
    Enter: () => (form && desk ? form.requestSubmit(form.querySelector("[name=go]") ?? undefined) : follow("next")),
    " ": () => player?.toggle(),
    ArrowLeft: ({ shiftKey }) => player?.by(shiftKey ? -10 : -5),
    ArrowRight: ({ shiftKey }) => player?.by(shiftKey ? 10 : 5),
    "[": () => player?.faster(-1),
    "]": () => player?.faster(1),
    "?": () => document.getElementById("keys").showModal(),
  });
}
