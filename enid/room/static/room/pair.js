// What is for the leaders alone: who is at the door, words from members, signs to each other, whose side was imagined.

import { byId, keep, make, makeButton, mark, show, toggle, write } from "./dom.js";
import { seen, TOUCH_FRESH_MS } from "./passing.js";
import { mayHoldFrame } from "./look.js";
import { nameOf } from "./shared.js";
import { fill } from "./texts.js";

/** @typedef {import("./shared.js").Room} Room */
/** @typedef {import("./shared.js").RoomState} RoomState */
/** @typedef {{key: string, words: string, does: string, press: () => void}} News */

/** @param {Room} room */
export function pair(room) {
  for (const button of document.querySelectorAll("[data-sign]")) {
    button.addEventListener("click", () => room.say("sign", { sign: button.getAttribute("data-sign") }));
  }
  for (const button of document.querySelectorAll("[data-side]")) {
    button.addEventListener("click", () => touch(button.getAttribute("data-side") ?? ""));
  }
  byId("whisper").addEventListener("submit", (event) => {
    event.preventDefault();
    const input = /** @type {HTMLInputElement} */ (byId("whisper-text"));
    if (input.value.trim()) room.say("whisper", { text: input.value.trim() });
    input.value = "";
  });

  /** @param {string} side */
  function touch(side) {
    room.say("touch", { side, on: !(side in room.passing.touches) });
  }

  return {
    /** @param {RoomState} state */
    update(state) {
      news(room, state);
      signs(room, state);
      touches(room);
    },
  };
}

/** @param {Room} room @param {RoomState} state */
function news(room, state) {
  const items = [...atTheDoor(room, state), ...fromMembers(room)];
  show(byId("news"), items.length > 0);
  show(byId("unfold-news"), items.length > 0);
  keep(byId("news-list"), items, (item) => item.key, (item) => {
    const line = make("li");
    line.append(make("span"), makeButton(item.does, item.press));
    return line;
  }, (line, item) => write(line.querySelector("span"), item.words));
}

/** @param {Room} room @param {RoomState} state @returns {News[]} */
function atTheDoor(room, state) {
  const words = room.page.texts.desk;
  const acts = room.page.texts.people;
  const waiting = state.seats.filter((seat) => seat.status === "waiting").map((seat) => ({
    key: `wait-${seat.id}`,
    words: fill(words[`waits_${seat.waits_because ?? "guest"}`], { name: nameOf(room, seat.id) }),
    does: acts.admit,
    press: () => room.say("admit", { seat: seat.id }),
  }));
  const beside = state.seats.filter((seat) => seat.knocks_beside).map((seat) => ({
    key: `beside-${seat.id}`,
    words: fill(words.knocks_beside, { name: nameOf(room, seat.id) }),
    does: acts.admit,
    press: () => room.say("admit", { seat: seat.id }),
  }));
  const out = state.seats.filter((seat) => seat.status === "outside" && seat.asked_out).map((seat) => ({
    key: `out-${seat.id}`,
    words: fill(words.asked_out, { name: nameOf(room, seat.id) }),
    does: acts.take_back,
    press: () => room.say("take_back", { seat: seat.id }),
  }));
  return [...waiting, ...beside, ...out];
}

/** @param {Room} room @returns {News[]} */
function fromMembers(room) {
  const texts = room.page.texts;
  /** @param {string} key */
  const forget = (key) => () => {
    room.passing = seen(room.passing, key);
    room.refresh();
  };
  const said = room.passing.words.map((word) => ({
    key: `word-${word.key}`,
    words: fill(texts.words[word.what], { name: nameOf(room, word.seat) }),
    does: texts.desk.seen,
    press: forget(word.key),
  }));
  const near = room.passing.notAlone.map((seat) => ({
    key: `near-${seat}`,
    words: fill(texts.desk.not_alone, { name: nameOf(room, seat) }),
    does: texts.desk.seen,
    press: () => {
      room.passing = { ...room.passing, notAlone: room.passing.notAlone.filter((other) => other !== seat) };
      room.refresh();
    },
  }));
  return [...said, ...near];
}

/** @param {Room} room @param {RoomState} state */
function signs(room, state) {
  const texts = room.page.texts;
  const others = state.seats.filter((seat) => mayHoldFrame(seat) && seat.id !== state.seat);
  show(byId("two"), others.length > 0);
  write(byId("two-title"), others.length === 1 ? fill(texts.desk.to, { name: nameOf(room, others[0].id) }) : texts.desk.to_leaders);
  keep(byId("signs-heard"), room.passing.signs, (sign) => sign.key, () => make("li"), (item, sign) => {
    const mine = sign.seat === state.seat;
    const name = mine ? texts.marks.you : nameOf(room, sign.seat);
    toggle(item, "mine", mine);
    write(item, sign.kind === "sign" ? fill(texts.signs[sign.what], { name }) : fill(texts.desk.whisper, { name, text: sign.what }));
  });
}

/** @param {Room} room */
function touches(room) {
  for (const button of document.querySelectorAll("[data-side]")) {
    const since = room.passing.touches[button.getAttribute("data-side") ?? ""];
    mark(button, "aria-pressed", String(since !== undefined));
    toggle(button, "fading", since !== undefined && Date.now() - since > TOUCH_FRESH_MS);
  }
}
