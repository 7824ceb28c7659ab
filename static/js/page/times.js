/** `<time data-local>` is rewritten in the reader's own zone and language; the server's text stays where that fails. */

const DAY = { weekday: "short", day: "numeric", month: "short", year: "numeric" };
const STYLES = { date: DAY, datetime: { ...DAY, hour: "2-digit", minute: "2-digit", timeZoneName: "short" } };

/** @param {ParentNode} root */
export function showLocalTimes(root) {
  // "en" alone would write dates the American way for everyone; the reader's own kind of the page's language decides.
  const page = document.documentElement.lang;
  const language = navigator.languages.find((own) => own.split("-")[0] === page.split("-")[0]) ?? page;
  for (const element of root.querySelectorAll("time[data-local][datetime]")) {
    const at = new Date(element.dateTime);
    if (Number.isNaN(at.getTime())) continue;
    element.textContent = new Intl.DateTimeFormat(language, STYLES[element.dataset.local] ?? STYLES.datetime).format(at);
  }
}
