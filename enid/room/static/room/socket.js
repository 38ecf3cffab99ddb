// One line to the room: connects, backs off, comes back, and sends again what was not answered. Knows no page.

import { apply, isGap } from "./state.js";
import { BYE } from "./types.js";

/** @typedef {import("./types.js").State} State */
/** @typedef {import("./types.js").Heard} Heard */
/** @typedef {{[name: string]: unknown, t: string}} Message */
/**
 * @typedef {object} Ears
 * @property {(state: State | null, frame: Heard) => void} heard after each frame
 * @property {(line: "connecting" | "open" | "lost", wasSilent?: boolean) => void} line wasSilent: the one before fell silent
 * @property {(name: string) => void} ended for good, by the name of the close code
 * @property {(code: string, message: Message | undefined) => void} refused
 * @property {() => Promise<string>} freshTicket
 */

const FIRST_WAIT_MS = [50, 250];
const LONGEST_WAIT_MS = 5000;
const OPENS_MS = 12_000;
const PING_MS = 5000;
const ANSWERS_MS = 2000;
const MOST_MISSES = 2; // in a row: a crowded machine or line may be late once
const SLEPT_MS = 1500; // a timer that is later than this tells of a page that slept, not of the line
/** @type {Map<number, string>} */
const FOR_GOOD = new Map([[BYE.bad, "bad"], [BYE.gone, "gone"], [BYE.replaced, "replaced"]]);

export class Line {
  /** @param {{url: string, ticket: string, ears: Ears}} given */
  constructor({ url, ticket, ears }) {
    this.url = url;
    this.ticket = ticket;
    this.ears = ears;
    /** @type {State | null} */
    this.state = null;
    /** @type {Map<string, Message>} */
    this.unanswered = new Map();
    /** @type {WebSocket | null} */
    this.socket = null;
    this.joined = false;
    this.wasSilent = false;
    this.done = false;
    this.tries = 0;
    this.refreshed = false;
    this.count = 0;
    this.prefix = crypto.randomUUID().slice(0, 8);
    /** @type {number | undefined} */
    this.pinging = undefined;
    /** @type {number | undefined} */
    this.waiting = undefined;
    /** @type {number | undefined} */
    this.retry = undefined;
  }

  open() {
    clearTimeout(this.retry);
    this.joined = false;
    const socket = new WebSocket(this.url);
    this.socket = socket;
    socket.addEventListener("open", () => this.#raw({ t: "join", ticket: this.ticket, v: this.state?.v ?? 0 }));
    socket.addEventListener("message", (event) => this.#hear(socket, String(event.data)));
    socket.addEventListener("close", (event) => this.#closed(socket, event.code));
    this.#expectAnswer(OPENS_MS, () => this.#giveUp());
  }

  /** Say something that the room answers by its id. @param {Message} message */
  say(message) {
    const id = `${this.prefix}-${++this.count}`;
    const whole = { ...message, id };
    this.unanswered.set(id, whole);
    if (this.joined) this.#raw(whole);
    return id;
  }

  /** Pass something to another page now or never: later it would no longer fit. @param {{[name: string]: unknown}} message */
  signal(message) {
    if (this.joined) this.#raw({ t: "signal", id: `s${++this.count}`, ...message });
  }

  /** Go, on purpose. */
  leave() {
    this.#raw({ t: "leave" });
    this.stop();
  }

  stop() {
    this.done = true;
    clearTimeout(this.retry);
    clearTimeout(this.waiting);
    clearInterval(this.pinging);
    this.socket?.close(1000);
  }

  /**
   * Try at once: the device woke up, or the network may be another one.
   * @param {boolean} [isHint] whether something else tells already that the line broke; it counts as a miss
   */
  wake(isHint = false) {
    if (this.done) return;
    if (this.socket?.readyState === WebSocket.OPEN) this.#ask(isHint ? 1 : 0);
    else if (this.socket?.readyState !== WebSocket.CONNECTING) this.open();
  }

  /** The device is on a network again: a line over the one before may never say that it is dead. */
  renew() {
    if (this.done || this.socket?.readyState === WebSocket.CONNECTING) return;
    this.wasSilent = true;
    this.socket?.close();
    this.open();
  }

  /** @param {Message} message */
  #raw(message) {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(message));
  }

  /** @param {WebSocket} socket @param {string} data */
  #hear(socket, data) {
    if (socket !== this.socket) return;
    this.#heardSomething();
    const frame = /** @type {Heard} */ (JSON.parse(data));
    if (!this.joined && !("t" in frame && frame.t === "refused")) this.#join();
    this.#settle(frame);
    if (isGap(this.state, frame)) {
      this.#raw({ t: "join", ticket: this.ticket, v: this.state?.v ?? 0 });
      return;
    }
    this.state = apply(this.state, frame);
    this.ears.heard(this.state, frame);
  }

  #join() {
    this.joined = true;
    this.tries = 0;
    this.refreshed = false;
    this.ears.line("open", this.wasSilent);
    this.wasSilent = false;
    for (const message of this.unanswered.values()) this.#raw(message);
    clearInterval(this.pinging);
    this.pinging = setInterval(() => this.#ask(0), PING_MS);
  }

  /** @param {Heard} frame */
  #settle(frame) {
    if (!("t" in frame) || (frame.t !== "done" && frame.t !== "refused")) return;
    const message = frame.id === null ? undefined : this.unanswered.get(frame.id);
    if (frame.id !== null) this.unanswered.delete(frame.id);
    const isSignal = frame.id !== null && !message; // the two browsers see to it themselves
    if (frame.t === "refused" && !isSignal) this.ears.refused(frame.code, message);
  }

  /** Ask whether the line is alive, unless it is being asked. @param {number} misses what tells against it already */
  #ask(misses) {
    if (this.waiting === undefined) this.#ping(misses);
  }

  /** @param {number} misses */
  #ping(misses) {
    this.#raw({ t: "ping", v: this.state?.v ?? 0 });
    this.#expectAnswer(ANSWERS_MS, () => (misses + 1 < MOST_MISSES ? this.#ping(misses + 1) : this.#giveUp()));
  }

  /** @param {number} ms @param {() => void} none comes */
  #expectAnswer(ms, none) {
    this.#heardSomething();
    const due = performance.now() + ms;
    this.waiting = setTimeout(() => {
      this.waiting = undefined;
      if (performance.now() - due > SLEPT_MS) this.#ping(0);
      else none();
    }, ms);
  }

  #heardSomething() {
    clearTimeout(this.waiting);
    this.waiting = undefined;
  }

  /** A dead line may take minutes to say that it closed; this one is not waited for. */
  #giveUp() {
    this.wasSilent = true;
    this.socket?.close();
    if (this.socket) void this.#closed(this.socket, 0);
  }

  /** @param {WebSocket} socket @param {number} code */
  async #closed(socket, code) {
    if (socket !== this.socket || this.done) return;
    this.socket = null;
    this.joined = false;
    this.#heardSomething();
    clearInterval(this.pinging);
    const name = FOR_GOOD.get(code);
    if (name) return this.#end(name);
    if (code === BYE.not_yours && !(await this.#refresh())) return this.#end("not_yours");
    this.ears.line(this.state ? "lost" : "connecting");
    this.retry = setTimeout(() => this.open(), this.#wait(code));
  }

  /** @param {string} name */
  #end(name) {
    this.done = true;
    this.ears.ended(name);
  }

  async #refresh() {
    if (this.refreshed) return false;
    this.refreshed = true;
    try {
      this.ticket = await this.ears.freshTicket();
      return true;
    } catch {
      return false; // no ticket for this person any more: said as "not yours"
    }
  }

  /** @param {number} code */
  #wait(code) {
    const [low, high] = FIRST_WAIT_MS;
    const first = low + Math.random() * (high - low);
    const wait = Math.min(LONGEST_WAIT_MS, first * 2 ** this.tries++);
    return code === BYE.too_fast ? LONGEST_WAIT_MS : wait;
  }
}
