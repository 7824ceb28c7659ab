/** Two tabs changed the same thing: both values side by side, and one press each to choose. */

/**
 * @param {HTMLElement} panel
 * @param {import("./card.js").Conflict[]} conflicts
 * @param {{labels: Object<string, string>, strings: Object<string, string>}} words
 * @returns {Promise<Map<import("./card.js").Conflict, any>>} what was chosen for each
 */
export function settle(panel, conflicts, { labels, strings }) {
  const chosen = new Map();
  const list = panel.querySelector("ul");
  return new Promise((resolve) => {
    list.replaceChildren(...conflicts.map((conflict) => {
      const line = document.createElement("li");
      const name = conflict.kind === "score" ? labels[conflict.key] : strings[conflict.kind];
      const choose = (value, kept, other) => {
        chosen.set(conflict, value);
        kept.setAttribute("aria-pressed", "true");
        other.setAttribute("aria-pressed", "false");
        if (chosen.size < conflicts.length) return;
        panel.hidden = true;
        resolve(chosen);
      };
      const here = button(strings.mine.replace("%s", said(conflict.mine, strings)));
      const there = button(strings.theirs.replace("%s", said(conflict.theirs, strings)));
      here.addEventListener("click", () => choose(conflict.mine, here, there));
      there.addEventListener("click", () => choose(conflict.theirs, there, here));
      const title = document.createElement("strong");
      title.textContent = name;
      line.append(title, here, there);
      return line;
    }));
    panel.hidden = false;
    panel.scrollIntoView({ block: "nearest" });
  });
}

function button(text) {
  const made = document.createElement("button");
  Object.assign(made, { type: "button", className: "button", textContent: text });
  made.dataset.size = "s";
  return made;
}

function said(value, strings) {
  if (value === null) return strings.noEvidence;
  return value === "" || typeof value === "symbol" ? "–" : (strings[`recommendation-${value}`] ?? String(value));
}
