// News that is said politely to whoever listens to the page: what others sign, and who comes and goes.

import { nameOf } from "./shared.js";
import { fill } from "./texts.js";

/** @typedef {import("./shared.js").Room} Room */
/** @typedef {import("./types.js").RoomState} RoomState */
/** @typedef {import("./types.js").Status} Status */

/** @param {Room} room @param {import("./types.js").Notice} notice */
export function tellNotice(room, notice) {
  const { words, signs, said } = room.page.texts;
  if (notice.t === "word") tell(room, words[notice.word], notice.seat);
  if (notice.t === "sign" && notice.seat !== room.state?.seat) tell(room, signs[notice.sign], notice.seat);
  if (notice.t === "hand" && notice.on && notice.seat !== room.state?.seat) tell(room, said.hand, notice.seat);
}

/** @param {Room} room @param {RoomState} before @param {RoomState} after */
export function tellChange(room, before, after) {
  const { said } = room.page.texts;
  tellKnocks(room, before, after);
  for (const { id, was, now } of movesOf(before, after)) {
    if (now === "waiting") tell(room, said.knock);
    if (now === "outside") tell(room, said.outside, id);
    if (now === "here" && was !== "waiting") tell(room, said.back, id);
  }
  if (after.sits_back !== before.sits_back) tell(room, after.sits_back ? said.sat_back : said.came_in);
  if (after.audience === "leader" && after.offered_to === after.seat && before.offered_to !== after.seat) tell(room, said.offered);
}

/**
 * Return who of the others is in another place than before.
 * @param {RoomState} before @param {RoomState} after
 * @returns {{id: string, role: string, was: Status | undefined, now: Status}[]}
 */
export function movesOf(before, after) {
  const was = new Map(before.seats.map((seat) => [seat.id, seat.status]));
  return after.seats
    .filter((seat) => seat.id !== after.seat && seat.status !== was.get(seat.id))
    .map(({ id, role, status }) => ({ id, role, was: was.get(id), now: status }));
}

/** Another browser of somebody who is here knocks. @param {Room} room @param {RoomState} before @param {RoomState} after */
function tellKnocks(room, before, after) {
  const knocked = new Set(before.seats.filter((seat) => seat.knocks_beside).map((seat) => seat.id));
  for (const seat of after.seats) if (seat.knocks_beside && !knocked.has(seat.id)) tell(room, room.page.texts.said.knock);
}

/** @param {Room} room @param {string} sentence @param {string} [seat] whose name stands in it */
function tell(room, sentence, seat) {
  room.announce(fill(sentence, { name: nameOf(room, seat) }));
}
