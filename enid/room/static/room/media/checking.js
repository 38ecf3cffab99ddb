// The line check of a mesh: who is in the circle, which certificates its links use, and the lock that shows the words.

import { ownFingerprint, usedFingerprint } from "./certificates.js";
import { LineCheck } from "./check.js";
import { attach } from "./lock.js";

/** @typedef {import("../shared.js").Room} Room */
/** @typedef {import("./check.js").Said} Said */
/**
 * What the check asks of a mesh.
 * @typedef {object} Lines
 * @property {(seat: string, said: Said) => void} say
 * @property {Map<string, {page: string}>} others those in the circle with a page, by seat
 * @property {Map<string, {pc: RTCPeerConnection}>} links
 */
/** @typedef {{page: string, ways: Promise<RTCConfiguration>, mesh: () => Lines}} Needs */

/**
 * Check the lines of a mesh. What comes before one's own certificate is ready waits for it.
 * @param {Room} room @param {Needs} needs
 */
export function checking(room, { page, ways, mesh }) {
  const seat = room.page.seat;
  const ready = ways.then(begin);
  let known = "";

  /** @param {RTCConfiguration} made */
  async function begin(made) {
    const check = new LineCheck({
      room: room.page.socket,
      me: { seat, page },
      certificate: await ownFingerprint(made),
      language: room.page.lock?.language ?? "en",
      send: (to, said) => [...mesh().others.keys()].filter((other) => to === null || to === other).forEach((other) => mesh().say(other, said)),
      used: (member) => (mesh().others.get(member.seat)?.page === member.page ? usedFingerprint(mesh().links.get(member.seat)?.pc) : null),
    });
    attach(room, check);
    return check;
  }

  return {
    /** The circle may have changed, or the mesh has been left. @param {boolean} isIn whether this page carries the person's sound and picture */
    circle(isIn) {
      const members = [...mesh().others].map(([other, place]) => ({ seat: other, page: place.page }));
      const all = isIn ? [...members, { seat, page }] : [];
      const now = JSON.stringify(all.map((member) => [member.seat, member.page]).sort());
      if (now === known) return;
      known = now;
      void ready.then((check) => check.roster(all));
    },
    /** @param {string} from @param {unknown} data */
    hear: (from, data) => void ready.then((check) => check.receive(from, data)),
    /** A line came up, or the socket is back. */
    look: () => void ready.then((check) => check.look()),
  };
}
