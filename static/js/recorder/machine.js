/**
 * What the recorder does, and when: every state, every event, and the one table between them.
 *
 * Pure: no DOM, no timers, no camera, no network. Time arrives with each event as `now` (milliseconds of a clock that
 * never jumps). A step answers with the next machine and the names of what the page has to do about it.
 *
 * @typedef {"elsewhere"|"kept"|"idle"|"asking"|"blocked"|"thinking"|"countdown"|"recording"|"grace"|"stopping"
 *   |"watching"|"saving"|"saved"|"failed"} State
 * @typedef {"open"|"ready"|"blocked"|"record"|"cancel"|"tick"|"started"|"finish"|"restart"|"lost"|"stopped"|"empty"
 *   |"refused"|"keep"|"again"|"stored"|"back"} EventName
 * @typedef {{type: EventName, now: number, problem?: Problem}} Event
 * @typedef {{code: string, detail?: string}} Problem
 * @typedef {{thinkMs: number|null, autoStart: boolean, limitMs: number, graceMs: number, retakes: number|null}} Limits
 * @typedef {object} Machine
 * @property {State} state
 * @property {number} since when this state began, on the clock of `now`
 * @property {number} tookMs how long the last recording lasted
 * @property {number} counted takes that used an attempt; an interrupted one uses none
 * @property {boolean} restarting this recording is being stopped to begin again at once
 * @property {Problem|null} interruption why the last recording broke off by itself
 * @property {Problem|null} problem what is in the way, in `blocked` and `failed`
 * @property {Limits} limits
 * @typedef {object} Rule
 * @property {State} to
 * @property {(machine: Machine, event: Event) => boolean} [when] the rule holds only if this does
 * @property {(machine: Machine, event: Event) => Partial<Machine>} [set]
 * @property {string[]} [run] commands for the page, in order
 */

export const COUNTDOWN_MS = 3000;
export const LAST_CALL_MS = 10_000;

/** @param {Machine} machine @param {number} now */
const inState = (machine, now) => Math.max(0, now - machine.since);
const isPast = (/** @type {(machine: Machine) => number} */ bound) =>
  (/** @type {Machine} */ machine, /** @type {Event} */ event) => inState(machine, event.now) >= bound(machine);

const thinkIsOver = (/** @type {Machine} */ machine, /** @type {Event} */ event) =>
  machine.limits.autoStart && machine.limits.thinkMs !== null && inState(machine, event.now) >= machine.limits.thinkMs;

const theProblem = (/** @type {Machine} */ _machine, /** @type {Event} */ event) => ({ problem: event.problem ?? null });
const nothing = () => ({ problem: { code: "empty" }, tookMs: 0 });
const noProblem = () => ({ problem: null });
const fresh = () => ({ problem: null, interruption: null, restarting: false, tookMs: 0 });
const tookSoFar = (/** @type {Machine} */ machine, /** @type {Event} */ event) => ({ tookMs: elapsedMs(machine, event.now) });
const brokeOff = (/** @type {Machine} */ machine, /** @type {Event} */ event) => ({
  ...tookSoFar(machine, event),
  interruption: event.problem ?? { code: "recorder" },
});
const restarts = (/** @type {Machine} */ machine, /** @type {Event} */ event) => ({
  ...tookSoFar(machine, event),
  restarting: true,
});
const counts = (/** @type {Machine} */ machine) => ({ counted: machine.counted + (machine.interruption ? 0 : 1) });

const STOP = ["stopCapture"];
const ENDINGS = {
  finish: [{ to: "stopping", set: tookSoFar, run: STOP }],
  restart: [{ to: "stopping", when: canRestart, set: restarts, run: STOP }],
  lost: [{ to: "stopping", set: brokeOff, run: STOP }],
  refused: [{ to: "stopping", set: brokeOff, run: STOP }], // what was said stays here; finishing will say why
  // It stopped without being asked: every track ended at once, or the encoder gave up.
  stopped: [{ to: "watching", set: brokeOff, run: ["finishTake", "restDevices"] }],
  empty: [{ to: "failed", set: nothing, run: ["dropTake", "closeDevices"] }],
};

/** @type {Record<State, Partial<Record<EventName, Rule[]>>>} */
export const TABLE = {
  elsewhere: {},
  kept: {
    keep: [{ to: "saving", run: ["keepTake"] }],
    again: [{ to: "asking", set: fresh, run: ["sendRest", "openDevices"] }],
  },
  idle: {
    open: [{ to: "asking", set: noProblem, run: ["openDevices"] }],
  },
  asking: {
    ready: [{ to: "thinking", set: noProblem }],
    blocked: [{ to: "blocked", set: theProblem }],
  },
  blocked: {
    open: [{ to: "asking", set: noProblem, run: ["openDevices"] }],
  },
  thinking: {
    record: [{ to: "countdown", set: fresh, run: ["beginTake"] }],
    tick: [{ to: "countdown", when: thinkIsOver, set: fresh, run: ["beginTake"] }],
    lost: [{ to: "blocked", set: theProblem, run: ["closeDevices"] }],
  },
  countdown: {
    tick: [{ to: "recording", when: isPast(() => COUNTDOWN_MS), run: ["startCapture"] }],
    cancel: [{ to: "thinking" }],
    lost: [{ to: "blocked", set: theProblem, run: ["closeDevices"] }],
    refused: [{ to: "failed", set: theProblem, run: ["closeDevices"] }],
  },
  recording: {
    started: [{ to: "recording" }],
    tick: [{ to: "grace", when: isPast((machine) => machine.limits.limitMs) }],
    ...ENDINGS,
  },
  grace: {
    tick: [{ to: "stopping", when: isPast((machine) => machine.limits.graceMs), set: tookSoFar, run: STOP }],
    ...ENDINGS,
  },
  stopping: {
    stopped: [
      { to: "thinking", when: (machine) => machine.restarting, set: counts, run: ["finishTake"] },
      { to: "watching", set: counts, run: ["finishTake", "restDevices"] },
    ],
    empty: ENDINGS.empty,
  },
  watching: {
    keep: [{ to: "saving", run: ["keepTake"] }],
    again: [{ to: "asking", when: canRecordAgain, set: fresh, run: ["sendRest", "openDevices"] }],
    refused: [{ to: "failed", set: theProblem, run: ["closeDevices"] }],
  },
  saving: {
    stored: [{ to: "saved", run: ["closeDevices"] }],
    refused: [{ to: "failed", set: theProblem, run: ["closeDevices"] }],
    back: [{ to: "watching" }],
  },
  saved: {
    back: [{ to: "watching" }],
  },
  failed: {
    open: [{ to: "asking", set: fresh, run: ["openDevices"] }],
    back: [{ to: "watching", when: hasSomething, set: noProblem }],
  },
};

/**
 * A machine in its first state.
 *
 * @param {Limits} limits
 * @param {{state?: State, counted?: number, now?: number}} [begin]
 * @returns {Machine}
 */
export function create(limits, { state = "idle", counted = 0, now = 0 } = {}) {
  return { state, since: now, tookMs: 0, counted, restarting: false, interruption: null, problem: null, limits };
}

/**
 * The machine after `event`, and what to do about it. An event its state does not know changes nothing.
 *
 * @param {Machine} machine
 * @param {Event} event
 * @returns {{machine: Machine, commands: string[]}}
 */
export function step(machine, event) {
  const rules = TABLE[machine.state][event.type] ?? [];
  const rule = rules.find((each) => !each.when || each.when(machine, event));
  if (!rule) return { machine, commands: [] };
  const changes = rule.set ? rule.set(machine, event) : {};
  return { machine: { ...machine, ...changes, state: rule.to, since: event.now }, commands: rule.run ?? [] };
}

/** How long this recording has lasted, in milliseconds; after it, how long it was. @param {Machine} machine @param {number} now */
export function elapsedMs(machine, now) {
  if (machine.state === "recording") return inState(machine, now);
  if (machine.state === "grace") return machine.limits.limitMs + inState(machine, now);
  return machine.tookMs;
}

/** Milliseconds until something happens by itself (or thinking time is up); null when nothing will. @param {Machine} machine @param {number} now */
export function remainingMs(machine, now) {
  const { thinkMs, limitMs, graceMs } = machine.limits;
  /** @type {Partial<Record<State, number|null>>} */
  const bounds = { thinking: thinkMs, countdown: COUNTDOWN_MS, recording: limitMs, grace: graceMs };
  const bound = bounds[machine.state] ?? null;
  return bound === null ? null : Math.max(0, bound - inState(machine, now));
}

/** Whether the end of the answer is near enough to say so. @param {Machine} machine @param {number} now */
export function isLastCall(machine, now) {
  return machine.state === "recording" && (remainingMs(machine, now) ?? Infinity) <= LAST_CALL_MS;
}

/**
 * Further recordings allowed after the present one; null is without limit. While one runs it is counted as if it were
 * done, so the number on the button does not change when it ends.
 *
 * @param {Machine} machine
 * @returns {number|null}
 */
export function retakesLeft(machine) {
  const { retakes } = machine.limits;
  if (retakes === null) return null;
  const running = machine.state === "recording" || machine.state === "grace" || machine.state === "stopping";
  const used = machine.counted + (running ? 1 : 0);
  return Math.max(0, retakes - Math.max(0, used - 1));
}

/** Whether recording once more is allowed: always after an interruption. @param {Machine} machine */
export function canRecordAgain(machine) {
  return machine.interruption !== null || machine.counted === 0 || retakesLeft(machine) !== 0;
}

/** Whether there is a recording to go back to. @param {Machine} machine */
export function hasSomething(machine) {
  return machine.counted > 0 || machine.tookMs > 0;
}

/** Whether the running recording may be ended to begin again. @param {Machine} machine */
function canRestart(machine) {
  return retakesLeft(machine) !== 0;
}
