// The mirror of a session: what the wire tells becomes what the page shows.
// Pure: knows neither page nor network nor clock, and never changes the state it is given.

/** @typedef {import("./types.js").State} State */
/** @typedef {import("./types.js").RoomState} RoomState */
/** @typedef {import("./types.js").Seat} Seat */
/** @typedef {import("./types.js").Heard} Heard */
/** @typedef {import("./types.js").Fact} Fact */
/** @typedef {import("./types.js").HeardFact} HeardFact */

/**
 * Return the state after a frame. Frames that change nothing here give back the same object.
 * @param {State | null} state null before `hello`
 * @param {Heard} frame
 * @returns {State | null}
 */
export function apply(state, frame) {
  if ("t" in frame) {
    return frame.t === "hello" || frame.t === "snapshot" ? frame.state : state;
  }
  if (state === null || frame.v !== state.v + 1) {
    return state; // heard before, or after a gap: the socket asks for what is missing
  }
  if (state.audience === "waiting" || frame.e === undefined) {
    return { ...state, v: frame.v };
  }
  return { ...state, ...changes(state, frame), v: frame.v };
}

/**
 * Say whether facts were missed before this frame.
 * @param {State | null} state
 * @param {Heard} frame
 */
export function isGap(state, frame) {
  if (state === null || (!("v" in frame))) return false;
  if (!("t" in frame)) return frame.v > state.v + 1;
  return frame.t === "pong" && frame.v > state.v;
}

/**
 * Say whether all may speak and nobody sits back, whatever the stage says.
 * @param {RoomState} state
 */
export function freeTalk(state) {
  return state.phase === "paused" || state.phase === "stopped" || state.leaderless_since !== null;
}

/**
 * Return the seat of whoever sits back now, or null.
 * @param {RoomState} state
 */
export function satBack(state) {
  return state.sits_back && !freeTalk(state) ? state.presenter : null;
}

/**
 * @param {RoomState} state
 * @param {HeardFact} fact
 * @returns {Partial<RoomState>}
 */
function changes(state, fact) {
  switch (fact.e) {
    case "seat_added":
    case "arrived":
    case "knocked":
    case "admitted":
    case "knocked_beside":
    case "admitted_beside":
    case "went_from_door":
    case "dropped":
    case "went_away":
    case "asked_out":
    case "taken_back":
    case "stepped_out":
    case "stepped_in":
      return { seats: withSeat(state.seats, fact.seat), ...known(fact, ["offered_to"]) };
    case "seat_removed":
      return {
        seats: state.seats.filter((seat) => seat.id !== fact.gone),
        ...known(fact, ["deputy", "holder", "offered_to"]),
      };
    case "deputy_named":
      return { deputy: fact.deputy };
    case "stage_moved":
    case "stage_repeated":
      return known(fact, ["stage", "clock", "invited", "declined"]);
    case "second_case_began":
      return known(fact, ["case", "stage", "clock", ...WHO]);
    case "presenter_marked":
    case "mark_undone":
    case "presenter_freed":
      return known(fact, WHO);
    case "presenter_sat_back":
    case "presenter_came_in":
      return known(fact, ["sits_back", "invited", "declined"]);
    case "presenter_invited":
    case "return_declined":
      return known(fact, ["invited", "declined"]);
    case "paused":
    case "work_stopped":
    case "resumed":
      return known(fact, ["phase", "clock"]);
    case "frame_taken":
    case "frame_passed":
    case "frame_offered":
      return known(fact, ["holder", "offered_to"]);
    case "leaders_gone":
    case "leader_back":
      return known(fact, ["leaderless_since", "holder", "offered_to"]);
    case "closed":
      return known(fact, ["phase", "clock", "deputy", "leaderless_since", "holder", "offered_to", ...WHO]);
    default:
      return unheardOf(fact);
  }
}

/** @type {(keyof RoomState)[]} */
const WHO = ["presenter", "sits_back", "invited", "declined", "marked_at"];

/**
 * Return those named parts that the fact brings; the rest is not for this audience.
 * @param {HeardFact} fact
 * @param {(keyof RoomState)[]} names
 * @returns {Partial<RoomState>}
 */
function known(fact, names) {
  const brought = new Map(Object.entries(fact));
  return Object.fromEntries(names.filter((name) => brought.has(name)).map((name) => [name, brought.get(name)]));
}

/**
 * @param {Seat[]} seats
 * @param {Seat} seat
 */
function withSeat(seats, seat) {
  const isNew = !seats.some((other) => other.id === seat.id);
  return isNew ? [...seats, seat] : seats.map((other) => (other.id === seat.id ? seat : other));
}

/**
 * Make the type checker refuse a switch that forgets a fact.
 * @param {never} fact
 * @returns {never}
 */
function unheardOf(fact) {
  throw new Error(`no such fact: ${JSON.stringify(fact)}`);
}
