"""What the room says: one place for every sentence that the scripts show, in the reader's language.

Stages are spoken of with the group's own words for clinician and patient. Nothing here names a person:
`{name}` is filled in by the page, from the seats.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from enid.groups.words import say
from enid.room.media_phrases import MEDIA

Phrase = str | Promise

# For each stage: what stands in the middle, one sentence on what is asked now, its place on the way, and what
# the leaders press to get there.
STAGES: dict[str, dict[str, Phrase]] = {
    "arrive": {
        "title": _("We arrive"),
        "sentence": _("Telephones away, the door closed. There is time."),
        "way": _("Arriving"),
        "onward": _("Back to arriving"),
    },
    "frame": {
        "title": _("What we agreed"),
        "sentence": _("What is said here stays here. We wonder; we do not advise."),
        "way": _("What we agreed"),
        "onward": _("Remind of what we agreed"),
    },
    "checkin": {
        "title": _("One word each"),
        "sentence": _("In turn, and passing is fine."),
        "way": _("Opening round"),
        "onward": _("Open with a round"),
    },
    "explain": {
        "title": _("How it goes"),
        "sentence": _("The leaders say how a session goes. Any question is welcome."),
        "way": _("How it goes"),
        "onward": _("Say how it goes"),
    },
    "followup": {
        "title": _("How did it go on?"),
        "sentence": _("News of an earlier case, in a few words, from whoever wishes."),
        "way": _("How it went on"),
        "onward": _("Ask how it went on"),
    },
    "call": {
        "title": _("Who has a case?"),
        "sentence": _("There is no hurry."),
        "more": _(
            "Someone who is still with you, puzzling, painful or glad. It need not be long or unusual."
        ),
        "way": _("Who has a case?"),
        "onward": _("Ask who has a case"),
    },
    "present": {
        "title": _("We listen"),
        "sentence": _("It is told as it comes, and nobody interrupts."),
        "way": _("The telling"),
        "onward": _("Let the telling begin"),
        "onward_named": _("Let {name} tell"),
    },
    "clarify": {
        "title": _("What do we need to picture it?"),
        "sentence": _("A few facts. Ideas can wait for the group."),
        "way": _("A few questions"),
        "onward": _("On to a few questions"),
    },
    "request": {
        "title": _("What is the question?"),
        "sentence": _("The one who told puts into words what they would like us to think about."),
        "way": _("The question"),
        "onward": _("Ask for the question"),
    },
    "responses": {
        "title": _("What came up?"),
        "sentence": _("First responses, of every kind."),
        "way": _("First responses"),
        "onward": _("Hear first responses"),
    },
    "pullback": {
        "title": _("Sitting back"),
        "sentence": _("The case is with the group now. Whoever told it may rest and listen."),
        "way": _("Sitting back"),
        "onward": _("Invite to sit back"),
        "onward_named": _("Invite {name} to sit back"),
    },
    "work": {
        "title": _("The group imagines"),
        "sentence": _("$patient_the, $clinician_the, what is between them. Nobody has to be right."),
        "way": _("The group imagines"),
        "onward": _("Let the group imagine"),
    },
    "return": {
        "title": _("Come back if you wish"),
        "sentence": _("The one who told speaks first: much, little or nothing."),
        "way": _("Coming back"),
        "onward": _("Invite back"),
        "onward_named": _("Invite {name} back"),
    },
    "breathe": {
        "title": _("A breath"),
        "sentence": _("Nothing has to be said."),
        "way": _("A breath"),
        "onward": _("Take a breath"),
    },
    "thanks": {
        "title": _("Thank you"),
        "sentence": _("We thank the one who told, and one another."),
        "way": _("Thanks"),
        "onward": _("Say thank you"),
    },
    "break": {
        "title": _("A pause for everyone"),
        "sentence": _("We begin again together."),
        "way": _("Break"),
        "onward": _("Take a break"),
    },
    "summary": {
        "title": _("Gathering"),
        "sentence": _("What stays with us from this story?"),
        "way": _("Gathering"),
        "onward": _("Gather what stays"),
    },
    "process": {
        "title": _("How was it among us?"),
        "sentence": _("We speak of this hour, no longer of the case."),
        "way": _("How it was among us"),
        "onward": _("Ask how it was among us"),
    },
    "reflect": {
        "title": _("How was it to be here?"),
        "sentence": _("A few words, or none."),
        "way": _("How it was to be here"),
        "onward": _("Ask how it was to be here"),
    },
    "close": {
        "title": _("We leave the case here"),
        "sentence": _("We leave the voices we lent and go back to our own work."),
        "way": _("Closing"),
        "onward": _("Begin the closing"),
    },
}

# The presenter reads something else while sitting back; what is true depends on who carries the sound.
LISTENING: dict[str, dict[str, Phrase]] = {
    "video": {
        "title": _("You listen"),
        "sentence": _("Nobody will speak to you. Come in whenever you like."),
    },
    "room": {"title": _("You listen"), "sentence": _("Nobody will speak to you.")},
    "beside": {
        "title": _("You listen"),
        "sentence": _("Nobody will speak to you."),
    },
}
INVITED: dict[str, Phrase] = {
    "title": _("Come back if you wish"),
    "sentence": _("Say as much or as little as you like."),
}
TELLING: dict[str, Phrase] = {
    "title": _("You tell"),
    "sentence": _("As it comes to you. Nobody interrupts."),
}
STAYING: dict[str, Phrase] = {
    "title": _("You stay where you are"),
    "sentence": _("That is fine. You can come in at any moment."),
}

RESTING: dict[str, dict[str, Phrase]] = {
    "paused": {"title": _("We stop here a moment"), "sentence": _("Everyone may speak. The case can wait.")},
    "stopped": {
        "title": _("We wait"),
        "sentence": _("The one who told is not here. The work rests until a leader says how to go on."),
    },
    "stopped_back": {
        "title": _("We wait"),
        "sentence": _("The one who told is back. A leader says how to go on."),
    },
    "leaderless": {
        "title": _("Our leaders’ lines are gone"),
        "sentence": _("We may talk; the presenter is back in."),
    },
    "leaderless_deputy": {
        "title": _("Our leaders’ lines are gone"),
        "sentence": _("We may talk; the presenter is back in. You hold the circle until a leader returns."),
    },
}

# In a call beside Enid nobody can be muted for them: each stage asks plainly, in words.
BESIDE: dict[str, dict[str, Phrase]] = {
    "back": {
        "presenter": _("Please mute yourself in the call and, if you like, turn your camera off."),
        "others": _("Presenter: please mute and, if you like, turn your camera off."),
    },
    "in": {
        "presenter": _("Please unmute yourself in the call when you wish to speak."),
        "others": _("Presenter: please unmute when you wish to speak."),
    },
    "present": {
        "presenter": _("Everyone else is asked to mute in the call."),
        "others": _("Please mute yourselves in the call while we listen."),
    },
}

# A word to the leaders: a closed list, since nothing said in a room is ever typed to everyone.
WORDS: dict[str, tuple[Phrase, Phrase]] = {
    "recognise": (_("I recognise someone"), _("{name} recognises someone")),
    "moment": (_("I need a moment"), _("{name} needs a moment")),
    "go": (_("I have to go"), _("{name} has to go")),
    "line": (_("My line is poor"), _("{name} has a poor line")),
    "look_presenter": (_("Please look at the presenter"), _("{name} asks you to look at the presenter")),
    "all_right": (_("I am all right"), _("{name} is all right")),
    "not_alone": (_("I am not alone just now"), _("{name} is not quite alone")),
}

# What a leader may say to one person alone while asking them to step outside.
ASIDES: dict[str, Phrase] = {
    "moment": _("Please take a moment outside. I will come to you."),
    "talk": _("I would like a word with you outside."),
    "line": _("Your line disturbs; please try again from outside."),
}

# Leaders to each other, without words of their own.
SIGNS: dict[str, tuple[Phrase, Phrase]] = {
    "yours": (_("Yours?"), _("{name}: yours?")),
    "time": (_("Time"), _("{name}: time")),
    "look_presenter": (_("Look at the presenter"), _("{name}: look at the presenter")),
    "lost": (_("I am lost"), _("{name}: I am lost")),
    "slower": (_("Slower"), _("{name}: slower")),
}

SIDES: dict[str, Phrase] = {
    "patient": _("$patient_the"),
    "clinician": _("$clinician_the"),
    "between": _("Between them"),
    "family": _("Family"),
    "team": _("Team"),
    "institution": _("Institution"),
}

# What happened, what was kept, what happens now.
LINE: dict[str, Phrase] = {
    "open": _("Every line is open, everyone is here."),
    "open_some": _("Every line is open."),
    "connecting": _("Coming in …"),
    "lost": _("Your line to Enid broke. Your seat and the stage are kept; Enid is trying again."),
    "lost_beside": _("This window lost its line to Enid. Your call goes on; Enid is trying again."),
    "dropped": _("A line broke: {names}. Every seat is kept."),
    "cut": _("Nothing comes through between you and {names}. Every seat is kept; Enid is trying again."),
    "by_telephone": _("If it stays so: {number}"),
}

# Refusals by code, gently.
REFUSED: dict[str, Phrase] = {
    "default": _("That is not possible just now. Nothing was changed."),
    "asked_out": _("A leader asked you to wait outside and will fetch you."),
    "closed": _("This session is over."),
    "first_stage": _("This is the beginning; there is no step before it."),
    "held_by_other": _("Another leader holds the frame."),
    "last_stage": _("This is the closing; from here the session can only end."),
    "no_leader": _("The leaders’ lines are gone; the presenter stays in until one is back."),
    "no_presenter": _("First settle aloud who tells."),
    "not_a_leader": _("The leaders hold the frame just now."),
    "not_a_member": _("That place is for a member of the group."),
    "not_here": _("That person is not in the circle just now."),
    "not_offered": _("The other leader holds the frame; they can hand it to you."),
    "not_the_deputy": _("The deputy holds the circle just now."),
    "not_yours": _("The group is listening just now."),
    "off": _("This group has that switched off."),
    "one_case": _("This session is planned with one case."),
    "paused": _("We stopped here a moment. First go on."),
    "presenter_here": _("The presenter is here."),
    "stale": _("The group had already moved. Please look, and press again if you still wish it."),
    "stopped": _("The work rests until a leader says how to go on."),
    "too_fast": _("A little slower, please. Nothing was changed."),
    "too_late": _("The twenty seconds are over. Going one step back is still possible."),
    "too_long": _("That is longer than 200 characters. Nothing was sent."),
    "too_soon": _("Let us give the leaders five minutes to come back."),
    "try_again": _("That could not be kept just now. Nothing was changed; please press again."),
    "unknown_seat": _("That seat is no longer in the circle."),
    "wrong_stage": _("That belongs to another stage."),
}

# Why a line ended: what is so now, and what to do.
BYE: dict[str, Phrase] = {
    "default": _("The line to this room has ended. Your seat is kept; open the room again to come back."),
    "not_yours": _("This page has been open too long to be sure that it is still you. Open the room again."),
    "gone": _("You are no longer in this circle. If that surprises you, please speak with a leader."),
    "replaced": _("The room is open in another window of yours. You keep one seat; this window rests."),
}

# Stage changes and comings and goings, said politely to whoever listens to the page.
SAID: dict[str, Phrase] = {
    "sat_back": _("The presenter sits back."),
    "came_in": _("The presenter is back in."),
    "outside": _("{name} stepped outside."),
    "back": _("{name} is here."),
    "entered": _("You are in the circle."),
    "sent": _("The leaders have it. Nobody else sees it."),
    "hand": _("{name} would like to say something."),
    "knock": _("Someone is at the door."),
    "offered": _("The frame is offered back to you."),
}

# Short words beside names and on buttons that change.
MARKS: dict[str, Phrase] = {
    "leader": _("leader"),
    "trainee": _("learns to lead"),
    "interpreter": _("interpreter"),
    "observer": _("observer"),
    "guest": _("guest"),
    "listening": _("listening"),
    "outside": _("stepped outside"),
    "dropped": _("line lost"),
    "left": _("left"),
    "away": _("not here"),
    "you": _("you"),
    "deputy": _("deputy"),
    "hand": _("would like to speak"),
    "muted": _("muted"),
    "oncall": _("on call"),
    "weak": _("weak line"),
    "tells": _("tells"),
}

DESK: dict[str, Phrase] = {
    "frame_mine": _("You hold the frame."),
    "frame_other": _("{name} holds the frame."),
    "frame_nobody": _("Nobody holds the frame."),
    "hand_over": _("Hand the frame to {name}"),
    "offered": _("You may have the frame back."),
    "move_anyway": _("{name} holds the frame. Move anyway?"),
    "time_to_end": _("time to begin ending"),
    "minutes": _("{minutes} min"),
    "minutes_of": _("{spent} of {minutes} min"),
    "end": _("End the session"),
    "settled": _("{name} tells."),
    "waits_guest": _("{name}, a guest, is at the door."),
    "waits_device": _("{name} is at the door with a device we have not seen."),
    "knocks_beside": _(
        "Another device, which we have not seen, asks to come in as {name}. Ask {name} whether it is theirs."
    ),
    "waits_late": _("{name} has come late and waits at the door."),
    "asked_out": _("{name} was asked to step outside."),
    "not_alone": _("{name} is not quite alone."),
    "seen": _("Seen"),
    "who_tells": _("Who tells?"),
    "who_tells_help": _("A tap on a name, as it was settled aloud."),
    "who_is_here": _("Who is in the room"),
    "who_is_here_help": _("A tap marks who is here."),
    "whisper": _("{name}: {text}"),
    "to": _("To {name}"),
    "to_leaders": _("To the other leaders"),
    "no_deputy": _("Nobody"),
    "skip": _("Skip “{stage}”"),
    "repeat": _("Begin “{stage}” anew"),
}

PEOPLE: dict[str, Phrase] = {
    "admit": _("Let in"),
    "take_back": _("Take back in"),
    "mark:here": _("Is here"),
    "mark:gone": _("Is not here"),
    "mute": _("Mute"),
    "ask_unmute": _("Ask to unmute"),
    "larger": _("Larger for me"),
    "as_others": _("As the others"),
    "ask_out": _("Ask to step outside"),
    "name_deputy:yes": _("Name as deputy, if all leaders’ lines are gone"),
    "name_deputy:no": _("No longer the deputy"),
    "hand_over": _("Hand over the frame"),
}

WAITING: dict[str, dict[str, Phrase]] = {
    "guest": {"title": _("You are at the door"), "sentence": _("A leader will let you in.")},
    "device": {
        "title": _("You are at the door"),
        "sentence": _("Enid has not seen this device before, so a leader will let you in."),
    },
    "late": {
        "title": _("You are at the door"),
        "sentence": _("A case is being told. A leader will fetch you at a pause."),
    },
    "asked_out": {
        "title": _("You are outside for a moment"),
        "sentence": _("A leader will speak with you and fetch you."),
    },
    "outside": {
        "title": _("You stepped outside"),
        "sentence": _("Your seat is kept. Come back whenever you like."),
    },
}


def texts(words: Mapping[str, str]) -> dict[str, Any]:
    """Return every sentence of the scripts as plain strings, with the group's words set in.

    words: every form of the group's two words, in the reader's language
    """
    shown = {
        "stages": STAGES,
        "listening": LISTENING,
        "invited": INVITED,
        "staying": STAYING,
        "telling": TELLING,
        "resting": RESTING,
        "beside": BESIDE,
        "waiting": WAITING,
        "words": {key: heard for key, (_said, heard) in WORDS.items()},
        "asides": ASIDES,
        "signs": {key: heard for key, (_said, heard) in SIGNS.items()},
        "line": LINE,
        "refused": REFUSED,
        "bye": BYE,
        "said": SAID,
        "marks": MARKS,
        "desk": DESK,
        "people": PEOPLE,
        "media": MEDIA,
    }
    return {key: _plain(phrases, words) for key, phrases in shown.items()}


def sides(words: Mapping[str, str]) -> dict[str, str]:
    """Return whose side may be imagined, by the group's words."""
    return {key: set_in(phrase, words) for key, phrase in SIDES.items()}


def set_in(phrase: Phrase, words: Mapping[str, str]) -> str:
    """Put the group's words into a phrase; what the page fills in stays as it is."""
    text = say(phrase, words)
    return text[:1].upper() + text[1:] if str(phrase).startswith("$") else text


def _plain(phrases: Any, words: Mapping[str, str]) -> Any:
    if isinstance(phrases, dict):
        return {key: _plain(value, words) for key, value in phrases.items()}
    return set_in(phrases, words)
