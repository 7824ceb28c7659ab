/** A button with `data-copies="ID"` copies that field, or the words in that element; it stays hidden where the clipboard cannot be written. */

/** @param {ParentNode} root */
export function connectCopies(root) {
  if (!navigator.clipboard) return;
  for (const button of root.querySelectorAll("button[data-copies][hidden]")) {
    button.hidden = false;
    button.addEventListener("click", () => copy(button));
  }
}

/** @param {HTMLButtonElement} button */
async function copy(button) {
  const field = document.getElementById(button.dataset.copies);
  const label = button.textContent;
  field.select?.();
  await navigator.clipboard.writeText(field.value ?? field.innerText);
  button.setAttribute("aria-live", "polite");
  button.textContent = button.dataset.copied;
  setTimeout(() => { button.textContent = label; }, 2000);
}
