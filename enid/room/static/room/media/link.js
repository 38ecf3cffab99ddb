// One connection to one other page: offers, answers, ways through, and mending itself. Knows neither seats nor the page.

import { after, pictureFor, SOUND_KBPS, strong, withDtx } from "./sizes.js";

/** @typedef {import("../types.js").SignalData} SignalData */
/** @typedef {import("../types.js").Description} Description */
/** @typedef {import("../types.js").Candidate} Candidate */
/** @typedef {{audio: MediaStreamTrack | null, video: MediaStreamTrack | null}} Tracks */
/**
 * @typedef {object} LinkEars
 * @property {(data: SignalData) => void} say
 * @property {(track: MediaStreamTrack) => void} track
 * @property {() => void} changed the connection came up or broke
 * @property {() => void} falters nothing comes just now
 * @property {() => void} broken this connection cannot be mended: begin anew
 * @property {() => void} refused a relay does not take the password
 */

const FIRST_PATIENCE_MS = 6000; // from the first offer to a connection
const BREATH_MS = 1500;
const LONGEST_WAIT_MS = 16_000;
const UNAUTHORISED = 401;

export class Link {
  /**
   * @param {string} id @param {boolean} first whether this side makes the first offer; it also gives way
   * @param {RTCConfiguration} ways @param {boolean} pictures whether this side takes any @param {LinkEars} ears
   */
  constructor(id, first, ways, pictures, ears) {
    this.id = id;
    this.first = first;
    this.ears = ears;
    this.pc = new RTCPeerConnection(ways);
    this.pictures = pictures;
    this.n = first ? 0 : 1; // only an offer that begins a connection is the first
    this.closed = false;
    this.wait = BREATH_MS;
    this.strength = strong();
    this.people = 2;
    /** @type {Tracks} */
    this.tracks = { audio: null, video: null };
    /** @type {Promise<void>} one thing after the other: two at once would answer what is no longer asked */
    this.inbox = Promise.resolve();
    /** @type {Promise<void>} */
    this.sending = Promise.resolve();
    /** @type {number | undefined} */
    this.mending = undefined;
    this.#listen();
    if (first) for (const kind of ["audio", "video"]) this.pc.addTransceiver(kind, { direction: this.#direction(kind) });
    this.#mendIn(FIRST_PATIENCE_MS);
  }

  #listen() {
    const pc = this.pc;
    pc.addEventListener("negotiationneeded", () => this.#offer());
    pc.addEventListener("icecandidate", ({ candidate }) => candidate && this.ears.say(this.#told(candidate)));
    pc.addEventListener("icecandidateerror", ({ errorCode }) => errorCode === UNAUTHORISED && this.ears.refused());
    pc.addEventListener("track", ({ track }) => this.ears.track(track));
    pc.addEventListener("connectionstatechange", () => this.#changed());
  }

  /** @param {RTCIceCandidate} way @returns {Candidate} */
  #told(way) {
    return {
      kind: "candidate", link: this.id, candidate: way.candidate,
      mid: way.sdpMid, line: way.sdpMLineIndex, ufrag: way.usernameFragment,
    };
  }

  get isUp() {
    return this.pc.connectionState === "connected";
  }

  /** Say whether the other side has ever taken part. */
  get isAnswered() {
    return this.pc.remoteDescription !== null;
  }

  // Agreeing on a connection. Where two offers cross, the side that came later gives way.

  #offer() {
    this.#inTurn(async () => {
      if (!["stable", "have-local-offer"].includes(this.pc.signalingState)) return; // the answer brings it along
      await this.pc.setLocalDescription();
      this.#describe(++this.n);
    });
  }

  /** @param {number} n */
  #describe(n) {
    const own = this.pc.localDescription;
    if (this.closed || !own || (own.type !== "offer" && own.type !== "answer")) return;
    this.ears.say({ kind: own.type, link: this.id, n, sdp: withDtx(own.sdp) });
  }

  /** @param {Description | Candidate} data */
  hear(data) {
    this.#inTurn(async () => {
      if (data.kind === "candidate") await this.#takeWay(data);
      else if (data.kind === "offer") await this.#takeOffer(data);
      else await this.#takeAnswer(data);
    });
  }

  /** @param {() => Promise<void>} does */
  #inTurn(does) {
    this.inbox = this.inbox.then(() => (this.closed ? undefined : does())).catch(() => {
      if (!this.closed) this.ears.broken(); // forged, or out of step: a new connection is sooner made than this one understood
    });
  }

  /** @param {Description} data */
  async #takeOffer(data) {
    const pc = this.pc;
    if (!this.first && pc.signalingState === "have-local-offer") return; // two crossed: this side's offer holds
    await pc.setRemoteDescription({ type: "offer", sdp: data.sdp });
    this.#direct();
    await pc.setLocalDescription();
    this.#describe(data.n);
    this.#send();
  }

  /** @param {Description} data */
  async #takeAnswer(data) {
    if (data.n !== this.n || this.pc.signalingState !== "have-local-offer") return; // to an older offer
    await this.pc.setRemoteDescription({ type: "answer", sdp: data.sdp });
    this.#send();
  }

  /** @param {Candidate} data */
  async #takeWay(data) {
    if (!this.isAnswered) return;
    const { candidate, mid, line, ufrag } = data;
    await this.pc.addIceCandidate({ candidate, sdpMid: mid, sdpMLineIndex: line, usernameFragment: ufrag })
      .catch(() => undefined); // one way that leads nowhere; there are others
  }

  /** Take pictures from now on, or sound alone: then the other side sends none here. @param {boolean} pictures */
  receive(pictures) {
    if (this.pictures === pictures) return;
    this.pictures = pictures;
    this.#inTurn(async () => this.#direct());
  }

  /** @param {string} kind @returns {RTCRtpTransceiverDirection} */
  #direction(kind) {
    return kind === "audio" || this.pictures ? "sendrecv" : "sendonly";
  }

  #direct() {
    for (const transceiver of this.pc.getTransceivers()) transceiver.direction = this.#direction(transceiver.receiver.track.kind);
  }

  // Mending.

  #changed() {
    if (this.isUp) {
      clearTimeout(this.mending);
      this.mending = undefined;
      this.wait = BREATH_MS;
      this.#send();
    } else if (!["new", "connecting"].includes(this.pc.connectionState)) {
      if (this.mending === undefined) this.#falters();
      this.#mendIn(this.wait);
    }
    this.ears.changed();
  }

  /** Look for another way at once: the old one is kept until there is one, or comes back by itself. */
  #falters() {
    this.ears.falters();
    this.mend();
  }

  /** @param {number} ms */
  #mendIn(ms) {
    if (this.mending !== undefined || this.closed) return;
    this.mending = setTimeout(() => {
      this.mending = undefined;
      if (this.isUp || this.closed) return;
      if (this.wait === LONGEST_WAIT_MS) return this.ears.broken();
      this.mend();
      this.wait = Math.min(LONGEST_WAIT_MS, this.wait * 2);
      this.#mendIn(this.wait);
    }, ms);
  }

  /** Look for another way through; say again what may have been lost. */
  mend() {
    if (this.pc.signalingState === "have-local-offer") this.#offer();
    else if (this.isAnswered) this.pc.restartIce();
  }

  /** Use these servers and relays from now on. @param {RTCConfiguration} ways */
  turnTo(ways) {
    this.pc.setConfiguration(ways);
    if (this.isUp) return;
    this.pc.restartIce();
    this.mend();
  }

  // Sending.

  /** Send these from now on; null is nothing. @param {Tracks} tracks @param {number} people in the circle */
  publish(tracks, people) {
    const { audio, video } = this.tracks;
    if (audio === tracks.audio && video === tracks.video && people === this.people) return;
    this.tracks = tracks;
    this.people = people;
    this.#send();
  }

  #send() {
    this.sending = this.sending.then(() => this.#apply());
  }

  /** Send what is wished on each way; what fails on one holds up no other. */
  async #apply() {
    for (const transceiver of this.closed ? [] : this.pc.getTransceivers()) {
      await this.#fill(transceiver).catch((error) => {
        if (!this.closed) reportError(error);
      });
    }
  }

  /** @param {RTCRtpTransceiver} transceiver */
  async #fill({ sender, receiver, currentDirection }) {
    const isSound = receiver.track.kind === "audio";
    const picture = pictureFor(this.people, this.strength.step);
    const track = isSound ? this.tracks.audio : picture && this.tracks.video;
    if (sender.track !== track) await sender.replaceTrack(track);
    if (track && sends(currentDirection)) await limit(sender, track, isSound ? null : picture);
  }

  /** Read how the line does, and send less or more. */
  async weigh() {
    if (!this.isUp) return;
    const before = this.strength.step;
    this.strength = after(this.strength, reading(await this.pc.getStats(), this.#needs()));
    if (this.strength.step !== before) this.#send();
  }

  get #isAskedForPictures() {
    return this.pc.getTransceivers().some(({ receiver, currentDirection }) => receiver.track.kind === "video" && sends(currentDirection));
  }

  #needs() {
    const picture = this.tracks.video && this.#isAskedForPictures ? pictureFor(this.people, this.strength.step) : null;
    return (this.tracks.audio ? SOUND_KBPS : 0) + (picture?.kbps ?? 0);
  }

  close() {
    this.closed = true;
    clearTimeout(this.mending);
    this.pc.close();
  }
}

/** Say whether the other side takes anything of this way, as was agreed last. @param {RTCRtpTransceiverDirection | null} direction */
function sends(direction) {
  return direction === "sendrecv" || direction === "sendonly";
}

/** @param {RTCRtpSender} sender @param {MediaStreamTrack} track @param {import("./sizes.js").Picture | null} picture */
async function limit(sender, track, picture) {
  const parameters = sender.getParameters();
  const encoding = parameters.encodings[0];
  if (!encoding) return;
  const height = Math.min(track.getSettings().height ?? 360, track.getSettings().width ?? 640);
  const wanted = picture
    ? { maxBitrate: picture.kbps * 1000, maxFramerate: picture.fps, scaleResolutionDownBy: Math.max(1, height / picture.height) }
    : { maxBitrate: SOUND_KBPS * 1000, priority: /** @type {const} */ ("high") };
  const had = new Map(Object.entries(encoding));
  if (Object.entries(wanted).every(([name, value]) => had.get(name) === value)) return;
  Object.assign(encoding, wanted);
  await sender.setParameters(parameters);
}

/** @param {RTCStatsReport} stats @param {number} needs kbit/s @returns {import("./sizes.js").Reading} */
function reading(stats, needs) {
  let [lost, kbps] = [0, /** @type {number | null} */ (null)];
  stats.forEach((part) => {
    if (part.type === "remote-inbound-rtp") lost = Math.max(lost, part.fractionLost ?? 0);
    if (part.type === "candidate-pair" && part.nominated && part.availableOutgoingBitrate) kbps = part.availableOutgoingBitrate / 1000;
  });
  return { lost, kbps, needs };
}
