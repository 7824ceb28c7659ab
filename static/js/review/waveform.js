/** The recording as a line of bars to scrub on: drawn by SVG attributes, moved by a range input that says where it is. */
import { clock } from "./player.js";

const SVG = "http://www.w3.org/2000/svg";
const [WIDTH, HEIGHT, BARS] = [1000, 44, 160];

/**
 * @param {HTMLElement} scrub
 * @param {import("./player.js").Player} player
 * @param {{peaks: string, strings: Object<string, string>}} config
 */
export async function connectWaveform(scrub, player, { peaks, strings }) {
  const svg = scrub.querySelector("[data-wave]");
  const head = svg.appendChild(rect({ width: 3, height: HEIGHT }, "head"));
  const slider = makeSlider(scrub, player, strings.scrub);
  /** @type {Element[]} */
  let bars = [];
  player.onTime((now, seconds) => {
    const x = seconds ? (now / seconds) * WIDTH : 0;
    head.setAttribute("x", String(Math.min(x, WIDTH - 3)));
    for (const bar of bars) bar.toggleAttribute("data-played", Number(bar.getAttribute("x")) < x);
    slider.max = String(seconds || 1);
    slider.value = String(now);
    slider.setAttribute("aria-valuetext", strings.position.replace("%s", clock(now)).replace("%s", clock(seconds)));
  });
  bars = drawBars(svg, await loadPeaks(peaks), head);
}

/** Mark the moments of notes. @param {Element | null} scrub @param {number[]} moments @param {number} seconds */
export function markNotes(scrub, moments, seconds) {
  const svg = scrub?.querySelector("[data-wave]");
  if (!svg || !seconds) return;
  for (const old of svg.querySelectorAll("[data-note]")) old.remove();
  for (const moment of moments) {
    svg.append(rect({ x: Math.min((moment / seconds) * WIDTH, WIDTH - 5), width: 5, height: 9, rx: 2 }, "note"));
  }
}

function makeSlider(scrub, player, label) {
  const slider = document.createElement("input");
  Object.assign(slider, { type: "range", min: "0", step: "0.1", className: "scrubber" });
  slider.setAttribute("aria-label", label);
  slider.addEventListener("input", () => player.seek(Number(slider.value)));
  scrub.append(slider);
  return slider;
}

async function loadPeaks(url) {
  if (!url) return [];
  try {
    const response = await fetch(url);
    const body = response.ok ? await response.json() : [];
    return Array.isArray(body) ? body : (body.peaks ?? []);
  } catch {
    return []; // the drawn speech map stays
  }
}

function drawBars(svg, peaks, before) {
  if (!peaks.length) return [];
  const count = Math.min(BARS, peaks.length);
  const loudest = Math.max(...peaks, 1e-6);
  const group = document.createElementNS(SVG, "g");
  for (let place = 0; place < count; place += 1) {
    const from = Math.floor((place * peaks.length) / count);
    const to = Math.max(from + 1, Math.floor(((place + 1) * peaks.length) / count));
    const height = Math.max(2, (Math.max(...peaks.slice(from, to)) / loudest) * (HEIGHT - 4));
    const step = WIDTH / count;
    group.append(rect({ x: place * step, y: (HEIGHT - height) / 2, width: step * 0.66, height, rx: 1 }));
  }
  svg.insertBefore(group, before);
  svg.querySelector("[data-speech]")?.remove();
  return [...group.children];
}

function rect(attributes, mark) {
  const made = document.createElementNS(SVG, "rect");
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  if (mark) made.setAttribute(`data-${mark}`, "");
  return made;
}
