// Everyone's picture in their seat, and everyone's sound; whoever has not the floor is not played, whatever arrives.

import { byId, make, show, toggle } from "../dom.js";
import { soundFromChosen } from "./devices.js";
import { heardOf } from "./grants.js";

/** @typedef {import("../shared.js").Room} Room */
/** @typedef {import("../shared.js").RoomState} RoomState */

/** @param {Room} room @param {() => void} held the browser holds sound back until somebody presses */
export function faces(room, held) {
  /** @type {Map<string, MediaStreamTrack>} */
  const pictures = new Map();
  /** @type {Map<string, {element: HTMLAudioElement, track: MediaStreamTrack}>} */
  const sounds = new Map();

  /** @param {string} seat @param {MediaStreamTrack} track */
  function comes(seat, track) {
    if (track.kind === "video") pictures.set(seat, track);
    else sound(seat, track);
  }

  /** @param {string} seat @param {MediaStreamTrack} track */
  function sound(seat, track) {
    sounds.get(seat)?.element.remove();
    const element = make("audio");
    element.dataset.seat = seat;
    element.autoplay = true;
    element.muted = true; // until the room says that this seat may be heard
    track.enabled = false;
    element.srcObject = new MediaStream([track]);
    byId("sounds").append(element);
    sounds.set(seat, { element, track });
    void soundFromChosen(element);
  }

  /** @param {string} seat */
  function goes(seat) {
    pictures.delete(seat);
    const had = sounds.get(seat);
    sounds.delete(seat);
    if (!had) return;
    had.element.srcObject = null;
    had.element.remove();
  }

  /** @param {RoomState} state @param {import("./after.js").Apart | null} apart */
  function hearOnlyTheFloor(state, apart) {
    for (const [seat, { element, track }] of sounds) {
      const heard = heardOf(state, seat, apart) && room.voices.get(seat)?.mic === true;
      track.enabled = heard;
      element.muted = !heard;
      if (heard && element.paused) void element.play().catch((error) => error.name === "NotAllowedError" && held());
    }
  }

  /** @param {string} list @param {string} seat @param {MediaStreamTrack | null} track @param {boolean} mirrored */
  function paint(list, seat, track, mirrored) {
    const person = byId(list).querySelector(`[data-key="${CSS.escape(seat)}"] .person`);
    let picture = person?.querySelector("video") ?? null;
    if (!person || (!track && !picture)) return;
    if (!picture) {
      picture = make("video", "", "picture");
      picture.muted = picture.autoplay = picture.playsInline = true;
      picture.setAttribute("aria-hidden", "true");
      person.querySelector(".face")?.after(picture);
    }
    const had = /** @type {MediaStream | null} */ (picture.srcObject)?.getVideoTracks()[0] ?? null;
    if (had !== track) picture.srcObject = track && new MediaStream([track]);
    toggle(picture, "mirrored", mirrored);
    show(picture, track !== null);
  }

  return {
    comes,
    goes,
    /**
     * @param {RoomState} state @param {MediaStreamTrack | null} own @param {boolean} soundOnly no picture is shown
     * @param {import("./after.js").Apart | null} [apart] after the close
     */
    update(state, own, soundOnly, apart = null) {
      hearOnlyTheFloor(state, apart);
      const list = apart ? "after-faces" : "seats";
      for (const seat of state.seats) {
        const isHere = apart ? apart.seats.has(seat.id) : seat.status === "here";
        const sees = !soundOnly && isHere && room.voices.get(seat.id)?.camera === true;
        if (seat.id === state.seat) paint(list, seat.id, own, true);
        else paint(list, seat.id, (sees && pictures.get(seat.id)) || null, false);
      }
    },
    /** Sound from another speaker. */
    speaker() {
      for (const { element } of sounds.values()) void soundFromChosen(element);
    },
    /** Play what the browser held back until a press. */
    wake() {
      for (const { element } of sounds.values()) {
        if (!element.muted && element.paused) void element.play().catch(() => undefined); // still held: the next press tries again
      }
    },
  };
}
