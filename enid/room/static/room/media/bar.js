// Microphone and picture, beside what else a person may press; and one line of plain words about them.

import { byId, mark, show, write } from "../dom.js";
import { listens } from "../look.js";
import { nameOf } from "../shared.js";
import { fill } from "../texts.js";
import { SOUND_ALONE } from "./sizes.js";

/** @typedef {import("../shared.js").Room} Room */
/** @typedef {import("../shared.js").RoomState} RoomState */
/** @typedef {import("./devices.js").Kind} Kind */
/** @typedef {{on: {mic: boolean, camera: boolean}, soundOnly: boolean, elsewhere: boolean, quiet?: boolean, unknownToRelay: boolean, steps: number}} Shown */

const SAID_MS = 12_000;

/** @param {Room} room @param {{flip: (kind: Kind) => void, bring: () => void}} does */
export function bar(room, does) {
  const words = room.page.texts.media;
  let said = "";
  let talking = false;
  /** @type {number | undefined} */
  let fading = undefined;
  byId("mic").addEventListener("click", () => does.flip("mic"));
  byId("camera").addEventListener("click", () => does.flip("camera"));
  byId("bring").addEventListener("click", does.bring);

  /** @param {RoomState} state @param {Shown} now */
  function line(state, now) {
    if (now.elsewhere) return words.elsewhere;
    if (said) return said;
    if (listens(state)) return now.on.camera ? words.back_seen : words.back_unseen;
    if (talking && !now.on.mic) return words.talking;
    if (now.unknownToRelay && room.cut.length) return fill(words.cut_relay, { names: room.cut.map((seat) => nameOf(room, seat)).join(", ") });
    if (!now.steps || !now.on.camera) return "";
    return now.steps < SOUND_ALONE ? words.weak : words.rests;
  }

  return {
    /** Say something for a moment. @param {string} sentence @param {boolean} [stays] until the next one */
    say(sentence, stays = false) {
      if (said === sentence) return;
      said = sentence;
      clearTimeout(fading);
      if (!stays) fading = setTimeout(() => this.say("", true), SAID_MS);
      room.refresh();
    },
    /** @param {boolean} now */
    talks(now) {
      if (talking === now) return;
      talking = now;
      room.refresh();
    },
    /** @param {RoomState} state @param {Shown} now */
    update(state, now) {
      show(byId("own"), true);
      show(byId("mic"), !now.elsewhere && !now.quiet && !listens(state)); // it is as it was when whoever sits back comes in
      show(byId("camera"), !now.elsewhere && !now.soundOnly && (!now.quiet || now.on.camera)); // at the end it can only go
      show(byId("sound"), !now.elsewhere);
      show(byId("bring"), now.elsewhere);
      write(byId("mic"), now.on.mic ? words.mic_on : words.mic_off);
      write(byId("camera"), now.on.camera ? words.camera_on : words.camera_off);
      mark(byId("mic"), "data-on", String(now.on.mic));
      mark(byId("camera"), "data-on", String(now.on.camera));
      write(byId("own-said"), line(state, now));
    },
  };
}
