/** The page's messages: each can be dismissed, and a request of htmx that failed says so instead of failing silently. */

/** @param {Document} page */
export function connectMessages(page) {
  const list = page.getElementById("messages");
  if (!list) return;
  for (const message of list.children) makeDismissible(message, list.dataset.dismiss);
  const tellFailed = (event) => say(reason(event.detail.xhr) ?? list.dataset.failed, "bad");
  page.addEventListener("htmx:sendError", tellFailed);
  page.addEventListener("htmx:responseError", tellFailed);
  page.addEventListener("htmx:timeout", tellFailed);
}

/**
 * Add a message to the page; screen readers announce it.
 * @param {string} text already translated
 * @param {"good" | "warn" | "bad" | ""} [tone]
 */
export function say(text, tone = "") {
  const list = document.getElementById("messages");
  if ([...list.children].some((message) => message.firstChild?.textContent === text)) return;
  const message = document.createElement("p");
  message.className = "notice";
  message.dataset.tone = tone;
  message.textContent = text;
  makeDismissible(message, list.dataset.dismiss);
  list.append(message);
}

/** The sentence of an RFC 9457 problem, if that is what the server answered. */
function reason(xhr) {
  if (!xhr?.getResponseHeader("Content-Type")?.includes("json")) return undefined;
  return JSON.parse(xhr.responseText).detail;
}

function makeDismissible(message, label) {
  const button = document.createElement("button");
  button.type = "button";
  button.setAttribute("aria-label", label);
  button.textContent = "×";
  button.addEventListener("click", () => message.remove());
  message.append(button);
}
