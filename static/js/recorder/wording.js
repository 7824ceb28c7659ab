/** The recorder's sentences for a moment, filled from the page's translated strings. Pure. */

import { elapsedMs, isLastCall, remainingMs } from "./machine.js";

/** @typedef {import("./machine.js").Machine} Machine @typedef {Record<string, string>} Strings */

/** `{name}` in `text` replaced by its value. @param {string} text @param {Record<string, string|number>} values */
export function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

/** 64.2 → "1:04". @param {number} seconds */
export function clock(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** The badge on the stage: recording for how long, how much is left when little is. @param {Machine} machine @param {number} now @param {Strings} strings */
export function badge(machine, now, strings) {
  const seconds = Math.ceil((remainingMs(machine, now) ?? 0) / 1000);
  if (machine.state === "grace") return fill(strings.finishSentence, { seconds });
  const time = clock(elapsedMs(machine, now) / 1000);
  return fill(isLastCall(machine, now) ? strings.lastCall : strings.recording, { time, seconds });
}

/** The line beside the buttons: what happens next. @param {Machine} machine @param {number} now @param {Strings} strings @param {{isAnswer?: boolean}} [take] the one on the stage */
export function hint(machine, now, strings, { isAnswer = false } = {}) {
  const left = remainingMs(machine, now);
  const time = left === null ? "" : clock(Math.ceil(left / 1000));
  if (machine.state === "thinking") {
    if (machine.limits.autoStart && left !== null) return fill(strings.startsByItself, { time });
    return left ? fill(strings.thinking, { time }) : strings.thinkingOpen;
  }
  if (machine.state === "recording") return fill(strings.remaining, { time });
  if (machine.state === "grace") return strings.grace;
  if (machine.state === "countdown") return strings.lookUp;
  if (machine.state === "watching") return isAnswer ? strings.isAnswer : strings.isPrivate;
  return "";
}

/** How much of the time is used, 0–1: of thinking, then of answering. @param {Machine} machine @param {number} now */
export function progress(machine, now) {
  const { thinkMs, limitMs } = machine.limits;
  if (machine.state === "thinking") return thinkMs ? 1 - (remainingMs(machine, now) ?? 0) / thinkMs : 0;
  if (machine.state === "recording") return elapsedMs(machine, now) / limitMs;
  return machine.state === "grace" ? 1 : 0;
}

/**
 * What a screen reader should hear at this moment, with a key so that nothing is said twice.
 *
 * @param {Machine} machine
 * @param {number} now
 * @param {Strings} strings
 * @returns {{key: string, text: string}|null}
 */
export function announcement(machine, now, strings) {
  const { state } = machine;
  const seconds = Math.ceil((remainingMs(machine, now) ?? 0) / 1000);
  if (state === "recording" && machine.limits.limitMs > 45_000 && seconds <= 30 && seconds > 10) {
    return { key: "half-minute", text: fill(strings.saySecondsLeft, { seconds: 30 }) };
  }
  if (isLastCall(machine, now)) return { key: "last-call", text: fill(strings.saySecondsLeft, { seconds: 10 }) };
  /** @type {Partial<Record<typeof state, string>>} */
  const texts = {
    thinking: strings.sayReady,
    countdown: strings.sayCountdown,
    recording: fill(strings.sayRecording, { time: clock(machine.limits.limitMs / 1000) }),
    grace: fill(strings.sayGrace, { seconds: machine.limits.graceMs / 1000 }),
    watching: strings.sayStopped,
    saved: strings.saySaved,
  };
  const text = texts[state];
  return text ? { key: state, text } : null;
}
