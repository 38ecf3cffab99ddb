// A sign of who speaks, for whoever asked for it, on this page alone: a thin ring that stands still. Nothing is
// counted, compared or kept; it reads how loud is what this page plays anyway.

import { byId, toggle } from "../dom.js";
import { heardOf } from "./grants.js";

/** @typedef {import("../shared.js").Room} Room */

const READS_MS = 250;
const LOUD = 0.02;
const STAYS_MS = 1200; // also through a breath

/** @param {Room} room @param {{isWanted: () => boolean, levels: () => Map<string, number>}} asks */
export function speaking(room, { isWanted, levels }) {
  /** @type {Map<string, number>} */
  const until = new Map();

  function read() {
    const now = performance.now();
    const { state } = room;
    if (!isWanted() || !state || state.audience === "waiting") until.clear();
    else for (const [seat, level] of levels()) if (level > LOUD && heardOf(state, seat)) until.set(seat, now + STAYS_MS);
    for (const seat of byId("seats").children) toggle(seat, "speaks", (until.get(seat.getAttribute("data-key") ?? "") ?? 0) > now);
  }

  setInterval(read, READS_MS);
}
