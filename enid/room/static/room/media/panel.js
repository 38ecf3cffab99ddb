// Sound and picture while inside: which devices, and what this person wishes to see. All of it stays on this device.

import { byId, dialog, show, write } from "../dom.js";
import { canBlur, choices, remember, soundFromChosen } from "./devices.js";
import { playTone } from "./level.js";
import { pickers } from "./pickers.js";

/** @typedef {import("./devices.js").Kind} Kind */
/** @typedef {"soundOnly" | "hidden" | "speaks" | "blur"} Wish */

/** @type {[string, Wish][]} */
const WISHES = [["sound-only", "soundOnly"], ["own-hidden", "hidden"], ["who-speaks", "speaks"], ["blur", "blur"]];

/**
 * @param {import("./own.js").Own} own @param {import("../texts.js").Words} words
 * @param {{speaker: () => void, wished: () => void}} does
 */
export function panel(own, words, { speaker, wished }) {
  const fill = pickers("inside", (kind) => void chosen(kind));
  byId("sound").addEventListener("click", () => open());
  byId("inside-tone").addEventListener("click", () => void playTone(soundFromChosen));
  navigator.mediaDevices.addEventListener("devicechange", () => dialog("sound-dialog").open && void fill());
  for (const [id, name] of WISHES) {
    box(id).addEventListener("change", () => {
      remember({ [name]: box(id).checked });
      follow(name);
    });
  }

  function open() {
    write(byId("inside-trouble"), "");
    for (const [id, name] of WISHES) box(id).checked = choices()[name];
    show(byId("blur-row"), canBlur(own.tracks.camera));
    void fill();
    dialog("sound-dialog").showModal();
  }

  /** @param {Kind | "speaker"} kind */
  async function chosen(kind) {
    if (kind === "speaker") return speaker();
    const code = await own.change(kind);
    write(byId("inside-trouble"), code ? (words[`${kind}_${code}`] ?? words[`${kind}_busy`]) : "");
  }

  /** @param {Wish} name */
  function follow(name) {
    if (name === "blur") void own.blur();
    if (name === "soundOnly" && choices().soundOnly) own.turnOff("camera");
    wished();
  }
}

/** @param {string} id */
function box(id) {
  return /** @type {HTMLInputElement} */ (byId(id));
}
