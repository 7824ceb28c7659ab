/** How loud the microphone is, and whether it has been silent for a while. Nothing is kept or sent. */

const SILENT_BELOW = 0.01; // peak of full scale, about −40 dB: room noise of a working microphone is above it
const SILENT_FOR_MS = 5000;
const DEAD_BELOW = 1e-4; // what a muted microphone delivers; a quiet room is above it

/**
 * @typedef {object} Hearing
 * @property {boolean} isHeard a voice, or something as loud, at this moment; also while nobody knows
 * @property {boolean} isSilent nothing of the kind for some seconds
 * @property {boolean} isAlive the microphone delivers something, be it only the noise of a quiet room
 * @property {number} deadMs for how long it has delivered nothing at all
 */

export class Meter {
  #context;
  #analyser;
  #source;
  #samples;
  #onLevel;
  #frame = 0;
  #heardAt = performance.now();
  #aliveAt = performance.now();
  #lookedAt = performance.now();

  /**
   * @param {MediaStream} stream
   * @param {(level: number, now: Hearing) => void} onLevel `level` 0–1 as an ear would have it; called every frame
   */
  constructor(stream, onLevel) {
    this.#context = new AudioContext();
    this.#analyser = this.#context.createAnalyser();
    this.#analyser.fftSize = 1024;
    this.#samples = new Float32Array(this.#analyser.fftSize);
    this.#source = this.#context.createMediaStreamSource(stream);
    this.#source.connect(this.#analyser);
    this.#onLevel = onLevel;
    this.#measure();
  }

  /** Browsers hold audio back until the person has touched the page: call this from every click. */
  resume() {
    if (this.#context.state === "suspended") void this.#context.resume();
  }

  /** Silence is counted from now on. */
  forgive() {
    this.#heardAt = this.#aliveAt = performance.now();
  }

  close() {
    cancelAnimationFrame(this.#frame);
    this.#source.disconnect();
    void this.#context.close();
  }

  #measure() {
    this.#frame = requestAnimationFrame(() => this.#measure());
    // Not listening (no click yet, or the page was in the background) is not the person's silence.
    const now = performance.now();
    const isDeaf = this.#context.state !== "running" || now - this.#lookedAt > 1000;
    if (isDeaf) this.forgive();
    this.#lookedAt = now;
    this.#analyser.getFloatTimeDomainData(this.#samples);
    let peak = 0;
    for (const sample of this.#samples) peak = Math.max(peak, Math.abs(sample));
    if (peak >= SILENT_BELOW) this.#heardAt = now;
    if (peak >= DEAD_BELOW) this.#aliveAt = now;
    const decibels = 20 * Math.log10(Math.max(peak, 1e-4)); // −80 … 0
    this.#onLevel(Math.min(1, Math.max(0, (decibels + 50) / 45)), {
      isHeard: isDeaf || peak >= SILENT_BELOW,
      isSilent: now - this.#heardAt > SILENT_FOR_MS,
      isAlive: peak >= DEAD_BELOW,
      deadMs: now - this.#aliveAt,
    });
  }
}
