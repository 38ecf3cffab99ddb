// Lists of cameras, microphones and speakers: the same before the door and in the circle.

import { byId, keep, make, show, write } from "../dom.js";
import { canChooseSpeaker, choices, devices, remember } from "./devices.js";

/** @typedef {import("./devices.js").Kind} Kind */

/** @type {[MediaDeviceKind, Kind | "speaker"][]} */
const LISTS = [["videoinput", "camera"], ["audioinput", "mic"], ["audiooutput", "speaker"]];

/**
 * Return what fills the three lists of this place with the devices that are there now.
 * @param {string} place of the lists: their ids are `place-camera` and so on
 * @param {(kind: Kind | "speaker") => void} chosen
 */
export function pickers(place, chosen) {
  for (const [, kind] of LISTS) {
    const select = /** @type {HTMLSelectElement} */ (byId(`${place}-${kind}`));
    select.addEventListener("change", () => {
      remember({ [kind]: select.value });
      chosen(kind);
    });
  }

  return async function fill() {
    for (const [type, kind] of LISTS) {
      const found = kind === "speaker" && !canChooseSpeaker() ? [] : await devices(type);
      const select = /** @type {HTMLSelectElement} */ (byId(`${place}-${kind}`));
      keep(select, found, (device) => device.deviceId, option, (element, device) => write(element, device.label));
      if (found.some((device) => device.deviceId === choices()[kind])) select.value = choices()[kind];
      show(select.closest("p"), found.length > 1 || (kind === "speaker" && found.length > 0));
    }
  };
}

/** @param {MediaDeviceInfo} device */
function option(device) {
  const element = make("option", device.label);
  element.value = device.deviceId;
  return element;
}
