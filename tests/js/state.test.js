// Histories written by the Python tests, replayed through the browser's mirror.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";

import { apply, freeTalk, isGap, satBack } from "../../enid/room/static/room/state.js";

const FOLDER = new URL("../traces/", import.meta.url);
const traces = readdirSync(FOLDER)
  .filter((name) => name.endsWith(".json"))
  .map((name) => ({ name, told: JSON.parse(readFileSync(new URL(name, FOLDER), "utf8")) }));

const AUDIENCES = ["leader", "member", "observer", "presenter", "table", "waiting"];

test("state: there are histories for every audience", () => {
  assert.ok(traces.length >= 5);
  for (const { told } of traces) assert.deepEqual(Object.keys(told).sort(), AUDIENCES);
});

for (const { name, told } of traces) {
  for (const [audience, { before, frames, after }] of Object.entries(told)) {
    test(`state: ${name}: old snapshot and frames make the fresh snapshot for ${audience}`, () => {
      let state = apply(null, { t: "snapshot", state: before });
      for (const frame of frames) {
        assert.equal(isGap(state, frame), false);
        state = apply(state, frame);
      }
      assert.deepEqual(state, after);
    });
  }
}

const room = traces.find(({ name }) => name === "full-session.json").told.leader;

/** Freeze a value at every depth. */
function frozen(value) {
  if (value && typeof value === "object") Object.values(value).forEach(frozen);
  return Object.freeze(value);
}

test("state: nothing that was given is changed", () => {
  let state = frozen(structuredClone(room.before));
  for (const frame of room.frames) state = frozen(apply(state, frozen(structuredClone(frame))));
  assert.deepEqual(state, room.after);
});

test("state: a fact heard twice changes nothing", () => {
  const once = apply(room.before, room.frames[0]);
  assert.equal(apply(once, room.frames[0]), once);
});

test("state: a fact after a gap changes nothing and is noticed", () => {
  assert.equal(apply(room.before, room.frames[2]), room.before);
  assert.equal(isGap(room.before, room.frames[2]), true);
});

test("state: a pong with a greater version is a gap", () => {
  assert.equal(isGap(room.before, { t: "pong", v: room.before.v }), false);
  assert.equal(isGap(room.before, { t: "pong", v: room.before.v + 1 }), true);
  assert.equal(isGap(room.before, { t: "done", id: "a", v: room.before.v + 9 }), false);
  assert.equal(isGap(null, room.frames[0]), false);
});

test("state: hello begins, notices and answers change nothing", () => {
  const options = { hands: false, chair: false };
  const state = apply(null, { t: "hello", now: 1, options, state: room.before });
  assert.deepEqual(state, room.before);
  assert.equal(apply(state, { t: "refused", id: "a", code: "stale" }), state);
  assert.equal(apply(state, { t: "hand", seat: "anna", on: true }), state);
  assert.equal(apply(null, room.frames[0]), null);
});

test("state: a fact nobody knows is an error, not a guess", () => {
  assert.throws(() => apply(room.before, { v: room.before.v + 1, e: "tick" }), /no such fact/);
});

test("state: nobody sits back in a pause or without leaders", () => {
  const working = { ...room.before, presenter: "anna", sits_back: true };
  assert.equal(satBack(working), "anna");
  assert.equal(satBack({ ...working, phase: "paused" }), null);
  assert.equal(satBack({ ...working, phase: "stopped" }), null);
  assert.equal(satBack({ ...working, leaderless_since: 5 }), null);
  assert.equal(freeTalk(working), false);
});
