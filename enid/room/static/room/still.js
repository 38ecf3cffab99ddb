// When buttons change their meaning under the finger they rest a moment, so that a double press stays one press.

const RESTS_MS = 700;

/** Return a function that is told what the group is at; a change makes the buttons rest. */
export function stillness() {
  let seen = "";
  /** @type {number | undefined} */
  let waking = undefined;
  /** @param {import("./shared.js").RoomState} state */
  return (state) => {
    const now = `${state.stage} ${state.case} ${state.phase} ${state.presenter}`;
    if (now === seen) return;
    const isFirst = seen === "";
    seen = now;
    if (isFirst) return;
    document.body.classList.add("settling");
    clearTimeout(waking);
    waking = setTimeout(() => document.body.classList.remove("settling"), RESTS_MS);
  };
}
