// How large pictures are: by the number of people, and smaller on a weak line, where sound comes first. Pure.

/** @typedef {{height: number, fps: number, kbps: number}} Picture height in px */
/** @typedef {{step: number, weak: number, good: number, patience: number, rose: boolean}} Strength how a line has been lately */
/** @typedef {{lost: number, kbps: number | null, needs: number}} Reading lost: part of all; kbps: what the line would carry */

export const SOUND_KBPS = 24;

/** @type {(Picture | null)[]} */
const LADDER = [{ height: 180, fps: 15, kbps: 150 }, { height: 90, fps: 10, kbps: 80 }, { height: 90, fps: 5, kbps: 40 }, null];
export const SOUND_ALONE = LADDER.length - 1; // steps down
const SMALL_FROM = 7;
const NONE_FROM = 15;

const WEAK_LOSS = 0.08;
const GOOD_LOSS = 0.03;
const WEAK_PART = 0.6; // of what is needed
const STEPS_DOWN_AFTER = 3; // readings
const STEPS_UP_AFTER = 6;
const LONGEST_PATIENCE = 8;

/** Return what to send in a circle of so many, so many steps down; null is sound alone. @param {number} people @param {number} [step] */
export function pictureFor(people, step = 0) {
  const start = people >= NONE_FROM ? LADDER.length - 1 : people >= SMALL_FROM ? 1 : 0;
  return LADDER[Math.min(LADDER.length - 1, start + step)];
}

/** @returns {Strength} */
export function strong() {
  return { step: 0, weak: 0, good: 0, patience: 1, rose: false };
}

/**
 * Return how strong a line is after one more reading. It falls soon and rises slowly; whoever fell again after rising
 * waits longer each time, so that a picture does not come and go.
 * @param {Strength} now @param {Reading} reading @returns {Strength}
 */
export function after(now, reading) {
  const short = reading.kbps !== null && reading.kbps < reading.needs * WEAK_PART;
  if (reading.lost > WEAK_LOSS || short) return weaker(now);
  if (reading.lost > GOOD_LOSS || now.step === 0) return { ...now, weak: 0, good: now.step === 0 ? 0 : now.good };
  const good = now.good + 1;
  if (good < STEPS_UP_AFTER * now.patience) return { ...now, weak: 0, good };
  return { ...now, step: now.step - 1, weak: 0, good: 0, rose: true };
}

/** @param {Strength} now @returns {Strength} */
function weaker(now) {
  const weak = now.weak + 1;
  if (weak < STEPS_DOWN_AFTER) return { ...now, weak, good: 0 };
  const patience = now.rose ? Math.min(LONGEST_PATIENCE, now.patience * 2) : now.patience;
  return { step: Math.min(SOUND_ALONE, now.step + 1), weak: 0, good: 0, patience, rose: false };
}

/** Let silence cost nothing: ask the other side's Opus to stop sending while nobody speaks. @param {string} sdp */
export function withDtx(sdp) {
  return sdp.replace(/^(a=fmtp:\d+ .*useinbandfec=1)(?!.*usedtx=)/gm, "$1;usedtx=1");
}
