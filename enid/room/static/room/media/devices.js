// Camera, microphone and speaker of this device: asking for them, and what somebody chose here the last time.

/** @typedef {"mic" | "camera"} Kind */
/**
 * What somebody chose; hidden: their own picture from themselves, speaks: a sign of who speaks.
 * @typedef {{mic: string, camera: string, speaker: string, muted: boolean, unseen: boolean, hidden: boolean,
 *   soundOnly: boolean, speaks: boolean, blur: boolean}} Choices
 */

const KEY = "enid-devices";
/** @type {Choices} */
const NOTHING = {
  mic: "", camera: "", speaker: "", muted: false, unseen: false, hidden: false, soundOnly: false, speaks: false, blur: false,
};
/** @type {Partial<Choices>} also where the storage of this browser is closed or full */
let here = {};

const PICTURE = { width: { ideal: 640 }, height: { ideal: 360 }, frameRate: { ideal: 15, max: 15 } };
const SOUND = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };

/** @type {{[name: string]: string}} */
const CODES = {
  NotAllowedError: "refused", SecurityError: "refused", NotFoundError: "missing", OverconstrainedError: "missing",
  NotReadableError: "busy", AbortError: "busy", TypeError: "cannot",
};

/** Say whether this browser can carry sound and picture at all. */
export function canCarry() {
  return typeof RTCPeerConnection !== "undefined" && typeof navigator.mediaDevices?.getUserMedia === "function";
}

/** Return what was chosen here, on this device only. @returns {Choices} */
export function choices() {
  try {
    return { ...NOTHING, ...JSON.parse(localStorage.getItem(KEY) ?? "{}"), ...here };
  } catch {
    return { ...NOTHING, ...here }; // storage is closed in this browser, or holds something else
  }
}

/** @param {Partial<Choices>} changes */
export function remember(changes) {
  here = { ...here, ...changes };
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...choices(), ...changes }));
  } catch {
    return; // storage is closed or full: the choice holds until the page is left
  }
}

/**
 * Ask for a device. Where the one that was chosen is gone, another will do.
 * @param {Kind} kind @returns {Promise<MediaStreamTrack>}
 */
export async function capture(kind) {
  const chosen = choices()[kind];
  const wanted = { ...(kind === "mic" ? SOUND : PICTURE), ...(chosen ? { deviceId: { ideal: chosen } } : {}) };
  const stream = await navigator.mediaDevices.getUserMedia(kind === "mic" ? { audio: wanted } : { video: wanted });
  const track = stream.getTracks()[0];
  if (kind === "mic") track.contentHint = "speech";
  else await blurAsChosen(track);
  return track;
}

/** Say whether the browser itself can blur what is behind somebody. @param {MediaStreamTrack | null} track */
export function canBlur(track) {
  const can = /** @type {{backgroundBlur?: boolean[]} | undefined} */ (track?.getCapabilities?.());
  return (can?.backgroundBlur?.length ?? 0) > 1;
}

/** @param {MediaStreamTrack} track */
export async function blurAsChosen(track) {
  if (!canBlur(track)) return;
  const wanted = /** @type {MediaTrackConstraints} */ ({ ...PICTURE, backgroundBlur: choices().blur });
  await track.applyConstraints(wanted).catch(() => undefined); // the picture stays as the device gives it
}

/** Return why a device could not be had. @param {unknown} error */
export function codeOf(error) {
  return (error instanceof Error && CODES[error.name]) || "busy";
}

/** @param {MediaDeviceKind} kind */
export async function devices(kind) {
  const all = await navigator.mediaDevices.enumerateDevices();
  return all.filter((device) => device.kind === kind && device.deviceId !== "");
}

/** Say whether this browser lets somebody choose where the sound comes out. */
export function canChooseSpeaker() {
  return "setSinkId" in HTMLMediaElement.prototype;
}

/** Let an element sound from the speaker that was chosen. @param {HTMLMediaElement} element */
export async function soundFromChosen(element) {
  const { speaker } = choices();
  if (!("setSinkId" in element) || element.sinkId === speaker) return;
  await element.setSinkId(speaker).catch(() => undefined); // it is gone: the usual one will do
}
