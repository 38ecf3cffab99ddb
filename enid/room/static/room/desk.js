// The leaders' desk: what next, one step back, pause and its doors, and a place for the rest.

import { byId, dialog, keep, make, makeButton, mark, maybe, show, toggle, write } from "./dom.js";
import { ahead, caseBlock, isClosing, leadsHere, mayBeDeputy, mayHoldFrame, nearlyUsed, onward, seatOf, settlesWhoTells, spentMs, stageNow } from "./look.js";
import { nameOf } from "./shared.js";
import { fill } from "./texts.js";

/** @typedef {import("./shared.js").Room} Room */
/** @typedef {import("./shared.js").RoomState} RoomState */

const UNDO_MS = 20_000;
const HELP_STAYS_MS = 90_000;
const SIDES_IN = new Set(["work", "responses", "process"]);

/** @param {Room} room */
export function desk(room) {
  let minutes = false;
  wire(room, () => {
    minutes = !minutes;
    room.refresh();
  });

  return {
    /** @param {RoomState} state */
    update(state) {
      frame(room, state);
      next(room, state);
      doors(state);
      undo(room, state);
      way(room, state, minutes);
      more(room, state);
      show(byId("sides"), SIDES_IN.has(stageNow(state).id) || stageNow(state).out);
      for (const part of byId("help").querySelectorAll(".cards-of")) {
        show(part, part.getAttribute("data-stage") === stageNow(state).id);
      }
    },
  };
}

/** @param {Room} room @param {() => void} flip */
function wire(room, flip) {
  const table = byId("desk");
  table.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-act]") : null;
    if (button) act(room, button.getAttribute("data-act") ?? "");
  });
  byId("minutes").addEventListener("click", flip);
  byId("take-frame").addEventListener("click", () => room.say("take_frame"));
  byId("leader-out").addEventListener("click", () => room.say("step_out"));
  byId("chair").addEventListener("click", () => room.say("chair", { on: !room.passing.chair }));
  byId("name-deputy").addEventListener("change", (event) => {
    const seat = /** @type {HTMLSelectElement} */ (event.target).value;
    room.say("name_deputy", { seat: seat || null });
  });
  byId("unfold").addEventListener("click", () => {
    const open = table.classList.toggle("open");
    mark(byId("unfold"), "aria-expanded", String(open));
  });
  drawer();
}

/** The drawer closes itself, unless somebody is reading in it. */
function drawer() {
  const help = /** @type {HTMLDetailsElement} */ (byId("help"));
  /** @type {number | undefined} */
  let closing = undefined;
  const later = () => {
    clearTimeout(closing);
    if (help.open) closing = setTimeout(() => (help.open = false), HELP_STAYS_MS);
  };
  for (const name of ["toggle", "pointermove", "keydown", "focusin"]) help.addEventListener(name, later, true);
}

/** @param {Room} room @param {string} name */
function act(room, name) {
  if (name === "end_meeting") dialog("end-dialog").showModal();
  else if (name === "resume") room.move("resume", { presenter_in: false });
  else if (name === "resume_in") room.move("resume", { presenter_in: true });
  else if (["pause", "close_now", "undo_mark"].includes(name)) room.say(name);
  else room.move(name);
}

/** @param {Room} room @param {RoomState} state */
function frame(room, state) {
  const words = room.page.texts.desk;
  const several = state.seats.filter(mayHoldFrame).length > 1;
  const mine = state.holder === state.seat;
  const said = mine ? words.frame_mine : state.holder ? fill(words.frame_other, { name: nameOf(room, state.holder) }) : words.frame_nobody;
  show(byId("frame"), several);
  write(byId("frame"), state.offered_to === state.seat ? words.offered : said);
  const offered = state.offered_to === state.seat;
  const held = seatOf(state, state.holder);
  const lent = held?.role === "trainee";
  show(byId("take-frame"), !mine && seatOf(state, state.seat)?.role === "leader" && (offered || lent || held?.status !== "here"));
}

/** @param {Room} room @param {RoomState} state */
function next(room, state) {
  const open = state.phase === "open" && leadsHere(state);
  const settles = open && settlesWhoTells(state);
  const closing = isClosing(state);
  const target = ahead(state);
  const button = byId("next");
  show(byId("choose"), settles);
  show(button, open && !settles && (closing || target !== null));
  mark(button, "data-act", closing ? "end_meeting" : "move_on");
  const name = state.presenter ? nameOf(room, state.presenter) : "";
  const id = target === null ? "close" : state.format.stages[target].id;
  write(button, closing ? room.page.texts.desk.end : onward(state, id, room.page.texts, name));
  const time = nearlyUsed(state, room.now());
  toggle(button, "due", time);
  toggle(byId("choose"), "due", time);
  show(byId("ending"), time);
  show(byId("back"), open && state.stage > 0);
  show(byId("pause"), open);
  show(byId("sit"), open && state.presenter !== null && stageNow(state).out && !state.sits_back && state.format.pull_back !== "none");
}

/** @param {RoomState} state */
function doors(state) {
  const rests = (state.phase === "paused" || state.phase === "stopped") && leadsHere(state);
  const presenter = seatOf(state, state.presenter);
  const gone = state.phase === "stopped" && presenter?.status !== "here";
  /** @type {{[act: string]: boolean}} */
  const open = {
    resume: !gone,
    resume_in: state.sits_back && !gone,
    free_presenter: gone || (state.phase === "paused" && presenter !== undefined && ["dropped", "left"].includes(presenter.status)),
    close_now: true,
  };
  show(byId("doors"), rests);
  for (const button of byId("doors").querySelectorAll("button")) show(button, open[button.dataset.act ?? ""]);
}

/** @param {Room} room @param {RoomState} state */
function undo(room, state) {
  const left = state.marked_at ? UNDO_MS - (room.now() - state.marked_at) : 0;
  const can = left > 0 && state.presenter !== null && state.phase === "open" && leadsHere(state);
  show(byId("undo"), can);
  if (!can) return;
  write(byId("undo-text"), fill(room.page.texts.desk.settled, { name: nameOf(room, state.presenter) }));
  setTimeout(() => room.refresh(), left + 50);
}

/** @param {Room} room @param {RoomState} state @param {boolean} minutes */
function way(room, state, minutes) {
  mark(byId("minutes"), "aria-pressed", String(minutes));
  const places = state.format.stages.map((stage, index) => ({ ...stage, index }));
  keep(byId("way"), places, (place) => String(place.index), () => {
    const item = make("li");
    item.append(make("span"), make("em"));
    return item;
  }, (item, place) => {
    const now = place.index === state.stage;
    toggle(item, "done", place.index < state.stage);
    toggle(item, "now", now);
    if (now) mark(item, "aria-current", "step");
    else item.removeAttribute("aria-current");
    write(item.querySelector("span"), room.page.texts.stages[place.id]?.way ?? place.id);
    write(item.querySelector("em"), minutes ? minutesOf(room, state, place.index) : "");
  });
}

/** @param {Room} room @param {RoomState} state @param {number} index */
function minutesOf(room, state, index) {
  const words = room.page.texts.desk;
  const planned = state.format.stages[index].minutes ?? 0;
  if (index !== state.stage) return fill(words.minutes, { minutes: planned });
  return fill(words.minutes_of, { spent: Math.floor(spentMs(state, room.now()) / 60_000), minutes: planned });
}

/** @param {Room} room @param {RoomState} state */
function more(room, state) {
  const words = room.page.texts;
  const open = state.phase === "open" && leadsHere(state);
  const target = ahead(state);
  const after = ahead(state, 2);
  const block = caseBlock(state);
  const blocked = state.stage <= block.first && (after ?? 0) > block.first && state.presenter === null;
  /** @param {number} index */
  const named = (index) => ({ stage: words.stages[state.format.stages[index].id].way });
  show(byId("repeat"), open);
  write(byId("repeat"), fill(words.desk.repeat, named(state.stage)));
  show(byId("skip"), open && target !== null && after !== null && !blocked);
  if (target !== null) write(byId("skip"), fill(words.desk.skip, named(target)));
  show(byId("second"), open && state.case < state.format.cases && state.stage >= block.last && !isClosing(state));
  show(byId("no-case"), open && state.stage === block.first);
  show(byId("close-now"), !isClosing(state) && leadsHere(state));
  show(byId("chair"), room.options.chair);
  mark(byId("chair"), "aria-pressed", String(room.passing.chair));
  handing(room, state);
  deputies(room, state);
}

/** @param {Room} room @param {RoomState} state */
function handing(room, state) {
  const others = state.seats.filter((seat) => mayHoldFrame(seat) && seat.id !== state.seat && seat.status === "here");
  keep(byId("hand-over"), state.holder === state.seat ? others : [], (seat) => seat.id,
    (seat) => makeButton("", () => room.say("hand_over", { to: seat.id })),
    (button, seat) => write(button, fill(room.page.texts.desk.hand_over, { name: nameOf(room, seat.id) })));
}

/** @param {Room} room @param {RoomState} state */
function deputies(room, state) {
  const select = /** @type {HTMLSelectElement} */ (byId("name-deputy"));
  const members = [{ id: "" }, ...state.seats.filter(mayBeDeputy)];
  keep(select, members, (seat) => seat.id, (seat) => {
    const option = make("option");
    option.value = seat.id;
    return option;
  }, (option, seat) => write(option, seat.id ? nameOf(room, seat.id) : room.page.texts.desk.no_deputy));
  if (document.activeElement !== select) select.value = state.deputy ?? "";
  toggle(maybe("desk"), "rests", state.phase !== "open");
}
