// At the door: what is said before coming in and, after the page was loaded anew, one button back to one's seat.
// What is remembered stays in this tab, for this meeting and this seat alone: two answers, no secret.

import { byId, maybe, show, write } from "./dom.js";

/** @typedef {{alone: "yes" | "no" | null, onCall: boolean}} Answers */

/**
 * @param {import("./texts.js").Page} page
 * @param {(answers: Answers) => void} enter
 */
export function arriving(page, enter) {
  const form = /** @type {HTMLFormElement | null} */ (maybe("arriving-form"));
  const key = `enid ${page.socket} ${page.seat}`;
  /** @type {Answers} */
  let said = { alone: null, onCall: false };
  let before = form ? recall(key) : null;

  form?.addEventListener("submit", (event) => {
    event.preventDefault();
    const alone = new FormData(form, event.submitter).get("alone");
    goIn(event.submitter, before ? before.alone : alone === "yes" || alone === "no" ? alone : null);
  });
  maybe("to-seat")?.addEventListener("click", (event) => goIn(/** @type {HTMLElement} */ (event.currentTarget), before?.alone ?? null));
  maybe("answer-anew")?.addEventListener("click", () => {
    before = null;
    ask();
    byId("enter").focus();
  });

  /** @param {HTMLElement | null} pressed @param {Answers["alone"]} alone */
  function goIn(pressed, alone) {
    const onCall = form?.elements.namedItem("on_call");
    said = { alone, onCall: onCall instanceof HTMLInputElement && onCall.checked };
    for (const button of form?.querySelectorAll("button") ?? []) button.disabled = true;
    if (pressed) write(pressed, page.texts.line.connecting);
    enter(said);
  }

  /** Show the way back, or the questions of somebody who comes for the first time. */
  function ask() {
    for (const element of document.querySelectorAll("[data-door]")) {
      show(element, (element.getAttribute("data-door") === "back") === (before !== null));
    }
    for (const sentence of document.querySelectorAll("[data-said]")) show(sentence, sentence.getAttribute("data-said") === before?.alone);
    const onCall = form?.elements.namedItem("on_call");
    if (before && onCall instanceof HTMLInputElement) onCall.checked = before.onCall;
  }

  // Only now can a press be heard; before, it would have sent the form and loaded the page anew.
  for (const button of form?.querySelectorAll("button") ?? []) button.disabled = false;
  ask();
  if (before) byId("to-seat").focus();

  return {
    /** Once inside: this tab has a seat to come back to. */
    entered: () => keep(key, said),
    /** Gone on purpose, or for good: the next time is a first time. */
    left: () => keep(key, null),
  };
}

/** No camera or microphone can be tried here; say why, and let people come in. @param {string} why */
export function withoutDevices(why) {
  show(maybe("devices"), true);
  show(maybe("try"), false);
  write(maybe("door-trouble"), why);
}

/** @param {string} key @returns {Answers | null} */
function recall(key) {
  try {
    const found = JSON.parse(sessionStorage.getItem(key) ?? "null");
    if (!found) return null;
    return { alone: found.alone === "yes" || found.alone === "no" ? found.alone : null, onCall: found.onCall === true };
  } catch {
    return null; // no storage, or not ours: the door asks as it does the first time
  }
}

/** @param {string} key @param {Answers | null} answers */
function keep(key, answers) {
  try {
    if (answers) sessionStorage.setItem(key, JSON.stringify(answers));
    else sessionStorage.removeItem(key);
  } catch {
    // A browser without storage asks at the door again; nothing else depends on it.
  }
}
