// Sound and picture straight from browser to browser: one link to every other page of the circle.
// Knows the seats, not the page. Any other way to carry media has the same methods and ears.

import { Link } from "./link.js";

/** @typedef {import("../types.js").SignalData} SignalData */
/** @typedef {import("../types.js").Signal} Signal */
/** @typedef {import("./link.js").Tracks} Tracks */
/** @typedef {{page: string, since: number}} Place where the sound and the picture of a seat come from, and which came later */
/**
 * @typedef {object} Ears
 * @property {(to: string, page: string, data: SignalData) => void} say
 * @property {(seat: string, track: MediaStreamTrack) => void} onRemoteTrack
 * @property {(seat: string) => void} onGone nothing comes from there any more
 * @property {() => void} onChange a line came up or broke
 * @property {(seat: string, data: import("../types.js").CheckSignal) => void} onCheck
 * @property {() => void} onStrain pictures became smaller or larger
 * @property {() => void} onFalter nothing comes over a line just now
 * @property {() => void} onRefused a relay does not take the password
 */

const WEIGHS_MS = 3000;
const EXPECTS_MS = 4000; // an offer, from whoever came later
const BREATH_MS = 300;
const MOST_BEGINNINGS = 6; // with one seat, in this time: whoever asks for more only keeps a browser busy
const BEGINNINGS_IN_MS = 10_000;

export class Mesh {
  /** @param {Promise<RTCConfiguration>} ways @param {Ears} ears */
  constructor(ways, ears) {
    this.ears = ears;
    /** @type {RTCConfiguration | null} */
    this.ways = null;
    /** @type {RTCIceServer[]} */
    this.servers = [];
    void ways.then((ready) => {
      this.ways = { ...ready, iceServers: this.servers };
      this.#reach();
    });
    /** @type {Map<string, Link>} */
    this.links = new Map();
    /** @type {Map<string, Place>} */
    this.others = new Map();
    /** @type {Map<string, number>} */
    this.expecting = new Map();
    /** @type {Map<string, number[]>} when connections to a seat were begun lately */
    this.begun = new Map();
    /** @type {Place | null} */
    this.me = null;
    this.page = "";
    /** @type {Tracks} */
    this.published = { audio: null, video: null };
    this.mic = false;
    this.camera = false;
    this.pictures = true;
    setInterval(() => void this.#weigh(), WEIGHS_MS);
  }

  /**
   * Be in the circle with these others; connect to those who are new, let go of those who are gone.
   * @param {string} page this one's name @param {Place | null} me null while the room has not said
   * @param {Map<string, Place | null>} others by seat; null where the room has not said which page
   */
  join(page, me, others) {
    this.page = page;
    this.me = me;
    for (const seat of this.links.keys()) if (!others.has(seat)) this.#letGo(seat);
    for (const seat of this.others.keys()) if (!others.has(seat)) this.others.delete(seat);
    for (const [seat, place] of others) if (place) this.#settle(seat, place);
    this.#reach();
    this.#publish();
  }

  /** @param {string} seat @param {Place} place */
  #settle(seat, place) {
    if (this.others.has(seat) && this.others.get(seat)?.page !== place.page) this.#letGo(seat);
    this.others.set(seat, place);
  }

  /** Take these tracks; which of them are sent is for setMic and setCamera to say. @param {Tracks} tracks */
  publish(tracks) {
    this.published = tracks;
    this.#publish();
  }

  /** @param {boolean} on */
  setMic(on) {
    this.mic = on;
    this.#publish();
  }

  /** @param {boolean} on */
  setCamera(on) {
    this.camera = on;
    this.#publish();
  }

  /** Take the others' pictures, or their sound alone. @param {boolean} on */
  setPictures(on) {
    this.pictures = on;
    for (const link of this.links.values()) link.receive(on);
  }

  /** Let go of everyone. */
  leave() {
    for (const seat of [...this.links.keys()]) this.#letGo(seat);
    this.expecting.forEach((timer) => clearTimeout(timer));
    this.expecting.clear();
    this.others.clear();
    this.me = null;
  }

  /** Go on after the line to the room was cut: what was said meanwhile is lost. */
  resume() {
    for (const link of this.links.values()) {
      if (!link.isUp || link.pc.signalingState !== "stable") link.mend();
    }
  }

  /** The network is another one: look for other ways. */
  reroute() {
    for (const link of this.links.values()) link.mend();
  }

  /** Use these servers and relays from now on. @param {RTCIceServer[]} iceServers */
  turnTo(iceServers) {
    this.servers = iceServers;
    if (!this.ways) return;
    this.ways = { ...this.ways, iceServers };
    for (const link of this.links.values()) link.turnTo(this.ways);
  }

  /** Say whose line is not open, of all who have one. */
  cut() {
    return [...this.others.keys()].filter((seat) => !this.links.get(seat)?.isUp);
  }

  /** Say how loud each seat is just now, 0 to 1, of what this page plays. */
  levels() {
    return new Map([...this.links].map(([seat, { pc }]) => [seat, loudness(pc)]));
  }

  /** Say when something was heard last from anybody, by the browser's own clock; 0 where that is long ago. */
  lastHeard() {
    return Math.max(0, ...[...this.links.values()].map(({ pc }) => latest(pc)));
  }

  /** Say how many steps down most lines send. Where only some do, the weak line is at their other end. */
  strain() {
    const steps = [...this.links.values()].map((link) => link.strength.step).sort((a, b) => a - b);
    return steps[Math.floor((steps.length - 1) / 2)] ?? 0;
  }

  async #weigh() {
    const before = this.strain();
    await Promise.all([...this.links.values()].map((link) => link.weigh()));
    if (this.strain() !== before) this.ears.onStrain();
  }

  // Connecting.

  #reach() {
    if (!this.me || !this.ways) return;
    for (const [seat, place] of this.others) {
      if (this.links.has(seat)) continue;
      if (this.me.since > place.since) this.#open(seat, crypto.randomUUID(), true);
      else this.#expect(seat);
    }
  }

  /** @param {string} seat @param {string} id @param {boolean} first */
  #open(seat, id, first) {
    if (!this.ways || !this.#mayBegin(seat)) return null;
    this.#letGo(seat);
    const link = new Link(id, first, this.ways, this.pictures, {
      say: (data) => this.say(seat, data),
      track: (track) => this.ears.onRemoteTrack(seat, track),
      changed: () => this.ears.onChange(),
      falters: () => this.ears.onFalter(),
      broken: () => this.#renew(seat, id),
      refused: () => this.ears.onRefused(),
    });
    this.links.set(seat, link);
    this.#publish();
    return link;
  }

  /** @param {string} seat */
  #mayBegin(seat) {
    const now = performance.now();
    const lately = (this.begun.get(seat) ?? []).filter((at) => now - at < BEGINNINGS_IN_MS);
    if (lately.length < MOST_BEGINNINGS) {
      this.begun.set(seat, [...lately, now]);
      return true;
    }
    setTimeout(() => this.#reach(), BEGINNINGS_IN_MS);
    return false;
  }

  /** Whoever came later makes the first offer. Where none comes, ask for it. @param {string} seat */
  #expect(seat) {
    if (this.expecting.has(seat)) return;
    this.expecting.set(seat, setTimeout(() => {
      this.expecting.delete(seat);
      if (!this.others.has(seat) || this.links.has(seat)) return;
      this.say(seat, { kind: "bye", link: null });
      this.#reach();
    }, EXPECTS_MS));
  }

  /** @param {string} seat */
  #letGo(seat) {
    const link = this.links.get(seat);
    if (!link) return;
    this.links.delete(seat);
    link.close();
    this.ears.onGone(seat);
    this.ears.onChange();
  }

  /** Give a connection up and begin anew. @param {string} seat @param {string} id */
  #renew(seat, id) {
    if (this.links.get(seat)?.id !== id) return;
    this.say(seat, { kind: "bye", link: id });
    this.#again(seat);
  }

  /** @param {string} seat */
  #again(seat) {
    this.#letGo(seat);
    setTimeout(() => this.#reach(), BREATH_MS);
  }

  // Signals.

  /** @param {string} seat @param {SignalData} data */
  say(seat, data) {
    const place = this.others.get(seat);
    if (place) this.ears.say(seat, place.page, data);
  }

  /** @param {Signal} signal */
  hear({ seat, from, page, data }) {
    if ((page !== null && page !== this.page) || this.others.get(seat)?.page !== from) return;
    const link = this.links.get(seat);
    if (data.kind === "check") this.ears.onCheck(seat, data);
    else if (data.kind === "bye") this.#hearBye(seat, data.link);
    else if (link?.id === data.link) link.hear(data);
    else if (data.kind === "offer") this.#hearNew(seat, data);
  }

  /** @param {string} seat @param {string | null} id */
  #hearBye(seat, id) {
    if (id === null || this.links.get(seat)?.id === id) this.#again(seat);
  }

  /** @param {string} seat @param {import("../types.js").Description} offer */
  #hearNew(seat, offer) {
    const had = this.links.get(seat);
    if (offer.n !== 1) return this.say(seat, { kind: "bye", link: offer.link });
    if (had?.first && !had.isAnswered && had.id < offer.link) return; // both began: the smaller name stays
    this.#open(seat, offer.link, false)?.hear(offer);
  }

  #publish() {
    const { audio, video } = this.published;
    const sent = { audio: this.mic ? audio : null, video: this.camera ? video : null };
    for (const link of this.links.values()) link.publish(sent, this.others.size + 1);
  }
}

/** @param {RTCPeerConnection} pc */
function loudness(pc) {
  const sounds = pc.getReceivers().filter(({ track }) => track.kind === "audio");
  return Math.max(0, ...sounds.flatMap((receiver) => receiver.getSynchronizationSources().map((source) => source.audioLevel ?? 0)));
}

/** @param {RTCPeerConnection} pc */
function latest(pc) {
  return Math.max(0, ...pc.getReceivers().flatMap((receiver) => receiver.getSynchronizationSources().map(({ timestamp }) => timestamp)));
}
