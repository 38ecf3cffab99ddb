// What is true for a moment and kept nowhere: signs, words, touches, who is on call. Pure; lives in this page only.

/** @typedef {import("./types.js").Notice} Notice */
/** @typedef {{key: string, kind: "word" | "sign" | "whisper", seat: string, what: string, at: number}} Heard */
/**
 * @typedef {object} Passing
 * @property {Heard[]} words for leaders, until they have seen them
 * @property {Heard[]} signs between leaders, the latest last
 * @property {{[side: string]: number}} touches side -> when it was touched, ms
 * @property {string[]} onCall
 * @property {string[]} hands
 * @property {string[]} weak for leaders: whose line carries no full picture
 * @property {string[]} notAlone
 * @property {boolean} chair
 * @property {number} count
 */

const MOST_SIGNS = 3;
const MOST_WORDS = 8;
export const SIGN_STAYS_MS = 120_000;
export const TOUCH_FRESH_MS = 4 * 60_000;
export const TOUCH_STAYS_MS = 12 * 60_000;

/** @returns {Passing} */
export function nothingYet() {
  return { words: [], signs: [], touches: {}, onCall: [], hands: [], weak: [], notAlone: [], chair: false, count: 0 };
}

/** Return what is true after a notice. @param {Passing} now @param {Notice} notice @param {number} at @returns {Passing} */
export function hear(now, notice, at) {
  const count = now.count + 1;
  const key = String(count);
  switch (notice.t) {
    case "word":
      return { ...now, count, words: [...now.words, { key, kind: notice.t, seat: notice.seat, what: notice.word, at }].slice(-MOST_WORDS) };
    case "sign":
      return { ...now, count, signs: [...now.signs, { key, kind: notice.t, seat: notice.seat, what: notice.sign, at }].slice(-MOST_SIGNS) };
    case "whisper":
      return { ...now, count, signs: [...now.signs, { key, kind: notice.t, seat: notice.seat, what: notice.text, at }].slice(-MOST_SIGNS) };
    case "touch": {
      const { [notice.side]: _was, ...touches } = now.touches;
      return { ...now, count, touches: notice.on ? { ...touches, [notice.side]: at } : touches };
    }
    case "on_call":
      return { ...now, count, onCall: withOrWithout(now.onCall, notice.seat, notice.on) };
    case "hand":
      return { ...now, count, hands: withOrWithout(now.hands, notice.seat, notice.on) };
    case "weak":
      return { ...now, count, weak: withOrWithout(now.weak, notice.seat, notice.on) };
    case "alone":
      return { ...now, count, notAlone: withOrWithout(now.notAlone, notice.seat, !notice.alone) };
    case "chair":
      return { ...now, count, chair: notice.on };
    default:
      return now;
  }
}

/** Forget a word that leaders have seen. @param {Passing} now @param {string} key @returns {Passing} */
export function seen(now, key) {
  return { ...now, words: now.words.filter((word) => word.key !== key) };
}

/** Let old signs and touches go. @param {Passing} now @param {number} at @returns {Passing} */
export function faded(now, at) {
  const signs = now.signs.filter((sign) => at - sign.at < SIGN_STAYS_MS);
  const touches = Object.fromEntries(Object.entries(now.touches).filter(([, since]) => at - since < TOUCH_STAYS_MS));
  return { ...now, signs, touches };
}

/** Forget what the server repeats after a join. @param {Passing} now @returns {Passing} */
export function rejoined(now) {
  return { ...now, onCall: [], hands: [], weak: [], chair: false, touches: {} };
}

/** @param {string[]} seats @param {string} seat @param {boolean} on */
function withOrWithout(seats, seat, on) {
  const others = seats.filter((other) => other !== seat);
  return on ? [...others, seat] : others;
}
