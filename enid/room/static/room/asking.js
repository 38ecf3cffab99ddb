// "Move anyway?": while another leader holds the frame, a move asks first, quietly and on the spot.

import { byId, maybe, settleFocus, show, write } from "./dom.js";
import { MOVES, nameOf } from "./shared.js";
import { fill } from "./texts.js";

/** @typedef {import("./shared.js").Room} Room */
/** @typedef {import("./shared.js").Fields} Fields */

/** @param {Room} room @param {(t: string, fields: Fields) => void} send */
export function asking(room, send) {
  /** @type {{t: string, fields: Fields, seen: string} | null} */
  let asked = null;
  maybe("anyway-yes")?.addEventListener("click", () => {
    if (asked) send(asked.t, { ...asked.fields, anyway: true });
    put(null);
  });
  maybe("anyway-no")?.addEventListener("click", () => put(null));

  /** @param {{t: string, fields: Fields, seen: string} | null} next */
  function put(next) {
    const was = document.activeElement;
    asked = next;
    show(maybe("anyway"), next !== null);
    if (next) byId("anyway-yes").focus();
    else settleFocus(was);
  }

  /** What the question was about; once the group has moved, it is no longer the question. */
  function about() {
    const state = room.state;
    return state && state.audience === "leader" ? `${state.stage} ${state.case} ${state.phase} ${state.holder}` : "";
  }

  /** @param {string} t @param {Fields} fields */
  function move(t, fields) {
    const state = room.state;
    if (!state || state.audience === "waiting") return;
    const other = state.holder && state.holder !== state.seat && state.leaderless_since === null;
    if (other && MOVES.has(t) && maybe("anyway")) ask(t, fields);
    else send(t, fields);
  }

  /** @param {string} t @param {Fields} fields */
  function ask(t, fields) {
    const holder = room.state && room.state.audience !== "waiting" ? room.state.holder : null;
    write(byId("anyway-text"), fill(room.page.texts.desk.move_anyway, { name: nameOf(room, holder) }));
    put({ t, fields, seen: about() });
  }

  return {
    move,
    /** The frame changed hands on the way: ask about what was refused. @param {string} t @param {Fields} fields */
    refused(t, fields) {
      if (maybe("anyway")) ask(t, fields);
    },
    /** Take the question back once the group has moved. */
    settled() {
      if (asked && asked.seen !== about()) put(null);
    },
  };
}
