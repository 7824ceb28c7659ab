/** Camera and microphone: asking for them, and knowing in plain words why they did not come. */

import { recall, remember } from "./remember.js";

const CAMERA = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30, max: 30 }, facingMode: "user" };
const MICROPHONE = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };

// Apps that open links inside themselves, where the camera often cannot be reached.
const IN_APP = /FBAN|FBAV|FB_IAB|Instagram|LinkedInApp|Line\/|MicroMessenger|Snapchat|TikTok|musical_ly|GSA\/|Twitter|; wv\)/i;

/** The camera or the microphone cannot be had; `code` says why. */
export class DeviceProblem extends Error {
  /** @param {string} code insecure · unsupported · inapp · denied · no_camera · no_microphone · no_devices · busy · unsuitable */
  constructor(code) {
    super(code);
    this.name = "DeviceProblem";
    this.code = code;
  }
}

/**
 * Camera and microphone as one stream.
 *
 * @returns {Promise<MediaStream>}
 * @throws {DeviceProblem}
 */
export async function open() {
  if (!window.isSecureContext) throw new DeviceProblem("insecure");
  if (!navigator.mediaDevices?.getUserMedia || typeof MediaRecorder === "undefined") {
    throw new DeviceProblem(isInApp() ? "inapp" : "unsupported");
  }
  const { camera, microphone } = chosen();
  try {
    return await ask(camera, microphone);
  } catch (error) {
    // A remembered device that was unplugged must not stand in the way of the ones that are there.
    if (error instanceof DOMException && error.name === "OverconstrainedError" && (camera || microphone)) {
      choose({});
      return await ask().catch(explain);
    }
    return explain(error);
  }
}

/** @param {string} [camera] @param {string} [microphone] device ids */
function ask(camera, microphone) {
  return navigator.mediaDevices.getUserMedia({
    video: camera ? { ...CAMERA, facingMode: undefined, deviceId: { exact: camera } } : CAMERA,
    audio: microphone ? { ...MICROPHONE, deviceId: { exact: microphone } } : MICROPHONE,
  });
}

/**
 * @param {unknown} error
 * @returns {Promise<never>}
 */
async function explain(error) {
  const name = error instanceof DOMException || error instanceof Error ? error.name : "";
  if (name === "NotAllowedError" || name === "SecurityError") throw new DeviceProblem(isInApp() ? "inapp" : "denied");
  if (name === "NotFoundError") throw new DeviceProblem(await whatIsMissing());
  if (name === "NotReadableError" || name === "AbortError") throw new DeviceProblem("busy");
  if (name === "OverconstrainedError") throw new DeviceProblem("unsuitable");
  throw new DeviceProblem(isInApp() ? "inapp" : "unsupported");
}

async function whatIsMissing() {
  const kinds = new Set((await navigator.mediaDevices.enumerateDevices()).map((device) => device.kind));
  if (kinds.has("audioinput") && !kinds.has("videoinput")) return "no_camera";
  if (kinds.has("videoinput") && !kinds.has("audioinput")) return "no_microphone";
  return "no_devices";
}

/** Whether both were allowed before, so that asking shows no question. Not every browser tells: then false. */
export async function isAllowed() {
  try {
    const names = /** @type {PermissionName[]} */ (["camera", "microphone"]);
    const states = await Promise.all(names.map((name) => navigator.permissions.query({ name })));
    return states.every(({ state }) => state === "granted");
  } catch (error) {
    if (error instanceof TypeError) return false; // Firefox before 131 knows no such permission
    throw error;
  }
}

/** @param {MediaStream|null} stream */
export function close(stream) {
  for (const track of stream?.getTracks() ?? []) track.stop();
}

/** Let camera and microphone rest between recordings, or wake them, without asking again. @param {MediaStream|null} stream @param {boolean} awake */
export function setAwake(stream, awake) {
  for (const track of stream?.getTracks() ?? []) track.enabled = awake;
}

/** @param {MediaStream|null} stream */
export function isLive(stream) {
  return stream !== null && stream.getTracks().length > 1 && stream.getTracks().every((track) => track.readyState === "live");
}

/** The device ids chosen on the device check, remembered on this device. @returns {{camera?: string, microphone?: string}} */
export function chosen() {
  const kept = recall("devices");
  return kept ? JSON.parse(kept) : {};
}

/** @param {{camera?: string, microphone?: string}} devices */
export function choose(devices) {
  remember("devices", JSON.stringify(devices));
}

export function isInApp() {
  return IN_APP.test(navigator.userAgent);
}

/** Which browser's steps to show: android · ios · safari · firefox · edge · chrome. */
export function browserName() {
  const agent = navigator.userAgent;
  if (/iPhone|iPad|iPod/.test(agent) || (/Macintosh/.test(agent) && navigator.maxTouchPoints > 1)) return "ios";
  if (/Android/.test(agent)) return "android";
  if (/Firefox\//.test(agent)) return "firefox";
  if (/Edg\//.test(agent)) return "edge";
  return navigator.vendor.startsWith("Apple") ? "safari" : "chrome";
}
