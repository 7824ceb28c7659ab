/**
 * One run of the browser's recorder: a stream in, chunks out. Knows nothing of the network, the store or the page.
 *
 * @typedef {{mime: string, timesliceMs: number, lagMs: number}} Format
 *   `lagMs`: how far the bytes handed out may trail behind the clock (a fragment waits for its next keyframe)
 * @typedef {{blob: Blob, endMs: number, isLast: boolean}} Chunk
 *   `endMs`: media time the chunk certainly reaches, from the start of this run
 */

const VIDEO_BITS = 1_500_000;
const AUDIO_BITS = 64_000;
const KEYFRAME_MS = 500;
const TIMESLICE_MS = 250;
const SAFARI_TIMESLICE_MS = 2000; // below that, Safari 26 hands out empty blobs
const PAUSED_TOO_LONG_MS = 2000; // a muted camera that long is a phone call or a locked screen, not a hiccup

const MP4_H264 = "video/mp4;codecs=avc1.64001f,opus";
const WEBM = ["video/webm;codecs=vp8,opus", "video/webm;codecs=vp9,opus", "video/webm"];

/**
 * The format this browser should record; null when it cannot record at all.
 *
 * @param {{isTypeSupported?: (mime: string) => boolean, isWebKit?: boolean}} [browser]
 * @returns {Format|null}
 */
export function pickFormat({ isTypeSupported = supports, isWebKit = isAppleBrowser() } = {}) {
  // WebKit encodes WebM in software; its own MP4 is what the phone's chip makes.
  const wanted = isWebKit ? ["video/mp4", MP4_H264, ...WEBM] : [MP4_H264, ...WEBM, "video/mp4"];
  const mime = wanted.find(isTypeSupported);
  if (!mime) return null;
  const timesliceMs = isWebKit ? SAFARI_TIMESLICE_MS : TIMESLICE_MS;
  return { mime, timesliceMs, lagMs: mime.startsWith("video/mp4") ? Math.max(KEYFRAME_MS, timesliceMs) : timesliceMs };
}

/** @param {string} mime */
function supports(mime) {
  return typeof MediaRecorder !== "undefined" && MediaRecorder.isTypeSupported(mime);
}

/** True in every browser on iOS as well: they all are WebKit. */
function isAppleBrowser() {
  return navigator.vendor.startsWith("Apple");
}

export class Capture {
  #recorder;
  #stream;
  #format;
  #hooks;
  #startedAt = 0;
  #stoppedAt = 0;
  #listening = new AbortController();
  #pauseTimer = 0;

  /**
   * @param {MediaStream} stream stays the caller's: its tracks are never stopped, added or removed here
   * @param {Format} format
   * @param {{onStart: () => void, onChunk: (chunk: Chunk) => void, onStop: () => void, onLost: (code: string) => void}} hooks
   *   `onStop` comes once, after the last chunk. `onLost`: a device went away; what exists is kept, and stopping is the
   *   caller's next move
   */
  constructor(stream, format, hooks) {
    this.#stream = stream;
    this.#format = format;
    this.#hooks = hooks;
    this.#recorder = new MediaRecorder(stream, /** @type {MediaRecorderOptions} */ ({
      mimeType: format.mime,
      videoBitsPerSecond: VIDEO_BITS,
      audioBitsPerSecond: AUDIO_BITS,
      videoKeyFrameIntervalDuration: KEYFRAME_MS,
    }));
  }

  /** What the browser says it records; the server trusts the bytes instead. */
  get mime() {
    return this.#recorder.mimeType || this.#format.mime;
  }

  /** Seconds since recording began; once stopped, how long it was. */
  get seconds() {
    if (!this.#startedAt) return 0;
    return ((this.#stoppedAt || performance.now()) - this.#startedAt) / 1000;
  }

  start() {
    const once = { signal: this.#listening.signal };
    this.#recorder.addEventListener("start", () => this.#began(), once);
    this.#recorder.addEventListener("dataavailable", (event) => this.#received(event.data), once);
    this.#recorder.addEventListener("error", () => this.#hooks.onLost("recorder"), once);
    this.#recorder.addEventListener("stop", () => this.#ended(), once);
    for (const track of this.#stream.getTracks()) {
      const code = track.kind === "video" ? "camera" : "microphone";
      track.addEventListener("ended", () => this.#hooks.onLost(code), once);
    }
    const [camera] = this.#stream.getVideoTracks();
    camera?.addEventListener("mute", () => this.#paused(), once);
    camera?.addEventListener("unmute", () => clearTimeout(this.#pauseTimer), once);
    this.#recorder.start(this.#format.timesliceMs);
  }

  /** Ask for the last bytes; `onStop` follows. Harmless when already stopped. */
  stop() {
    this.#stoppedAt ||= performance.now();
    if (this.#recorder.state !== "inactive") this.#recorder.stop();
  }

  #began() {
    this.#startedAt = performance.now();
    this.#hooks.onStart();
  }

  /** @param {Blob} blob */
  #received(blob) {
    if (blob.size === 0) return;
    const isLast = this.#recorder.state === "inactive";
    const endMs = Math.max(0, this.seconds * 1000 - (isLast ? 0 : this.#format.lagMs));
    this.#hooks.onChunk({ blob, endMs, isLast });
  }

  #paused() {
    this.#pauseTimer = window.setTimeout(() => this.#hooks.onLost("paused"), PAUSED_TOO_LONG_MS);
  }

  #ended() {
    // A track that ends stops the recorder by itself; the specification leaves the order of these events open.
    this.#stoppedAt ||= performance.now();
    clearTimeout(this.#pauseTimer);
    this.#listening.abort();
    this.#hooks.onStop();
  }
}
