// The circle: the same order for everyone; whoever sits back is one step outside it.

import { byId, keep, make, mark, show, toggle, write } from "./dom.js";
import { arrange, withRoom } from "./geometry.js";
import { appears, chairs, stageNow } from "./look.js";
import { initials, nameOf } from "./shared.js";
import { satBack } from "./state.js";

/** @typedef {import("./shared.js").Room} Room */
/** @typedef {import("./shared.js").RoomState} RoomState */
/** @typedef {import("./types.js").Seat} Seat */

const TONES = 12;

/** @param {Room} room @param {((seat: string) => void) | null} choose what a leader's press on a seat does */
export function circle(room, choose) {
  const box = byId("circle");
  const list = byId("seats");
  let shape = "";

  new ResizeObserver(() => {
    box.classList.add("still"); // a window that changes is no reason for seats to travel
    place();
    requestAnimationFrame(() => requestAnimationFrame(() => box.classList.remove("still")));
  }).observe(box);

  function place() {
    const state = room.state;
    if (!state || state.audience === "waiting" || !box.clientWidth) return;
    const seats = chairs(state);
    const lies = arrange(Math.max(seats.length, 3), box.clientWidth, box.clientHeight);
    size(box, lies, `${box.clientWidth}x${box.clientHeight}:${seats.length}`);
    const back = satBack(state);
    seats.forEach((seat, i) => {
      const place = seat.id === back ? lies.outside[i] : lies.seats[i];
      const point = isLarger(state, seat) ? withRoom(place, lies, box.clientWidth) : place;
      const element = list.querySelector(`[data-key="${CSS.escape(seat.id)}"]`);
      if (!(element instanceof HTMLElement)) return;
      element.style.setProperty("--x", `${point.x.toFixed(1)}px`);
      element.style.setProperty("--y", `${point.y.toFixed(1)}px`);
    });
  }

  /** @param {HTMLElement} element @param {import("./geometry.js").Arrangement} lies @param {string} next */
  function size(element, lies, next) {
    if (shape === next) return;
    shape = next;
    const sizes = {
      "--seat": lies.width, "--face": lies.face, "--name": lies.name,
      "--cx": lies.middle.x, "--cy": lies.middle.y, "--rx": lies.radii.x, "--ry": lies.radii.y,
      "--room-w": lies.room.width, "--room-h": lies.room.height,
    };
    for (const [name, value] of Object.entries(sizes)) element.style.setProperty(name, `${value.toFixed(1)}px`);
  }

  /** @param {Seat} seat */
  function create(seat) {
    const item = make("li", "", "seat");
    const person = choose ? make("button", "", "person") : make("div", "", "person");
    if (choose && person instanceof HTMLButtonElement) {
      person.type = "button";
      person.addEventListener("click", () => choose(seat.id));
    }
    const face = make("span", "", "face");
    face.setAttribute("aria-hidden", "true");
    const label = make("span", "", "label");
    label.append(make("span", "", "name"), " ", make("small"));
    person.append(face, label);
    item.append(person);
    return item;
  }

  /** Only while they sit back, and on this leader's screen alone. @param {RoomState} state @param {Seat} seat */
  function isLarger(state, seat) {
    return room.larger === seat.id && satBack(state) === seat.id;
  }

  /** @param {RoomState} state @param {HTMLElement} item @param {Seat} seat @param {number} order */
  function patch(state, item, seat, order) {
    const name = nameOf(room, seat.id);
    write(item.querySelector(".face"), initials(name));
    write(item.querySelector(".name"), name);
    write(item.querySelector("small"), marks(room, state, seat));
    mark(item, "data-tone", String(order % TONES));
    mark(item, "data-status", appears(state, seat));
    toggle(item, "back", satBack(state) === seat.id);
    toggle(item, "larger", isLarger(state, seat));
    toggle(item, "hand", room.passing.hands.includes(seat.id));
  }

  return {
    update() {
      const state = room.state;
      if (!state || state.audience === "waiting") return;
      const seats = chairs(state);
      const order = new Map(seats.map((seat, i) => [seat.id, i]));
      keep(list, seats, (seat) => seat.id, create, (item, seat) => patch(state, item, seat, order.get(seat.id) ?? 0));
      show(list, true);
      place();
    },
  };
}

const TELLS_IN = new Set(["present", "clarify", "request", "responses"]);

/** @param {Room} room @param {RoomState} state @param {Seat} seat */
function marks(room, state, seat) {
  const words = room.page.texts.marks;
  const status = appears(state, seat);
  if (satBack(state) === seat.id && status === "here") return words.listening;
  if (status !== "here") return words[status] ?? "";
  if (room.passing.hands.includes(seat.id)) return words.hand;
  const said = [];
  if (state.presenter === seat.id && TELLS_IN.has(stageNow(state).id)) said.push(words.tells);
  if (seat.role !== "member") said.push(words[seat.role]);
  if (state.leaderless_since !== null && state.deputy === seat.id) said.push(words.deputy);
  if (room.voices.get(seat.id)?.mic === false) said.push(words.muted);
  if (room.passing.onCall.includes(seat.id)) said.push(words.oncall);
  if (room.passing.weak.includes(seat.id)) said.push(words.weak);
  return said.join(" · ");
}
