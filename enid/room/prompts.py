"""Suggestions for leaders: a closed drawer by stage, by what goes astray, and for distress.

Offers, never instructions; the first is always to do nothing yet. Only leaders are handed these. Written in
our own words from what is published on leading Balint groups; `$patient_the` and its kin are the group's.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from enid.room.phrases import set_in

FIRST = _("Do nothing yet.")

BY_STAGE: dict[str, tuple[Promise, ...]] = {
    "arrive": (
        _("We wait a moment until everyone has arrived."),
        _("Is everyone alone and unheard where they are?"),
    ),
    "frame": (
        _("What we hear stays here, patients and colleagues alike. We are here to wonder, not to solve."),
        _("Is anything in the way of starting?"),
    ),
    "checkin": (_("A few words each, as you are here today. Passing is fine."),),
    "explain": (
        _(
            "Someone tells, we ask for a few facts, and then the one who told sits back while we imagine. They can come in at any moment."
        ),
        _("What would you like to ask before we try?"),
    ),
    "followup": (
        _("Does anyone want to tell us briefly how things went on?"),
        _("Thank you. Let us leave it there and see what is here today."),
    ),
    "call": (
        _("Who has a case?"),
        _("There is no hurry. Who is still on your mind?"),
        _("Two of you have someone here. Which of them presses more today?"),
        _("Thank you, we will hear you. And thank you, too, for offering."),
        _("It may be that there is no case today. That is a good end too."),
    ),
    "present": (
        _("Tell us as it comes to you. Take your time."),
        _("Leave the file. What happened between you two?"),
        _("I have the picture of the illness. What was it like to be in the room?"),
        _("Is that enough for us to begin?"),
    ),
    "clarify": (
        _("Are there facts you need in order to picture this?"),
        _("Two more facts, then it is our turn."),
        _("That sounds like an idea already. Keep it for the group."),
    ),
    "request": (_("What would you like us to think about?"),),
    "responses": (
        _("What came up in you while you listened?"),
        _("We shall not ask too much of our colleague. What is it like for us?"),
    ),
    "pullback": (
        _("Sit back now and listen. You have given it to us; we will hold it for a while."),
        _("If you need to come in, you can, at any moment."),
    ),
    "work": (
        _("Who has been on your mind while we listened?"),
        _("What did you notice in yourself while listening?"),
        _("Who is willing to be $patient_the for a moment?"),
        _("And what is it like to be $clinician_the here, with this person?"),
        _("What might the family say on the way home?"),
        _("How near is too near for these two?"),
        _("What do I take for granted about someone like this?"),
        _("What is set off in us: might some of it belong to the one we speak of?"),
        _("Does a picture come, or something in the stomach?"),
        _("We cannot know. Make it up and see."),
        _("Does anyone see it quite otherwise?"),
        _("Both seem true. Can we keep them side by side?"),
        _("I hear helplessness, and anger under it."),
        _("A last thought before our colleague comes back."),
    ),
    "return": (
        _("Would you like to come back in? You may say as much or as little as you wish."),
        _("Is there anything you want to say, or to keep?"),
        _("Let our colleague have the last word."),
        _("Thank you for trusting us with it."),
    ),
    "breathe": (_("We take a breath before we go on."),),
    "thanks": (_("Thank you for trusting us with it."),),
    "break": (_("We begin again in a few minutes. The case rests meanwhile."),),
    "summary": (_("What stays with you, for the next time you meet?"),),
    "process": (_("How was it among us this hour? We leave the case itself alone now."),),
    "reflect": (_("How was it to be here? A few words, or none."),),
    "close": (
        _("We leave the voices we lent and go back to our own work."),
        _("We stop here. Please leave the case in this room."),
        _("Is anyone taking something heavy home? One of us stays a moment."),
    ),
}

# What goes astray: its name, how it sounds, and what a leader might say.
ASTRAY: tuple[tuple[str, Promise, Promise, tuple[Promise, ...]], ...] = (
    (
        "advice",
        _("Advice and solutions"),
        _("“You should …”, “have you tried …”"),
        (
            _("Suppose that were done. What would each of them feel?"),
            _("We want to help, I notice. What makes it so hard to stay with not knowing?"),
        ),
    ),
    (
        "questions",
        _("The presenter is questioned"),
        _("One question follows the other."),
        (
            _("Two more facts, then it is our turn."),
            _("That sounds like an idea already. Keep it for the group."),
        ),
    ),
    (
        "general",
        _("In general"),
        _("“These patients always …”, “the system …”"),
        (_("And this one, with $clinician_this?"),),
    ),
    (
        "medical",
        _("Facts of the illness"),
        _("Findings, drugs, diagnoses."),
        (
            _("I have the picture of the illness. What was it like to be in the room?"),
            _("Whatever it is, how do they live with not knowing?"),
        ),
    ),
    (
        "blame",
        _("Blame"),
        _("“Why did you not …”"),
        (_("We were not there. What might have made it the possible thing to do?"),),
    ),
    (
        "private",
        _("The presenter’s private life"),
        _("Childhood, marriage, one’s own illness."),
        (_("We stay with $clinician_the at work."),),
    ),
    (
        "own_case",
        _("Another case comes in"),
        _("“I had one like that …”"),
        (_("Yours tells you something about this one. What?"),),
    ),
    (
        "at_presenter",
        _("Spoken to the presenter"),
        _("“You felt …”, and eyes on the one who sits back."),
        (
            _("Say it to us, as if our colleague were not here."),
            _("Let us leave our colleague out of it a little longer."),
        ),
    ),
    (
        "one_side",
        _("One side only"),
        _("Somebody of the story has no voice yet."),
        (
            _("We have looked after $clinician_the. Who is willing to be $patient_the?"),
            _("And what is it like to have this person on one’s list?"),
            _("If you were the relative in that corridor?"),
        ),
    ),
    (
        "comfort",
        _("Comfort too soon"),
        _("Praise, reassurance, quick agreement."),
        (
            _("Both seem true. Can we keep them side by side?"),
            _("Is there a word that nobody has said yet?"),
        ),
    ),
    (
        "complaint",
        _("Complaint about work"),
        _("The hospital, the rules, the others."),
        (
            _("That weighs on us. And these two, inside all of that?"),
            _("It may deserve a place of its own, after today."),
        ),
    ),
    (
        "voices",
        _("Few voices"),
        _("One speaks at length; others are silent, and may be well with it."),
        (_("Let us leave room for other voices."),),
    ),
    (
        "silence",
        _("A heavy silence"),
        _("Silence is work too. Wait longer than you like."),
        (_("It has become quiet. What is the quiet about?"),),
    ),
    (
        "parallel",
        _("We act like the two of them"),
        _("Hurry, helplessness, sides being taken."),
        (_("We are getting as hurried as they were. I wonder about that."),),
    ),
    (
        "teaching",
        _("A leader teaches"),
        _("It happens to all of us."),
        (_("I have been explaining. Let me stop and listen again."),),
    ),
    (
        "rebellion",
        _("“We want practical help”"),
        _("The group doubts the method."),
        (_("What would help look like? Let us hear it, and then decide how to use our time."),),
    ),
    (
        "frame",
        _("The frame is broken"),
        _("Late, early, telephones, someone walks through the room."),
        (
            _("We wait a moment, and then go on."),
            _("This is a place to wonder aloud, and it stays here."),
        ),
    ),
)

# Distress and danger: nothing is automatic, and three different things are kept apart.
DISTRESS: tuple[tuple[str, Promise, tuple[Promise, ...]], ...] = (
    (
        "shaken",
        _("Someone is shaken"),
        (
            _("Wait. Then ask the presenter, not the group."),
            _("A private sign first: a leader may step outside with them while the other holds the circle."),
            _("The case is not taken up again unless they wish it."),
        ),
    ),
    (
        "now",
        _("Danger now"),
        (
            _("Pause. Speak first with the person concerned, if it is safe."),
            _("Then do what is required, within the limits the group agreed."),
        ),
    ),
    (
        "past",
        _("Harm that has already happened"),
        (
            _("Do not judge it here, and do not promise silence that you cannot keep."),
            _("Speak with the one who told it after the session; think it through in your supervision."),
        ),
    ),
    (
        "member",
        _("A member is at risk"),
        (
            _("Stop the work. The member is more important than the case."),
            _("One leader stays with them; do not let them leave the line alone."),
        ),
    ),
)

RECORD = _("Any note the law asks for belongs in your professional record, not here.")


def by_stage(words: Mapping[str, str]) -> list[dict[str, object]]:
    """Return the cards of each stage; the first is always to do nothing yet."""
    return [
        {"stage": stage, "cards": [str(FIRST), *(set_in(card, words) for card in cards)]}
        for stage, cards in BY_STAGE.items()
    ]


def astray(words: Mapping[str, str]) -> list[dict[str, object]]:
    """Return what goes astray, how it sounds and what a leader might say."""
    return [
        {
            "id": key,
            "name": str(name),
            "sounds": str(sounds),
            "cards": [str(FIRST), *(set_in(card, words) for card in cards)],
        }
        for key, name, sounds, cards in ASTRAY
    ]


def distress() -> list[dict[str, object]]:
    """Return the cards for distress and danger."""
    return [{"id": key, "name": str(name), "cards": [str(c) for c in cards]} for key, name, cards in DISTRESS]
