/**
 * The device check: camera, microphone, loudspeaker, connection, space. Each says whether it works and, if not, what to
 * do. Nothing is recorded, and nothing but the connection test touches the network.
 */

import * as devices from "../recorder/devices.js";
import { pickFormat } from "../recorder/capture.js";
import { Meter } from "../recorder/meter.js";
import { isBlack } from "../recorder/senses.js";
import { fill } from "../recorder/wording.js";

/** @typedef {"waiting"|"good"|"warn"|"bad"} Tone */

const HEARD_ABOVE = 0.35; // of the meter: a voice at arm's length, not a fan
const SLOW_MS = 800;
const ROUNDS = 3;

class Check {
  #root;
  #strings;
  #probeUrl;
  #bytesNeeded;
  /** @type {MediaStream|null} */
  #stream = null;
  /** @type {Meter|null} */
  #meter = null;

  /** @param {HTMLElement} root @param {{strings: Record<string, string>, probeUrl: string, bytesNeeded: number}} config */
  constructor(root, { strings, probeUrl, bytesNeeded }) {
    this.#root = root;
    this.#strings = strings;
    this.#probeUrl = probeUrl;
    this.#bytesNeeded = bytesNeeded;
    root.dataset.browser = devices.browserName();
    this.#on("begin", () => void this.#begin());
    this.#on("tone", () => void this.#playTone());
    this.#on("heard", () => this.#tell("speaker", "good", "speakerGood"));
    this.#on("unheard", () => this.#tell("speaker", "warn", "speakerBad"));
    for (const kind of ["camera", "microphone"]) {
      this.#part(kind).addEventListener("change", () => this.#choose());
    }
  }

  async start() {
    if (devices.isInApp()) this.#tell("camera", "warn", "problem.inapp");
    void this.#checkConnection();
    void this.#checkSpace();
    if (await devices.isAllowed()) await this.#begin();
  }

  async #begin() {
    this.#close();
    this.#tell("camera", "waiting", "asking");
    this.#tell("microphone", "waiting", "asking");
    try {
      this.#stream = await devices.open();
    } catch (error) {
      if (!(error instanceof devices.DeviceProblem)) throw error;
      return this.#blocked(error.code);
    }
    this.#root.dataset.state = "open";
    this.#show("trouble", false);
    this.#show("choosers", true);
    /** @type {HTMLVideoElement} */ (this.#part("self")).srcObject = this.#stream;
    await this.#listDevices();
    this.#checkCamera(this.#stream);
    this.#checkMicrophone(this.#stream);
  }

  /** @param {string} code */
  #blocked(code) {
    this.#root.dataset.state = "blocked";
    const isCamera = code !== "no_microphone";
    const isMicrophone = code !== "no_camera";
    this.#tell("camera", isCamera ? "bad" : "waiting", isCamera ? `problem.${code}.title` : "notAsked");
    this.#tell("microphone", isMicrophone ? "bad" : "waiting", isMicrophone ? `problem.${code}.title` : "notAsked");
    this.#part("trouble-title").textContent = this.#strings[`problem.${code}.title`];
    this.#part("trouble-text").textContent = this.#strings[`problem.${code}`];
    for (const steps of this.#root.querySelectorAll("[data-steps]")) {
      const isMine = code === "denied" && steps.getAttribute("data-steps") === this.#root.dataset.browser;
      steps.toggleAttribute("hidden", !isMine);
    }
    this.#show("trouble", true);
  }

  /** @param {MediaStream} stream */
  #checkCamera(stream) {
    const [track] = stream.getVideoTracks();
    const video = /** @type {HTMLVideoElement} */ (this.#part("self"));
    if (!pickFormat()) return this.#blocked("unsupported");
    video.addEventListener("timeupdate", () => {
      const { width, height } = track.getSettings();
      if (isBlack(video)) this.#tell("camera", "warn", "cameraBlack");
      else this.#tell("camera", "good", "cameraGood", { width: width ?? 0, height: height ?? 0 });
    });
    track.addEventListener("ended", () => this.#tell("camera", "bad", "lost.camera"));
  }

  /** @param {MediaStream} stream */
  #checkMicrophone(stream) {
    this.#tell("microphone", "waiting", "speak");
    let isHeard = false;
    this.#meter = new Meter(stream, (level, { isSilent }) => {
      this.#part("level").setAttribute("value", level.toFixed(2));
      if (level > HEARD_ABOVE && !isHeard) {
        isHeard = true;
        this.#tell("microphone", "good", "microphoneGood");
      }
      if (isSilent && !isHeard) this.#tell("microphone", "warn", "microphoneSilent");
    });
    this.#meter.resume();
    stream.getAudioTracks()[0].addEventListener("ended", () => this.#tell("microphone", "bad", "lost.microphone"));
  }

  async #playTone() {
    const context = new AudioContext();
    await context.resume();
    const tone = context.createOscillator();
    const volume = context.createGain();
    tone.frequency.setValueAtTime(440, context.currentTime);
    tone.frequency.setValueAtTime(587, context.currentTime + 0.4);
    volume.gain.setValueAtTime(0, context.currentTime);
    volume.gain.linearRampToValueAtTime(0.25, context.currentTime + 0.05);
    volume.gain.setValueAtTime(0.25, context.currentTime + 0.75);
    volume.gain.linearRampToValueAtTime(0, context.currentTime + 0.9);
    tone.connect(volume).connect(context.destination);
    tone.start();
    tone.stop(context.currentTime + 1);
    tone.addEventListener("ended", () => void context.close());
    this.#tell("speaker", "waiting", "didYouHear");
    this.#show("hearing", true);
  }

  /** How long our server takes to answer. What the way up is like only shows while recording; we say so. */
  async #checkConnection() {
    const times = [];
    try {
      for (let round = 0; round < ROUNDS; round += 1) {
        const before = performance.now();
        const response = await fetch(this.#probeUrl, { cache: "no-store", credentials: "omit" });
        await response.arrayBuffer();
        times.push(performance.now() - before);
      }
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      return this.#tell("connection", "warn", "connectionNone");
    }
    const milliseconds = Math.round(Math.min(...times));
    this.#tell("connection", milliseconds > SLOW_MS ? "warn" : "good", milliseconds > SLOW_MS ? "connectionSlow" : "connectionGood", {
      milliseconds,
    });
  }

  /** Room for every answer on this device, asked to be kept: what makes a lost connection harmless. */
  async #checkSpace() {
    if (!navigator.storage?.estimate) return this.#tell("space", "warn", "spaceUnknown");
    await navigator.storage.persist?.();
    const { quota = 0, usage = 0 } = await navigator.storage.estimate();
    const megabytes = Math.round((quota - usage) / 1e6);
    const isEnough = quota - usage > this.#bytesNeeded;
    this.#tell("space", isEnough ? "good" : "warn", isEnough ? "spaceGood" : "spaceLittle", { megabytes });
  }

  async #listDevices() {
    const all = await navigator.mediaDevices.enumerateDevices();
    for (const [kind, part] of /** @type {const} */ ([["videoinput", "camera"], ["audioinput", "microphone"]])) {
      const select = /** @type {HTMLSelectElement} */ (this.#part(part));
      const used = this.#stream?.getTracks().find((track) => track.kind === kind.slice(0, 5))?.getSettings().deviceId;
      const options = all.filter((device) => device.kind === kind).map((device) => new Option(device.label, device.deviceId));
      for (const option of options) option.selected = option.value === used;
      select.replaceChildren(...options);
    }
  }

  #choose() {
    const [camera, microphone] = ["camera", "microphone"].map((part) => /** @type {HTMLSelectElement} */ (this.#part(part)).value);
    devices.choose({ camera, microphone });
    void this.#begin();
  }

  #close() {
    this.#meter?.close();
    this.#meter = null;
    devices.close(this.#stream);
  }

  /** @param {string} check @param {Tone} tone @param {string} key @param {Record<string, string|number>} [values] */
  #tell(check, tone, key, values = {}) {
    const row = /** @type {HTMLElement} */ (this.#root.querySelector(`[data-check="${check}"]`));
    row.dataset.tone = tone;
    const words = /** @type {HTMLElement} */ (row.querySelector("[data-words]"));
    const text = fill(this.#strings[key], values);
    if (words.textContent !== text) words.textContent = text;
    const badge = /** @type {HTMLElement} */ (row.querySelector(".badge"));
    badge.dataset.tone = tone;
    badge.textContent = this.#strings[`tone.${tone}`];
  }

  /** @param {string} name @returns {HTMLElement} */
  #part(name) {
    return /** @type {HTMLElement} */ (this.#root.querySelector(`[data-part="${name}"]`));
  }

  /** @param {string} name @param {boolean} isShown */
  #show(name, isShown) {
    this.#part(name).toggleAttribute("hidden", !isShown);
  }

  /** @param {string} name @param {() => void} act */
  #on(name, act) {
    for (const button of this.#root.querySelectorAll(`[data-do="${name}"]`)) button.addEventListener("click", act);
  }
}

const root = document.getElementById("check");
const data = document.getElementById("check-config");
if (root && data) await new Check(root, JSON.parse(data.textContent ?? "")).start();
