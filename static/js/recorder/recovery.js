/**
 * What earlier pages left behind on this device, or only on the server: finished recordings go on being sent, one that
 * broke off is offered to the person, and nothing is thrown away that holds a second of speech.
 */

import { Refused, TakeApi } from "./api.js";
import { Session } from "./session.js";

/** @typedef {import("./store.js").Recording} Recording @typedef {import("./store.js").Store} Store */
/** @typedef {import("./takes.js").ServerTake} ServerTake */
/**
 * @typedef {object} Config what the page gives (see interviews/record_page.py)
 * @property {string} interview
 * @property {string} question
 * @property {import("./store.js").Urls} urls
 * @property {string} csrf
 * @property {{think_seconds: number|null, auto_start: boolean, seconds: number, grace: number, retakes_left: number|null}} limits
 * @property {import("./takes.js").ServerTake[]} takes
 * @property {{take: string, epoch: number}|null} interrupted
 * @property {boolean} practice
 * @property {boolean} preview
 * @property {Record<string, string>} strings
 */
/**
 * @typedef {object} Found
 * @property {Session[]} finished of this question: on their way to the server
 * @property {Session[]} elsewhere of other questions: on their way too
 * @property {Session|null} broken of this question: stopped by a reload or a crash
 */

const PIECE_SECONDS = 1;

/**
 * @param {Store} store
 * @param {Config} config
 * @param {import("./session.js").Hooks} hooks
 * @returns {Promise<Found>}
 */
export async function recover(store, config, hooks) {
  /** @type {Found} */
  const found = { finished: [], elsewhere: [], broken: null };
  const known = new Set(config.takes.filter(isWhole).map((take) => take.id));
  for (const recording of await store.recordings(config.interview)) {
    if (recording.take && known.has(recording.take) && !recording.keep) {
      await store.forget(recording.id);
      continue;
    }
    const session = new Session(recording, store, { csrf: config.csrf, isLocal: false }, hooks);
    await session.resume();
    await sort(session, config, found);
  }
  found.broken ??= await fromServer(store, config, hooks);
  return found;
}

/** @param {ServerTake} take */
const isWhole = (take) => take.state !== "recording" && take.state !== "abandoned";

/**
 * @param {Session} session
 * @param {Config} config
 * @param {Found} found
 */
async function sort(session, config, found) {
  const { recording } = session;
  if (!session.hasBytes && !session.isPartlySaved && !recording.received) return session.drop(); // the countdown was cancelled
  const isHere = recording.question === config.question;
  if (recording.finished) {
    send(session, recording.finished.interrupted);
    (isHere ? found.finished : found.elsewhere).push(session);
  } else if (isHere) {
    if (found.broken) send(found.broken, true); // the older of two goes as it is; the newer one is offered
    found.broken = session;
  } else {
    found.elsewhere.push(session); // its bytes are on their way; its own page will ask what to do with it
  }
}

/** In the background; a refusal is told to the page. @param {Session} session @param {boolean} interrupted */
export function send(session, interrupted) {
  session.finish({ interrupted }).catch((error) => {
    if (!(error instanceof Refused)) throw error;
    session.hooks.onRefused?.(error);
  });
}

/**
 * A recording that broke off on another device, or whose local copy is gone: what the store has of it.
 *
 * @param {Store} store
 * @param {Config} config
 * @param {import("./session.js").Hooks} hooks
 * @returns {Promise<Session|null>}
 */
async function fromServer(store, config, hooks) {
  if (!config.interrupted) return null;
  const { take, epoch } = config.interrupted;
  const local = await store.recordings(config.interview);
  if (local.some((recording) => recording.take === take)) return null;
  const recording = newRecording(config, { take, epoch });
  try {
    const pieces = await new TakeApi(recording, config.csrf, async () => undefined).stored();
    const prefix = pieces.sort((a, b) => a.index - b.index).filter(({ index }, position) => index === position);
    if (prefix.length === 0) return null;
    await store.saveRecording(recording);
    for (const { index, size, sha256 } of prefix) {
      await store.savePiece({ recording: recording.id, piece: index, size, sha256, isSaved: true });
    }
  } catch (error) {
    // Nothing to ask now: offline, or the server already took what there was.
    if (error instanceof Refused || (error instanceof Error && error.name === "Unreachable")) return null;
    throw error;
  }
  const session = new Session(recording, store, { csrf: config.csrf, isLocal: false }, hooks);
  await session.resume(PIECE_SECONDS);
  return session;
}

/**
 * @param {Config} config
 * @param {{take?: string|null, epoch?: number}} [begun]
 * @returns {Recording}
 */
export function newRecording(config, { take = null, epoch = 0 } = {}) {
  const { interview, question, urls } = config;
  const at = new Date().toISOString();
  const fixed = { id: crypto.randomUUID(), interview, question, urls, at, take, epoch, number: null };
  return { ...fixed, mime: "", finished: null, received: false, keep: false };
}
