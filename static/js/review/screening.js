/** The résumé review by keys. Each presses what the page shows already, so nothing here is the only way. */
import { connectKeyboard } from "./keyboard.js";

const QUIET = 500; // a key held down, or pressed twice, must not decide about whoever comes next
const CYCLE = ["yes", "unclear", "no"];
const desk = document.querySelector(".review");
setTimeout(() => { desk.dataset.keys = "on"; }, QUIET);

for (const element of document.querySelectorAll("[data-plain]")) element.hidden = true;
document.querySelector(".waiting [aria-current]")?.scrollIntoView({ block: "nearest" });

connectKeyboard({
  a: press("a"),
  h: press("h"),
  r: press("r"),
  j: press("j"),
  k: press("k"),
  t: switchView,
  "/": () => document.querySelector("[data-search]")?.focus(),
  "?": () => document.getElementById("keys").showModal(),
  ...Object.fromEntries([..."123456789"].map((digit) => [digit, () => mark(Number(digit))])),
});

// The first field of a dialog takes the keys at once; a number chooses a reason.
for (const dialog of document.querySelectorAll("dialog")) {
  dialog.addEventListener("keydown", (event) => {
    const reasons = dialog.querySelectorAll("[name=reason][type=radio]");
    const chosen = reasons[Number(event.key) - 1];
    if (!chosen || event.target.matches("textarea, input:not([type=radio])")) return;
    event.preventDefault();
    chosen.checked = true;
    chosen.focus();
  });
}

/** @param {string} key */
function press(key) {
  return (event) => {
    if (event.repeat || !desk.dataset.keys) return;
    document.querySelector(`[data-key="${key}"]`)?.click();
  };
}

function switchView() {
  const views = [...document.querySelectorAll("[data-view]")];
  const other = views.find((view) => !view.checked);
  if (other) other.checked = true;
}

/** Mark the criterion at `place` (from 1): yes, then unclear, then no. */
function mark(place) {
  const criterion = document.querySelectorAll(".mark")[place - 1];
  if (!criterion) return;
  const values = Object.fromEntries([...criterion.querySelectorAll("input")].map((input) => [input.value, input]));
  const now = CYCLE.findIndex((value) => values[value].checked);
  const next = values[CYCLE[(now + 1) % CYCLE.length]];
  next.checked = true;
  next.focus();
  next.dispatchEvent(new Event("change", { bubbles: true }));
}
