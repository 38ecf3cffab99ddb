// What a leader can do with a seat: settle who tells, let in, ask outside, take back, name the deputy.

import { byId, dialog, keep, makeButton, maybe, write } from "./dom.js";
import { appears, chairs, mayBeDeputy, mayHoldFrame, mayTell, seatOf } from "./look.js";
import { nameOf } from "./shared.js";
import { satBack } from "./state.js";

/** @typedef {import("./shared.js").Room} Room */
/** @typedef {import("./shared.js").RoomState} RoomState */
/** @typedef {import("./types.js").Seat} Seat */

/** @param {Room} room */
export function people(room) {
  /** @type {string | null} */
  let open = null;
  maybe("choose")?.addEventListener("click", () => showDialog("choose-dialog"));
  maybe("people")?.addEventListener("click", () => showDialog("people-dialog"));

  for (const button of document.querySelectorAll("[data-aside]")) {
    button.addEventListener("click", closing("outside-dialog", () => askOut(button.getAttribute("data-aside"))));
  }

  /** Ask whoever is open to step outside. @param {string | null} word said to them alone, or none */
  function askOut(word) {
    room.say("ask_out", word ? { seat: open, word } : { seat: open });
  }

  /** @param {string} act @param {import("./shared.js").Fields} fields */
  function wish(act, fields) {
    if (act === "ask_out") showDialog("outside-dialog");
    else if (act === "larger" || act === "as_others") enlarge(act === "larger" ? open : null);
    else room.say(act.split(":")[0], fields);
  }

  /** For this leader's eyes alone. @param {string | null} seat */
  function enlarge(seat) {
    room.larger = seat;
    room.refresh();
  }

  /** @param {string} id */
  function showDialog(id) {
    room.refresh();
    dialog(id).showModal();
  }

  /** @param {string} seat */
  function choose(seat) {
    open = seat;
    room.refresh();
    dialog("person-dialog").showModal();
  }

  /** @param {string} id @param {() => void} does */
  function closing(id, does) {
    return () => {
      dialog(id).close();
      does();
    };
  }

  /** @param {RoomState} state */
  function tellers(state) {
    const may = state.seats.filter((seat) => mayTell(seat) && canTellNow(state, seat));
    keep(byId("choose-list"), may, (seat) => seat.id,
      (seat) => makeButton("", closing("choose-dialog", () => room.move("mark_presenter", { seat: seat.id }))),
      (button, seat) => write(button, nameOf(room, seat.id)));
  }

  /** @param {RoomState} state */
  function everybody(state) {
    keep(byId("people-list"), chairs(state).filter((seat) => seat.id !== state.seat), (seat) => seat.id,
      (seat) => makeButton("", closing("people-dialog", () => choose(seat.id))),
      (button, seat) => {
        const words = room.page.texts.marks[appears(state, seat)];
        write(button, words ? `${nameOf(room, seat.id)} · ${words}` : nameOf(room, seat.id));
      });
  }

  /** @param {RoomState} state */
  function person(state) {
    const seat = seatOf(state, open);
    if (!seat) return;
    write(byId("person-title"), nameOf(room, seat.id));
    write(byId("person-mark"), room.page.texts.marks[appears(state, seat)] ?? "");
    keep(byId("person-list"), possible(state, seat, room.voices.get(seat.id), room.larger), ([act]) => `${seat.id}-${act}`,
      ([act, fields]) => makeButton("", closing("person-dialog", () => wish(act, fields))),
      (button, [act]) => write(button, room.page.texts.people[act]));
  }

  return {
    choose,
    /** @param {RoomState} state */
    update(state) {
      tellers(state);
      everybody(state);
      person(state);
    },
  };
}

/** @param {RoomState} state @param {Seat} seat */
function canTellNow(state, seat) {
  if (seat.status === "waiting" || seat.status === "outside") return false;
  return state.setting !== "video" || seat.status === "here";
}

/**
 * Return the wishes a leader may utter about a seat now.
 * @param {RoomState} state @param {Seat} seat @param {import("./types.js").MediaNotice} [voice] @param {string | null} [larger]
 * @returns {[string, import("./shared.js").Fields][]}
 */
function possible(state, seat, voice, larger) {
  const here = seat.status === "here";
  const speaks = seat.id !== state.seat && satBack(state) !== seat.id;
  const seen = satBack(state) === seat.id && seat.id !== state.seat && voice?.camera === true;
  const marked = state.setting !== "video" && seat.id !== state.seat;
  /** @type {[string, boolean, import("./shared.js").Fields][]} */
  const all = [
    ["admit", seat.status === "waiting" || seat.knocks_beside === true, { seat: seat.id }],
    ["take_back", seat.status === "outside", { seat: seat.id }],
    ["mark:here", marked && !here && !["waiting", "outside"].includes(seat.status), { seat: seat.id, here: true }],
    ["mark:gone", marked && here, { seat: seat.id, here: false }],
    ["mute", speaks && voice?.mic === true, { seat: seat.id }],
    ["ask_unmute", speaks && voice?.mic === false, { seat: seat.id }],
    ["larger", seen && larger !== seat.id, {}],
    ["as_others", seen && larger === seat.id, {}],
    ["ask_out", here && seat.role !== "leader", { seat: seat.id }],
    ["name_deputy:yes", mayBeDeputy(seat) && state.deputy !== seat.id, { seat: seat.id }],
    ["name_deputy:no", state.deputy === seat.id, { seat: null }],
    ["hand_over", mayHoldFrame(seat) && here && seat.id !== state.seat && state.holder === state.seat, { to: seat.id }],
  ];
  return all.filter(([, may]) => may).map(([act, , fields]) => [act, fields]);
}
