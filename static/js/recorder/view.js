/** The recorder's part of the page: what is shown in which state. Knows elements and words, decides nothing. */

import { Announcer } from "./announcer.js";
import { canRecordAgain, hasSomething, isLastCall, retakesLeft } from "./machine.js";
import { recall, remember } from "./remember.js";
import { announcement, badge, clock, fill, hint, progress } from "./wording.js";

/** @typedef {import("./machine.js").Machine} Machine @typedef {import("./takes.js").Takes} Takes */
/**
 * @typedef {object} Moment what the page shows besides the machine
 * @property {Takes} takes
 * @property {import("./session.js").Session|null} session the one recording now, or kept from before
 * @property {boolean} isReached
 * @property {string[]} notices keys of strings: what there is to know that stops nothing
 * @property {boolean} isUnsent
 */

const SELF_VIEW = "self-view";
const LEVEL_BARS = 5;
const AFTERWARDS = ["watching", "saving", "saved"];

export class View {
  #root;
  #strings;
  #announcer;
  #state = "";
  #isAstray = false;
  #shownTake = "";
  #shownUrl = "";

  /**
   * @param {HTMLElement} root
   * @param {Record<string, string>} strings
   * @param {{act: (name: string) => void, select: (key: string) => void}} handlers
   */
  constructor(root, strings, { act, select }) {
    this.#root = root;
    this.#strings = strings;
    this.#announcer = new Announcer(this.#part("announce"));
    root.addEventListener("click", (event) => {
      const button = event.target instanceof Element && event.target.closest("[data-do]");
      if (button instanceof HTMLElement && button.dataset.do) act(button.dataset.do);
    });
    this.#part("takes").addEventListener("change", (event) => {
      if (event.target instanceof HTMLInputElement) select(event.target.value);
    });
    this.#connectSelfView();
    for (const name of ["self", "playback"]) this.#fitStage(this.#video(name));
    this.#letDurationBeKnown();
  }

  /** Show where the machine stands. Cheap enough for every tick. @param {Machine} machine @param {number} now @param {Moment} moment */
  render(machine, now, moment) {
    if (machine.state !== this.#state) this.#enter(machine);
    this.#showTime(machine, now, moment);
    this.#showSaved(machine, moment);
    this.#showTakes(machine, moment);
    this.#showNotices(machine, moment);
    this.#announcer.say(
      moment.isReached ? announcement(machine, now, this.#strings) : { key: "offline", text: this.#strings.offline },
    );
  }

  /** What shows the camera. */
  get selfVideo() {
    return this.#video("self");
  }

  /** @param {MediaStream|null} stream */
  showSelf(stream) {
    const video = this.selfVideo;
    if (video.srcObject !== stream) video.srcObject = stream;
  }

  /** @param {number} level 0–1 */
  showLevel(level) {
    this.#part("level").querySelectorAll("rect").forEach((bar, position) => {
      const shape = 1 - Math.abs(position - (LEVEL_BARS - 1) / 2) / LEVEL_BARS;
      const height = Math.max(3, Math.min(24, level * 24 * (0.6 + shape * 0.6)));
      bar.setAttribute("height", height.toFixed(1));
      bar.setAttribute("y", (24 - height).toFixed(1));
    });
  }

  /** @param {Machine} machine */
  #enter(machine) {
    const focused = document.activeElement; // asked for now: hiding it takes the focus away
    this.#state = machine.state;
    this.#root.dataset.state = machine.state;
    for (const element of this.#root.querySelectorAll("[data-when]")) {
      const states = element.getAttribute("data-when")?.split(" ") ?? [];
      element.toggleAttribute("hidden", !states.includes(machine.state));
    }
    this.#showProblem(machine);
    this.#showAttempts(machine);
    if (!["watching", "kept", "saving", "saved"].includes(machine.state)) this.#video("playback").pause();
    this.#keepFocus(focused);
  }

  /** Focus never falls off the page when the button that had it goes away; it is never taken from elsewhere. @param {Element|null} focused */
  #keepFocus(focused) {
    const isLost = focused !== null && this.#root.contains(focused) && focused.closest("[hidden]") !== null;
    this.#isAstray = isLost || (this.#isAstray && focused === document.body);
    if (this.#isAstray) this.#isAstray = !this.#focusFirst();
  }

  /** @returns {boolean} whether there was something to focus */
  #focusFirst() {
    const wanted = [...this.#root.querySelectorAll("[data-first]")].find((element) => !element.closest("[hidden]"));
    if (wanted instanceof HTMLElement) wanted.focus({ preventScroll: true });
    return wanted !== undefined;
  }

  /** @param {Machine} machine @param {Moment} moment */
  #showNotices({ state, interruption }, { notices, isReached, isUnsent }) {
    const isPast = AFTERWARDS.includes(state); // by then a silent microphone is a silent take
    const words = notices.map((name) => (isPast && this.#strings[`${name}Take`]) || this.#strings[name]);
    const isToldBelow = isUnsent && AFTERWARDS.includes(state); // by the line about sending
    const isOffline = !isReached && !isToldBelow;
    this.#text("notice-text", words.join(" "));
    this.#show("notice", words.length > 0);
    this.#show("offline", isOffline);
    this.#root.toggleAttribute("data-unreached", !isReached);
    this.#root.toggleAttribute("data-told", words.length > 0 || isOffline || (interruption !== null && state === "watching"));
  }

  /** @param {Machine} machine */
  #showProblem(machine) {
    const { state, problem, interruption } = machine;
    const strings = this.#strings;
    if (problem && (state === "blocked" || state === "failed")) {
      this.#button("back").toggleAttribute("hidden", state !== "failed" || !hasSomething(machine));
      this.#text("problem-title", strings[`problem.${problem.code}.title`] ?? strings["problem.other.title"]);
      this.#text("problem-text", problem.detail ?? strings[`problem.${problem.code}`] ?? strings["problem.other"]);
      for (const steps of this.#root.querySelectorAll("[data-steps]")) {
        steps.toggleAttribute("hidden", steps.getAttribute("data-steps") !== this.#steps(problem.code));
      }
    }
    this.#show("interruption", interruption !== null && state === "watching");
    if (interruption) this.#text("interruption-text", strings[`lost.${interruption.code}`] ?? strings["lost.recorder"]);
  }

  /** Which of the written-out steps help: those of this browser, where it is a matter of permission. @param {string} code */
  #steps(code) {
    return code === "denied" ? this.#root.dataset.browser ?? "" : "";
  }

  /** @param {Machine} machine */
  #showAttempts(machine) {
    const left = retakesLeft(machine);
    const isFree = machine.interruption !== null || machine.counted === 0;
    const isFreeNow = machine.state === "kept" || (machine.state === "watching" && isFree);
    const count = left === null || isFreeNow ? "" : fill(this.#strings.left, { count: left });
    for (const element of this.#root.querySelectorAll("[data-part='left']")) element.textContent = count;
    const isRunning = machine.state === "recording" || machine.state === "grace";
    if (isRunning) this.#button("restart").toggleAttribute("hidden", left === 0);
    if (machine.state === "watching") this.#button("again").toggleAttribute("hidden", !canRecordAgain(machine));
  }

  /** @param {Machine} machine @param {number} now @param {Moment} moment */
  #showTime(machine, now, { takes }) {
    const isAnswer = takes.selected !== null && takes.selected.key === takes.chosen;
    const isLost = takes.selected?.isLost ?? false;
    this.#text("elapsed", badge(machine, now, this.#strings));
    this.#text("hint", isLost && machine.state === "watching" ? "" : hint(machine, now, this.#strings, { isAnswer }));
    this.#text("count", String(Math.max(1, Math.ceil((3000 - (now - machine.since)) / 1000))));
    this.#part("line").setAttribute("value", progress(machine, now).toFixed(3));
    this.#root.toggleAttribute("data-last-call", machine.state === "grace" || isLastCall(machine, now));
  }

  /** @param {Machine} machine @param {Moment} moment */
  #showSaved(machine, { session, isReached, takes, isUnsent }) {
    const source = machine.state === "recording" || machine.state === "grace" ? session : (takes.selected?.session ?? session);
    const time = clock(source?.savedSeconds ?? 0);
    const total = clock(source?.seconds ?? 0);
    let words = source && !source.isUnsent ? this.#strings.savedAll : fill(this.#strings.savedTo, { time });
    if (!isReached) words = this.#strings.onDevice;
    if (session?.isLocal) words = this.#strings.staysHere;
    this.#text("saved", words);
    this.#text("sending", fill(isReached ? this.#strings.sending : this.#strings.sendingLater, { time, total }));
    this.#show("sending", isUnsent && AFTERWARDS.includes(machine.state));
  }

  /** @param {Machine} machine @param {Moment} moment */
  #showTakes(machine, { takes, session }) {
    const list = takes.all.map((take) => `${take.key}/${take.url}/${take.key === takes.chosen}`).join() + takes.selected?.key;
    if (machine.state === "kept" && session) {
      this.#play(session.recording.id, session.blob);
      this.#text("kept-title", fill(this.#strings.kept, { time: clock(session.seconds) }));
    }
    const isLost = machine.state === "watching" && (takes.selected?.isLost ?? false);
    this.#root.toggleAttribute("data-lost", isLost);
    this.#button("again").dataset.kind = isLost ? "primary" : "";
    if (list === this.#shownTake) return;
    this.#shownTake = list;
    if (machine.state !== "kept" && takes.selected) this.#play(takes.selected.key, takes.selected.url);
    this.#show("takes", takes.all.length > 1);
    this.#text("finding", takes.selected?.finding ? this.#strings[`finding.${takes.selected.finding}`] : "");
    this.#part("take-list").replaceChildren(...takes.all.map((take) => this.#takeRow(take, takes)));
  }

  /** @param {import("./takes.js").Take} take @param {Takes} takes */
  #takeRow(take, takes) {
    const template = this.#root.querySelector("template[data-part='take-row']");
    if (!(template instanceof HTMLTemplateElement)) throw new Error("the page has no take-row template");
    const row = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
    const input = /** @type {HTMLInputElement} */ (row.querySelector("input"));
    input.value = take.key;
    input.checked = take === takes.selected;
    const words = take.interrupted ? this.#strings.takeInterrupted : this.#strings.take;
    /** @type {HTMLElement} */ (row.querySelector("[data-part='take-name']")).textContent = fill(words, {
      number: take.number,
      time: clock(take.seconds),
    });
    row.querySelector("[data-part='take-chosen']")?.toggleAttribute("hidden", take.key !== takes.chosen);
    return row;
  }

  /** @param {string} key @param {Blob|string|null} source */
  #play(key, source) {
    if (key === this.#shownUrl) return;
    this.#shownUrl = key;
    const url = source instanceof Blob ? URL.createObjectURL(source) : source;
    const video = this.#video("playback");
    if (url) video.src = url;
    else video.removeAttribute("src");
    this.#root.toggleAttribute("data-unplayable", !url);
  }

  /** What a browser recorded carries no length; seeking past the end makes it look for one. */
  #letDurationBeKnown() {
    const video = this.#video("playback");
    video.addEventListener("loadedmetadata", () => {
      if (video.duration !== Infinity) return;
      video.addEventListener("timeupdate", () => (video.currentTime = 0), { once: true });
      video.currentTime = Number.MAX_SAFE_INTEGER;
    });
  }

  /** A phone held upright films upright: the stage takes the shape of what is on it. @param {HTMLVideoElement} video */
  #fitStage(video) {
    video.addEventListener("resize", () => {
      this.#root.dataset.shape = video.videoHeight > video.videoWidth ? "portrait" : "landscape";
    });
  }

  #connectSelfView() {
    const remembered = recall(SELF_VIEW) ?? "show";
    this.#root.dataset.selfView = remembered;
    for (const input of this.#root.querySelectorAll("input[name='self-view']")) {
      if (!(input instanceof HTMLInputElement)) continue;
      input.checked = input.value === remembered;
      input.addEventListener("change", () => {
        this.#root.dataset.selfView = input.value;
        remember(SELF_VIEW, input.value);
      });
    }
  }

  /** @param {string} name @returns {HTMLElement} */
  #part(name) {
    const element = this.#root.querySelector(`[data-part="${name}"]`);
    if (!element) throw new Error(`the page has no part ${name}`);
    return /** @type {HTMLElement} */ (element);
  }

  /** @param {string} name @returns {HTMLElement} */
  #button(name) {
    return /** @type {HTMLElement} */ (this.#root.querySelector(`[data-do="${name}"]`));
  }

  /** @param {string} name @returns {HTMLVideoElement} */
  #video(name) {
    return /** @type {HTMLVideoElement} */ (this.#part(name));
  }

  /** @param {string} name @param {string} text */
  #text(name, text) {
    const element = this.#part(name);
    if (element.textContent !== text) element.textContent = text;
  }

  /** @param {string} name @param {boolean} isShown */
  #show(name, isShown) {
    this.#part(name).toggleAttribute("hidden", !isShown);
  }
}
