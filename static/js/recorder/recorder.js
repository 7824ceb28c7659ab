/** The record page: the machine's commands carried out, and everything that happens brought to the machine. */

import { Refused, TakeApi, Unreachable } from "./api.js";
import { pickFormat } from "./capture.js";
import * as devices from "./devices.js";
import { create, step } from "./machine.js";
import { Notices } from "./notices.js";
import { newRecording, recover, send } from "./recovery.js";
import { Senses } from "./senses.js";
import { Session } from "./session.js";
import { Store } from "./store.js";
import { Takes } from "./takes.js";
import { View } from "./view.js";

/** @typedef {import("./recovery.js").Config} Config */

const TICK_MS = 200;

export class Recorder {
  #config;
  #isLocal;
  #view;
  #machine;
  #takes;
  #store = Store.inMemory();
  /** @type {MediaStream|null} */
  #stream = null;
  /** @type {Senses|null} */
  #senses = null;
  /** @type {Session|null} */
  #session = null;
  /** @type {Session[]} of earlier questions, still being sent */
  #others = [];
  #isReached = true;
  /** To a page that goes on sending. */
  #isGoingOn = false;
  /** @type {string|null} where to go once the running recording is written down */
  #destination = null;
  #notices = new Notices();
  /** @type {WakeLockSentinel|null} */
  #wakeLock = null;

  /** @param {HTMLElement} root @param {Config} config */
  constructor(root, config) {
    this.#config = config;
    this.#isLocal = config.practice || config.preview;
    this.#takes = new Takes(config.takes);
    this.#machine = create(this.#limits(), { state: "idle", counted: this.#counted(), now: performance.now() });
    root.dataset.browser = devices.browserName();
    this.#view = new View(root, config.strings, {
      act: (name) => this.#act(name),
      select: (key) => this.#select(key),
    });
  }

  /** Find out where this person stands, and begin there. @param {{isElsewhere: boolean}} page */
  async start({ isElsewhere }) {
    if (isElsewhere) return this.#startAt("elsewhere");
    this.#listen();
    if (this.#isLocal) this.#startAt("idle");
    else await this.#takeUp();
    if (this.#machine.state === "idle" && (await devices.isAllowed())) this.#dispatch("open");
  }

  /** Go on from what earlier pages left behind. */
  async #takeUp() {
    this.#store = await Store.open(() => this.#tell("notDurable"));
    const found = await recover(this.#store, this.#config, this.#quietHooks());
    this.#others = found.elsewhere;
    for (const session of found.finished) this.#takes.add(session);
    this.#session = found.broken;
    if (found.broken) this.#startAt("kept", found.broken.seconds);
    else this.#startAt(this.#takes.all.length > 0 ? "watching" : "idle");
  }

  /** @param {import("./machine.js").State} state @param {number} [seconds] */
  #startAt(state, seconds = 0) {
    const now = performance.now();
    const unsent = this.#takes.all.filter((take) => take.session && !take.interrupted).length;
    const counted = this.#counted() + unsent;
    this.#machine = { ...create(this.#limits(), { state, counted, now }), tookMs: seconds * 1000 };
    setInterval(() => this.#dispatch("tick"), TICK_MS);
    this.#render();
  }

  /** @returns {import("./machine.js").Limits} */
  #limits() {
    const { think_seconds, auto_start, seconds, grace, retakes_left } = this.#config.limits;
    // The server counts what is left; the machine counts what was used. They meet here, once.
    const retakes = retakes_left === null ? null : retakes_left + Math.max(0, this.#counted() - 1);
    const thinkMs = think_seconds === null ? null : think_seconds * 1000;
    return { thinkMs, autoStart: auto_start, limitMs: seconds * 1000, graceMs: grace * 1000, retakes };
  }

  #counted() {
    return this.#config.takes.filter((take) => take.counted).length;
  }

  #listen() {
    const kick = () => {
      for (const session of this.#sessions()) session.kick();
    };
    window.addEventListener("online", () => {
      this.#reach(true);
      kick();
    });
    window.addEventListener("offline", () => this.#reach(false));
    document.addEventListener("visibilitychange", () => !document.hidden && kick());
    document.addEventListener("click", (event) => this.#notePress(event));
    window.addEventListener("beforeunload", (event) => {
      if (this.#isUnsent() && !this.#isGoingOn) event.preventDefault();
    });
  }

  /** Some links lead to pages that go on sending. Out of a running recording they wait until it is written down. @param {MouseEvent} event */
  #notePress(event) {
    const link = event.target instanceof Element ? event.target.closest("a[data-goes-on]") : null;
    this.#isGoingOn = link !== null && this.#store.isDurable;
    const isElsewhere = event.ctrlKey || event.metaKey || event.shiftKey; // a tab or window of its own: this page stays
    if (!this.#isGoingOn || !this.#isRunning || isElsewhere) return;
    event.preventDefault();
    this.#destination = /** @type {HTMLAnchorElement} */ (link).href;
    this.#dispatch("lost", { code: "left" });
  }

  #sessions() {
    const sessions = [this.#session, ...this.#takes.all.map((take) => take.session), ...this.#others];
    return new Set(sessions.filter((session) => session !== null));
  }

  get #isRunning() {
    return ["recording", "grace", "stopping"].includes(this.#machine.state);
  }

  #isUnsent() {
    if (this.#isLocal) return false;
    return this.#isRunning || [...this.#sessions()].some((session) => session.isUnsent && session.hasBytes);
  }

  /** @param {import("./machine.js").EventName} type @param {import("./machine.js").Problem} [problem] */
  #dispatch(type, problem) {
    const { machine, commands } = step(this.#machine, { type, now: performance.now(), problem });
    this.#machine = machine;
    for (const command of commands) this.#run(command);
    this.#render();
  }

  #render() {
    this.#view.render(this.#machine, performance.now(), {
      takes: this.#takes,
      session: this.#session,
      isReached: this.#isReached,
      notices: this.#notices.all,
      isUnsent: this.#isUnsent(),
    });
  }

  /** A button was pressed. @param {string} name */
  #act(name) {
    this.#senses?.resume();
    if (name === "reload") window.location.reload();
    else if (name === "review") this.#dispatch("back");
    else if (name === "dismiss") this.#wave();
    else this.#dispatch(/** @type {import("./machine.js").EventName} */ (name));
  }

  /** @param {string} key */
  #select(key) {
    this.#takes.select(key);
    if (this.#machine.state === "saved") this.#dispatch("back");
    this.#render();
  }

  /** @param {string} command */
  #run(command) {
    /** @type {Record<string, () => void>} */
    const commands = {
      openDevices: () => void this.#openDevices(),
      restDevices: () => devices.setAwake(this.#stream, false),
      closeDevices: () => this.#closeDevices(),
      beginTake: () => this.#beginTake(),
      startCapture: () => this.#startCapture(),
      stopCapture: () => this.#session?.stop(),
      finishTake: () => this.#finishTake(),
      dropTake: () => void this.#dropTake(),
      sendRest: () => this.#sendRest(),
      keepTake: () => void this.#keepTake(),
    };
    commands[command]();
  }

  async #openDevices() {
    try {
      if (!devices.isLive(this.#stream)) {
        this.#closeDevices();
        this.#stream = await devices.open();
        this.#watchDevices(this.#stream);
      }
      devices.setAwake(this.#stream, true);
      this.#senses?.forgive();
      this.#view.showSelf(this.#stream);
      this.#dispatch("ready");
    } catch (error) {
      if (!(error instanceof devices.DeviceProblem)) throw error;
      this.#dispatch("blocked", { code: error.code });
    }
  }

  /** @param {MediaStream} stream */
  #watchDevices(stream) {
    this.#senses = new Senses(stream, this.#view.selfVideo, (level, troubles) => {
      this.#view.showLevel(level);
      if (["thinking", "recording", "grace"].includes(this.#machine.state)) this.#warn(troubles);
    });
    for (const track of stream.getTracks()) {
      const code = track.kind === "video" ? "camera" : "microphone";
      track.addEventListener("ended", () => this.#stream === stream && this.#dispatch("lost", { code }));
    }
  }

  #closeDevices() {
    this.#senses?.close();
    this.#senses = null;
    devices.close(this.#stream);
    this.#stream = null;
    this.#view.showSelf(null);
    this.#warn({ isUnheard: false, isSilent: false, isBlack: false });
    void this.#wakeLock?.release();
  }

  #beginTake() {
    // The countdown was cancelled before, or refused: that take, if there is one, is still empty.
    if (this.#session?.isFresh) return void this.#session.prepare();
    const page = { csrf: this.#config.csrf, isLocal: this.#isLocal };
    const session = new Session(newRecording(this.#config), this.#store, page, {});
    session.hooks = this.#hooks(session);
    this.#session = session;
    void session.prepare();
  }

  #startCapture() {
    const format = pickFormat();
    if (!this.#stream || !this.#session || !format) return this.#dispatch("refused", { code: "unsupported" });
    try {
      this.#session.record(this.#stream, format);
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
      return this.#dispatch("refused", { code: "unsupported" });
    }
    this.#senses?.begin();
    void this.#stayAwake();
  }

  /** Phones dim and lock while somebody talks without touching them. */
  async #stayAwake() {
    try {
      this.#wakeLock = (await navigator.wakeLock?.request("screen")) ?? null;
    } catch (error) {
      if (!(error instanceof DOMException)) throw error; // low battery, or not allowed: recording goes on
    }
  }

  #finishTake() {
    if (!this.#session) return;
    send(this.#session, this.#machine.interruption !== null);
    this.#takes.add(this.#session);
    if (this.#senses) this.#warn(this.#senses.end()); // from here on it is the take that is silent
    void this.#wakeLock?.release();
    if (this.#destination) void this.#store.saveRecording(this.#session.recording).then(() => this.#leave());
  }

  async #dropTake() {
    await this.#session?.drop();
    this.#leave();
  }

  /** To where somebody wanted in the middle of a recording that is over now. */
  #leave() {
    if (!this.#destination) return;
    this.#isGoingOn = this.#store.isDurable;
    window.location.assign(this.#destination);
    this.#destination = null;
  }

  #sendRest() {
    const session = this.#session;
    if (!session || session.isFresh || session.recording.finished) return;
    send(session, true);
    this.#takes.add(session);
  }

  /** Runs until it succeeds, however long the way is offline. */
  async #keepTake() {
    this.#sendRest();
    const { selected } = this.#takes;
    if (!selected) return;
    try {
      await this.#takes.choose();
      if (selected.session) await selected.session.keep();
      else await this.#choose(String(selected.id));
      this.#dispatch("stored");
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.#dispatch("refused", { code: error.code, detail: error.detail });
    }
  }

  /** A take the server has had for long. @param {string} take */
  async #choose(take) {
    const api = new TakeApi(newRecording(this.#config), this.#config.csrf, async () => undefined);
    for (;;) {
      try {
        await api.choose(take);
        return this.#reach(true);
      } catch (error) {
        if (!(error instanceof Unreachable)) throw error;
        this.#reach(false);
        await new Promise((resolve) => setTimeout(resolve, 2000));
      }
    }
  }

  /** What a recording tells the page while it is the one being recorded. @param {Session} session @returns {import("./session.js").Hooks} */
  #hooks(session) {
    return {
      ...this.#quietHooks(),
      onStarted: () => this.#dispatch("started"),
      onChunk: () => this.#dispatch("tick"), // timers slow down in a page that is not in front; chunks do not
      onStopped: () => this.#dispatch(session.hasBytes ? "stopped" : "empty"),
      onLost: (code) => this.#dispatch("lost", { code }),
      onRefused: ({ code, detail }) => {
        if (session !== this.#session || this.#machine.state === "thinking") this.#tell("notSent");
        else this.#dispatch("refused", { code, detail });
      },
    };
  }

  /** What one tells that is only being sent any more: it never disturbs the one being recorded. @returns {import("./session.js").Hooks} */
  #quietHooks() {
    return {
      onProgress: () => this.#render(),
      onReach: (isReached) => this.#reach(isReached),
      onRefused: () => this.#tell("notSent"),
    };
  }

  /** @param {boolean} isReached */
  #reach(isReached) {
    this.#isReached = isReached || this.#isLocal;
    this.#render();
  }

  /** @param {string} notice */
  #tell(notice) {
    this.#notices.tell(notice);
    this.#render();
  }

  /** @param {import("./senses.js").Troubles} troubles */
  #warn({ isUnheard, isSilent, isBlack }) {
    const told = Object.entries({ unheard: isUnheard, silent: isSilent, black: isBlack });
    const changed = told.filter(([name, isSo]) => this.#notices.set(name, isSo));
    if (changed.length > 0) this.#render();
  }

  #wave() {
    this.#notices.wave();
    this.#render();
  }
}
