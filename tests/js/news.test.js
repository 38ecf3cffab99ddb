// What is said politely of comings, goings and signs.

import assert from "node:assert/strict";
import { test } from "node:test";
import { movesOf, tellChange, tellNotice } from "../../enid/room/static/room/news.js";

/** @typedef {import("../../enid/room/static/room/shared.js").Room} Room */
/** @typedef {import("../../enid/room/static/room/types.js").RoomState} RoomState */
/** @typedef {Partial<import("../../enid/room/static/room/types.js").Seat>} Part */

const TEXTS = {
  words: { moment: "{name} needs a moment" },
  signs: { slower: "{name}: slower" },
  said: { knock: "somebody knocks", outside: "{name} is outside", back: "{name} is back", hand: "{name} would like to speak",
    sat_back: "the presenter sits back", came_in: "the presenter came in", offered: "the frame is offered" },
};

/** @param {{[id: string]: Part}} seats @param {Partial<RoomState>} [more] */
function circle(seats, more = {}) {
  const placed = Object.entries(seats).map(([id, part]) => ({ id, role: "member", status: "here", ...part }));
  return /** @type {RoomState} */ (/** @type {unknown} */ ({ audience: "member", seat: "lea", sits_back: false, seats: placed, ...more }));
}

/** @param {(room: Room) => void} happens */
function said(happens) {
  /** @type {string[]} */
  const heard = [];
  const names = new Map([["lea", "Lea"], ["jonas", "Jonas"]]);
  const state = circle({ lea: {}, jonas: {} });
  happens(/** @type {Room} */ (/** @type {unknown} */ ({ page: { texts: TEXTS }, names, state, announce: (/** @type {string} */ words) => heard.push(words) })));
  return heard;
}

test("news: comings and goings of others are said, one's own are not", () => {
  const before = circle({ lea: { status: "away" }, jonas: { status: "here" } });
  const after = circle({ lea: { status: "here" }, jonas: { status: "outside" } });
  assert.deepEqual(said((room) => tellChange(room, before, after)), ["Jonas is outside"]);
});

test("news: whoever is let in was told of by their knock", () => {
  const away = circle({ jonas: { status: "away" } });
  const waiting = circle({ jonas: { status: "waiting" } });
  const here = circle({ jonas: { status: "here" } });
  assert.deepEqual(said((room) => tellChange(room, away, waiting)), ["somebody knocks"]);
  assert.deepEqual(said((room) => tellChange(room, waiting, here)), []);
});

test("news: another browser of somebody who is here knocks once", () => {
  const before = circle({ jonas: { knocks_beside: false } });
  const after = circle({ jonas: { knocks_beside: true } });
  assert.deepEqual(said((room) => tellChange(room, before, after)), ["somebody knocks"]);
  assert.deepEqual(said((room) => tellChange(room, after, after)), []);
});

test("news: sitting back and an offered frame are said", () => {
  const before = circle({}, { audience: "leader" });
  const after = circle({}, { audience: "leader", sits_back: true, offered_to: "lea" });
  assert.deepEqual(said((room) => tellChange(room, before, after)), ["the presenter sits back", "the frame is offered"]);
});

test("news: signs and hands of others are said, one's own are not", () => {
  assert.deepEqual(said((room) => tellNotice(room, { t: "sign", seat: "jonas", sign: "slower" })), ["Jonas: slower"]);
  assert.deepEqual(said((room) => tellNotice(room, { t: "sign", seat: "lea", sign: "slower" })), []);
  assert.deepEqual(said((room) => tellNotice(room, { t: "hand", seat: "jonas", on: true })), ["Jonas would like to speak"]);
  assert.deepEqual(said((room) => tellNotice(room, { t: "hand", seat: "jonas", on: false })), []);
});

test("news: a leader who came in is among the moves", () => {
  const before = circle({ jonas: { role: "leader", status: "away" } });
  const after = circle({ jonas: { role: "leader", status: "here" } });
  assert.deepEqual(movesOf(before, after), [{ id: "jonas", role: "leader", was: "away", now: "here" }]);
});
