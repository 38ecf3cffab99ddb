// Before the door: is it the right camera, does the microphone hear, does the speaker sound. Nothing is on before a press.

import { byId, keep, make, show, write } from "../dom.js";
import { canChooseSpeaker, choices, devices, remember, soundFromChosen } from "./devices.js";
import { playTone, READS_MS } from "./level.js";

/** @typedef {import("../texts.js").Words} Words */
/** @typedef {import("./devices.js").Kind} Kind */
/** @typedef {import("./own.js").Own} Own */

/** @type {[string, MediaDeviceKind, "mic" | "camera" | "speaker"][]} */
const LISTS = [["choose-camera", "videoinput", "camera"], ["choose-mic", "audioinput", "mic"], ["choose-speaker", "audiooutput", "speaker"]];

/** @param {Own} own @param {Words} words */
export function door(own, words) {
  let open = true;
  let asked = false;
  let trouble = "";
  const muted = /** @type {HTMLInputElement} */ (byId("come-muted"));
  const unseen = /** @type {HTMLInputElement} */ (byId("come-unseen"));
  const mirror = /** @type {HTMLVideoElement} */ (byId("mirror"));
  const level = /** @type {HTMLMeterElement} */ (byId("mic-level"));
  muted.checked = choices().muted;
  unseen.checked = choices().unseen;
  muted.addEventListener("change", () => void follow({ muted: muted.checked }));
  unseen.addEventListener("change", () => void follow({ unseen: unseen.checked }));
  byId("try").addEventListener("click", () => void tryOut());
  byId("play-tone").addEventListener("click", () => void playTone(soundFromChosen));
  for (const [id, , kind] of LISTS) byId(id).addEventListener("change", () => void choose(id, kind));
  navigator.mediaDevices.addEventListener("devicechange", () => void lists());
  const reading = setInterval(() => (level.value = own.meter?.read() ?? 0), READS_MS);
  show(byId("devices"), true);
  update();

  /** Switch on what this person comes in with. */
  async function tryOut() {
    asked = true;
    trouble = "";
    if (!unseen.checked) await turnOn("camera");
    await turnOn("mic"); // also for who comes in muted: the level shows whether it hears
    if (muted.checked) own.turnOff("mic");
    await lists();
    update();
  }

  /** @param {Kind} kind */
  async function turnOn(kind) {
    const code = await own.turnOn(kind);
    if (code) trouble = words[`${kind}_${code}`];
  }

  /** @param {{muted?: boolean, unseen?: boolean}} changes */
  async function follow(changes) {
    remember(changes);
    if (asked && changes.unseen === true) own.turnOff("camera");
    if (asked && changes.unseen === false) await turnOn("camera");
    if (asked && changes.muted === true) own.turnOff("mic");
    if (asked && changes.muted === false) await turnOn("mic");
    update();
  }

  /** @param {string} id @param {"mic" | "camera" | "speaker"} kind */
  async function choose(id, kind) {
    remember({ [kind]: /** @type {HTMLSelectElement} */ (byId(id)).value });
    if (kind === "speaker") return;
    const code = await own.change(kind);
    trouble = code && words[`${kind}_${code}`];
    update();
  }

  async function lists() {
    if (!asked || !open) return;
    for (const [id, type, kind] of LISTS) {
      const found = kind === "speaker" && !canChooseSpeaker() ? [] : await devices(type);
      keep(byId(id), found, (device) => device.deviceId, option, (element, device) => write(element, device.label));
      const select = /** @type {HTMLSelectElement} */ (byId(id));
      if (found.some((device) => device.deviceId === choices()[kind])) select.value = choices()[kind];
      show(select.closest("p"), found.length > 1 || (kind === "speaker" && found.length > 0));
    }
  }

  /** @param {MediaDeviceInfo} device */
  function option(device) {
    const element = make("option", device.label);
    element.value = device.deviceId;
    return element;
  }

  function update() {
    if (!open) return;
    const { camera, mic } = own.tracks;
    const had = /** @type {MediaStream | null} */ (mirror.srcObject)?.getVideoTracks()[0] ?? null;
    if (had !== camera) mirror.srcObject = camera && new MediaStream([camera]);
    show(mirror, camera !== null);
    show(byId("tried"), asked);
    show(byId("level-row"), mic !== null);
    show(byId("try"), !asked || trouble !== "");
    write(byId("door-trouble"), trouble);
    write(byId("door-says"), words[`come_${own.on.mic ? "heard" : "muted"}_${own.on.camera ? "seen" : "unseen"}`]);
  }

  return {
    update,
    /** The person is in: what was on stays on, the test is over. */
    close() {
      if (!open) return;
      open = false;
      clearInterval(reading);
      mirror.srcObject = null;
    },
  };
}
