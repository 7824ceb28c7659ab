/** Starts the recorder on a page that has one. Of two pages with the same question, only the first records. */

import { Recorder } from "./recorder.js";

/** @param {string} name @returns {Promise<boolean>} whether the lock is ours for as long as this page lives */
function claim(name) {
  return new Promise((resolve) => {
    void navigator.locks.request(name, { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      return lock ? new Promise(() => undefined) : undefined;
    });
  });
}

const root = document.getElementById("recorder");
const data = document.getElementById("recorder-config");
if (root && data) {
  /** @type {import("./recovery.js").Config} */
  const config = JSON.parse(data.textContent ?? "");
  const name = `callback-question-${config.question}`;
  const isAlone = config.practice || config.preview || !navigator.locks || (await claim(name));
  await new Recorder(root, config).start({ isElsewhere: !isAlone });
  // When the other page goes away, this one is free to begin from what is there by then.
  if (!isAlone) void navigator.locks.request(name, () => window.location.reload());
}
