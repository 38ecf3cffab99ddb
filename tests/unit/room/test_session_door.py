"""Stories of coming and going, and of who holds the frame."""

import pytest

from enid.room.session import Because, Phase, Role, Setting, Status
from enid.room.session import commands as c
from tests.unit.room.stories import Story, names

FIVE_MINUTES = 5 * 60


def because(story: Story, id: str) -> Because | None:
    """Return why somebody waits."""
    seat = story.session.seat(id)
    assert seat is not None
    return seat.waits_because


def test_member_on_a_known_device_walks_in() -> None:
    story = Story(here="")
    assert names(story.do(c.Arrive("anna", known=True))) == ["Arrived"]
    assert story.do(c.Arrive("anna", known=True)) == ()


def test_guest_and_unknown_device_wait_until_a_leader_admits() -> None:
    story = Story(here="marta ruth")
    story.do(c.Arrive("gast", known=False), c.Arrive("anna", known=False))
    assert (because(story, "gast"), because(story, "anna")) == (Because.GUEST, Because.DEVICE)
    assert story.refusal(c.Admit("jonas", seat="gast")) == "not_a_leader"
    story.do(c.Admit("ruth", seat="gast"))
    assert story.status("gast") is Status.HERE
    assert because(story, "gast") is None
    assert story.do(c.Admit("marta", seat="gast")) == ()


def test_leader_never_waits() -> None:
    story = Story(here="")
    story.do(c.Arrive("marta", known=False))
    assert story.status("marta") is Status.HERE


def test_first_arrival_during_the_telling_waits_until_fetched() -> None:
    story = Story(here="marta ruth anna jonas").go_to("present")
    story.do(c.Arrive("priya", known=True))
    assert because(story, "priya") is Because.LATE
    story.do(c.Admit("marta", seat="priya"))
    assert story.status("priya") is Status.HERE


@pytest.mark.parametrize("stage", ["call", "close"])
def test_first_arrival_outside_the_case_lands_at_once(stage: str) -> None:
    story = Story(here="marta ruth anna jonas").go_to(stage)
    story.do(c.Arrive("priya", known=True))
    assert story.status("priya") is Status.HERE


def test_late_arrival_in_one_room_does_not_wait() -> None:
    story = Story(setting=Setting.ROOM, here="marta anna").go_to("work")
    story.do(c.Arrive("priya", known=True))
    assert story.status("priya") is Status.HERE


def test_whoever_has_been_here_lands_at_once_in_seat_and_role() -> None:
    story = Story().go_to("work")
    story.do(c.Drop("jonas"))
    assert story.status("jonas") is Status.DROPPED
    story.do(c.Arrive("jonas", known=True))
    assert story.status("jonas") is Status.HERE


def knocks_beside(story: Story, id: str) -> bool:
    """Say whether another browser of this seat is at the door."""
    seat = story.session.seat(id)
    assert seat is not None
    return seat.knocks_beside


def test_another_browser_knocks_though_its_person_has_been_here() -> None:
    story = Story().go_to("work")
    story.do(c.Drop("jonas"), c.Arrive("jonas", known=False))
    assert because(story, "jonas") is Because.DEVICE
    story.do(c.Admit("marta", seat="jonas"))
    assert story.status("jonas") is Status.HERE


def test_another_browser_knocks_beside_an_open_seat() -> None:
    story = Story()
    assert names(story.do(c.Arrive("jonas", known=False))) == ["KnockedBeside"]
    assert story.do(c.Arrive("jonas", known=False)) == ()
    assert story.status("jonas") is Status.HERE
    assert story.refusal(c.Admit("anna", seat="jonas")) == "not_a_leader"
    assert names(story.do(c.Admit("ruth", seat="jonas"))) == ["AdmittedBeside"]
    assert not knocks_beside(story, "jonas")


def test_browser_that_goes_from_the_door_leaves_the_seat_as_it_was() -> None:
    story = Story()
    story.do(c.Arrive("jonas", known=False), c.LeaveDoor("jonas"))
    assert (story.status("jonas"), knocks_beside(story, "jonas")) == (Status.HERE, False)
    assert story.do(c.LeaveDoor("jonas")) == ()
    story.do(c.Leave("jonas"), c.Arrive("jonas", known=False), c.LeaveDoor("jonas"))
    assert story.status("jonas") is Status.LEFT


@pytest.mark.parametrize("going", [c.Drop("jonas"), c.Leave("jonas")])
def test_browser_beside_a_seat_that_empties_waits_for_the_seat(going: c.Command) -> None:
    story = Story()
    story.do(c.Arrive("jonas", known=False), going)
    assert (story.status("jonas"), because(story, "jonas")) == (Status.WAITING, Because.DEVICE)
    assert not knocks_beside(story, "jonas")
    story.do(c.Arrive("jonas", known=True))
    assert (story.status("jonas"), knocks_beside(story, "jonas")) == (Status.HERE, True)


def test_mark_of_a_person_in_the_room_lets_no_browser_in() -> None:
    story = Story(setting=Setting.ROOM, here="marta")
    story.do(c.Arrive("anna", known=False), c.Mark("marta", seat="anna"))
    assert (story.status("anna"), knocks_beside(story, "anna")) == (Status.HERE, True)
    story.do(c.Mark("marta", seat="anna", here=False))
    assert (story.status("anna"), because(story, "anna")) == (Status.WAITING, Because.DEVICE)


def test_late_member_on_a_known_device_waits_beside_a_knock() -> None:
    story = Story(here="marta ruth anna jonas").go_to("present")
    story.do(c.Arrive("priya", known=False), c.Arrive("priya", known=True))
    assert (because(story, "priya"), knocks_beside(story, "priya")) == (Because.LATE, True)
    story.do(c.Admit("marta", seat="priya"), c.Admit("marta", seat="priya"))
    assert (story.status("priya"), knocks_beside(story, "priya")) == (Status.HERE, False)


def test_someone_who_waited_and_went_was_never_here() -> None:
    story = Story(here="marta")
    story.do(c.Arrive("gast", known=False), c.LeaveDoor("gast"))
    assert story.status("gast") is Status.AWAY
    story.do(c.Arrive("gast", known=False))
    assert story.status("gast") is Status.WAITING


def test_drop_and_leave_of_someone_gone_change_nothing() -> None:
    story = Story()
    story.do(c.Leave("jonas"))
    assert story.do(c.Drop("jonas")) == ()
    assert story.do(c.Leave("jonas")) == ()
    assert story.do(c.Drop("gast")) == ()


def test_stepping_out_and_in_by_oneself() -> None:
    story = Story()
    story.do(c.StepOut("jonas"))
    assert not story.floor("jonas").heard
    assert story.do(c.StepOut("jonas")) == ()
    assert story.do(c.Drop("jonas"), c.Arrive("jonas", True)) == ()
    story.do(c.StepIn("jonas"))
    assert story.floor("jonas").heard
    assert story.refusal(c.StepIn("gast")) == "not_outside"
    assert story.refusal(c.StepOut("gast")) == "not_here"


def test_whoever_was_asked_out_comes_back_only_through_a_leader() -> None:
    story = Story()
    story.do(c.AskOut("ruth", seat="jonas"))
    assert story.refusal(c.StepIn("jonas")) == "asked_out"
    story.do(c.Leave("jonas"), c.Arrive("jonas", True))
    assert story.status("jonas") is Status.OUTSIDE
    story.do(c.TakeBack("marta", seat="jonas"))
    assert story.status("jonas") is Status.HERE
    assert story.do(c.TakeBack("marta", seat="jonas")) == ()


def test_leaders_are_not_asked_out_nor_who_is_not_here() -> None:
    story = Story()
    assert story.refusal(c.AskOut("ruth", seat="marta")) == "is_leader"
    assert story.refusal(c.AskOut("ruth", seat="gast")) == "not_here"
    assert story.refusal(c.AskOut("anna", seat="jonas")) == "not_a_leader"


@pytest.mark.parametrize(
    "going", [c.Drop("anna"), c.Leave("anna"), c.StepOut("anna"), c.AskOut("ruth", seat="anna")]
)
def test_work_stops_when_the_presenter_is_gone(going: c.Command) -> None:
    story = Story().go_to("work")
    assert names(story.do(going))[-1] == "WorkStopped"
    assert story.session.phase is Phase.STOPPED
    assert story.floor("jonas").may_speak
    assert story.refusal(c.MoveOn("marta")) == "stopped"


def test_presenter_who_comes_back_finds_the_work_still_resting() -> None:
    story = Story().go_to("work")
    story.do(c.Drop("anna"), c.Arrive("anna", True))
    assert story.session.phase is Phase.STOPPED
    story.do(c.Resume("marta"))
    assert story.floor("anna").sits_back


def test_pause_turns_into_a_stop_when_the_presenter_is_gone() -> None:
    story = Story().go_to("work")
    story.do(c.Pause("ruth"))
    assert names(story.do(c.Drop("anna"))) == ["Dropped", "WorkStopped"]


def test_group_goes_on_without_a_presenter_who_is_gone() -> None:
    story = Story().go_to("work")
    assert story.refusal(c.FreePresenter("marta")) == "presenter_here"
    story.do(c.Drop("anna"))
    assert names(story.do(c.FreePresenter("marta"))) == ["PresenterFreed", "Resumed"]
    assert story.do(c.FreePresenter("marta")) == ()
    story.do(c.MoveOn("marta"))
    assert (story.stage, story.session.invited) == ("return", False)


def test_work_that_stopped_may_be_closed() -> None:
    story = Story().go_to("work")
    story.do(c.Drop("anna"), c.CloseNow("ruth"))
    assert (story.stage, story.session.phase) == ("close", Phase.OPEN)


def test_presenter_gone_before_the_telling_stops_nothing() -> None:
    story = Story().go_to("present")
    story.do(c.StepBack("marta"), c.Drop("anna"))
    assert story.session.phase is Phase.OPEN


@pytest.mark.parametrize("setting", [Setting.ROOM, Setting.BESIDE])
def test_lost_line_is_only_a_mark_where_enid_carries_no_sound(setting: Setting) -> None:
    story = Story(setting=setting).go_to("work")
    assert names(story.do(c.Drop("anna"))) == ["Dropped"]
    assert names(story.do(c.Drop("marta"))) == ["Dropped"]
    assert names(story.do(c.Drop("ruth"))) == ["Dropped"]
    assert story.floor("anna").sits_back
    assert story.session.holder == "marta"
    story.do(c.MoveOn("marta"))
    assert story.stage == "return"


def test_leader_marks_who_is_in_the_room() -> None:
    story = Story(setting=Setting.ROOM, here="marta")
    story.do(c.Mark("marta", seat="gast"))
    assert story.status("gast") is Status.HERE
    assert story.do(c.Mark("marta", seat="gast")) == ()
    story.do(c.Mark("marta", seat="gast", here=False))
    assert story.status("gast") is Status.LEFT
    assert Story().refusal(c.Mark("marta", seat="anna")) == "only_without_sound"


def test_first_leader_here_holds_the_frame() -> None:
    story = Story(here="anna")
    assert story.session.holder is None
    story.do(c.Arrive("ruth", True), c.Arrive("marta", True))
    assert story.session.holder == "ruth"


def test_move_of_the_other_leader_asks_first_and_leaves_the_frame() -> None:
    story = Story()
    assert story.refusal(c.MoveOn("ruth")) == "held_by_other"
    story.do(c.MoveOn("ruth", anyway=True))
    assert (story.stage, story.session.holder) == ("frame", "marta")


@pytest.mark.parametrize("wish", [c.Pause("ruth"), c.CloseNow("ruth"), c.AskOut("ruth", seat="anna")])
def test_safety_is_open_to_either_leader_at_once(wish: c.Command) -> None:
    assert Story().refusal(wish) is None


def test_handing_over_is_one_step() -> None:
    story = Story()
    assert story.refusal(c.HandOver("ruth", "marta")) == "not_holder"
    assert story.refusal(c.HandOver("marta", "anna")) == "not_a_leader"
    story.do(c.HandOver("marta", "ruth"))
    assert story.session.holder == "ruth"
    assert story.do(c.HandOver("ruth", "ruth")) == ()


def test_frame_is_taken_only_if_offered_or_free() -> None:
    story = Story()
    assert story.refusal(c.TakeFrame("ruth")) == "not_offered"
    assert story.do(c.TakeFrame("marta")) == ()
    beside = Story(setting=Setting.BESIDE)
    beside.do(c.Drop("marta"), c.TakeFrame("ruth"))
    assert beside.session.holder == "ruth"


def test_frame_passes_when_its_holder_drops_and_is_offered_back() -> None:
    story = Story()
    assert names(story.do(c.Drop("marta"))) == ["Dropped", "FramePassed"]
    assert story.session.holder == "ruth"
    assert names(story.do(c.Arrive("marta", True))) == ["Arrived", "FrameOffered"]
    assert (story.session.holder, story.session.offered_to) == ("ruth", "marta")
    story.do(c.TakeFrame("marta"))
    assert (story.session.holder, story.session.offered_to) == ("marta", None)


def test_offer_ends_when_its_leader_goes_again() -> None:
    story = Story()
    story.do(c.Drop("marta"), c.Arrive("marta", True), c.StepOut("marta"))
    assert story.session.offered_to is None


def test_presenter_is_in_and_all_may_speak_when_all_leaders_are_gone() -> None:
    story = Story().go_to("work")
    story.do(c.Drop("ruth"))
    assert names(story.do(c.Drop("marta"))) == ["Dropped", "LeadersGone", "PresenterCameIn"]
    assert story.floor("anna").may_speak
    assert story.floor("jonas").may_speak
    assert story.refusal(c.SitBack("anna")) == "no_leader"


def leaderless(deputy: str | None) -> Story:
    """Return a session whose leaders are gone."""
    story = Story()
    story.do(c.NameDeputy("ruth", seat=deputy), c.Drop("marta"), c.Drop("ruth"))
    return story


def test_deputy_holds_the_circle_without_leaders() -> None:
    story = leaderless("jonas")
    assert story.refusal(c.MoveOn("anna")) == "not_the_deputy"
    story.do(c.MoveOn("jonas"))
    assert story.stage == "frame"


def test_anyone_here_holds_the_circle_without_a_deputy() -> None:
    assert leaderless(None).refusal(c.MoveOn("anna")) is None
    gone = leaderless("jonas")
    gone.do(c.Drop("jonas"))
    assert gone.refusal(c.MoveOn("anna")) is None
    assert gone.refusal(c.MoveOn("gast")) == "not_here"


def test_deputy_fetches_who_is_late_and_no_stranger() -> None:
    story = Story(here="marta anna jonas").go_to("work")
    story.do(
        c.NameDeputy("marta", seat="jonas"), c.Arrive("priya", True), c.Arrive("gast", False), c.Drop("marta")
    )
    assert story.refusal(c.Admit("anna", seat="priya")) == "not_the_deputy"
    assert story.refusal(c.Admit("jonas", seat="gast")) == "not_a_leader"
    story.do(c.Admit("jonas", seat="priya"))
    assert story.status("priya") is Status.HERE


def test_deputy_may_close_after_five_minutes() -> None:
    story = leaderless("jonas")
    story.wait(FIVE_MINUTES - 1)
    assert story.refusal(c.CloseNow("jonas")) == "too_soon"
    story.wait(1).do(c.CloseNow("jonas"), c.EndMeeting("jonas"))
    assert story.session.phase is Phase.CLOSED


def test_deputy_cannot_walk_to_the_close_sooner() -> None:
    story = Story().go_to("return")
    story.do(c.NameDeputy("marta", seat="jonas"), c.Drop("ruth"), c.Drop("marta"))
    assert story.refusal(c.MoveOn("jonas")) == "too_soon"


def test_deputy_has_no_say_while_a_leader_is_here() -> None:
    story = leaderless("jonas")
    story.do(c.Arrive("ruth", True))
    assert story.refusal(c.MoveOn("jonas")) == "not_a_leader"


def test_presenter_stays_in_when_the_deputy_moves_on_to_the_work() -> None:
    story = Story().go_to("clarify")
    story.do(c.NameDeputy("marta", seat="jonas"), c.Drop("ruth"), c.Drop("marta"))
    assert names(story.do(c.MoveOn("jonas"))) == ["StageMoved"]
    assert story.floor("anna").may_speak


def test_first_leader_back_holds_and_the_frame_goes_back_by_offer() -> None:
    story = leaderless(None)
    assert names(story.do(c.Arrive("ruth", True))) == ["Arrived", "LeaderBack", "FramePassed"]
    assert names(story.do(c.Arrive("marta", True))) == ["Arrived", "FrameOffered"]
    assert story.session.holder == "ruth"


def test_nobody_leads_before_a_leader_has_come() -> None:
    assert Story(here="anna jonas").refusal(c.MoveOn("anna")) == "not_a_leader"


def test_deputy_is_a_member() -> None:
    story = Story()
    assert story.refusal(c.NameDeputy("marta", seat="ruth")) == "not_a_member"
    assert story.refusal(c.NameDeputy("anna", seat="anna")) == "not_a_leader"
    story.do(c.NameDeputy("marta", seat="jonas"))
    assert story.do(c.NameDeputy("ruth", seat="jonas")) == ()


def test_chair_is_set_once_and_taken_away_with_what_it_held() -> None:
    story = Story().go_to("work")
    assert names(story.do(c.AddSeat("neu", Role.MEMBER))) == ["SeatAdded"]
    assert story.do(c.AddSeat("neu", Role.MEMBER)) == ()
    assert story.refusal(c.AddSeat("neu", Role.LEADER)) == "seat_taken"
    assert story.refusal(c.AddSeat("not a seat", Role.GUEST)) == "bad_seat"
    gone = ["WentAway", "WorkStopped", "PresenterFreed", "SeatRemoved"]
    assert names(story.do(c.RemoveSeat("anna"))) == gone
    assert story.do(c.RemoveSeat("anna")) == ()
    story.do(c.Resume("marta"), c.RemoveSeat("marta"))
    assert story.session.holder == "ruth"
