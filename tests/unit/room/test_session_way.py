"""Stories of the way: stages, the presenter, pauses, the close."""

import pytest

from enid.groups.formats import PRESETS, PullBack
from enid.room.session import Phase, Role, Session, Setting, after_close
from enid.room.session import commands as c
from tests.unit.room.stories import NO_PULL_BACK, TWO_CASES, Story, names

MINUTE = 60


def test_leader_moves_the_stage() -> None:
    story = Story()
    assert names(story.do(c.MoveOn("marta"))) == ["StageMoved"]
    assert story.stage == "frame"


def test_member_moves_no_stage() -> None:
    assert Story().refusal(c.MoveOn("anna")) == "not_a_leader"


def test_time_moves_no_stage() -> None:
    story = Story()
    before = story.session
    assert story.wait(10 * 3600).session is before
    assert not [name for name in vars(c) if "tick" in name.lower()]


def test_going_back_keeps_what_was_spent() -> None:
    story = Story().go_to("followup").wait(2 * MINUTE)
    story.do(c.MoveOn("marta"))
    story.wait(MINUTE).do(c.StepBack("marta"))
    story.wait(MINUTE).do(c.MoveOn("marta"))
    followup = story.session.format.stages.index(PRESETS["us-60"].stages[2])
    assert story.session.spent[followup] == 3 * MINUTE * 1000
    assert story.session.spent[story.session.stage] == MINUTE * 1000


def test_repeated_stage_begins_its_clock_anew() -> None:
    story = Story().go_to("followup").wait(MINUTE)
    story.do(c.MoveOn("marta"), c.StepBack("marta"))
    assert names(story.do(c.Repeat("marta"))) == ["StageRepeated"]
    assert story.session.spent[story.session.stage] == 0


def test_repeated_work_has_the_presenter_sit_back_again() -> None:
    story = Story().go_to("work")
    story.do(c.ComeIn("anna"))
    assert names(story.do(c.Repeat("marta"))) == ["StageRepeated", "PresenterSatBack"]


def test_skip_goes_past_the_next_stage() -> None:
    story = Story()
    story.do(c.Skip("marta"))
    assert story.stage == "followup"


def test_first_and_last_stage_have_nothing_beyond() -> None:
    story = Story()
    assert story.refusal(c.StepBack("marta")) == "first_stage"
    story.go_to("close")
    assert story.refusal(c.MoveOn("marta")) == "last_stage"
    assert story.refusal(c.Skip("marta")) == "last_stage"


def test_marking_the_presenter_begins_the_telling() -> None:
    story = Story().go_to("call")
    assert names(story.do(c.MarkPresenter("marta", seat="anna"))) == ["PresenterMarked", "StageMoved"]
    assert (story.stage, story.session.presenter) == ("present", "anna")


def test_mark_without_a_call_stays_in_the_telling() -> None:
    story = Story(PRESETS["hu-80"]).go_to("present")
    assert story.refusal(c.MoveOn("marta")) == "no_presenter"
    assert names(story.do(c.MarkPresenter("marta", seat="jonas"))) == ["PresenterMarked"]
    assert story.stage == "present"


def test_mark_can_be_undone_for_twenty_seconds_and_no_longer() -> None:
    story = Story().go_to("call")
    story.do(c.MarkPresenter("marta", seat="anna"))
    story.wait(20)
    assert story.refusal(c.UndoMark("ruth")) is None
    assert story.wait(0.001).refusal(c.UndoMark("ruth")) == "too_late"
    story.wait(-1).do(c.UndoMark("ruth"))
    assert (story.stage, story.session.presenter) == ("call", None)
    assert story.refusal(c.UndoMark("ruth")) == "not_marked"


@pytest.mark.parametrize(
    ("seat", "code"), [("ruth", "not_a_member"), ("nobody", "unknown_seat"), ("gast", "not_here")]
)
def test_only_someone_of_the_circle_who_is_here_can_tell(seat: str, code: str) -> None:
    assert Story().go_to("call").refusal(c.MarkPresenter("marta", seat=seat)) == code


def test_presenter_is_marked_only_where_the_case_begins() -> None:
    assert Story().refusal(c.MarkPresenter("marta", seat="anna")) == "wrong_stage"


@pytest.mark.parametrize("wish", [c.MoveOn("marta"), c.Skip("marta")])
def test_nobody_leaves_the_call_without_a_presenter(wish: c.Command) -> None:
    assert Story().go_to("call").refusal(wish) == "no_presenter"


def test_no_case_today_goes_to_the_closing_stages() -> None:
    story = Story(PRESETS["first-meeting-90"]).go_to("call")
    story.do(c.NoCase("marta"))
    assert story.stage == "reflect"
    assert Story().refusal(c.NoCase("marta")) == "wrong_stage"


def test_presenter_sits_back_by_itself_where_the_format_says_always() -> None:
    story = Story().go_to("clarify")
    assert names(story.do(c.MoveOn("marta"))) == ["StageMoved", "PresenterSatBack"]
    anna = story.floor("anna")
    assert (anna.may_speak, anna.heard, anna.sits_back) == (False, False, True)
    assert story.floor("jonas").heard


def test_sitting_back_is_decided_where_the_format_says_optional() -> None:
    story = Story(PRESETS["uk-90"]).go_to("work")
    assert not story.session.sits_back
    assert names(story.do(c.SitBack("anna"))) == ["PresenterSatBack"]
    assert story.do(c.SitBack("anna")) == ()
    story.do(c.ComeIn("anna"))
    assert names(story.do(c.SitBack("marta"))) == ["PresenterSatBack"]


def test_sitting_back_is_refused_where_the_format_has_none() -> None:
    assert Story(NO_PULL_BACK).go_to("work").refusal(c.SitBack("anna")) == "no_pull_back"


def test_presenter_comes_in_without_asking_and_twice_is_once() -> None:
    story = Story().go_to("work")
    assert names(story.do(c.ComeIn("anna"))) == ["PresenterCameIn"]
    assert story.do(c.ComeIn("anna")) == ()
    assert story.floor("anna").heard
    assert story.refusal(c.ComeIn("jonas")) == "not_presenter"


def test_presenter_is_invited_to_return_and_may_decline() -> None:
    story = Story().go_to("work")
    assert names(story.do(c.MoveOn("marta"))) == ["StageMoved", "PresenterInvited"]
    assert names(story.do(c.DeclineReturn("anna"))) == ["ReturnDeclined"]
    assert story.do(c.DeclineReturn("anna")) == ()
    assert story.session.sits_back
    assert names(story.do(c.MoveOn("marta"))) == ["StageMoved", "PresenterCameIn"]


def test_return_is_declined_only_by_who_is_invited() -> None:
    story = Story().go_to("work")
    assert story.refusal(c.DeclineReturn("anna")) == "not_invited"
    assert story.refusal(c.DeclineReturn("jonas")) == "not_presenter"


def test_presenter_who_returns_speaks() -> None:
    story = Story().go_to("return")
    story.do(c.ComeIn("anna"))
    assert story.floor("anna").may_speak
    assert not story.floor("jonas").may_speak
    assert story.floor("jonas").heard


def test_going_back_before_the_work_brings_the_presenter_in() -> None:
    story = Story().go_to("pullback")
    assert names(story.do(c.StepBack("marta"))) == ["StageMoved", "PresenterCameIn"]


def test_second_case_begins_at_the_call_with_a_fresh_clock() -> None:
    story = Story(TWO_CASES).go_to("return").wait(MINUTE)
    story.do(c.MoveOn("marta"))
    assert story.stage == "break"
    story.do(c.SecondCase("marta"))
    assert (story.stage, story.session.case, story.session.presenter) == ("call", 2, None)
    assert set(story.session.spent[1:5]) == {0}


def test_there_is_no_break_after_the_last_case() -> None:
    story = Story(TWO_CASES).go_to("break")
    story.do(c.SecondCase("marta"))
    story.go_to("return").do(c.MoveOn("marta"))
    assert story.stage == "process"
    assert story.refusal(c.SecondCase("marta")) == "one_case"


def test_second_case_needs_a_format_with_two_and_the_first_behind() -> None:
    assert Story().go_to("return").refusal(c.SecondCase("marta")) == "one_case"
    assert Story(TWO_CASES).go_to("work").refusal(c.SecondCase("marta")) == "wrong_stage"


def test_pause_rests_stage_and_clock_and_frees_everyone() -> None:
    story = Story().go_to("work").wait(MINUTE)
    story.do(c.Pause("ruth"))
    story.wait(MINUTE)
    assert story.session.phase is Phase.PAUSED
    assert all(story.floor(id).may_speak for id in ("marta", "anna", "jonas"))
    assert not story.floor("anna").sits_back
    assert story.refusal(c.MoveOn("marta")) == "paused"
    assert story.do(c.Pause("marta")) == ()


def test_first_door_goes_on_with_the_presenter_back_outside() -> None:
    story = Story().go_to("work").wait(MINUTE)
    story.do(c.Pause("ruth"))
    story.wait(MINUTE).do(c.Resume("marta"))
    assert story.floor("anna").sits_back
    story.wait(MINUTE).do(c.MoveOn("marta"))
    work = [stage.id for stage in story.session.format.stages].index("work")
    assert story.session.spent[work] == 2 * MINUTE * 1000


def test_second_door_brings_the_presenter_in() -> None:
    story = Story().go_to("work")
    story.do(c.Pause("ruth"))
    assert names(story.do(c.Resume("marta", presenter_in=True))) == ["PresenterCameIn", "Resumed"]


def test_third_door_closes_through_the_closing_stage() -> None:
    story = Story().go_to("work")
    story.do(c.Pause("ruth"))
    assert names(story.do(c.CloseNow("ruth"))) == ["Resumed", "StageMoved", "PresenterCameIn"]
    assert (story.stage, story.session.phase) == ("close", Phase.OPEN)


def test_presenter_may_come_in_during_a_pause_and_stays() -> None:
    story = Story().go_to("work")
    story.do(c.Pause("ruth"), c.ComeIn("anna"), c.Resume("marta"))
    assert not story.session.sits_back


def test_close_now_never_ends_the_meeting_by_itself() -> None:
    story = Story().go_to("present")
    story.do(c.CloseNow("ruth"))
    assert story.stage == "close"
    assert story.do(c.CloseNow("ruth")) == ()
    assert story.session.phase is Phase.OPEN


def test_meeting_ends_only_from_its_closing_stage_and_stays_closed() -> None:
    story = Story().go_to("work")
    assert story.refusal(c.EndMeeting("marta")) == "not_closing"
    story.go_to("close").do(c.EndMeeting("marta"))
    assert story.session.phase is Phase.CLOSED
    for wish in (
        c.ComeIn("anna"),
        c.Arrive("anna", True),
        c.MoveOn("marta"),
        c.Open(TWO_CASES, Setting.ROOM, ()),
    ):
        assert story.refusal(wish) == "closed"


def told_by(seat: str) -> Session:
    """Return a closed session in which this seat told a case."""
    story = Story().go_to("call")
    story.do(c.MarkPresenter("marta", seat=seat))
    story.go_to("work").do(c.ComeIn(seat))
    story.go_to("close").do(c.EndMeeting("marta"))
    return story.session


def test_close_forgets_who_presented() -> None:
    assert told_by("anna").presenter is None
    assert told_by("anna") == told_by("jonas")
    assert after_close(told_by("anna")) == after_close(told_by("priya"))


def test_closed_session_still_knows_who_was_here() -> None:
    seats = after_close(told_by("anna")).seats
    assert [seat.id for seat in seats if seat.been_here] == ["marta", "ruth", "anna", "jonas", "priya"]
    with pytest.raises(ValueError, match="not closed"):
        after_close(Story().session)


def test_every_preset_can_be_walked_from_end_to_end() -> None:
    for format in PRESETS.values():
        story = Story(format).go_to("close")
        story.do(c.EndMeeting("marta"))
        assert story.session.phase is Phase.CLOSED
        sat_back = "PresenterSatBack" in names(tuple(story.log))
        assert sat_back == (format.pull_back is PullBack.ALWAYS)


def test_session_opens_once_with_a_sound_format_and_circle() -> None:
    seats = (("a", Role.LEADER), ("a", Role.MEMBER))
    story = Story()
    assert story.refusal(c.Open(TWO_CASES, Setting.ROOM, ())) == "opened"
    for wish, code in (
        (c.Open(TWO_CASES, Setting.ROOM, seats), "seat_taken"),
        (c.Open(TWO_CASES, Setting.ROOM, (("not a seat", Role.LEADER),)), "bad_seat"),
        (c.Open(TWO_CASES, Setting.ROOM, tuple((f"s{i}", Role.MEMBER) for i in range(49))), "full"),
        (c.MoveOn("a"), "not_open_yet"),
    ):
        story.session = None  # type: ignore[assignment]
        assert story.refusal(wish) == code
