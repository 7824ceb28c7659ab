/**
 * Our bar over a native <video>: play, jump, speed, silence skipped, and an address renewed before it expires (after
 * that a seek would hang).
 */
import { recall, remember } from "./storage.js";

export const SPEEDS = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 2.5];
const RENEW_BEFORE_MS = 90_000;
const LONGEST_PAUSE = 1.2; // seconds of silence nobody minds
const RUN_UP = 0.25; // seconds left before speech begins again

export class Player {
  /**
   * @param {HTMLElement} theatre
   * @param {{mediaUrl: string, goodFor: number, speech: number[][], seconds: number}} config
   */
  constructor(theatre, config) {
    this.theatre = theatre;
    this.config = config;
    this.video = theatre.querySelector("[data-video]");
    this.transport = theatre.querySelector("[data-transport]");
    this.#isGoodFor(config.goodFor);
    this.listeners = [];
    this.tried = false;
    this.video.removeAttribute("controls");
    this.transport.hidden = false;
    this.#connectButtons();
    this.#connectVideo();
    this.#offerSpeeds();
    this.#offerSkipping();
    document.addEventListener("visibilitychange", () => this.#renewIfSeen());
    this.#showState();
    this.#tell();
  }

  get now() {
    return this.video.currentTime;
  }

  get seconds() {
    return Number.isFinite(this.video.duration) ? this.video.duration : (this.config.seconds ?? 0);
  }

  /** Call `listener(now, seconds)` whenever the position may have changed. */
  onTime(listener) {
    this.listeners.push(listener);
    listener(this.now, this.seconds);
  }

  toggle() {
    if (this.video.paused) this.play();
    else this.video.pause();
  }

  play() {
    this.video.play().catch(() => {}); // paused again before it began, or the error event tells
  }

  seek(seconds) {
    this.video.currentTime = Math.min(Math.max(0, seconds), this.seconds || seconds);
    this.#tell();
  }

  by(seconds) {
    this.seek(this.now + seconds);
  }

  faster(steps) {
    const at = SPEEDS.indexOf(this.video.playbackRate);
    this.setSpeed(SPEEDS[Math.min(Math.max(0, at + steps), SPEEDS.length - 1)]);
  }

  setSpeed(speed) {
    this.video.defaultPlaybackRate = speed; // a renewed address resets the other one
    this.video.playbackRate = speed;
    this.transport.querySelector("[data-speed]").value = String(speed);
    remember("review-speed", speed);
  }

  /** Ask for a new address and go on where we were. */
  async renew({ play = !this.video.paused } = {}) {
    const at = this.video.currentTime;
    let fresh;
    try {
      const response = await fetch(this.config.mediaUrl, { headers: { Accept: "application/json" } });
      if (!response.ok) throw new Error(String(response.status));
      fresh = await response.json();
    } catch {
      return this.#showTrouble(true);
    }
    this.#isGoodFor(fresh.good_for);
    this.#showTrouble(false);
    this.video.src = fresh.video;
    const goOn = () => {
      this.video.currentTime = at;
      if (play) this.play();
    };
    this.video.addEventListener("loadedmetadata", goOn, { once: true });
  }

  #connectButtons() {
    const acts = {
      toggle: () => this.toggle(),
      back: () => this.by(-5),
      back10: () => this.by(-10),
      forward: () => this.by(5),
      forward10: () => this.by(10),
    };
    for (const button of this.transport.querySelectorAll("[data-do]")) {
      button.addEventListener("click", acts[button.dataset.do]);
    }
    this.theatre.querySelector("[data-again]")?.addEventListener("click", () => this.renew({ play: true }));
  }

  #connectVideo() {
    const { video } = this;
    video.addEventListener("click", () => this.toggle());
    for (const event of ["timeupdate", "seeked", "loadedmetadata", "durationchange"]) {
      video.addEventListener(event, () => this.#tell());
    }
    for (const event of ["play", "pause", "ended"]) video.addEventListener(event, () => this.#showState());
    video.addEventListener("playing", () => {
      this.tried = false;
      this.#showTrouble(false);
    });
    video.addEventListener("error", () => this.#recover());
    if (video.error) this.#recover();
  }

  #offerSpeeds() {
    const select = this.transport.querySelector("[data-speed]");
    for (const speed of SPEEDS) select.add(new Option(`${speed}×`, String(speed)));
    select.addEventListener("change", () => this.setSpeed(Number(select.value)));
    const kept = recall("review-speed");
    this.setSpeed(SPEEDS.includes(kept) ? kept : 1);
  }

  #offerSkipping() {
    const box = this.transport.querySelector("[data-skip]");
    if (!box) return;
    box.checked = recall("review-skip-silence") === true;
    box.addEventListener("change", () => remember("review-skip-silence", box.checked));
    this.video.addEventListener("timeupdate", () => {
      if (box.checked && !this.video.paused) this.#skipSilence();
    });
  }

  #skipSilence() {
    const { speech } = this.config;
    const isSpoken = speech.some(([start, end]) => this.now >= start - RUN_UP && this.now <= end + RUN_UP);
    const next = speech.find(([start]) => start > this.now);
    if (!isSpoken && next && next[0] - this.now > LONGEST_PAUSE) this.seek(next[0] - RUN_UP);
  }

  /** Counted from now on our own clock, whatever it says: the server's may say something else. */
  #isGoodFor(seconds) {
    this.expiresAt = Date.now() + seconds * 1000;
    clearTimeout(this.renewal);
    this.renewal = setTimeout(() => this.#renewIfSeen(), seconds * 1000 - RENEW_BEFORE_MS);
  }

  /** A tab nobody looks at asks for nothing: every address given is written down as seen. */
  #renewIfSeen() {
    if (!this.video.isConnected || document.hidden) return;
    if (this.expiresAt - Date.now() <= RENEW_BEFORE_MS) this.renew();
  }

  /** One try with a new address before anybody is told. */
  #recover() {
    if (this.tried) return this.#showTrouble(true);
    this.tried = true;
    return this.renew();
  }

  #showTrouble(isShown) {
    this.theatre.querySelector("[data-trouble]").hidden = !isShown;
  }

  #showState() {
    const button = this.transport.querySelector("[data-do=toggle]");
    button.dataset.playLabel ??= button.getAttribute("aria-label");
    button.setAttribute("aria-label", this.video.paused ? button.dataset.playLabel : button.dataset.pauseLabel);
    button.toggleAttribute("data-playing", !this.video.paused);
    this.video.closest(".stage").toggleAttribute("data-paused", this.video.paused);
  }

  #tell() {
    this.transport.querySelector("[data-now]").textContent = clock(this.now);
    this.transport.querySelector("[data-whole]").textContent = clock(this.seconds);
    for (const listener of this.listeners) listener(this.now, this.seconds);
  }
}

/** 94.2 → "1:34" */
export function clock(seconds) {
  const whole = Math.floor(seconds || 0);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
