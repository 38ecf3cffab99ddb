"""Write histories for the browser's mirror: what each socket heard, and what it must know then.

Run with `python -m tests.write_traces` after a change of the protocol; a test says when it is due.
"""

import json
from pathlib import Path
from typing import Any

from enid.groups.formats import PRESETS
from enid.room.media import grants
from enid.room.protocol import Audience, event_for, snapshot_for
from enid.room.session import Role, Setting, evolve
from enid.room.session import commands as c
from tests.unit.room.stories import TWO_CASES, Story

FOLDER = Path(__file__).parent / "traces"
HEARD = FOLDER / "heard"


def full_session() -> Story:
    """Tell a session in which everything goes its usual way."""
    story = Story(here="marta ruth anna jonas").go_to("call")
    story.do(c.MarkPresenter("marta", seat="jonas"), c.UndoMark("ruth"))
    story.wait(30).go_to("work").wait(600)
    story.do(c.Arrive("priya", known=True), c.Admit("ruth", seat="priya"))
    story.do(c.ComeIn("anna"), c.SitBack("anna"), c.Pause("ruth"))
    story.wait(60).do(
        c.Resume("marta"), c.Repeat("marta"), c.StepBack("marta"), c.MoveOn("ruth", anyway=True)
    )
    story.go_to("return").do(c.DeclineReturn("anna"))
    story.go_to("close").do(c.EndMeeting("marta"))
    return story


def broken_lines() -> Story:
    """Tell a session in which every line breaks once."""
    story = Story().go_to("work")
    story.do(c.NameDeputy("marta", seat="priya"), c.Drop("anna"), c.Arrive("anna", True), c.Resume("marta"))
    story.do(c.Drop("marta"), c.Arrive("marta", True), c.TakeFrame("marta"), c.HandOver("marta", "ruth"))
    story.do(c.Drop("marta"), c.Drop("ruth"), c.Leave("jonas"), c.Arrive("jonas", True))
    story.wait(120).do(c.Arrive("marta", True), c.Arrive("ruth", True), c.StepOut("ruth"), c.StepIn("ruth"))
    story.do(c.Drop("anna"), c.FreePresenter("marta"), c.CloseNow("marta", anyway=True))
    return story


def at_the_door() -> Story:
    """Tell of guests, unknown devices and people outside."""
    story = Story(here="ruth marta")
    story.do(c.Arrive("gast", False), c.LeaveDoor("gast"), c.Arrive("gast", False))
    story.do(c.Admit("marta", seat="gast"), c.Arrive("gast", False), c.Admit("marta", seat="gast"))
    story.do(c.Arrive("anna", known=False), c.Arrive("jonas", True), c.AskOut("ruth", seat="jonas"))
    story.do(c.TakeBack("marta", seat="jonas"), c.StepOut("jonas"), c.StepIn("jonas"))
    story.do(c.AddSeat("neu", Role.MEMBER), c.Arrive("neu", True), c.RemoveSeat("neu"), c.RemoveSeat("ruth"))
    return story


def two_cases() -> Story:
    """Tell of two cases in one room, where a table's device marks who is present."""
    story = Story(TWO_CASES, Setting.ROOM, here="marta")
    story.do(
        c.Mark("marta", seat="anna"), c.Mark("marta", seat="jonas"), c.Mark("marta", seat="jonas", here=False)
    )
    story.go_to("break").do(c.SecondCase("marta"), c.NoCase("marta"))
    return story


def without_pull_back() -> Story:
    """Tell of a group that lets its presenter decide."""
    story = Story(PRESETS["uk-90"], Setting.BESIDE).go_to("work")
    story.do(c.SitBack("marta"), c.Skip("marta"))
    return story


TRACES = {
    "full-session": full_session,
    "broken-lines": broken_lines,
    "at-the-door": at_the_door,
    "two-cases": two_cases,
    "optional": without_pull_back,
}
BY_VIDEO = ("full-session", "broken-lines", "at-the-door")
SEAT_OF = {Audience.LEADER: "marta", Audience.PRESENTER: "anna", Audience.WAITING: "gast"}


def trace_of(story: Story) -> dict[str, Any]:
    """Return for each audience the first snapshot, the frames after it, and the last snapshot."""
    states = [evolve(None, story.log[0])]
    for event in story.log[1:]:
        states.append(evolve(states[-1], event))
    told = list(zip(story.log[1:], states[1:], strict=True))
    trace = {}
    for who in Audience:
        seat = SEAT_OF.get(who, "jonas")
        trace[who.value] = {
            "before": snapshot_for(states[0], who, seat),
            "frames": [event_for(event, after, who) for event, after in told],
            "after": snapshot_for(states[-1], who, seat),
        }
    trace["waiting"]["after"]["because"] = trace["waiting"]["before"]["because"]  # news comes as a snapshot
    return trace


def texts() -> dict[str, str]:
    """Return the name and the content of each file."""
    return {
        f"{name}.json": json.dumps(trace_of(tell()), indent=1, sort_keys=True) + "\n"
        for name, tell in TRACES.items()
    }


def heard_texts() -> dict[str, str]:
    """Return the name and the content of each file that says whose sound may be heard after each fact."""
    return {f"{name}.json": json.dumps(heard_in(TRACES[name]())) + "\n" for name in BY_VIDEO}


def heard_in(story: Story) -> list[list[str]]:
    """Return the seats that may be heard at the beginning and after each fact."""
    state, heard = None, []
    for event in story.log:
        state = evolve(state, event)
        heard.append(sorted(seat for seat, may in grants(state).items() if may))
    return heard


def main() -> None:
    """Write the files anew."""
    HEARD.mkdir(parents=True, exist_ok=True)
    for folder, files in ((FOLDER, texts()), (HEARD, heard_texts())):
        for name, text in files.items():
            (folder / name).write_text(text, "utf-8")


if __name__ == "__main__":
    main()
