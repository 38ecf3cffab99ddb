// What the page was handed: ticket, addresses, and every sentence in the reader's language.

/** @typedef {{[key: string]: string}} Words */
/** @typedef {{title: string, sentence: string, more?: string, way: string, onward: string, onward_named?: string}} StageWords */
/** @typedef {{title: string, sentence: string}} Said */
/**
 * @typedef {object} Texts
 * @property {{[id: string]: StageWords}} stages
 * @property {{[setting: string]: Said}} listening
 * @property {Said} invited
 * @property {Said} staying
 * @property {Said} telling
 * @property {{[phase: string]: Said}} resting
 * @property {{[moment: string]: {presenter: string, others: string}}} beside
 * @property {{[because: string]: Said}} waiting
 * @property {Words} words
 * @property {Words} asides
 * @property {Words} signs
 * @property {Words} line
 * @property {Words} refused
 * @property {Words} bye
 * @property {Words} said
 * @property {Words} marks
 * @property {Words} desk
 * @property {Words} people
 * @property {Words} media
 */
/**
 * @typedef {object} Page
 * @property {string} ticket
 * @property {string} socket
 * @property {string} ticketUrl
 * @property {string} home
 * @property {string} seat
 * @property {string} role
 * @property {import("./types.js").Setting} setting
 * @property {boolean} table
 * @property {Texts} texts
 * @property {string} [waysUrl] of servers to try at the door, where Enid carries sound and picture
 * @property {boolean} [relayOnly] only through a relay, so that nobody learns another's address
 * @property {string} [telephone] if lines fail; empty where the group has none
 * @property {{language: string, texts: Words}} [lock] the line check
 */

/** @returns {Page} */
export function readPage() {
  return JSON.parse(document.getElementById("page")?.textContent ?? "{}");
}

/**
 * Put values into a sentence.
 * @param {string | undefined} sentence @param {{[name: string]: string | number}} [values]
 */
export function fill(sentence, values = {}) {
  return (sentence ?? "").replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

/** @param {Words} words @param {string} code */
export function orDefault(words, code) {
  return words[code] ?? words["default"] ?? "";
}
