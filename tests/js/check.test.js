import assert from "node:assert/strict";
import test from "node:test";

import { plain } from "../../enid/room/static/room/media/certificates.js";
import { LineCheck } from "../../enid/room/static/room/media/check.js";
import { hash, hex, numbersOf, unhex } from "../../enid/room/static/room/media/digest.js";

/** @typedef {import("../../enid/room/static/room/media/check.js").Said} Said */
/** @typedef {{from: string, to: string, said: any}} Letter */

/** A dice that falls the same way in every run. @param {number} seed */
function dice(seed) {
  let state = seed + 0x6d2b79f5;
  return () => {
    state = Math.imul(state ^ (state >>> 15), state | 1);
    state ^= state + Math.imul(state ^ (state >>> 7), state | 61);
    return ((state ^ (state >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** @param {() => number} roll @returns {any} */
function seeded(roll) {
  return { subtle: globalThis.crypto.subtle, getRandomValues: (/** @type {Uint8Array} */ bytes) => bytes.map(() => Math.floor(roll() * 256)) };
}

/** Change one of the values between the dots. @param {Said} said @param {number} part @param {string} value */
const changed = (said, part, value) => ({ ...said, value: said.value.split(".").map((had, index) => (index === part ? value : had)).join(".") });

const certificateOf = (/** @type {number} */ number) => number.toString(16).padStart(64, "0");
const seatsOf = (/** @type {number} */ count) => Array.from({ length: count }, (_, index) => `seat${String(index).padStart(2, "0")}`);
const members = (/** @type {string[]} */ seats) => seats.map((seat) => ({ seat, page: `page-${seat}` }));

/**
 * A circle whose letters all go through one relay, in order for each pair and in a seeded order between pairs.
 * `twist` is what a relay does with a letter: pass on nothing, one or several.
 */
function circle(/** @type {string[]} */ seats, { seed = 1, languages = {}, twist = (/** @type {Letter} */ letter) => [letter] } = {}) {
  const roll = dice(seed);
  /** @type {Map<string, Letter[]>} */
  const ways = new Map();
  /** @type {Letter[]} */
  const sent = [];
  const used = new Map(seats.map((seat, index) => [seat, certificateOf(index + 1)]));
  /** @type {Map<string, Map<string, string | null>>} */
  const seen = new Map(seats.map((seat) => [seat, new Map(used)]));
  const post = (/** @type {Letter} */ letter) => {
    sent.push(letter);
    for (const passed of twist(letter)) {
      const way = `${passed.from}>${passed.to}`;
      ways.set(way, [...(ways.get(way) ?? []), passed]);
    }
  };
  const checks = new Map(seats.map((seat) => [seat, new LineCheck({
    room: "room", me: { seat, page: `page-${seat}` }, certificate: /** @type {string} */ (used.get(seat)),
    language: /** @type {any} */ (languages)[seat] ?? "en", crypto: seeded(roll),
    used: (member) => seen.get(seat)?.get(member.seat) ?? null,
    send: (to, said) => seats.filter((other) => other !== seat && (to === null || to === other)).forEach((other) => post({ from: seat, to: other, said })),
  })]));
  const settle = async () => {
    for (;;) {
      await Promise.all([...checks.values()].map((check) => check.receive("nobody", null)));
      const full = [...ways].filter(([, letters]) => letters.length > 0);
      if (full.length === 0) return;
      const [, letters] = full[Math.floor(roll() * full.length)];
      const letter = /** @type {Letter} */ (letters.shift());
      await checks.get(letter.to)?.receive(letter.from, letter.said);
    }
  };
  const check = (/** @type {string} */ seat) => /** @type {LineCheck} */ (checks.get(seat));
  const meet = async (/** @type {string[]} */ who = seats) => {
    for (const seat of who) void check(seat).roster(members(who));
    await settle();
  };
  return { seats, check, seen, sent, settle, meet, outcomes: () => seats.map((seat) => check(seat).outcome) };
}

for (const count of [2, 3, 5, 8, 14]) {
  test(`check: ${count} people read the same four words`, async () => {
    const room = circle(seatsOf(count), { seed: count });
    await room.meet();
    const [first, ...others] = room.outcomes();
    assert.equal(first.is, "words");
    for (const other of others) assert.deepEqual(other, first);
  });
}

test("check: other nonces give other words", async () => {
  const words = new Set();
  for (let seed = 0; seed < 20; seed++) {
    const room = circle(seatsOf(3), { seed });
    await room.meet();
    words.add(JSON.stringify(room.outcomes()[0]));
  }
  assert.equal(words.size, 20);
});

/** A server that sits between the first seat and all others: two halves of a circle, each with impostors of the other. */
function split(/** @type {number} */ count, /** @type {number} */ seed) {
  const [alone, ...others] = seatsOf(count);
  const real = circle([alone, ...others], { seed, twist: () => [] });
  const roll = dice(seed + 1000);
  const impostors = new Map([alone, ...others].map((seat, index) => [seat, certificateOf(900 + index)]));
  return { alone, others, real, roll, impostors };
}

test("check: a server that swaps certificates and plays everyone's part makes the words differ in every run", async () => {
  for (let seed = 0; seed < 60; seed++) {
    const { alone, others, real, roll, impostors } = split(3, seed);
    const everyone = [alone, ...others];
    const lies = (/** @type {string} */ to, /** @type {string} */ from) => (to === alone) !== (from === alone);
    for (const to of everyone) for (const from of everyone) if (lies(to, from)) real.seen.get(to)?.set(from, impostors.get(from) ?? null);
    // The server plays each impostor by the book, towards the half that shall believe in it.
    const played = new Map();
    for (const seat of everyone) {
      played.set(seat, new LineCheck({
        room: "room", me: { seat, page: `page-${seat}` }, certificate: /** @type {string} */ (impostors.get(seat)), language: "en",
        crypto: seeded(roll), used: () => null, send: (to, said) => everyone.filter((other) => other !== seat && lies(other, seat) && (to === null || to === other)).forEach((other) => wire.push({ from: seat, to: other, said, fake: true })),
      }));
    }
    /** @type {(Letter & {fake?: boolean})[]} */
    const wire = [];
    for (const seat of everyone) void real.check(seat).roster(members(everyone));
    for (const seat of everyone) void played.get(seat).roster(members(everyone));
    let passed = 0;
    for (;;) {
      for (const seat of everyone) await Promise.all([real.check(seat).receive("nobody", null), played.get(seat).receive("nobody", null)]);
      for (const letter of real.sent.slice(passed)) wire.push(letter);
      passed = real.sent.length;
      const letter = wire.shift();
      if (!letter) break;
      if (letter.fake) await real.check(letter.to).receive(letter.from, letter.said);
      else if (lies(letter.to, letter.from)) await played.get(letter.to).receive(letter.from, letter.said);
      else await real.check(letter.to).receive(letter.from, letter.said);
      // Whoever is played must also hear the half it belongs to, so that it knows every commit.
      if (!letter.fake && !lies(letter.to, letter.from)) await played.get(letter.to).receive(letter.from, letter.said);
    }
    const outcomes = real.outcomes();
    assert.deepEqual(outcomes.map(({ is }) => is), ["words", "words", "words"], `seed ${seed}: the server did play by the book`);
    assert.notDeepEqual(outcomes[0], outcomes[1], `seed ${seed}`);
    assert.deepEqual(outcomes[1], outcomes[2]);
  }
});

test("check: a server that swaps certificates and passes true letters on is named by its line", async () => {
  for (let seed = 0; seed < 40; seed++) {
    const room = circle(seatsOf(4), { seed });
    room.seen.get("seat00")?.set("seat02", certificateOf(666));
    room.seen.get("seat02")?.set("seat00", certificateOf(667));
    await room.meet();
    assert.deepEqual(room.check("seat00").outcome, { is: "differs", seat: "seat02" });
    assert.deepEqual(room.check("seat02").outcome, { is: "differs", seat: "seat00" });
  }
});

test("check: nobody reveals before the commits of all have come", async () => {
  const room = circle(seatsOf(5), { twist: (letter) => (letter.from === "seat03" && letter.said.step === "commit" ? [] : [letter]) });
  await room.meet();
  const revealed = new Set(room.sent.filter(({ said }) => said.step === "reveal").map(({ from }) => from));
  assert.deepEqual([...revealed], ["seat03"]);
  assert.equal(room.check("seat00").outcome.is, "waiting");
  assert.equal(room.check("seat03").outcome.is, "waiting");
});

for (const [what, part, value] of /** @type {const} */ ([
  ["certificate", 1, certificateOf(99)],
  ["nonce", 2, certificateOf(99)],
  ["language", 3, "de"],
])) {
  test(`check: a reveal with another ${what} than was committed to is named`, async () => {
    const room = circle(seatsOf(3), { twist: (letter) => [letter.from === "seat01" && letter.said.step === "reveal" ? { ...letter, said: changed(letter.said, part, value) } : letter] });
    await room.meet();
    assert.deepEqual(room.check("seat00").outcome, { is: "differs", seat: "seat01" });
  });
}

test("check: a commit that was tampered with is named when it is revealed", async () => {
  const room = circle(seatsOf(3), { twist: (letter) => [letter.from === "seat02" && letter.said.step === "commit" ? { ...letter, said: changed(letter.said, 1, certificateOf(7)) } : letter] });
  await room.meet();
  assert.deepEqual(room.check("seat00").outcome, { is: "differs", seat: "seat02" });
});

test("check: a second, other commit is named while all still wait", async () => {
  const room = circle(seatsOf(3), {
    twist: (letter) => (letter.from === "seat02" && letter.said.step === "commit" ? [letter, { ...letter, said: changed(letter.said, 1, certificateOf(7)) }] : letter.from === "seat01" ? [] : [letter]),
  });
  await room.meet();
  assert.deepEqual(room.check("seat00").outcome, { is: "differs", seat: "seat02" });
});

test("check: one that was played for somebody else counts for nobody", async () => {
  const room = circle(seatsOf(3), { twist: (letter) => [letter, { ...letter, from: letter.to }, { ...letter, from: "stranger" }] });
  await room.meet();
  assert.deepEqual(room.outcomes().map(({ is }) => is), ["words", "words", "words"]);
});

test("check: repeated, late and shapeless messages change nothing", async () => {
  const room = circle(seatsOf(3), { twist: (letter) => [letter, letter] });
  await room.meet();
  const words = room.check("seat00").outcome;
  assert.equal(words.is, "words");
  const late = /** @type {any} */ (room.sent.find(({ from, said }) => from === "seat01" && said.step === "commit")).said;
  const before = room.sent.length;
  for (const data of [null, 7, "check", [], {}, { kind: "check" }, { kind: "check", step: "commit", value: 4 }, { ...late, value: "x".repeat(70_000) }, changed(late, 1, certificateOf(1)), changed(late, 0, certificateOf(5)), { ...late, step: "reveal" }, { ...late, step: "differs" }, { ...late, value: `${late.value}.` }]) {
    await room.check("seat00").receive("seat01", data);
  }
  assert.deepEqual(room.check("seat00").outcome, words);
  assert.equal(room.sent.length, before);
});

test("check: endless asking again is answered a few times only", async () => {
  const room = circle(seatsOf(2));
  await room.meet();
  const commit = /** @type {any} */ (room.sent.find(({ from }) => from === "seat01")).said;
  const before = room.sent.length;
  for (let times = 0; times < 500; times++) await room.check("seat00").receive("seat01", { ...commit, step: "again" });
  assert.ok(room.sent.length - before <= 32);
});

test("check: a line that is not open yet is waited for, and looked at when it opens", async () => {
  const room = circle(seatsOf(3));
  room.seen.get("seat00")?.set("seat01", null);
  await room.meet();
  assert.equal(room.check("seat00").outcome.is, "waiting");
  assert.equal(room.check("seat01").outcome.is, "words");
  room.seen.get("seat00")?.set("seat01", certificateOf(2));
  await room.check("seat00").look();
  assert.deepEqual(room.check("seat00").outcome, room.check("seat01").outcome);
});

test("check: a line that comes back with another certificate unsays the words", async () => {
  const room = circle(seatsOf(3));
  await room.meet();
  room.seen.get("seat00")?.set("seat02", null);
  await room.check("seat00").look();
  assert.equal(room.check("seat00").outcome.is, "words");
  room.seen.get("seat00")?.set("seat02", certificateOf(77));
  await room.check("seat00").look();
  assert.deepEqual(room.check("seat00").outcome, { is: "differs", seat: "seat02" });
});

test("check: what was lost on the way is asked for again when a line opens", async () => {
  let lossy = true;
  const room = circle(seatsOf(4), { twist: (letter) => (lossy && letter.to === "seat01" ? [] : [letter]) });
  await room.meet();
  assert.equal(room.check("seat01").outcome.is, "waiting");
  lossy = false;
  await room.check("seat01").look();
  await room.settle();
  assert.deepEqual(room.check("seat01").outcome, room.check("seat00").outcome);
  assert.equal(room.check("seat01").outcome.is, "words");
});

test("check: who comes and goes gets new words for all, and the same circle come back finds the same", async () => {
  const all = seatsOf(4);
  const room = circle(all);
  await room.meet();
  const whole = room.check("seat00").outcome;
  await room.meet(all.slice(0, 3));
  const fewer = room.check("seat00").outcome;
  assert.equal(fewer.is, "words");
  assert.notDeepEqual(fewer, whole);
  const before = room.sent.length;
  await room.meet();
  assert.deepEqual(room.check("seat00").outcome, whole);
  assert.equal(room.sent.length, before, "a circle is checked once");
});

test("check: whoever hears of a newcomer later than the others still finds the words", async () => {
  const all = seatsOf(3);
  const room = circle(all);
  await room.meet(all.slice(0, 2));
  void room.check("seat01").roster(members(all));
  void room.check("seat02").roster(members(all));
  await room.settle();
  assert.equal(room.check("seat01").outcome.is, "waiting");
  void room.check("seat00").roster(members(all));
  await room.settle();
  assert.deepEqual(room.outcomes().map(({ is }) => is), ["words", "words", "words"]);
});

test("check: circles that met long ago are forgotten, and the last ones are not", async () => {
  const { check, sent, seats: [me, other] } = circle(seatsOf(2));
  const meets = (/** @type {number} */ load) => check(me).roster([{ seat: me, page: `page-${me}` }, { seat: other, page: `load ${load}` }]);
  for (let load = 0; load < 100; load += 1) await meets(load);
  sent.length = 0;
  await meets(98);
  await meets(0);
  assert.deepEqual(sent.map(({ said }) => said.step), ["again", "commit"]);
});

test("check: alone there is nothing to check", async () => {
  const room = circle(seatsOf(2));
  await room.check("seat00").roster(members(["seat00"]));
  assert.deepEqual([room.check("seat00").outcome.is, room.sent.length], ["waiting", 0]);
});

test("check: everyone shows the words in one language, whatever their page was told", async () => {
  const room = circle(seatsOf(3), { languages: { seat00: "de", seat02: "de" } });
  await room.meet();
  for (const outcome of room.outcomes()) assert.equal(outcome.is === "words" && outcome.language, "de");
});

test("check: ears hear each outcome once, and who says that the words differ", async () => {
  const room = circle(seatsOf(2));
  /** @type {string[]} */
  const heard = [];
  room.check("seat00").listen({ changed: ({ is }) => heard.push(is), told: (seat) => heard.push(seat) });
  await room.meet();
  await room.check("seat00").look();
  room.check("seat01").report(["seat00"]);
  await room.settle();
  assert.deepEqual(heard, ["words", "seat01"]);
});

test("digest: fields never run together alike", async () => {
  const { crypto } = globalThis;
  assert.notEqual(hex(await hash(crypto, "ab", "c")), hex(await hash(crypto, "a", "bc")));
  assert.notEqual(hex(await hash(crypto, "a", "")), hex(await hash(crypto, "a")));
});

test("digest: four numbers are the first forty bits", () => {
  assert.deepEqual(numbersOf(unhex("ffc00fffff00000000")), [1023, 0, 1023, 1023]);
  assert.equal(plain("AB:0F"), "ab0f");
});
