/** One hand on the keys. Nothing here acts while somebody types, or on a control that has a use for the key itself. */

const TEXT = "textarea, select, [contenteditable], input:not([type=radio], [type=checkbox], [type=range])";
const PRESSABLE = "a, button, summary, label, input";

/** @param {Object<string, (event: KeyboardEvent) => void>} acts by the key's own name */
export function connectKeyboard(acts) {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (document.querySelector("dialog[open]") || isInUse(event)) return;
    const act = acts[event.key] ?? acts[event.key.toLowerCase()];
    if (!act) return;
    event.preventDefault();
    act(event);
  });
}

function isInUse({ key, target }) {
  if (target.matches(TEXT)) return true;
  if (key === " " || key === "Enter") return target.matches(PRESSABLE);
  return key.startsWith("Arrow") && target.matches("input");
}
