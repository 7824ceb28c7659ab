/** `<time data-local>` is rewritten in the reader's own zone and language; the server's text stays where that fails. */

const STYLES = {
  date: { dateStyle: "long" },
  datetime: { dateStyle: "long", timeStyle: "short" },
};

/** @param {ParentNode} root */
export function showLocalTimes(root) {
  const language = document.documentElement.lang || undefined;
  for (const element of root.querySelectorAll("time[data-local][datetime]")) {
    const at = new Date(element.dateTime);
    if (Number.isNaN(at.getTime())) continue;
    element.textContent = new Intl.DateTimeFormat(language, STYLES[element.dataset.local] ?? STYLES.datetime).format(at);
    element.title = Intl.DateTimeFormat().resolvedOptions().timeZone;
  }
}
