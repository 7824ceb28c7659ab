// Tells the server the browser's time zone along with a form it sends anyway, so that deadlines are shown in it.

for (const form of document.querySelectorAll("form[data-zone]")) {
  const field = form.elements.namedItem("zone");
  if (field instanceof HTMLInputElement) field.value = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
}
