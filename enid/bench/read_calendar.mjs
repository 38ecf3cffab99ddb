// Reads calendar files with ical.js: a line of JSON with the file's text in, a line with the seconds of every begin out.

import { createInterface } from "node:readline";
import ICAL from "ical.js";

const MOST = 5000; // a rule without end must not keep us for ever

/** @param {string} text */
function begins(text) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const events = calendar.getAllSubcomponents("vevent");
  const moved = events.filter((event) => event.hasProperty("recurrence-id"));
  return events.filter((event) => !moved.includes(event)).flatMap((event) => occurrences(event, moved));
}

/** @param {ICAL.Component} component @param {ICAL.Component[]} moved */
function occurrences(component, moved) {
  const uid = component.getFirstPropertyValue("uid");
  const exceptions = moved.filter((each) => each.getFirstPropertyValue("uid") === uid);
  const event = new ICAL.Event(component, { exceptions });
  if (!event.isRecurring()) return [event.startDate.toUnixTime()];
  const found = [];
  const walk = event.iterator();
  for (let day = walk.next(); day && found.length < MOST; day = walk.next()) {
    found.push(event.getOccurrenceDetails(day).startDate.toUnixTime());
  }
  return found;
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(begins(JSON.parse(line)))}\n`);
}
