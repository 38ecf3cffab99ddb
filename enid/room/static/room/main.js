// Which pieces exist, and how they are wired. State changes only through state.js, inside the line.

import { actions } from "./actions.js";
import { arriving, withoutDevices } from "./arriving.js";
import { asking } from "./asking.js";
import { circle } from "./circle.js";
import { desk } from "./desk.js";
import { byId, dialog, maybe, settleFocus, show, write } from "./dom.js";
import { line as light } from "./line.js";
import { whereAmI } from "./look.js";
import { middle } from "./middle.js";
import { movesOf, tellChange, tellNotice } from "./news.js";
import { pair } from "./pair.js";
import { faded, hear, nothingYet, rejoined } from "./passing.js";
import { people } from "./people.js";
import { stillness } from "./still.js";
import { Line } from "./socket.js";
import { orDefault, readPage } from "./texts.js";

/** @typedef {import("./shared.js").Room} Room */
/** @typedef {import("./shared.js").RoomState} RoomState */
/** @typedef {import("./types.js").State} State */

const LOOKS_AGAIN_MS = 15_000; // old signs fade, and the planned time of a stage may be nearly used
const NOTE_STAYS_MS = 9000;

const page = readPage();
const { texts } = page;
let shift = 0;
let askedOut = false;
/** @type {string | null} what a leader said to this person alone, while they are outside */
let aside = null;
let arrived = false;
let notAlone = false;
let onCall = false;
/** @type {string} */
let where = "";

/** @type {Room} */
const room = {
  page,
  state: null,
  passing: nothingYet(),
  names: new Map(),
  voices: new Map(),
  cut: [],
  larger: null,
  after: { room: null, seats: [], stays: null },
  options: { hands: false, chair: false },
  line: "connecting",
  say: (t, fields = {}) => void line.say({ t, ...fields }),
  move: (t, fields = {}) => ask.move(t, fields),
  now: () => Date.now() + shift,
  announce: (words) => write(byId("said"), words),
  refresh: () => update(),
};

const ask = asking(room, (t, fields) => void line.say({ t, v: room.state?.v ?? 0, ...fields }));
const line = new Line({
  url: `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}${page.socket}`,
  ticket: page.ticket,
  ears: { heard, line: lineIs, ended, refused, freshTicket },
});

const threshold = arriving(page, (answers) => {
  notAlone = answers.alone === "no";
  onCall = answers.onCall;
  line.open();
});

/** @type {import("./media/room.js").Media | null} */
let media = null;
if (page.setting === "video") import("./media/room.js").then(withMedia, withoutMedia);

/** @param {typeof import("./media/room.js")} found */
function withMedia(found) {
  media = found.media(room, { signal: (message) => line.signal(message), probe });
  update();
}

/** The script did not come. The circle works all the same: said at the door, and to whoever is inside already. */
function withoutMedia() {
  withoutDevices(texts.media.not_loaded);
  note(texts.media.not_loaded);
}

const rest = stillness();
const leads = maybe("desk") !== null;
const who = leads ? people(room) : null;
const views = {
  circle: circle(room, who ? who.choose : null),
  middle: middle(room),
  light: light(room),
  actions: actions(room, leave),
  desk: leads ? desk(room) : null,
  pair: leads ? pair(room) : null,
};

/** @param {State | null} state @param {import("./types.js").Heard} frame */
function heard(state, frame) {
  const before = room.state;
  room.state = state;
  if ("t" in frame) frameHeard(frame);
  else if (before && state) changed(before, state);
  update();
}

/** @param {import("./types.js").LineFrame} frame */
function frameHeard(frame) {
  switch (frame.t) {
    case "hello":
      shift = frame.now - Date.now();
      room.options = frame.options;
      room.passing = rejoined(room.passing);
      room.voices.clear();
      break;
    case "media":
      room.voices.set(frame.seat, frame);
      media?.hear(frame);
      break;
    case "signal": case "mute": case "ask_unmute": case "after": case "ways":
      media?.hear(frame);
      break;
    case "snapshot": case "done": case "refused": case "pong":
      break;
    default:
      notice(frame);
  }
}

/** @param {import("./types.js").Notice | import("./types.js").People} frame */
function notice(frame) {
  if (frame.t === "people") {
    room.names = new Map(Object.entries(frame.people));
    return;
  }
  if (frame.t === "aside") {
    askedOut = true;
    aside = frame.word;
    return;
  }
  room.passing = hear(room.passing, frame, Date.now());
  tellNotice(room, frame);
}

/** @param {State} before @param {State} after */
function changed(before, after) {
  if (before.audience === "waiting" || after.audience === "waiting") return;
  tellChange(room, before, after);
  // A leader who comes later has not heard it yet.
  const leaders = movesOf(before, after).filter(({ role, now }) => role === "leader" && now === "here");
  if (notAlone && leaders.length) room.say("alone", { alone: false });
}

function update() {
  const state = room.state;
  const focused = document.activeElement;
  if (state) {
    const now = whereAmI(state);
    if (now !== where) enterView(now);
    if (now === "waiting" || now === "outside") door(state, now);
    if (state.audience !== "waiting" && now === "inside") inside(state);
    else if (state.audience !== "waiting" && now === "closed") media?.after(state);
    else media?.out();
  }
  views.light.update();
  settleFocus(focused);
}

/** @param {RoomState} state */
function inside(state) {
  askedOut = false;
  aside = null;
  rest(state);
  for (const { id, status } of state.seats) if (status !== "here") room.voices.delete(id);
  views.circle.update();
  media?.within(state);
  views.middle.update(state);
  views.actions.update(state);
  show(maybe("desk"), state.audience === "leader");
  if (state.audience !== "leader") return;
  views.desk?.update(state);
  views.pair?.update(state);
  who?.update(state);
  ask.settled();
}

/** @param {"waiting" | "outside" | "inside" | "closed"} now */
function enterView(now) {
  where = now;
  show(maybe("arriving"), false);
  show(byId("waiting"), now === "waiting" || now === "outside");
  show(byId("place"), now === "inside");
  show(byId("closed"), now === "closed");
  show(maybe("leave"), now !== "closed");
  document.body.dataset.where = now;
  for (const open of document.querySelectorAll("dialog[open]")) /** @type {HTMLDialogElement} */ (open).close();
  if (now === "closed") {
    threshold.left();
    if (!media?.mesh) line.stop(); // with sound and picture there is a soft end
    byId("closed-title").focus();
  } else if (now === "inside") {
    room.announce(texts.said.entered);
    first();
  }
}

/** Once inside, tell what was said at the door. */
function first() {
  if (arrived) return;
  arrived = true;
  threshold.entered();
  if (notAlone) room.say("alone", { alone: false });
  if (onCall) room.say("on_call", { on: true });
}

/** @param {State} state @param {"waiting" | "outside"} now */
function door(state, now) {
  const because = state.audience === "waiting" ? (state.because ?? "guest") : askedOut ? "asked_out" : "outside";
  const words = texts.waiting[because];
  write(byId("waiting-title"), words.title);
  const sentence = because === "asked_out" && aside ? texts.asides[aside] : words.sentence;
  if (byId("waiting-sentence").textContent !== sentence) room.announce(`${words.title}. ${sentence}`);
  write(byId("waiting-sentence"), sentence);
  show(byId("waiting-in"), now === "outside" && !askedOut);
  show(byId("leave"), true);
}

/** @param {"connecting" | "open" | "lost"} now @param {boolean} [wasSilent] */
function lineIs(now, wasSilent = false) {
  room.line = now;
  update();
  if (now === "open") media?.resume(wasSilent);
}

/** @param {string} name */
function ended(name) {
  if (where === "closed") return media?.out();
  if (name === "gone") threshold.left();
  for (const id of ["arriving", "waiting", "place", "closed"]) show(maybe(id), false);
  media?.out();
  write(byId("ended-sentence"), orDefault(texts.bye, name));
  show(byId("ended"), true);
  byId("ended-title").focus();
}

/** @param {string} code @param {import("./socket.js").Message | undefined} message */
function refused(code, message) {
  if (code === "held_by_other" && message) {
    const { t, id: _id, v: _v, anyway: _anyway, ...fields } = message;
    ask.refused(t, fields);
    return;
  }
  if (message?.t === "after" || message?.t === "ways") return media?.turnedAway(message.t);
  if (message?.t === "voice") return; // said by the notice of where it is instead
  if (code === "asked_out") askedOut = true;
  note(orDefault(texts.refused, code));
  update();
}

/** @type {number | undefined} */
let noting = undefined;

/** @param {string} words */
function note(words) {
  const places = [maybe("desk-said"), maybe("note"), where === "outside" ? byId("said") : null];
  for (const place of leads ? places.slice(0, 1) : places.slice(1)) write(place, words);
  clearTimeout(noting);
  noting = setTimeout(() => places.forEach((place) => write(place, "")), NOTE_STAYS_MS);
}

async function freshTicket() {
  const answer = await fetch(page.ticketUrl, { headers: { Accept: "application/json" }, cache: "no-store" });
  if (!answer.ok) throw new Error("no_ticket");
  return String((await answer.json()).ticket);
}

function leave() {
  threshold.left();
  line.leave();
  location.assign(page.home);
}

function wake() {
  if (document.visibilityState === "visible" && room.line !== "connecting") line.wake();
}

/** Something tells that the network may be another one, or gone: see at once whether the line still holds. */
function probe() {
  if (room.line !== "connecting") line.wake(true);
}

function renew() {
  if (room.line !== "connecting") line.renew();
}

maybe("end-yes")?.addEventListener("click", () => {
  dialog("end-dialog").close();
  room.move("end_meeting");
});
addEventListener("offline", probe);
addEventListener("online", renew);
/** @type {{connection?: EventTarget}} */ (navigator).connection?.addEventListener("change", probe); // also where it only became slower
document.addEventListener("visibilitychange", wake);
setInterval(() => {
  room.passing = faded(room.passing, Date.now());
  if (room.state) update();
}, LOOKS_AGAIN_MS);
