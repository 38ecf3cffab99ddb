// Whose sound may be heard: the mirror of enid/room/media.py. Pure.

import { seatOf, stageNow } from "../look.js";
import { satBack } from "../state.js";

/** @typedef {import("../types.js").RoomState} RoomState */

/**
 * Say whether a seat may be heard now, by everyone or by nobody; after the close only among those in one place.
 * @param {RoomState} state @param {string} seat @param {import("./after.js").Apart | null} [apart]
 */
export function heardOf(state, seat, apart = null) {
  if (state.phase === "closed") return apart !== null && apart.heard && apart.seats.has(seat);
  const place = seatOf(state, seat);
  if (place?.status !== "here") return false;
  if (place.role === "observer") return stageNow(state).floor === "outer" && state.phase === "open" && state.leaderless_since === null;
  return satBack(state) !== seat;
}
