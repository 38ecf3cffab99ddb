// One still light: every line is open. It changes only when a line really fails, and then words say what is kept.

import { byId, mark, write } from "./dom.js";
import { everyoneIsHere, lostLines } from "./look.js";
import { nameOf } from "./shared.js";
import { fill } from "./texts.js";

const MOST_NAMES = 3;

/** @param {import("./shared.js").Room} room */
export function line(room) {
  return {
    update() {
      const [kind, words] = now(room);
      mark(byId("line"), "data-line", kind);
      write(byId("line-text"), words);
    },
  };
}

/** @param {import("./shared.js").Room} room @returns {[string, string]} */
function now(room) {
  const words = room.page.texts.line;
  const state = room.state;
  if (room.line === "connecting" || !state) return ["connecting", words.connecting];
  if (room.line === "lost") return ["lost", room.page.setting === "video" ? withNumber(room, words.lost) : words.lost_beside];
  if (state.audience === "waiting") return ["open", ""];
  const lost = lostLines(state);
  if (lost.length) return ["dropped", fill(words.dropped, { names: named(room, lost) })];
  if (room.cut.length) return ["dropped", withNumber(room, fill(words.cut, { names: named(room, room.cut) }))];
  return ["open", everyoneIsHere(state) ? words.open : words.open_some];
}

/** @param {import("./shared.js").Room} room @param {string[]} seats */
function named(room, seats) {
  const names = seats.slice(0, MOST_NAMES).map((seat) => nameOf(room, seat)).join(", ");
  return seats.length > MOST_NAMES ? `${names} …` : names;
}

/** Where the group has a telephone number for this, it stands beside what broke. @param {import("./shared.js").Room} room @param {string} sentence */
function withNumber(room, sentence) {
  const number = room.page.telephone;
  return number ? `${sentence} ${fill(room.page.texts.line.by_telephone, { number })}` : sentence;
}
