// Sound and picture of this page: what this person sends, whom they hear, and when it is on another device of theirs.

import { withoutDevices } from "../arriving.js";
import { listens } from "../look.js";
import { nameOf } from "../shared.js";
import { fill } from "../texts.js";
import { afterwards } from "./after.js";
import { bar } from "./bar.js";
import { checking } from "./checking.js";
import { canCarry, choices } from "./devices.js";
import { door } from "./door.js";
import { faces } from "./faces.js";
import { heardOf } from "./grants.js";
import { hush } from "./hush.js";
import { READS_MS } from "./level.js";
import { Mesh } from "./mesh.js";
import { Own } from "./own.js";
import { panel } from "./panel.js";
import { speaking } from "./speaking.js";
import { wayOut } from "./way_out.js";
import { prepared, renewal } from "./ways.js";

/** @typedef {import("../shared.js").Room} Room */
/** @typedef {import("../shared.js").RoomState} RoomState */
/** @typedef {import("../types.js").MediaFrame} MediaFrame */
/** @typedef {import("./devices.js").Kind} Kind */
/** @typedef {(message: {to: string, page: string | null, from: string, data: import("../types.js").SignalData}) => void} Signals */

const FAULT_AFTER_MS = 15_000;
const LOOKS_MS = 500; // lines come up together; one look at their certificates will do

/**
 * @param {Room} room
 * @param {{signal: Signals, probe: () => void}} line probe: see whether the line to the room still holds
 */
export function media(room, { signal, probe }) {
  const words = room.page.texts.media;
  if (!canCarry()) return cannot(words);
  const page = crypto.randomUUID();
  let inside = false;
  let ours = false; // the room has said that this page carries this person's sound and picture
  let elsewhere = false;
  let told = "";
  let toldWeak = false;
  let unknownToRelay = false; // also with fresh passwords, or there are none
  /** @type {RoomState | null} */
  let known = null;
  /** @type {import("../types.js").PlaceName | null} where this person wishes to be after the close */
  let wanted = null;
  /** @type {import("../types.js").PlaceName | null} where they are, as the room last said */
  let place = null;
  let there = false; // the room has said so since the line to it was opened last

  const own = new Own({ changed, gone: (kind) => buttons.say(words[`${kind}_gone`]) });
  const seen = faces(room, () => buttons.say(words.held));
  const ways = prepared(room.page.relayOnly);
  const mesh = new Mesh(ways, {
    say: (to, target, data) => signal({ to, page: target, from: page, data }),
    onRemoteTrack: (seat, track) => {
      seen.comes(seat, track);
      queueMicrotask(room.refresh);
    },
    onGone: seen.goes,
    onChange: () => {
      lookSoon();
      queueMicrotask(room.refresh);
    },
    onCheck: (seat, data) => check.hear(seat, data),
    onStrain: room.refresh,
    onFalter: probe,
    onRefused: () => renew.refused(),
  });
  const check = checking(room, { page, ways, mesh: () => mesh });
  const renew = renewal({ ask: () => room.say("ways"), none: () => (unknownToRelay = true) });
  const buttons = bar(room, { flip: (kind) => void flip(kind), bring });
  const before = door(own, words, (left) => wayOut(room.page, left));
  panel(own, words, { speaker: seen.speaker, wished: room.refresh });
  const end = afterwards(room, go);
  speaking(room, { isWanted: () => inside && choices().speaks, levels: () => mesh.levels() });
  setInterval(hearOneself, READS_MS);
  hush(() => mesh.lastHeard(), probe);
  addEventListener("pointerdown", seen.wake);
  addEventListener("pagehide", () => {
    own.stop();
    if (wanted) room.say("after", { room: null }); // whoever closes the page goes; a line that broke does not
  });

  /** @type {number | undefined} */
  let looking = undefined;

  function lookSoon() {
    looking ??= setTimeout(() => {
      looking = undefined;
      check.look();
    }, LOOKS_MS);
  }

  function changed() {
    before.update();
    room.refresh();
  }

  /** @param {Kind} kind */
  async function flip(kind) {
    if (own.on[kind]) return own.turnOff(kind);
    const code = await own.turnOn(kind);
    buttons.say(code && words[`${kind}_${code}`]);
  }

  function bring() {
    elsewhere = ours = false;
    told = "";
    room.refresh();
  }

  /** Someone muted who talks wishes to know it; whoever sits back does not. */
  function hearOneself() {
    if (!inside || !own.meter) return buttons.talks(false);
    own.meter.read();
    buttons.talks(!own.on.mic && own.meter.talks());
  }

  /** What the room was told may be lost; and it forgets who goes. */
  function forget() {
    told = "";
    toldWeak = false;
  }

  /** Let the leaders know that this line is weak, and when it no longer is. */
  function tellStrain() {
    const weak = mesh.strain() > 0;
    if (weak === toldWeak) return;
    toldWeak = weak;
    room.say("weak", { on: weak });
  }

  /** Tell the room what is on here, once for each change. */
  function tell() {
    if (room.line !== "open") forget();
    const now = `${own.on.mic} ${own.on.camera}`;
    if (elsewhere || room.line !== "open") return;
    tellStrain();
    if (now === told) return;
    told = now;
    room.say("voice", { page, take: !ours, mic: own.on.mic, camera: own.on.camera });
  }

  /** @param {RoomState} state @param {import("./after.js").Apart | null} [apart] after the close */
  function connect(state, apart = null) {
    /** @type {Map<string, import("./mesh.js").Place | null>} */
    const others = new Map();
    const here = apart ? [...apart.seats] : state.seats.filter(({ status }) => status === "here").map(({ id }) => id);
    for (const id of here) if (id !== state.seat) others.set(id, room.voices.get(id) ?? null);
    const mine = room.voices.get(state.seat);
    mesh.setPictures(!choices().soundOnly);
    mesh.join(page, mine?.page === page ? mine : null, others);
    mesh.publish({ audio: own.tracks.mic, video: own.tracks.camera });
    mesh.setCamera(own.on.camera);
    mesh.setMic(own.on.mic && heardOf(state, state.seat, apart));
    own.listenToMic(!listens(state));
    if (mesh.me) check.circle(true);
  }

  /** The door, or the end: nothing is sent, nobody is heard, the lights go out. */
  function out() {
    known = null;
    room.cut = [];
    if (!inside) return;
    inside = ours = false;
    forget();
    letGo();
    buttons.say("", true);
  }

  /** @param {RoomState} state */
  function within(state) {
    if (!inside) before.close();
    inside = true;
    known = state;
    const { soundOnly, hidden } = choices();
    if (state.seats.find((seat) => seat.id === state.seat)?.status !== "here") forget();
    else tell();
    if (!elsewhere) connect(state);
    room.cut = broken();
    buttons.update(state, { on: own.on, soundOnly, elsewhere, unknownToRelay, steps: mesh.strain() });
    seen.update(state, own.on.camera && !hidden ? own.tracks.camera : null, soundOnly);
  }

  /** After the close: pictures until each one goes, and sound only in the place to which people went. @param {RoomState} state */
  function after(state) {
    known = state;
    room.cut = [];
    moved();
    const apart = place ? { seats: new Set(room.after.seats), heard: true } : goodbye(state);
    there = there && room.line === "open";
    if (place) {
      if (there) tell();
      else told = "";
      if (!elsewhere) connect(state, apart);
    }
    buttons.update(state, { on: own.on, soundOnly: choices().soundOnly, elsewhere, quiet: !place, unknownToRelay, steps: 0 });
    end.update(state, apart);
    seen.update(state, own.on.camera && !choices().hidden ? own.tracks.camera : null, choices().soundOnly, apart);
  }

  /** Notice that the room has let this person into a place, or that it has ended. */
  function moved() {
    if (place === room.after.room) return;
    place = room.after.room;
    told = "";
    ours = elsewhere = false;
    inside = true;
    if (place) return;
    wanted = null;
    letGo();
  }

  /** Nobody is heard any more; the pictures that come stay until somebody goes. @param {RoomState} state */
  function goodbye(state) {
    const leaves = mesh.camera && !own.on.camera; // a picture that no longer moves would stay with the others
    const lines = leaves ? [] : [...mesh.others].filter(([seat]) => mesh.links.get(seat)?.isUp);
    own.listenToMic(false);
    mesh.setMic(false);
    mesh.setPictures(!choices().soundOnly);
    if (lines.length) mesh.join(page, mesh.me, new Map(lines));
    else if (mesh.links.size || own.tracks.mic || own.tracks.camera) letGo();
    return { seats: new Set([state.seat, ...lines.map(([seat]) => seat)]), heard: false };
  }

  /** @param {import("../types.js").PlaceName} where */
  function go(where) {
    wanted = where;
    room.say("after", { room: where });
  }

  /** @type {Map<string, number>} */
  const downSince = new Map();

  /** Say to whom nothing comes through; a connection takes a moment, and only then is it a fault. */
  function broken() {
    const cut = elsewhere ? [] : mesh.cut();
    for (const seat of downSince.keys()) if (!cut.includes(seat)) downSince.delete(seat);
    for (const seat of cut) if (!downSince.has(seat)) downSince.set(seat, Date.now());
    return cut.filter((seat) => Date.now() - (downSince.get(seat) ?? 0) > FAULT_AFTER_MS);
  }

  /** @param {MediaFrame} frame */
  function hear(frame) {
    if (frame.t === "signal") return mesh.hear(frame);
    if (frame.t === "media") return hearVoice(frame);
    if (frame.t === "after") return hearWhere(frame);
    if (frame.t === "ways") return hearWays(frame);
    const name = nameOf(room, frame.seat);
    if (frame.t === "mute") own.turnOff("mic");
    buttons.say(fill(frame.t === "mute" ? words.muted_by : words.asks, { name }));
  }

  /** @param {import("../types.js").AfterNotice} now */
  function hearWhere(now) {
    const wasBegunAnew = place === "door" && wanted === "door" && now.room === null && now.stays !== null;
    if (wasBegunAnew) return go("door"); // the server forgot who is here; the sound goes on meanwhile
    if (now.room !== room.after.room) room.voices.clear(); // there everyone says theirs anew
    room.after = now;
    there = now.room !== null;
  }

  /** @param {import("../types.js").MediaNotice} voice */
  function hearVoice(voice) {
    if (voice.seat !== known?.seat) return;
    if (voice.page === page) ours = true;
    elsewhere = ours && voice.page !== page; // before the claim is heard, an older page may still be told of
    if (elsewhere) letGo();
  }

  /** @param {import("../types.js").WaysNotice} ways */
  function hearWays({ ice }) {
    unknownToRelay = false;
    renew.came();
    mesh.turnTo(ice);
  }

  function letGo() {
    mesh.leave();
    check.circle(false);
    own.stop();
  }

  return {
    hear,
    within,
    out,
    after,
    /** The way to a place after the close is not open, or there are no passwords for relays. @param {"after" | "ways"} asked */
    turnedAway: (asked) => {
      if (asked === "ways") renew.turnedAway();
      else if (!place) wanted = null;
    },
    /** The line to the room is open again. @param {boolean} wasSilent it broke without a word: perhaps the network did */
    resume: (wasSilent) => {
      there = false;
      forget(); // this socket has not heard yet which page carries this person
      if (wanted) go(wanted);
      room.refresh();
      if (wasSilent) mesh.reroute();
      else mesh.resume();
      lookSoon();
    },
    mesh,
  };
}

/** @typedef {ReturnType<typeof media>} Media */

/** This browser carries neither sound nor picture; the circle works all the same. @param {import("../texts.js").Words} words */
function cannot(words) {
  withoutDevices(words.cannot);
  const nothing = () => undefined;
  return { hear: nothing, within: nothing, out: nothing, after: nothing, turnedAway: nothing, resume: nothing, mesh: null };
}
