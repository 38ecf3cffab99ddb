// After the close: who is still here, and the two places to go to, the leaders' debrief and the door.

import { byId, keep, make, mark, maybe, show, write } from "../dom.js";
import { initials, nameOf } from "../shared.js";
import { fill } from "../texts.js";

/** @typedef {import("../shared.js").Room} Room */
/** @typedef {import("../shared.js").RoomState} RoomState */
/** @typedef {import("../types.js").PlaceName} PlaceName */
/** @typedef {{seats: Set<string>, heard: boolean}} Apart with whom somebody is after the close, and whether they hear each other */

const TONES = 12;

/** @param {Room} room @param {(place: PlaceName) => void} go */
export function afterwards(room, go) {
  const words = room.page.texts.media;
  maybe("after-debrief")?.addEventListener("click", () => go("debrief"));
  maybe("after-stay")?.addEventListener("click", () => go("door"));
  byId("after-join").addEventListener("click", () => go("door"));

  /** @param {string} seat */
  function create(seat) {
    const item = make("li", "", "apart");
    const person = make("div", "", "person");
    const face = make("span", initials(nameOf(room, seat)), "face");
    face.setAttribute("aria-hidden", "true");
    person.append(face, make("span", nameOf(room, seat), "label"));
    item.append(person);
    return item;
  }

  /** @param {RoomState} state @param {Apart} apart */
  function sentence(state, apart) {
    const { room: place, stays } = room.after;
    if (place === "debrief") return words.after_debrief;
    if (place === "door") return stays === state.seat ? words.after_mine : words.after_door;
    if (stays) return fill(words.after_stays, { name: nameOf(room, stays) });
    return apart.seats.size > 1 ? words.after_pictures : "";
  }

  return {
    /** @param {RoomState} state @param {Apart} apart */
    update(state, apart) {
      const { room: place, stays } = room.after;
      const order = state.seats.map((seat) => seat.id);
      const here = place || apart.seats.size > 1 ? order.filter((seat) => apart.seats.has(seat)) : [];
      keep(byId("after-faces"), here, (seat) => seat, create, (item, seat) => mark(item, "data-tone", String(order.indexOf(seat) % TONES)));
      show(byId("after-faces"), here.length > 0);
      write(byId("after-said"), sentence(state, apart));
      write(byId("after-join"), fill(words.after_join, { name: nameOf(room, stays) }));
      show(byId("after-join"), stays !== null && place !== "door");
      show(maybe("after-debrief"), place !== "debrief");
      show(maybe("after-stay"), stays === null);
      show(maybe("after-questions"), place === "debrief");
      if (!byId("after-own").contains(byId("own"))) byId("after-own").append(byId("own"));
      show(byId("own"), here.length > 0);
    },
  };
}
