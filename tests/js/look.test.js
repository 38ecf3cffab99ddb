import assert from "node:assert/strict";
import test from "node:test";

import * as look from "../../enid/room/static/room/look.js";

/** @typedef {import("../../enid/room/static/room/types.js").RoomState} RoomState */

const said = (/** @type {string} */ title) => ({ title, sentence: `${title}.` });
const texts = /** @type {any} */ ({
  stages: Object.fromEntries(["arrive", "call", "present", "work", "return", "close"].map((id) => [id, { ...said(id), way: id, onward: `to ${id}`, onward_named: `{name} to ${id}` }])),
  listening: { video: said("listen"), room: said("listen"), beside: said("listen") },
  invited: said("invited"),
  staying: said("staying"),
  telling: said("telling"),
  resting: { paused: said("paused"), stopped: said("stopped"), leaderless: said("leaderless"), leaderless_deputy: said("deputy") },
  beside: { back: { presenter: "mute yourself", others: "presenter, mute" }, in: { presenter: "unmute", others: "presenter, unmute" }, present: { presenter: "others mute", others: "please mute" } },
});

/** @param {Partial<RoomState>} changes @returns {RoomState} */
function circle(changes = {}) {
  const stages = /** @type {const} */ ([["arrive", 3], ["call", 5], ["present", 5], ["work", 35], ["return", 8], ["close", 6]])
    .map(([id, minutes]) => ({ id, minutes, floor: /** @type {const} */ ("everyone"), out: id === "work" }));
  return {
    v: 1, audience: "member", seat: "anna", setting: "video", phase: "open", stage: 3, case: 1, presenter: "anna",
    sits_back: true, deputy: null, leaderless_since: null,
    format: { id: "first-75", stages, pull_back: "always", cases: 1 },
    seats: [
      { id: "marta", role: "leader", status: "here" },
      { id: "anna", role: "member", status: "here" },
      { id: "jonas", role: "member", status: "here" },
      { id: "guest", role: "guest", status: "away" },
    ],
    ...changes,
  };
}

test("look: whoever sits back reads that they listen, others read the stage", () => {
  assert.equal(look.middleOf(circle(), texts).title, "listen");
  assert.equal(look.middleOf(circle({ seat: "jonas" }), texts).title, "work");
});

test("look: an invitation and a declined one are read by whoever sits back", () => {
  assert.equal(look.middleOf(circle({ stage: 4, invited: true }), texts).title, "invited");
  assert.equal(look.middleOf(circle({ stage: 4, declined: true }), texts).title, "staying");
});

test("look: a pause frees the presenter and stays in the middle", () => {
  const middle = look.middleOf(circle({ phase: "paused" }), texts);
  assert.deepEqual([middle.title, middle.stays], ["paused", true]);
  assert.equal(look.listens(circle({ phase: "paused" })), false);
});

test("look: no name ever stands in the middle", () => {
  for (const stage of [0, 1, 2, 3, 4, 5]) {
    const middle = look.middleOf(circle({ stage, seat: "jonas" }), texts);
    assert.ok(!JSON.stringify(middle).includes("anna"));
  }
});

test("look: beside a call the presenter is asked to mute, and nobody is in one room", () => {
  assert.equal(look.middleOf(circle({ setting: "beside" }), texts).request, "mute yourself");
  assert.equal(look.middleOf(circle({ setting: "beside", seat: "jonas" }), texts).request, "presenter, mute");
  assert.equal(look.middleOf(circle({ setting: "room" }), texts).request, "");
});

test("look: planned time is nearly used at nine tenths, and never while it rests", () => {
  const at = (/** @type {number} */ minutes) => ({ since: 0, spent: [0, 0, 0, minutes * 60_000, 0, 0] });
  assert.equal(look.nearlyUsed(circle({ clock: at(31) }), 0), false);
  assert.equal(look.nearlyUsed(circle({ clock: at(32) }), 0), true);
  assert.equal(look.nearlyUsed(circle({ clock: at(40), phase: "paused" }), 0), false);
});

test("look: without our sound a lost line is a mark for leaders alone", () => {
  const seats = circle().seats.map((seat) => (seat.id === "jonas" ? { ...seat, status: /** @type {const} */ ("dropped") } : seat));
  assert.deepEqual(look.lostLines(circle({ seats, setting: "beside" })), []);
  assert.deepEqual(look.lostLines(circle({ seats, setting: "beside", audience: "leader", seat: "marta" })), ["jonas"]);
  assert.deepEqual(look.lostLines(circle({ seats })), ["jonas"]);
});

test("look: guests have no chair before they are in", () => {
  assert.deepEqual(look.chairs(circle()).map((seat) => seat.id), ["marta", "anna", "jonas"]);
});

test("look: the deputy holds the circle, and anyone if the deputy is gone too", () => {
  const gone = { leaderless_since: 5, deputy: "anna" };
  assert.equal(look.holdsCircle(circle(gone)), true);
  assert.equal(look.holdsCircle(circle({ ...gone, seat: "jonas" })), false);
  const seats = circle().seats.map((seat) => (seat.id === "anna" ? { ...seat, status: /** @type {const} */ ("dropped") } : seat));
  assert.equal(look.holdsCircle(circle({ ...gone, seats, seat: "jonas" })), true);
  assert.equal(look.holdsCircle(circle()), false);
});

test("look: the way ahead ends at the closing and leaves out a break after the last case", () => {
  assert.equal(look.ahead(circle({ stage: 4 })), 5);
  assert.equal(look.ahead(circle({ stage: 5 })), null);
  assert.equal(look.ahead(circle({ stage: 4 }), 2), null);
  const format = circle().format;
  const stages = [...format.stages.slice(0, 5), { id: "break", floor: /** @type {const} */ ("everyone"), out: false }, format.stages[5]];
  assert.equal(look.ahead(circle({ stage: 4, format: { ...format, stages } })), 6);
  assert.equal(look.ahead(circle({ stage: 4, format: { ...format, stages, cases: 2 } })), 5);
});

test("look: who tells is settled at the call, while nobody is marked", () => {
  assert.equal(look.settlesWhoTells(circle({ stage: 1, presenter: null, sits_back: false })), true);
  assert.equal(look.settlesWhoTells(circle({ stage: 1 })), false);
  assert.equal(look.settlesWhoTells(circle({ stage: 0, presenter: null })), false);
});

test("look: what leads on carries the presenter's name for leaders", () => {
  assert.equal(look.onward(circle(), "return", texts, "Anna"), "Anna to return");
  assert.equal(look.onward(circle(), "return", texts), "to return");
});

test("look: whoever is outside, at the door or after the close sees that", () => {
  const seats = circle().seats.map((seat) => (seat.id === "anna" ? { ...seat, status: /** @type {const} */ ("outside") } : seat));
  assert.equal(look.whereAmI(circle({ seats })), "outside");
  assert.equal(look.whereAmI(circle({ phase: "closed" })), "closed");
  assert.equal(look.whereAmI({ v: 1, audience: "waiting", seat: "anna", because: "late" }), "waiting");
  assert.equal(look.whereAmI(circle()), "inside");
});
