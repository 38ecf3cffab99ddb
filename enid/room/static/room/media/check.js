// The line check: four words, the same on every screen unless somebody sits on a line between.
//
// Everyone first commits to their certificate and a nonce, and reveals both only after the commits of all have come.
// So whoever sits between must settle on certificates of their own before they can know the words: one blind guess in
// 2^40, and nothing to grind. The pages in the circle are the epoch, since each load of a page is a new one: a circle
// is checked once, and the same circle come back finds the same words.
// Knows no page, no network and no clock; RFC 6189 (ZRTP) explains why a short code needs a commitment.

import { hash, hex, numbersOf, random, unhex } from "./digest.js";

/** @typedef {{seat: string, page: string}} Member */
/**
 * @typedef {{is: "waiting"} | {is: "words", numbers: number[], language: string} | {is: "differs", seat: string}} Outcome
 */
/** @typedef {{kind: "check", step: string, value: string}} Said as it travels: `value` is hex digits between dots */
/** @typedef {{step: "commit" | "again", circle: string, commit: string}} Commit `again` also asks for the other's */
/** @typedef {{step: "reveal", circle: string, certificate: string, nonce: string, language: string}} Reveal */
/** @typedef {{step: "differs"}} Differs */
/** @typedef {Commit | Reveal | Differs} Heard */
/** @typedef {{changed?: (outcome: Outcome) => void, told?: (seat: string) => void}} Ear */
/**
 * @typedef {object} Run
 * @property {string} circle
 * @property {Member[]} members
 * @property {string} nonce
 * @property {Map<string, string>} commits
 * @property {Map<string, Reveal>} reveals
 * @property {Map<string, number>} repeats
 * @property {Outcome} outcome
 */
/**
 * @typedef {object} Needs
 * @property {string} room
 * @property {Member} me
 * @property {string} certificate SHA-256 fingerprint of one's own certificate, as 64 hex digits
 * @property {string} language two letters: in which the group's words are shown
 * @property {(to: string | null, said: Said) => void} send to a seat, or to everyone else in the circle
 * @property {(member: Member) => string | null | Promise<string | null>} used the certificate really used on the line
 *   to a member, as 64 hex digits; null while that line is not open
 * @property {Crypto} [crypto]
 */

const WAITING = /** @type {Outcome} */ (Object.freeze({ is: "waiting" }));
const COMMIT = /^([0-9a-f]{64})\.([0-9a-f]{64})$/;
const REVEAL = /^([0-9a-f]{64})\.([0-9a-f]{64})\.([0-9a-f]{64})\.([a-z]{2})$/;
const MOST_REPEATS = 16; // for one seat in one run: enough for a poor line, too few to keep a browser busy
const MOST_EARLY = 64;
const MOST_RUNS = 64; // circles that were checked; pages that hold for hours, while others reload, stay small

export class LineCheck {
  /** @type {Map<string, Run>} */
  #runs = new Map();
  /** @type {Run | null} */
  #now = null;
  /** @type {Map<string, Commit>} commits of a circle that this browser has not heard of yet, the last of each seat */
  #early = new Map();
  /** @type {Ear[]} */
  #ears = [];
  /** @type {Outcome} */
  #told = WAITING;
  /** @type {Promise<void>} one thing after the other: hashing takes turns of the event loop */
  #work = Promise.resolve();

  /** @param {Needs} needs */
  constructor(needs) {
    this.needs = needs;
    this.crypto = needs.crypto ?? globalThis.crypto;
  }

  get outcome() {
    return this.#now?.outcome ?? WAITING;
  }

  /** @param {Ear} ear */
  listen(ear) {
    this.#ears.push(ear);
  }

  /** Check this circle; one that was checked before is not checked again. @param {Member[]} members with oneself */
  roster(members) {
    return this.#next(() => this.#turnTo(members));
  }

  /** Take what a seat said, whatever it is. @param {string} from @param {unknown} data */
  receive(from, data) {
    const said = read(data);
    return said ? this.#next(() => this.#hear(from, said)) : this.#work;
  }

  /** A line has opened or come back: look at its certificate, and ask for what was lost on the way. */
  look() {
    return this.#next(async () => {
      const run = this.#now;
      if (!run) return;
      await this.#proceed(run);
      if (run.outcome.is !== "waiting") return;
      for (const { seat } of this.#others(run)) if (!run.reveals.has(seat)) this.#commit(run, seat, true);
    });
  }

  /** Say to these seats that the words differ. @param {string[]} seats */
  report(seats) {
    for (const seat of seats) this.#say(seat, "differs", "");
  }

  /** @param {() => Promise<void>} step */
  #next(step) {
    const done = this.#work.then(step).then(() => this.#tell());
    this.#work = done.catch(() => undefined); // whoever asked hears of a failure; the next step goes on
    return done;
  }

  #tell() {
    if (this.outcome === this.#told) return;
    this.#told = this.outcome;
    for (const ear of this.#ears) ear.changed?.(this.outcome);
  }

  /** @param {Member[]} members */
  async #turnTo(members) {
    const sorted = [...members].sort((a, b) => (a.seat < b.seat ? -1 : 1));
    if (sorted.length < 2 || !sorted.some((member) => member.seat === this.needs.me.seat && member.page === this.needs.me.page)) {
      this.#now = null;
      return;
    }
    const circle = hex(await this.#hash("circle", this.needs.room, ...sorted.flatMap(({ seat, page }) => [seat, page])));
    if (circle === this.#now?.circle) return;
    const known = this.#runs.get(circle);
    this.#now = known ?? (await this.#begin(circle, sorted));
    this.#keep(this.#now);
    if (this.outcome.is === "waiting") this.#commit(this.#now, null, known !== undefined);
    for (const [seat, commit] of this.#early) {
      if (commit.circle !== circle) continue;
      this.#early.delete(seat);
      await this.#hear(seat, commit);
    }
  }

  /** @param {string} circle @param {Member[]} members @returns {Promise<Run>} */
  async #begin(circle, members) {
    const { me, certificate } = this.needs;
    const nonce = hex(random(this.crypto, 32));
    /** @type {Run} */
    const run = { circle, members, nonce, commits: new Map(), reveals: new Map(), repeats: new Map(), outcome: WAITING };
    run.commits.set(me.seat, await this.#commitOf(run, me, { certificate, nonce, language: this.needs.language }));
    return run;
  }

  /** Keep a run as the latest, and forget those of circles that met longest ago. @param {Run} run */
  #keep(run) {
    this.#runs.delete(run.circle);
    this.#runs.set(run.circle, run);
    for (const circle of this.#runs.keys()) {
      if (this.#runs.size <= MOST_RUNS) return;
      this.#runs.delete(circle);
    }
  }

  /** @param {string} from @param {Heard} said */
  async #hear(from, said) {
    const run = this.#now;
    if (isCommit(said) && !this.#runs.has(said.circle)) return this.#keepEarly(from, said);
    if (!run || !this.#others(run).some(({ seat }) => seat === from)) return;
    if (said.step === "differs") for (const ear of this.#ears) ear.told?.(from);
    else if (said.circle !== run.circle) return;
    else if (isCommit(said)) await this.#heardCommit(run, from, said);
    else await this.#heardReveal(run, from, said);
  }

  /** @param {string} from @param {Commit} said */
  #keepEarly(from, said) {
    if (this.#early.size < MOST_EARLY || this.#early.has(from)) this.#early.set(from, said);
  }

  /** @param {Run} run @param {string} from @param {Commit} said */
  async #heardCommit(run, from, said) {
    const had = run.commits.get(from);
    if (had === undefined) run.commits.set(from, said.commit);
    else if (had !== said.commit) return run.outcome.is === "waiting" ? this.#differs(run, from) : undefined;
    if (said.step === "again") this.#repeat(run, from);
    return this.#proceed(run);
  }

  /** @param {Run} run @param {string} from @param {Reveal} said */
  async #heardReveal(run, from, said) {
    const commit = run.commits.get(from);
    const member = run.members.find(({ seat }) => seat === from);
    if (commit === undefined || !member || run.reveals.has(from)) return;
    if ((await this.#commitOf(run, member, said)) !== commit) return this.#differs(run, from);
    run.reveals.set(from, said);
    await this.#proceed(run);
  }

  /** Reveal once every commit is here; find the words once every reveal is. @param {Run} run */
  async #proceed(run) {
    if (run.outcome.is === "differs" || run.commits.size < run.members.length) return;
    if (!run.reveals.has(this.needs.me.seat)) this.#reveal(run);
    const open = await this.#compare(run);
    if (!open || run.outcome.is !== "waiting" || run.reveals.size < run.members.length) return;
    const first = /** @type {Reveal} */ (run.reveals.get(run.members[0].seat));
    run.outcome = { is: "words", numbers: numbersOf(await this.#digest(run)), language: first.language };
  }

  /** Hold the certificates announced against those really used; say whether every line is open. @param {Run} run */
  async #compare(run) {
    let open = true;
    for (const member of this.#others(run)) {
      const announced = run.reveals.get(member.seat)?.certificate;
      const used = await this.needs.used(member);
      if (used === null || announced === undefined) open = false;
      else if (used !== announced) this.#differs(run, member.seat);
    }
    return open;
  }

  /** @param {Run} run */
  #reveal(run) {
    const { me, certificate, language } = this.needs;
    run.reveals.set(me.seat, { step: "reveal", circle: run.circle, certificate, nonce: run.nonce, language });
    this.#revealTo(run, null); // the only place that first lets the nonce out
  }

  /** @param {Run} run @param {string | null} to @param {boolean} again ask for theirs, since some may be lost */
  #commit(run, to, again) {
    const commit = /** @type {string} */ (run.commits.get(this.needs.me.seat));
    this.#say(to, again ? "again" : "commit", `${run.circle}.${commit}`);
  }

  /** @param {Run} run @param {string | null} to */
  #revealTo(run, to) {
    const reveal = run.reveals.get(this.needs.me.seat);
    if (reveal) this.#say(to, "reveal", [reveal.circle, reveal.certificate, reveal.nonce, reveal.language].join("."));
  }

  /** @param {string | null} to @param {string} step @param {string} value */
  #say(to, step, value) {
    this.needs.send(to, { kind: "check", step, value });
  }

  /** @param {Run} run @param {string} to */
  #repeat(run, to) {
    const times = (run.repeats.get(to) ?? 0) + 1;
    if (times > MOST_REPEATS) return;
    run.repeats.set(to, times);
    this.#commit(run, to, false);
    this.#revealTo(run, to);
  }

  /** Words once found stay found: only a certificate can still unsay them. @param {Run} run @param {string} seat */
  #differs(run, seat) {
    if (run.outcome.is !== "differs") run.outcome = { is: "differs", seat };
  }

  /** @param {Run} run */
  #others(run) {
    return run.members.filter(({ seat }) => seat !== this.needs.me.seat);
  }

  /** @param {Run} run @param {Member} member @param {{certificate: string, nonce: string, language: string}} of */
  async #commitOf(run, { seat, page }, { certificate, nonce, language }) {
    return hex(await this.#hash("commit", unhex(run.circle), seat, page, unhex(certificate), unhex(nonce), language));
  }

  /** @param {Run} run */
  #digest(run) {
    const parts = run.members.flatMap(({ seat, page }) => {
      const { certificate, nonce, language } = /** @type {Reveal} */ (run.reveals.get(seat));
      return [seat, page, unhex(certificate), unhex(nonce), language];
    });
    return this.#hash("words", unhex(run.circle), ...parts);
  }

  /** @param {(string | Uint8Array)[]} fields */
  #hash(...fields) {
    return hash(this.crypto, "enid-line-check-1", ...fields);
  }
}

/** Return what was said, if it is one of ours in shape and size. @param {unknown} data @returns {Heard | null} */
function read(data) {
  if (typeof data !== "object" || data === null) return null;
  const { kind, step, value } = /** @type {{[name: string]: unknown}} */ (data);
  if (kind !== "check" || typeof value !== "string") return null;
  if (step === "differs" && value === "") return { step };
  if (step === "commit" || step === "again") {
    const [, circle, commit] = COMMIT.exec(value) ?? [];
    return commit ? { step, circle, commit } : null;
  }
  const [, circle, certificate, nonce, language] = REVEAL.exec(value) ?? [];
  return step === "reveal" && language ? { step, circle, certificate, nonce, language } : null;
}

/** @param {Heard} said @returns {said is Commit} */
function isCommit(said) {
  return said.step === "commit" || said.step === "again";
}
