// Proposes the browser's own time zone to somebody who has not chosen one yet; without this script they type it.

const field = document.querySelector("input[name=time_zone]");
const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
const isKnown = document.querySelector(`#zones option[value="${CSS.escape(here)}"]`) !== null;

if (field instanceof HTMLInputElement && field.value === "UTC" && isKnown) field.value = here;

export {};
