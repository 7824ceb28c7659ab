/** What every page may use. Each part finds its own elements by `data-` and does nothing where there are none. */
import { connectCopies } from "./page/copy.js";
import { connectDialogs } from "./page/dialogs.js";
import { connectFiles } from "./page/files.js";
import { connectMessages } from "./page/messages.js";
import { connectMenus } from "./page/menus.js";
import { connectOnce } from "./page/once.js";
import { showLocalTimes } from "./page/times.js";

connectDialogs(document);
connectMenus(document);
connectMessages(document);
connectOnce(document);
connectCopies(document);
connectFiles(document);
showLocalTimes(document);
document.querySelector("[data-focus]")?.focus();

document.addEventListener("htmx:load", (event) => {
  connectCopies(event.target);
  showLocalTimes(event.target);
});
