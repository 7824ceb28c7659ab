/**
 * On pages without a recorder: what is still on this device goes on being sent, and the page says so. When all of it has
 * arrived the page loads afresh, so that it shows what is there now.
 */

import { Refused } from "./api.js";
import { recover } from "./recovery.js";
import { Store } from "./store.js";
import { fill } from "./wording.js";

const LOOK_MS = 500;

const region = document.getElementById("drain");
const data = document.getElementById("drain-config");
if (region && data) {
  const config = JSON.parse(data.textContent ?? "");
  const store = await Store.open(() => undefined);
  let isReached = true;
  const { elsewhere } = await recover(store, config, {
    onReach: (isThere) => (isReached = isThere),
  });
  const sending = elsewhere.filter((session) => session.recording.finished);
  window.addEventListener("online", () => {
    for (const session of sending) session.kick();
  });
  const show = () => {
    const seconds = sending.reduce((sum, session) => sum + session.seconds, 0);
    const saved = sending.reduce((sum, session) => sum + session.savedSeconds, 0);
    const percent = seconds > 0 ? Math.min(99, Math.floor((saved / seconds) * 100)) : 0;
    const text = fill(isReached ? config.strings.draining : config.strings.drainingLater, { percent });
    if (region.textContent !== text) region.textContent = text;
    region.hidden = false;
  };
  if (sending.length > 0) {
    const timer = setInterval(show, LOOK_MS);
    try {
      await Promise.all(sending.map((session) => session.finish({ interrupted: true })));
      window.location.reload();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      clearInterval(timer);
      region.textContent = error.detail ?? config.strings.drainingRefused;
    }
  }
}
