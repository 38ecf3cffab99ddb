// The middle says what is going on: the stage, and one sentence that fades after half a minute.

import { byId, mark, show, toggle, write } from "./dom.js";
import { listens, middleOf, stageNow } from "./look.js";
import { fill } from "./texts.js";

/** @typedef {import("./shared.js").Room} Room */
/** @typedef {import("./shared.js").RoomState} RoomState */

const FADES_MS = 30_000;

/** @param {Room} room */
export function middle(room) {
  const box = byId("middle");
  const more = byId("middle-more");
  let shown = "";
  let opened = false;
  /** @type {number | undefined} */
  let fading = undefined;

  more.addEventListener("click", () => {
    opened = !opened;
    room.refresh();
    wake(false);
  });
  box.addEventListener("click", () => wake(shown.endsWith("stays")));

  /** Show the sentence, and let it fade. @param {boolean} stays */
  function wake(stays) {
    box.classList.remove("faded");
    clearTimeout(fading);
    if (!stays) fading = setTimeout(() => box.classList.add("faded"), FADES_MS);
  }

  /** @param {RoomState} state */
  function update(state) {
    const words = middleOf(state, room.page.texts);
    const key = `${words.title}|${words.sentence}|${state.case}|${words.stays ? "stays" : "fades"}`;
    if (key !== shown) {
      opened = false;
      if (shown) room.announce(`${words.title}. ${words.sentence} ${words.request}`.trim());
      shown = key;
      wake(words.stays);
    }
    write(byId("middle-title"), words.title);
    write(byId("middle-sentence"), opened && words.more ? words.more : words.sentence);
    write(byId("middle-request"), words.request);
    show(byId("middle-request"), words.request !== "");
    show(more, words.more !== "");
    mark(more, "aria-expanded", String(opened));
    toggle(box, "opened", opened);
    toggle(box, "own", listens(state) || words.stays);
    minutes(state);
  }

  /** Members see minutes only where their group wants it; whoever tells never does. @param {RoomState} state */
  function minutes(state) {
    const planned = stageNow(state).minutes;
    const shows = state.audience === "member" && planned !== undefined;
    show(byId("middle-minutes"), shows);
    if (shows) write(byId("middle-minutes"), fill(room.page.texts.desk.minutes, { minutes: planned }));
  }

  return { update };
}
