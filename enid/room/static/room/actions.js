// What a member may press: at most three things beside leaving.

import { byId, dialog, mark, maybe, show } from "./dom.js";
import { caseBlock, holdsCircle, isClosing, listens, stageNow } from "./look.js";
import { freeTalk } from "./state.js";

/** @typedef {import("./shared.js").Room} Room */
/** @typedef {import("./shared.js").RoomState} RoomState */

const LEADERS_AWAY_MS = 5 * 60_000;

/** @param {Room} room @param {() => void} leave */
export function actions(room, leave) {
  press("come-in", () => room.say("come_in"));
  press("decline", () => room.say("decline_return"));
  press("sit-back", () => room.move("sit_back"));
  press("step-out", () => room.say("step_out"));
  press("hand", () => room.say("hand", { on: !hasHand(room) }));
  press("word", () => dialog("word-dialog").showModal());
  press("waiting-word", () => dialog("word-dialog").showModal());
  press("waiting-in", () => room.say("step_in"));
  press("leave", () => dialog("leave-dialog").showModal());
  press("leave-yes", leave);
  for (const button of document.querySelectorAll("[data-word]")) {
    button.addEventListener("click", () => sendWord(button.getAttribute("data-word") ?? ""));
  }
  for (const button of byId("deputy").querySelectorAll("button")) {
    button.addEventListener("click", () => asDeputy(button.dataset.act ?? ""));
  }

  /** @param {string} word */
  function sendWord(word) {
    room.say("word", { word });
    dialog("word-dialog").close();
    room.announce(room.page.texts.said.sent);
    const note = byId("note");
    note.textContent = room.page.texts.said.sent;
    setTimeout(() => (note.textContent = ""), 6000);
  }

  /** @param {string} act */
  function asDeputy(act) {
    if (act === "end_meeting") dialog("end-dialog").showModal();
    else if (act === "resume") room.move(act, { presenter_in: false });
    else if (act === "pause" || act === "close_now") room.say(act);
    else room.move(act);
  }

  return {
    /** @param {RoomState} state */
    update(state) {
      const leads = state.audience === "leader";
      const back = listens(state);
      show(byId("come-in"), back);
      show(byId("decline"), back && state.invited === true);
      show(byId("sit-back"), maySitBack(state));
      show(byId("word"), !leads && state.leaderless_since === null);
      show(byId("step-out"), !leads && !back && state.audience !== "table");
      show(maybe("hand"), !leads && !back);
      mark(maybe("hand"), "aria-pressed", String(hasHand(room)));
      show(maybe("leave"), true);
      for (const word of document.querySelectorAll("[data-word='all_right']")) show(word, state.presenter === state.seat);
      deputy(state);
    },
  };

  /** @param {RoomState} state */
  function deputy(state) {
    const holds = holdsCircle(state) && state.audience !== "leader";
    show(byId("deputy"), holds);
    if (!holds) return;
    const long = state.leaderless_since !== null && room.now() - state.leaderless_since >= LEADERS_AWAY_MS;
    const open = state.phase === "open";
    /** @type {{[act: string]: boolean}} */
    const shown = {
      pause: open,
      resume: !open,
      move_on: open && !isClosing(state) && state.stage + 1 < state.format.stages.length - 1,
      step_back: open && state.stage > 0,
      close_now: long && !isClosing(state),
      end_meeting: long && open && isClosing(state),
    };
    for (const button of byId("deputy").querySelectorAll("button")) show(button, shown[button.dataset.act ?? ""]);
  }
}

/** @param {RoomState} state */
function maySitBack(state) {
  const block = caseBlock(state);
  const inCase = state.stage >= block.first && state.stage <= block.last;
  const asks = state.format.pull_back === "optional" || state.format.pull_back === "always";
  return asks && inCase && state.presenter === state.seat && stageNow(state).out && !state.sits_back
    && state.phase === "open" && !freeTalk(state);
}

/** @param {Room} room */
function hasHand(room) {
  return room.state !== null && room.passing.hands.includes(room.state.seat);
}

/** @param {string} id @param {() => void} does */
function press(id, does) {
  maybe(id)?.addEventListener("click", does);
}
