import assert from "node:assert/strict";
import test from "node:test";

import { faded, hear, nothingYet, seen, SIGN_STAYS_MS, TOUCH_STAYS_MS } from "../../enid/room/static/room/passing.js";

test("passing: a word stays until a leader has seen it", () => {
  const heard = hear(nothingYet(), { t: "word", seat: "jonas", word: "moment" }, 0);
  assert.equal(faded(heard, 10 * SIGN_STAYS_MS).words.length, 1);
  assert.equal(seen(heard, heard.words[0].key).words.length, 0);
});

test("passing: signs fade by themselves, and only the last three are shown", () => {
  let now = nothingYet();
  for (const sign of /** @type {const} */ (["yours", "time", "lost", "slower"])) now = hear(now, { t: "sign", seat: "ruth", sign }, 0);
  assert.deepEqual(now.signs.map((sign) => sign.what), ["time", "lost", "slower"]);
  assert.deepEqual(faded(now, SIGN_STAYS_MS).signs, []);
});

test("passing: a touch fades, and can be taken back", () => {
  const touched = hear(nothingYet(), { t: "touch", seat: "marta", side: "patient", on: true }, 1000);
  assert.deepEqual(touched.touches, { patient: 1000 });
  assert.deepEqual(faded(touched, 1000 + TOUCH_STAYS_MS).touches, {});
  assert.deepEqual(hear(touched, { t: "touch", seat: "marta", side: "patient", on: false }, 2000).touches, {});
});

test("passing: hands and calls are of seats, once each", () => {
  let now = hear(nothingYet(), { t: "hand", seat: "jonas", on: true }, 0);
  now = hear(now, { t: "hand", seat: "jonas", on: true }, 0);
  assert.deepEqual(now.hands, ["jonas"]);
  assert.deepEqual(hear(now, { t: "hand", seat: "jonas", on: false }, 0).hands, []);
});
