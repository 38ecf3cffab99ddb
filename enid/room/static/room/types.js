// The wire of a room as types. docs/protocol.md is the contract; tests replay written histories
// through state.js, so that these lists cannot drift from the server's.

/** @typedef {"leader" | "presenter" | "member" | "observer" | "table"} InsideAudience */
/** @typedef {"room" | "beside" | "video"} Setting */
/** @typedef {"open" | "paused" | "stopped" | "closed"} Phase */
/** @typedef {"leader" | "trainee" | "member" | "interpreter" | "observer" | "guest"} Role */
/** @typedef {"away" | "waiting" | "here" | "dropped" | "left" | "outside"} Status */
/** @typedef {"guest" | "device" | "late"} Because */
/** @typedef {"leaders" | "presenter" | "questions" | "group" | "everyone" | "inner" | "outer"} FloorCode */

/**
 * @typedef {object} Stage
 * @property {string} id
 * @property {number} [minutes] for leaders, and for members where the group wants it
 * @property {FloorCode} floor
 * @property {boolean} out the presenter sits back in it
 */

/**
 * @typedef {object} Format
 * @property {string} id
 * @property {Stage[]} stages
 * @property {"always" | "optional" | "none"} pull_back
 * @property {number} cases
 */

/**
 * @typedef {object} Seat
 * @property {string} id
 * @property {Role} role
 * @property {Status} status
 * @property {boolean} [asked_out] for leaders
 * @property {Because | null} [waits_because] for leaders
 * @property {boolean} [knocks_beside] for leaders: another browser of theirs is at the door
 */

/**
 * @typedef {object} Clock
 * @property {number | null} since milliseconds UTC; null while it rests
 * @property {number[]} spent milliseconds in each stage before `since`
 */

/**
 * What somebody at the door knows.
 * @typedef {object} WaitingState
 * @property {number} v
 * @property {"waiting"} audience
 * @property {string} seat
 * @property {Because | null} because
 */

/**
 * What somebody inside knows.
 * @typedef {object} RoomState
 * @property {number} v
 * @property {InsideAudience} audience
 * @property {string} seat one's own
 * @property {Setting} setting
 * @property {Format} format
 * @property {Seat[]} seats
 * @property {Phase} phase
 * @property {number} stage
 * @property {number} case
 * @property {string | null} presenter
 * @property {boolean} sits_back
 * @property {string | null} deputy
 * @property {number | null} leaderless_since
 * @property {boolean} [invited] for leaders and the presenter
 * @property {boolean} [declined] for leaders and the presenter
 * @property {string | null} [holder] for leaders, as all below
 * @property {string | null} [offered_to]
 * @property {number | null} [marked_at]
 * @property {Clock} [clock]
 */

/** @typedef {WaitingState | RoomState} State */

// Facts. Each brings the new value of what it changed; parts that are not for this audience are absent.

/** @typedef {{v: number, e?: undefined}} Unheard */
/** @typedef {{holder?: string | null, offered_to?: string | null}} FramePart */
/** @typedef {{invited?: boolean, declined?: boolean}} ReturnPart */
/** @typedef {{presenter: string | null, sits_back: boolean, marked_at?: number | null} & ReturnPart} WhoPart */
/**
 * @typedef {{v: number, seat: Seat, offered_to?: string | null,
 *   e: "seat_added" | "arrived" | "knocked" | "admitted" | "dropped" | "went_away" | "asked_out"
 *     | "taken_back" | "stepped_out" | "stepped_in" | "knocked_beside" | "admitted_beside" | "went_from_door"}} SeatFact
 */
/** @typedef {{v: number, e: "seat_removed", gone: string, deputy: string | null} & FramePart} SeatRemoved */
/** @typedef {{v: number, e: "deputy_named", deputy: string | null}} DeputyNamed */
/**
 * @typedef {{v: number, e: "stage_moved" | "stage_repeated", stage: number, clock?: Clock} & ReturnPart} StageFact
 */
/**
 * @typedef {{v: number, e: "second_case_began", case: number, stage: number, clock?: Clock} & WhoPart} SecondCase
 */
/**
 * @typedef {{v: number, e: "presenter_marked" | "mark_undone" | "presenter_freed"} & WhoPart} PresenterFact
 */
/** @typedef {{v: number, e: "presenter_sat_back" | "presenter_came_in", sits_back: boolean} & ReturnPart} OutFact */
/** @typedef {{v: number, e: "presenter_invited" | "return_declined"} & ReturnPart} ReturnFact */
/** @typedef {{v: number, e: "paused" | "work_stopped" | "resumed", phase: Phase, clock?: Clock}} PhaseFact */
/** @typedef {{v: number, e: "frame_taken" | "frame_passed" | "frame_offered"} & FramePart} FrameFact */
/**
 * @typedef {{v: number, e: "leaders_gone" | "leader_back", leaderless_since: number | null} & FramePart} LeadersFact
 */
/**
 * @typedef {{v: number, e: "closed", phase: Phase, deputy: string | null, leaderless_since: number | null,
 *   clock?: Clock} & WhoPart & FramePart} ClosedFact
 */
/**
 * @typedef {SeatFact | SeatRemoved | DeputyNamed | StageFact | SecondCase | PresenterFact | OutFact
 *   | ReturnFact | PhaseFact | FrameFact | LeadersFact | ClosedFact} HeardFact
 */
/** @typedef {HeardFact | Unheard} Fact */

// Frames about the line, and notices that nobody keeps.

/** @typedef {{hands: boolean, chair: boolean}} Options */
/** @typedef {{t: "hello", now: number, options: Options, state: State}} Hello */
/** @typedef {{t: "snapshot", state: State}} Snapshot */
/** @typedef {{t: "done", id: string | null, v: number}} Done */
/** @typedef {{t: "refused", id: string | null, code: string}} Refusal */
/** @typedef {{t: "pong", v: number}} Pong */
/** @typedef {{t: "people", people: {[seat: string]: string}}} People */
/** @typedef {"yours" | "time" | "look_presenter" | "lost" | "slower"} SignName */
/**
 * @typedef {"recognise" | "moment" | "go" | "line" | "look_presenter" | "all_right" | "not_alone"} WordName
 */
/** @typedef {"moment" | "talk" | "line"} AsideName said to one person alone, or null: asked out without a word */
/** @typedef {"patient" | "clinician" | "between" | "family" | "team" | "institution"} Side */
/**
 * @typedef {{t: "sign", seat: string, sign: SignName}
 *   | {t: "whisper", seat: string, text: string}
 *   | {t: "word", seat: string, word: WordName}
 *   | {t: "touch", seat: string, side: Side, on: boolean}
 *   | {t: "on_call" | "hand" | "chair" | "weak", seat: string, on: boolean}
 *   | {t: "alone", seat: string, alone: boolean}
 *   | {t: "aside", word: AsideName | null}} Notice
 */
/** @typedef {{t: "media", seat: string, page: string, since: number, mic: boolean, camera: boolean}} MediaNotice */
/** @typedef {{kind: "offer" | "answer", link: string, n: number, sdp: string}} Description */
/**
 * @typedef {{kind: "candidate", link: string, candidate: string, mid: string | null, line: number | null,
 *   ufrag: string | null}} Candidate
 */
/** @typedef {{kind: "bye", link: string | null}} LinkBye */
/** @typedef {{kind: "check", step: string, value: string}} CheckSignal */
/** @typedef {Description | Candidate | LinkBye | CheckSignal} SignalData */
/** @typedef {{t: "signal", seat: string, page: string | null, from: string, data: SignalData}} Signal */
/** @typedef {{t: "mute" | "ask_unmute", seat: string}} AboutMic from a leader */
/** @typedef {"debrief" | "door"} PlaceName */
/**
 * Where this person is after the close and with whom, and which leader stays at the door.
 * @typedef {{t: "after", room: PlaceName | null, seats: string[], stays: string | null}} AfterNotice
 */
/** @typedef {{t: "ways", ice: RTCIceServer[]}} WaysNotice servers and relays, for who has been let in */
/** @typedef {MediaNotice | Signal | AboutMic | AfterNotice | WaysNotice} MediaFrame */
/** @typedef {Hello | Snapshot | Done | Refusal | Pong | People | Notice | MediaFrame} LineFrame */
/** @typedef {LineFrame | Fact} Heard all that a browser may hear */

// All that a browser may say.

/** @typedef {{t: "join", ticket: string, v: number} | {t: "ping", v: number} | {t: "leave"}} LineMessage */
/**
 * @typedef {{t: "admit" | "take_back", id: string, seat: string}
 *   | {t: "ask_out", id: string, seat: string, word?: AsideName}
 *   | {t: "mark", id: string, seat: string, here: boolean}
 *   | {t: "name_deputy", id: string, seat: string | null}
 *   | {t: "hand_over", id: string, to: string}
 *   | {t: "step_out" | "step_in" | "pause" | "close_now" | "undo_mark" | "come_in" | "decline_return"
 *       | "take_frame", id: string}} Wish
 */
/**
 * @typedef {{t: "move_on" | "step_back" | "repeat" | "skip" | "second_case" | "no_case" | "end_meeting"
 *       | "free_presenter" | "sit_back", id: string, v: number, anyway?: boolean}
 *   | {t: "resume", id: string, v: number, anyway?: boolean, presenter_in: boolean}
 *   | {t: "mark_presenter", id: string, v: number, anyway?: boolean, seat: string}} Move
 */
/**
 * @typedef {{t: "sign", id: string, sign: SignName}
 *   | {t: "whisper", id: string, text: string}
 *   | {t: "word", id: string, word: WordName}
 *   | {t: "touch", id: string, side: Side, on: boolean}
 *   | {t: "on_call" | "hand" | "chair" | "weak", id: string, on: boolean}
 *   | {t: "alone", id: string, alone: boolean}} Passing
 */
/**
 * @typedef {{t: "voice", id: string, page: string, take: boolean, mic: boolean, camera: boolean}
 *   | {t: "signal", id: string, to: string, page: string | null, from: string, data: SignalData}
 *   | {t: "after", id: string, room: PlaceName | null}
 *   | {t: "ways", id: string}
 *   | {t: "mute" | "ask_unmute", id: string, seat: string}} AboutMedia
 */
/** @typedef {LineMessage | Wish | Move | Passing | AboutMedia} Said */

/** Why a socket was closed, by close code. */
export const BYE = Object.freeze({
  bad: 4400,
  not_yours: 4403,
  gone: 4404,
  late_join: 4408,
  elsewhere: 4409,
  replaced: 4410,
  too_big: 4413,
  too_fast: 4429,
  restart: 1012,
});
