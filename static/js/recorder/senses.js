/**
 * Whether microphone and camera deliver anything, so that nobody speaks for two minutes into a muted microphone or
 * behind a closed cover. Nothing that is heard or seen here is kept or sent.
 */

import { Meter } from "./meter.js";

const BLACK_BELOW = 8; // mean of 0–255: a closed cover, not a dark room
const BLACK_FOR_MS = 4000;
const LOOK_MS = 1000;
const DEAD_AT_FIRST_MS = 5000;
const DEAD_LATER_MS = 10_000; // a pause behind a microphone that closes itself is no fault

/**
 * What seems to be wrong. Who thinks is silent, and who answers pauses: neither is told to speak up.
 *
 * @typedef {object} Troubles
 * @property {boolean} isUnheard before recording: not a sound from this microphone yet, not even that of the room
 * @property {boolean} isSilent in a recording: nothing heard so far, or the microphone went dead
 * @property {boolean} isBlack
 */

export class Senses {
  #meter;
  #video;
  #timer;
  #seenAt = performance.now();
  #lookedAt = performance.now();
  #isRecording = false;
  #wasAlive = false;
  #wasHeard = false;
  #wasSeen = false;

  /**
   * @param {MediaStream} stream
   * @param {HTMLVideoElement} video that shows it
   * @param {(level: number, troubles: Troubles) => void} onSense called every frame
   */
  constructor(stream, video, onSense) {
    this.#video = video;
    this.#meter = new Meter(stream, (level, heard) => {
      this.#wasAlive ||= heard.isAlive;
      this.#wasHeard ||= heard.isHeard;
      onSense(level, {
        isUnheard: !this.#isRecording && !this.#wasAlive && heard.deadMs > DEAD_AT_FIRST_MS,
        isSilent: this.#isRecording && (this.#wasHeard ? heard.deadMs > DEAD_LATER_MS : heard.isSilent),
        isBlack: performance.now() - this.#seenAt > BLACK_FOR_MS,
      });
    });
    this.#timer = setInterval(() => this.#look(), LOOK_MS);
  }

  /** The recording ends. @returns {Troubles} of all of it */
  end() {
    this.#isRecording = false;
    return { isUnheard: false, isSilent: !this.#wasHeard, isBlack: !this.#wasSeen };
  }

  /** A recording begins. */
  begin() {
    this.forgive();
    this.#isRecording = true;
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
