// What this person sends. A device is only ever switched on by a press, and a muted microphone sends nothing at all.

import { blurAsChosen, capture, codeOf } from "./devices.js";
import { meter } from "./level.js";

/** @typedef {import("./devices.js").Kind} Kind */

export class Own {
  /** @param {{changed: () => void, gone: (kind: Kind) => void}} ears */
  constructor(ears) {
    this.ears = ears;
    /** @type {{mic: MediaStreamTrack | null, camera: MediaStreamTrack | null}} */
    this.tracks = { mic: null, camera: null };
    /** @type {{mic: boolean, camera: boolean}} what this person wants to be so */
    this.on = { mic: false, camera: false };
    /** @type {ReturnType<typeof meter> | null} */
    this.meter = null;
    this.stops = 0;
    /** @type {Set<Kind>} */
    this.asking = new Set();
  }

  /**
   * Switch a device on, after a press.
   * @param {Kind} kind @returns {Promise<string>} why not, or nothing
   */
  async turnOn(kind) {
    if (this.asking.has(kind)) return ""; // the browser is asking already
    this.asking.add(kind);
    try {
      if (this.tracks[kind] || (await this.#capture(kind))) this.on[kind] = true;
      return "";
    } catch (error) {
      return codeOf(error);
    } finally {
      this.asking.delete(kind);
      this.ears.changed();
    }
  }

  /** Capture, unless everything was switched off while the browser asked. @param {Kind} kind */
  async #capture(kind) {
    const { stops } = this;
    const track = await capture(kind);
    if (stops === this.stops) this.#have(kind, track);
    else track.stop();
    return stops === this.stops;
  }

  /** A muted microphone stays ready; a camera that is off is dark. @param {Kind} kind */
  turnOff(kind) {
    this.on[kind] = false;
    if (kind === "camera") this.#drop(kind);
    this.ears.changed();
  }

  /** Take another device, if this kind is in use. @param {Kind} kind @returns {Promise<string>} why not, or nothing */
  async change(kind) {
    if (!this.tracks[kind]) return "";
    const was = this.on[kind];
    this.#drop(kind);
    this.on[kind] = false; // and so it stays, if the other device cannot be had
    const code = await this.turnOn(kind);
    if (!was) this.turnOff(kind);
    return code;
  }

  /** Blur what is behind this person, or no longer. */
  async blur() {
    if (this.tracks.camera) await blurAsChosen(this.tracks.camera);
  }

  /** Switch everything off: the lights of camera and microphone go out. */
  stop() {
    this.stops++;
    this.#drop("mic");
    this.#drop("camera");
    this.on = { mic: false, camera: false };
  }

  /** Close the microphone while this person sits back, also for the meter. @param {boolean} open */
  listenToMic(open) {
    if (this.tracks.mic) this.tracks.mic.enabled = open;
  }

  /** @param {Kind} kind @param {MediaStreamTrack} track */
  #have(kind, track) {
    this.tracks[kind] = track;
    if (kind === "mic") this.meter = meter(track);
    track.addEventListener("ended", () => this.#ended(kind, track));
  }

  /** It was unplugged, or something else took it. @param {Kind} kind @param {MediaStreamTrack} track */
  #ended(kind, track) {
    if (this.tracks[kind] !== track) return;
    const was = this.on[kind];
    this.#drop(kind);
    this.on[kind] = false;
    this.ears.changed();
    if (was) this.ears.gone(kind);
  }

  /** @param {Kind} kind */
  #drop(kind) {
    this.tracks[kind]?.stop();
    this.tracks[kind] = null;
    if (kind !== "mic") return;
    this.meter?.close();
    this.meter = null;
  }
}
