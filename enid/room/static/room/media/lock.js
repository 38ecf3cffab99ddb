// The lock in the top bar: four words behind it, and silence unless they fail.

import { byId, dialog, keep, make, show, toggle, write } from "../dom.js";
import { nameOf } from "../shared.js";
import { fill } from "../texts.js";

/** @typedef {import("../shared.js").Room} Room */
/** @typedef {import("../texts.js").Words} Words */
/** @typedef {import("./check.js").LineCheck} LineCheck */
/** @typedef {import("./check.js").Outcome} Outcome */
/**
 * What is known of the words, beside the check itself: a failure stays until somebody has read the same words.
 * @typedef {{failed: boolean, same: boolean, told: Set<string>, words: string[]}} Known
 */

const ASKS_AGAIN_MS = 3000;
const LISTS = {
  en: () => import("./words_en.js"),
  de: () => import("./words_de.js"),
};

/** Put a line check behind the lock. @param {Room} room @param {LineCheck} check */
export function attach(room, check) {
  const texts = room.page.lock?.texts ?? {};
  /** @type {Known} */
  const known = { failed: false, same: false, told: new Set(), words: [] };
  const draw = () => update(room, check, known, texts);
  check.listen({
    changed: (outcome) => void changed(room, check, known, outcome).then(draw),
    told: (seat) => told(room, known, texts, seat, draw),
  });
  byId("lock").addEventListener("click", () => dialog("lock-dialog").showModal());
  byId("lock-same").addEventListener("click", () => {
    Object.assign(known, { failed: false, same: true, told: new Set() });
    draw();
  });
  byId("lock-differ").addEventListener("click", () => {
    Object.assign(known, { failed: true, same: false });
    check.report(leadersOf(room));
    draw();
  });
  show(byId("lock"), true);
  void listOf(room.page.lock?.language ?? "en"); // at hand by the time that the words are found
  void changed(room, check, known, check.outcome).then(draw);
}

/** @param {Room} room @param {LineCheck} check @param {Known} known @param {Outcome} outcome */
async function changed(room, check, known, outcome) {
  const words = await spelled(outcome);
  if (check.outcome !== outcome) return; // it changed again while the list came
  known.words = words;
  known.same = false;
  if (outcome.is !== "differs") return;
  known.failed = true;
  check.report(leadersOf(room));
  room.announce(room.page.lock?.texts.failed ?? "");
  if (!dialog("lock-dialog").open && !document.querySelector("dialog[open]")) dialog("lock-dialog").showModal();
}

/** Somebody reads other words: shown to leaders, once for each who says so. @param {Room} room @param {Known} known @param {Words} texts @param {string} seat @param {() => void} draw */
function told(room, known, texts, seat, draw) {
  if (room.state?.audience !== "leader" || known.told.has(seat)) return;
  known.told.add(seat);
  known.failed = true;
  room.announce(fill(texts.told, { name: nameOf(room, seat) }));
  draw();
}

/** @param {Outcome} outcome */
async function spelled(outcome) {
  if (outcome.is !== "words") return [];
  const list = await listOf(outcome.language);
  return outcome.numbers.map((number) => list[number]);
}

/** Return the words of a language, however often they have to be asked for: the server may be away just then. @param {string} language @returns {Promise<string[]>} */
async function listOf(language) {
  try {
    return (await LISTS[language === "de" ? "de" : "en"]()).default;
  } catch {
    await new Promise((done) => setTimeout(done, ASKS_AGAIN_MS));
    return listOf(language);
  }
}

/** @param {Room} room @param {LineCheck} check @param {Known} known @param {Words} texts */
function update(room, check, known, texts) {
  const { outcome } = check;
  toggle(byId("lock"), "failed", known.failed);
  write(byId("lock-label"), known.failed ? texts.failed_label : texts.label);
  words(known.words, outcome);
  write(byId("lock-said"), sentence(room, outcome, known, texts));
  show(byId("lock-ask"), outcome.is === "words" && !known.same);
  show(byId("lock-stop"), known.failed);
  show(byId("lock-reports"), known.told.size > 0);
  keep(byId("lock-reports"), [...known.told], (seat) => seat, () => make("li"),
    (item, seat) => write(item, fill(texts.told, { name: nameOf(room, seat) })));
}

/** @param {string[]} read @param {Outcome} outcome */
function words(read, outcome) {
  const list = byId("lock-words");
  show(list, read.length > 0);
  if (outcome.is === "words") list.lang = outcome.language;
  keep(list, read.map((word, index) => ({ word, key: String(index) })), ({ key }) => key, () => make("li"),
    (item, { word }) => write(item, word));
}

/** @param {Room} room @param {Outcome} outcome @param {Known} known @param {Words} texts */
function sentence(room, outcome, known, texts) {
  if (outcome.is === "differs") return fill(texts.differs, { name: nameOf(room, outcome.seat) });
  if (outcome.is === "waiting") return texts.waiting;
  return known.same ? texts.same : "";
}

/** @param {Room} room */
function leadersOf(room) {
  const state = room.state;
  if (!state || state.audience === "waiting") return [];
  return state.seats.filter((seat) => seat.role === "leader" && seat.id !== state.seat).map((seat) => seat.id);
}
