/**
 * `data-opens="ID"` opens a dialog as a modal, `data-closes` closes the one around it. Without this module the same
 * links work by :target, so each is a link to `#ID` and to `#`.
 */

/** @param {Document} page */
export function connectDialogs(page) {
  page.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-opens]");
    const closer = event.target.closest("dialog [data-closes]");
    if (opener) {
      event.preventDefault();
      page.getElementById(opener.dataset.opens)?.showModal();
    } else if (closer) {
      event.preventDefault();
      closer.closest("dialog").close();
    } else if (event.target.matches?.("dialog[open]") && isOutside(event.target, event)) {
      event.target.close();
    }
  });
}

/** A press on the backdrop reaches the dialog itself, but lies outside its box. */
function isOutside(dialog, { clientX, clientY }) {
  const box = dialog.getBoundingClientRect();
  return clientX < box.left || clientX > box.right || clientY < box.top || clientY > box.bottom;
}
