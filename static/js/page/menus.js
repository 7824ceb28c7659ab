/** A `<details data-menu>` closes on Escape, on a press elsewhere and when focus leaves it. */

/** @param {Document} page */
export function connectMenus(page) {
  const closeOthers = (target) => {
    for (const menu of page.querySelectorAll("details[data-menu][open]")) if (!menu.contains(target)) menu.open = false;
  };
  page.addEventListener("click", (event) => closeOthers(event.target));
  page.addEventListener("focusin", (event) => closeOthers(event.target));
  page.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && event.target.closest?.("details[data-menu][open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}
