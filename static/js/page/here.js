/** Where tabs do not fit, the one you are on is scrolled into sight; the page itself stays where it is. */

/** @param {Document} page */
export function showHere(page) {
  for (const here of page.querySelectorAll(".tabs > [aria-current], .main-nav > [aria-current]")) {
    const strip = here.parentElement.getBoundingClientRect();
    const box = here.getBoundingClientRect();
    if (box.left < strip.left || box.right > strip.right) {
      here.parentElement.scrollBy(box.left + box.width / 2 - (strip.left + strip.width / 2), 0);
    }
  }
}
