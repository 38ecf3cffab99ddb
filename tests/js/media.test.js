// The pure parts of sound and picture: whose sound is heard, and how large pictures are.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";

import { codeOf } from "../../enid/room/static/room/media/devices.js";
import { heardOf } from "../../enid/room/static/room/media/grants.js";
import { after, pictureFor, strong, withDtx } from "../../enid/room/static/room/media/sizes.js";
import { apply } from "../../enid/room/static/room/state.js";

const FOLDER = new URL("../traces/", import.meta.url);
const HEARD = new URL("heard/", FOLDER);

const read = (/** @type {URL} */ url) => JSON.parse(readFileSync(url, "utf8"));
const names = readdirSync(HEARD);

test("media: there are histories of who is heard", () => {
  assert.ok(names.length >= 3);
});

for (const name of names) {
  const heard = read(new URL(name, HEARD));
  for (const [audience, { before, frames }] of Object.entries(read(new URL(name, FOLDER)))) {
    if (audience === "waiting") continue;
    test(`media: ${name}: browsers of ${audience} hear whom the server would let be heard`, () => {
      const states = [before];
      for (const frame of frames) states.push(apply(states[states.length - 1], frame));
      const told = states.map((state) => state.seats.map((seat) => seat.id).filter((seat) => heardOf(state, seat)).sort());
      assert.deepEqual(told, heard);
    });
  }
}

test("media: pictures are smaller in a larger circle, and none in a very large one", () => {
  assert.deepEqual([2, 6, 7, 14].map((people) => pictureFor(people)?.height), [180, 180, 90, 90]);
  assert.equal(pictureFor(15), null);
});

test("media: a small circle steps down to sound alone, and never further", () => {
  const steps = [0, 1, 2, 3, 4, 9].map((step) => pictureFor(4, step)?.kbps ?? 0);
  assert.deepEqual(steps, [150, 80, 40, 0, 0, 0]);
});

const WEAK = { lost: 0.2, kbps: null, needs: 174 };
const SHORT = { lost: 0, kbps: 50, needs: 174 };
const GOOD = { lost: 0, kbps: 1000, needs: 174 };

/** @param {import("../../enid/room/static/room/media/sizes.js").Strength} from @param {import("../../enid/room/static/room/media/sizes.js").Reading} reading @param {number} times */
function again(from, reading, times) {
  let now = from;
  for (let k = 0; k < times; k++) now = after(now, reading);
  return now;
}

test("media: a weak line steps down only when it stays weak", () => {
  for (const reading of [WEAK, SHORT]) {
    assert.equal(again(strong(), reading, 2).step, 0);
    assert.equal(again(strong(), reading, 3).step, 1);
    assert.equal(after(again(strong(), reading, 2), GOOD).weak, 0);
  }
});

test("media: a line rises slowly, and more slowly each time it fell again", () => {
  const fallen = again(strong(), WEAK, 3);
  assert.equal(again(fallen, GOOD, 5).step, 1);
  const risen = again(fallen, GOOD, 6);
  assert.equal(risen.step, 0);
  const fell = again(risen, WEAK, 3);
  assert.equal(again(fell, GOOD, 11).step, 1);
  assert.equal(again(fell, GOOD, 12).step, 0);
});

test("media: a line that fell far rises as soon as one that fell a little", () => {
  const alone = again(strong(), WEAK, 9);
  assert.equal(alone.step, 3);
  assert.equal(again(alone, GOOD, 6).step, 2);
  assert.equal(again(alone, GOOD, 18).step, 0);
});

test("media: a line never falls below sound alone", () => {
  assert.equal(again(strong(), WEAK, 60).step, 3);
});

test("media: silence is asked to cost nothing, once", () => {
  const sdp = "v=0\r\na=fmtp:111 minptime=10;useinbandfec=1\r\na=fmtp:63 111/111\r\n";
  const asked = withDtx(sdp);
  assert.match(asked, /a=fmtp:111 minptime=10;useinbandfec=1;usedtx=1\r\n/);
  assert.equal(withDtx(asked), asked);
});

test("media: why a device could not be had is one of four codes", () => {
  const code = (/** @type {string} */ name) => codeOf(new DOMException("", name));
  assert.deepEqual(["NotAllowedError", "NotFoundError", "OverconstrainedError", "NotReadableError"].map(code), ["refused", "missing", "missing", "busy"]);
  assert.equal(codeOf(new TypeError()), "cannot");
  assert.equal(code("SomethingNew"), "busy");
});

test("media: after the close only those in one place hear each other", () => {
  const state = /** @type {any} */ ({ phase: "closed", seats: [{ id: "marta", status: "here" }, { id: "anna", status: "here" }] });
  assert.equal(heardOf(state, "marta"), false);
  assert.equal(heardOf(state, "marta", { seats: new Set(["marta"]), heard: false }), false);
  assert.equal(heardOf(state, "marta", { seats: new Set(["marta"]), heard: true }), true);
  assert.equal(heardOf(state, "anna", { seats: new Set(["marta"]), heard: true }), false);
});
