/**
 * Whether microphone and camera deliver anything, so that nobody speaks for two minutes into a muted microphone or
 * behind a closed cover. Nothing that is heard or seen here is kept or sent.
 */

import { Meter } from "./meter.js";

const BLACK_BELOW = 8; // mean of 0–255: a closed cover, not a dark room
const BLACK_FOR_MS = 4000;
const LOOK_MS = 1000;

export class Senses {
  #meter;
  #video;
  #timer;
  #seenAt = performance.now();
  #lookedAt = performance.now();
  #wasHeard = false;
  #wasSeen = false;

  /**
   * @param {MediaStream} stream
   * @param {HTMLVideoElement} video that shows it
   * @param {(level: number, troubles: {isSilent: boolean, isBlack: boolean}) => void} onSense called every frame
   */
  constructor(stream, video, onSense) {
    this.#video = video;
    this.#meter = new Meter(stream, (level, { isSilent, isHeard }) => {
      this.#wasHeard ||= isHeard;
      onSense(level, { isSilent, isBlack: performance.now() - this.#seenAt > BLACK_FOR_MS });
    });
    this.#timer = setInterval(() => this.#look(), LOOK_MS);
  }

  /** What a recording that ends now holds, since `begin`. @returns {{isSilent: boolean, isBlack: boolean}} */
  get recorded() {
    return { isSilent: !this.#wasHeard, isBlack: !this.#wasSeen };
  }

  /** A recording begins. */
  begin() {
    this.forgive();
    this.#wasHeard = this.#wasSeen = false;
    this.#look();
  }

  /** Silence and darkness are counted from now on. */
  forgive() {
    this.#meter.forgive();
    this.#seenAt = this.#lookedAt = performance.now();
  }

  /** See `Meter.resume`. */
  resume() {
    this.#meter.resume();
  }

  close() {
    clearInterval(this.#timer);
    this.#meter.close();
  }

  #look() {
    const now = performance.now();
    // Timers rest in a page that is not in front: not having looked is not darkness.
    if (now - this.#lookedAt > 3 * LOOK_MS || !isBlack(this.#video)) {
      this.#seenAt = now;
      this.#wasSeen = true;
    }
    this.#lookedAt = now;
  }
}

/** Whether the picture is as dark as a closed cover. Not when there is none yet. @param {HTMLVideoElement} video */
export function isBlack(video) {
  const canvas = document.createElement("canvas");
  canvas.width = 16;
  canvas.height = 9;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context || video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return false;
  context.drawImage(video, 0, 0, 16, 9);
  const { data } = context.getImageData(0, 0, 16, 9);
  let sum = 0;
  for (let at = 0; at < data.length; at += 4) sum += data[at] + data[at + 1] + data[at + 2];
  return sum / (data.length / 4) / 3 < BLACK_BELOW;
}
