// What a state means for the person who looks at it. Pure: no page, no network, no clock.

import { satBack } from "./state.js";
import { fill } from "./texts.js";

/** @typedef {import("./types.js").State} State */
/** @typedef {import("./types.js").RoomState} RoomState */
/** @typedef {import("./types.js").Seat} Seat */
/** @typedef {import("./types.js").Status} Status */
/** @typedef {import("./texts.js").Texts} Texts */
/** @typedef {{title: string, sentence: string, more: string, request: string, stays: boolean}} Middle */

/**
 * Return which view this person sees: at the door, outside for a moment, in the circle, or after the close.
 * @param {State} state
 * @returns {"waiting" | "outside" | "inside" | "closed"}
 */
export function whereAmI(state) {
  if (state.audience === "waiting") return "waiting";
  if (state.phase === "closed") return "closed";
  return state.audience !== "table" && seatOf(state, state.seat)?.status === "outside" ? "outside" : "inside";
}

/** @param {RoomState} state @param {string | null | undefined} id @returns {Seat | undefined} */
export function seatOf(state, id) {
  return state.seats.find((seat) => seat.id === id);
}

/** Return the chairs of the circle: all of the group, and guests who are in. @param {RoomState} state */
export function chairs(state) {
  return state.seats.filter((seat) => !isVisitor(seat) || !["away", "waiting"].includes(seat.status));
}

/**
 * Return how a seat appears. Without our sound a lost line is a mark for leaders alone.
 * @param {RoomState} state @param {Seat} seat
 * @returns {Status}
 */
export function appears(state, seat) {
  const hidden = seat.status === "dropped" && state.setting !== "video" && state.audience !== "leader";
  return hidden ? "here" : seat.status === "waiting" ? "away" : seat.status;
}

/** @param {RoomState} state */
export function listens(state) {
  return satBack(state) === state.seat;
}

/** Say whether this person holds the circle while no leader is here. @param {RoomState} state */
export function holdsCircle(state) {
  if (state.leaderless_since === null || seatOf(state, state.seat)?.status !== "here") return false;
  const deputy = seatOf(state, state.deputy);
  return deputy?.status === "here" ? deputy.id === state.seat : true;
}

/** @param {RoomState} state */
export function stageNow(state) {
  return state.format.stages[state.stage];
}

/** @param {RoomState} state */
export function isClosing(state) {
  return stageNow(state).id === "close";
}

/** Return the index of the stage to which a move leads, or null at the closing. @param {RoomState} state @param {number} [count] */
export function ahead(state, count = 1) {
  let target = state.stage;
  for (let step = 0; step < count; step++) {
    if (state.format.stages[target].id === "close") return null;
    target++;
    if (state.format.stages[target]?.id === "break" && state.case === state.format.cases) target++;
  }
  return target < state.format.stages.length ? target : null;
}

/** Return the first and last index of the stages of a case. @param {RoomState} state */
export function caseBlock(state) {
  const ids = state.format.stages.map((stage) => stage.id);
  const first = ids.findIndex((id) => id === "call" || id === "present");
  return { first, last: Math.max(ids.lastIndexOf("return"), ids.lastIndexOf("breathe")) };
}

/** Say whether it is the moment to settle who tells. @param {RoomState} state */
export function settlesWhoTells(state) {
  return state.stage === caseBlock(state).first && state.presenter === null;
}

/** Return what leads to a stage, in words. @param {RoomState} state @param {string} id @param {Texts} texts @param {string} [name] */
export function onward(state, id, texts, name = "") {
  const words = texts.stages[id];
  return name && words.onward_named ? fill(words.onward_named, { name }) : words.onward;
}

/** Return milliseconds spent in the stage. @param {RoomState} state @param {number} at server's clock, ms */
export function spentMs(state, at) {
  const clock = state.clock;
  if (!clock) return 0;
  return (clock.spent[state.stage] ?? 0) + (clock.since === null ? 0 : Math.max(0, at - clock.since));
}

/** Say whether the planned time is nearly used. @param {RoomState} state @param {number} at */
export function nearlyUsed(state, at) {
  const minutes = stageNow(state).minutes;
  return state.phase === "open" && minutes !== undefined && spentMs(state, at) >= minutes * 60_000 * 0.9;
}

/** Return what stands in the middle for whoever looks. @param {RoomState} state @param {Texts} texts @returns {Middle} */
export function middleOf(state, texts) {
  const resting = restingWords(state, texts);
  if (resting) return { ...resting, more: "", request: "", stays: true };
  const stage = texts.stages[stageNow(state).id];
  const own = ownWords(state, texts) ?? { title: stage.title, sentence: stage.sentence };
  return { ...own, more: stage.more ?? "", request: requestOf(state, texts), stays: false };
}

/** @param {RoomState} state @param {Texts} texts */
function restingWords(state, texts) {
  if (state.leaderless_since !== null) {
    const holds = state.deputy === state.seat && holdsCircle(state);
    return texts.resting[holds ? "leaderless_deputy" : "leaderless"];
  }
  if (state.phase === "stopped" && seatOf(state, state.presenter)?.status === "here") return texts.resting.stopped_back;
  return state.phase === "open" ? null : texts.resting[state.phase];
}

/** @param {RoomState} state @param {Texts} texts */
function ownWords(state, texts) {
  if (!listens(state)) return tells(state) ? texts.telling : null;
  if (state.invited) return texts.invited;
  return state.declined ? texts.staying : texts.listening[state.setting];
}

/** Say whether this person is the one who tells, just now. @param {RoomState} state */
function tells(state) {
  return state.presenter === state.seat && state.audience !== "table" && stageNow(state).id === "present";
}

/** Return the plain request to people in a call beside Enid. @param {RoomState} state @param {Texts} texts */
function requestOf(state, texts) {
  if (state.setting !== "beside" || state.audience === "table") return "";
  const moment = requestMoment(state);
  if (!moment) return "";
  return texts.beside[moment][state.presenter === state.seat ? "presenter" : "others"];
}

/** @param {RoomState} state */
function requestMoment(state) {
  const id = stageNow(state).id;
  if (state.presenter === null) return "";
  if (id === "present") return "present";
  if (satBack(state) && (id === "pullback" || id === "work")) return "back";
  return id === "return" ? "in" : "";
}

/** Say whose lines are lost, as far as this person is concerned. @param {RoomState} state */
export function lostLines(state) {
  return state.seats.filter((seat) => seat.id !== state.seat && appears(state, seat) === "dropped").map((s) => s.id);
}

/** @param {RoomState} state */
export function everyoneIsHere(state) {
  return state.seats.every((seat) => isVisitor(seat) || appears(state, seat) === "here");
}

/** Leaders, and whoever learns to lead. @param {import("./types.js").Seat} seat */
export function mayHoldFrame(seat) {
  return seat.role === "leader" || seat.role === "trainee";
}

/** @param {import("./types.js").Seat} seat */
export function mayBeDeputy(seat) {
  return seat.role === "member" || seat.role === "trainee";
}

/** @param {import("./types.js").Seat} seat */
export function mayTell(seat) {
  return seat.role === "member" || seat.role === "guest";
}

/** Say whether whoever looks may move the stage: a trainee only with the frame in hand. @param {RoomState} state */
export function leadsHere(state) {
  return seatOf(state, state.seat)?.role !== "trainee" || state.holder === state.seat;
}

/** Guests and observers have a chair while they are there. @param {Seat} seat */
function isVisitor(seat) {
  return seat.role === "guest" || seat.role === "observer";
}
