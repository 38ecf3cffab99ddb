// Whose sound may be heard: the mirror of enid/room/media.py. Pure.

import { seatOf } from "../look.js";
import { satBack } from "../state.js";

/** @typedef {import("../types.js").RoomState} RoomState */

/**
 * Say whether a seat may be heard now, by everyone or by nobody.
 * @param {RoomState} state @param {string} seat
 */
export function heardOf(state, seat) {
  if (state.phase === "closed" || seatOf(state, seat)?.status !== "here") return false;
  return satBack(state) !== seat;
}
