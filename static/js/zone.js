// Tells the server the browser's time zone along with a form it sends anyway, so that times are shown in it. A list of
// zones that nobody has touched begins at the browser's.

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";

for (const form of document.querySelectorAll("form[data-zone]")) {
  const field = form.elements.namedItem("zone");
  if (field instanceof HTMLInputElement) field.value = zone;
  if (field instanceof HTMLSelectElement && [...field.options].some((option) => option.value === zone)) field.value = zone;
}
