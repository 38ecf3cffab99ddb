// What every part of the page is handed: the room as this person knows it, and ways to ask for something.

/** @typedef {import("./types.js").State} State */
/** @typedef {import("./types.js").RoomState} RoomState */
/** @typedef {import("./types.js").Options} Options */
/** @typedef {import("./passing.js").Passing} Passing */
/** @typedef {import("./texts.js").Page} Page */
/** @typedef {{[name: string]: unknown}} Fields */
/**
 * @typedef {object} Room
 * @property {Page} page
 * @property {State | null} state
 * @property {Passing} passing
 * @property {Map<string, string>} names seat -> name
 * @property {Map<string, import("./types.js").MediaNotice>} voices whose sound and picture come from which page
 * @property {string[]} cut seats to and from which nothing has come through for a while
 * @property {string | null} larger whoever sits back and is shown larger here, as this leader wished
 * @property {Omit<import("./types.js").AfterNotice, "t">} after where this person is after the close, and with whom
 * @property {Options} options
 * @property {"connecting" | "open" | "lost"} line
 * @property {(t: string, fields?: Fields) => void} say a wish that can never be stale
 * @property {(t: string, fields?: Fields) => void} move a wish that tells the version seen
 * @property {() => number} now the server's clock, ms
 * @property {(words: string) => void} announce politely, to whoever listens to the page
 * @property {() => void} refresh
 */

/** @param {Room} room @param {string | null | undefined} seat */
export function nameOf(room, seat) {
  return (seat && room.names.get(seat)) || "…";
}

/** @param {string} name */
export function initials(name) {
  const parts = name.trim().split(/\s+/).filter(Boolean);
  const letters = parts.length > 1 ? [parts[0], parts[parts.length - 1]] : parts;
  return letters.map((part) => [...part][0] ?? "").join("").toUpperCase();
}

/** Wishes that move the way; while another leader holds the frame they ask first. */
export const MOVES = new Set([
  "move_on", "step_back", "repeat", "skip", "second_case", "no_case", "resume", "end_meeting",
  "mark_presenter", "free_presenter", "sit_back",
]);
