/** A form is sent once, however often somebody presses: the second press within a few seconds does nothing. */

const PAUSE = 5000;

/** @param {Document} page */
export function connectOnce(page) {
  page.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return; // a script sends it, or it only asks
    if (form.hasAttribute("data-sent")) {
      event.preventDefault();
      return;
    }
    form.setAttribute("data-sent", "");
    setTimeout(() => form.removeAttribute("data-sent"), PAUSE);
  });
  addEventListener("pageshow", () => {
    for (const form of page.querySelectorAll("form[data-sent]")) form.removeAttribute("data-sent");
  });
}
