// Before the door: is it the right camera, does the microphone hear, does the speaker sound, which way would it go.
// Nothing is on, and nobody is asked, before a press.

import { byId, show, write } from "../dom.js";
import { choices, remember, soundFromChosen } from "./devices.js";
import { playTone, READS_MS } from "./level.js";
import { pickers } from "./pickers.js";

/** @typedef {import("../texts.js").Words} Words */
/** @typedef {import("./devices.js").Kind} Kind */
/** @typedef {import("./own.js").Own} Own */
/** @typedef {import("./way_out.js").Way} Way */

/** @type {Way[]} */
const WORTH_ANOTHER_TRY = ["nothing", "only_relay", "direct_silent", "unknown"];

/** @param {Own} own @param {Words} words @param {(left: AbortSignal) => Promise<Way>} wayOut */
export function door(own, words, wayOut) {
  let open = true;
  let asked = false;
  let trouble = "";
  let trying = false;
  const left = new AbortController();
  const muted = /** @type {HTMLInputElement} */ (byId("come-muted"));
  const unseen = /** @type {HTMLInputElement} */ (byId("come-unseen"));
  const mirror = /** @type {HTMLVideoElement} */ (byId("mirror"));
  const level = /** @type {HTMLMeterElement} */ (byId("mic-level"));
  muted.checked = choices().muted;
  unseen.checked = choices().unseen || choices().soundOnly;
  muted.addEventListener("change", () => void follow({ muted: muted.checked }));
  unseen.addEventListener("change", () => void follow({ unseen: unseen.checked, ...(unseen.checked ? {} : { soundOnly: false }) }));
  byId("try").addEventListener("click", () => void tryOut());
  byId("try-way").addEventListener("click", () => void tryWay());
  byId("play-tone").addEventListener("click", () => void playTone(soundFromChosen));
  const fill = pickers("choose", (kind) => void choose(kind));
  navigator.mediaDevices.addEventListener("devicechange", () => void lists());
  const reading = setInterval(() => (level.value = own.meter?.read() ?? 0), READS_MS);
  show(byId("devices"), true);
  update();

  /** Switch on what this person comes in with. */
  async function tryOut() {
    asked = true;
    trouble = "";
    void tryWay(); // beside the rest: whoever is ready comes in without waiting for it
    if (!unseen.checked) await turnOn("camera");
    await turnOn("mic"); // also for who comes in muted: the level shows whether it hears
    if (muted.checked) own.turnOff("mic");
    await lists();
    update();
  }

  /** Say which way sound and picture would go. */
  async function tryWay() {
    if (trying) return;
    trying = true;
    show(byId("try-way"), false);
    write(byId("door-way"), words.way_trying);
    const way = await wayOut(left.signal);
    trying = false;
    write(byId("door-way"), words[`way_${way}`]);
    show(byId("try-way"), WORTH_ANOTHER_TRY.includes(way));
  }

  /** @param {Kind} kind */
  async function turnOn(kind) {
    const code = await own.turnOn(kind);
    if (code) trouble = words[`${kind}_${code}`];
  }

  /** @param {{muted?: boolean, unseen?: boolean, soundOnly?: boolean}} changes */
  async function follow(changes) {
    remember(changes);
    if (asked && changes.unseen === true) own.turnOff("camera");
    if (asked && changes.unseen === false) await turnOn("camera");
    if (asked && changes.muted === true) own.turnOff("mic");
    if (asked && changes.muted === false) await turnOn("mic");
    update();
  }

  /** @param {Kind | "speaker"} kind */
  async function choose(kind) {
    if (kind === "speaker") return;
    const code = await own.change(kind);
    trouble = code && words[`${kind}_${code}`];
    update();
  }

  async function lists() {
    if (asked && open) await fill();
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
      left.abort();
      clearInterval(reading);
      mirror.srcObject = null;
    },
  };
}
