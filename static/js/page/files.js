/**
 * A file that is too large is said when it is chosen, before somebody sends it for minutes over a phone. The server looks
 * again: `<input type="file" data-largest="BYTES" data-too-large="SENTENCE">`.
 */

/** @param {ParentNode} root */
export function connectFiles(root) {
  for (const field of root.querySelectorAll("input[type=file][data-largest]")) {
    field.addEventListener("change", () => {
      const isTooLarge = [...field.files].some((file) => file.size > Number(field.dataset.largest));
      field.setCustomValidity(isTooLarge ? field.dataset.tooLarge : "");
      field.reportValidity();
    });
  }
}
