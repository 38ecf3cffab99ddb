// The one device in a physical room: dark unless touched, by a leader alone; marks who is here.

import { byId, dialog, keep, make, makeButton, mark, maybe, settleFocus, show, write } from "./dom.js";
import { ahead, caseBlock, isClosing, mayTell, middleOf, onward, settlesWhoTells, stageNow, whereAmI } from "./look.js";
import { nameOf } from "./shared.js";
import { stillness } from "./still.js";
import { Line } from "./socket.js";
import { orDefault, readPage } from "./texts.js";
import { nothingYet } from "./passing.js";

/** @typedef {import("./shared.js").Room} Room */
/** @typedef {import("./shared.js").RoomState} RoomState */
/** @typedef {import("./shared.js").Fields} Fields */
/** @typedef {import("./types.js").Seat} Seat */

const rest = stillness();
const AWAKE_MS = 30_000;
const UNDO_MS = 20_000;
const NOTE_STAYS_MS = 9000;
const MOVES = new Set(["move_on", "step_back", "no_case", "end_meeting", "mark_presenter", "resume", "free_presenter", "sit_back"]);

const page = readPage();
const { texts } = page;
let undoUntil = 0;
/** @type {{t: string, fields: Fields} | null} */
let asked = null;
/** @type {number | undefined} */
let sleeping = undefined;
/** @type {number | undefined} */
let noting = undefined;

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
  move: (t, fields = {}) => void line.say({ t, v: room.state?.v ?? 0, ...fields }),
  now: () => Date.now(),
  announce: (words) => write(byId("said"), words),
  refresh: () => update(),
};

const line = new Line({
  url: `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}${page.socket}`,
  ticket: page.ticket,
  ears: {
    heard(state, frame) {
      room.state = state;
      if ("t" in frame && frame.t === "people") room.names = new Map(Object.entries(frame.people));
      update();
    },
    line(now) {
      room.line = now;
      update();
    },
    ended(name) {
      for (const id of ["table", "leave"]) show(byId(id), false);
      write(byId("ended-sentence"), orDefault(texts.bye, name));
      show(byId("ended"), true);
      wake();
    },
    refused,
    freshTicket: async () => {
      const answer = await fetch(`${page.ticketUrl}?table=1`, { cache: "no-store" });
      if (!answer.ok) throw new Error("no_ticket");
      return String((await answer.json()).ticket);
    },
  },
});

/** @param {string} code @param {import("./socket.js").Message | undefined} message */
function refused(code, message) {
  if (code === "held_by_other" && message) {
    const { t, id: _id, v: _v, ...fields } = message;
    asked = { t, fields };
    show(byId("anyway"), true);
    byId("anyway-yes").focus();
    return;
  }
  write(byId("note"), orDefault(texts.refused, code));
  clearTimeout(noting);
  noting = setTimeout(() => write(byId("note"), ""), NOTE_STAYS_MS);
}

/** @param {string} t @param {Fields} [fields] */
function act(t, fields = {}) {
  if (t === "end_meeting") dialog("end-dialog").showModal();
  else if (t === "resume_in") room.move("resume", { presenter_in: true });
  else if (t === "resume") room.move("resume", { presenter_in: false });
  else if (MOVES.has(t)) room.move(t, fields);
  else room.say(t, fields);
}

function update() {
  const focused = document.activeElement;
  const lost = room.line === "lost";
  mark(byId("line"), "data-line", room.line);
  write(byId("line-text"), lost ? texts.line.lost : room.line === "connecting" ? texts.line.connecting : texts.line.open_some);
  const state = room.state;
  if (state && state.audience !== "waiting") {
    if (whereAmI(state) === "closed") closed();
    else {
      rest(state);
      board(state);
    }
  }
  settleFocus(focused);
}

/** @param {RoomState} state */
function board(state) {
  const words = middleOf(state, texts);
  if (byId("table-title").textContent && byId("table-title").textContent !== words.title) room.announce(words.title);
  write(byId("table-title"), words.title);
  write(byId("table-sentence"), words.sentence);
  controls(state);
  everybody(state);
}

/** @param {RoomState} state */
function controls(state) {
  const open = state.phase === "open";
  const closing = isClosing(state);
  const target = ahead(state);
  const next = byId("table-next");
  const id = target === null ? "close" : state.format.stages[target].id;
  const name = state.presenter ? nameOf(room, state.presenter) : "";
  show(next, open && !settlesWhoTells(state));
  write(next, closing ? texts.desk.end : onward(state, id, texts, name));
  mark(next, "data-act", closing ? "end_meeting" : "move_on");
  show(byId("table-doors"), !open);
  for (const door of byId("table-doors").querySelectorAll("[data-act='resume_in']")) show(door, state.sits_back);
  show(byId("table-back"), open && state.stage > 0);
  show(byId("table-pause"), open);
  show(byId("table-close"), !closing);
  show(byId("table-no-case"), open && state.stage === caseBlock(state).first && stageNow(state).id === "call");
  const undo = state.presenter !== null && Date.now() < undoUntil && open;
  show(byId("table-undo"), undo);
}

/** @param {RoomState} state */
function everybody(state) {
  const settles = state.phase === "open" && settlesWhoTells(state);
  write(byId("table-people-title"), settles ? texts.desk.who_tells : texts.desk.who_is_here);
  write(byId("table-help"), settles ? texts.desk.who_tells_help : texts.desk.who_is_here_help);
  const listed = settles ? state.seats.filter(mayTell) : state.seats;
  keep(byId("table-list"), listed, (seat) => seat.id, create, (item, seat) => {
    const here = seat.status === "here";
    const button = item.querySelector("button");
    write(button, nameOf(room, seat.id));
    mark(button, "aria-pressed", String(here));
    item.classList.toggle("tells", seat.id === state.presenter);
    write(item.querySelector("small"), marks(state, seat, here));
  });
}

/** @param {RoomState} state @param {Seat} seat @param {boolean} here */
function marks(state, seat, here) {
  if (seat.id === state.presenter) return state.sits_back ? texts.marks.listening : texts.marks.tells;
  return seat.role === "leader" ? texts.marks.leader : here ? "" : texts.marks.away;
}

/** @param {Seat} seat */
function create(seat) {
  const item = make("li");
  item.append(makeButton("", () => tapped(seat.id)), make("small"));
  return item;
}

/** @param {string} id */
function tapped(id) {
  const state = room.state;
  if (!state || state.audience === "waiting") return;
  const seat = state.seats.find((other) => other.id === id);
  if (!seat) return;
  if (state.phase === "open" && settlesWhoTells(state) && mayTell(seat)) {
    if (seat.status !== "here") room.say("mark", { seat: id, here: true });
    room.move("mark_presenter", { seat: id });
    undoUntil = Date.now() + UNDO_MS;
    setTimeout(update, UNDO_MS + 50);
    return;
  }
  room.say("mark", { seat: id, here: seat.status !== "here" });
}

function closed() {
  line.stop();
  for (const id of ["table", "line", "leave"]) show(byId(id), false);
  show(byId("closed"), true);
  wake();
}

function wake() {
  show(byId("dark"), false);
  clearTimeout(sleeping);
  sleeping = setTimeout(sleep, AWAKE_MS);
}

/** Go dark; an open question would shine above the dark, and asks again another time. */
function sleep() {
  clearTimeout(sleeping);
  for (const open of document.querySelectorAll("dialog[open]")) /** @type {HTMLDialogElement} */ (open).close();
  show(byId("dark"), true);
}

for (const name of ["pointerdown", "keydown"]) {
  addEventListener(name, () => byId("dark").hidden && wake());
}
// The touch that wakes does nothing else: while it is dark, this button covers everything.
byId("dark").addEventListener("click", wake);
byId("put-away").addEventListener("click", sleep);
byId("leave").addEventListener("click", () => dialog("leave-dialog").showModal());
// Only this device goes: its leader still sits in the room, so nobody is told that they left.
byId("leave-yes").addEventListener("click", () => {
  line.stop();
  location.assign(page.home);
});
byId("table").addEventListener("click", (event) => {
  const button = event.target instanceof Element ? event.target.closest("[data-act]") : null;
  if (button) act(button.getAttribute("data-act") ?? "");
});
byId("end-yes").addEventListener("click", () => {
  dialog("end-dialog").close();
  room.move("end_meeting");
});
byId("anyway-yes").addEventListener("click", () => {
  if (asked) room.move(asked.t, { ...asked.fields, anyway: true });
  asked = null;
  show(byId("anyway"), false);
});
byId("anyway-no").addEventListener("click", () => show(maybe("anyway"), false));
addEventListener("online", () => line.wake());
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && line.wake());
wake();
line.open();
