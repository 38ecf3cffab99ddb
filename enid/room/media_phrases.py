"""What the room says about sound and picture: devices, who is heard, what broke and what to do."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_MIC_REFUSED = _(
    "The browser may not use the microphone. Allow it beside this page’s address and press again. You can be here without it."
)
_CAMERA_REFUSED = _(
    "The browser may not use the camera. Allow it beside this page’s address and press again. You can be here without it."
)
_CANNOT = _(
    "This browser carries neither sound nor picture here. A current Firefox, Chrome, Edge or Safari does. The circle itself works all the same."
)

MEDIA: dict[str, str | Promise] = {
    # Buttons say what a press does.
    "mic_on": _("Mute me"),
    "mic_off": _("Unmute me"),
    "camera_on": _("Picture off"),
    "camera_off": _("Picture on"),
    # Before the door.
    "come_heard_seen": _("You come in with sound and picture."),
    "come_heard_unseen": _("You come in with sound, without your picture."),
    "come_muted_seen": _("You come in muted, with your picture."),
    "come_muted_unseen": _("You come in muted and without your picture. Both can be switched on inside."),
    # Before the door: which way sound and picture would go.
    "way_trying": _("Looking for the way that sound and picture would take."),
    "way_direct": _(
        "Sound and picture would go directly; where a network stops them, through the relay of this server."
    ),
    "way_direct_alone": _(
        "Sound and picture would go directly, as far as can be seen from here. Where a network stops them, this server has no relay."
    ),
    "way_direct_silent": _(
        "Sound and picture would go directly. The relay of this server does not answer just now; only a network that stops them needs it."
    ),
    "way_relay": _("Sound and picture would go through the relay of this server, which cannot read them."),
    "way_only_relay": _(
        "Your network blocks the direct way (UDP); only the relay of this server works here, and it cannot read what it carries."
    ),
    "way_nothing": _(
        "Nothing answers from here: this network stops sound and picture, or the relay is off. Another network may do, such as your phone’s. You can be here without them."
    ),
    "way_unknown": _("The way could not be tried just now. You can come in all the same."),
    # Why a device could not be had, and what to do.
    "mic_refused": _MIC_REFUSED,
    "mic_missing": _("No microphone was found. Connect one and press again. You can be here without it."),
    "mic_busy": _(
        "Another program holds the microphone. Close it there and press again. You can be here without it."
    ),
    "mic_cannot": _CANNOT,
    "camera_refused": _CAMERA_REFUSED,
    "camera_missing": _("No camera was found. Connect one and press again. You can be here without it."),
    "camera_busy": _(
        "Another program holds the camera. Close it there and press again. You can be here without it."
    ),
    "camera_cannot": _CANNOT,
    "cannot": _CANNOT,
    "not_loaded": _("Sound and picture did not load. You can be here without them, or load the page again."),
    # In the circle.
    "mic_gone": _("Your microphone is gone. You are still here; when it is back, press “Unmute me”."),
    "camera_gone": _(
        "Your camera is gone. You are still here and heard as before; when it is back, press “Picture on”."
    ),
    "talking": _("You are muted but talking."),
    "back_seen": _("Nobody hears you. They can see you."),
    "back_unseen": _("Nobody hears you, and nobody sees you."),
    "muted_by": _("{name} muted you. You can unmute yourself whenever you like."),
    "asks": _("{name} asks you to unmute. You decide."),
    "elsewhere": _("Your sound and picture are on your other device."),
    # After the close.
    "after_pictures": _("You see each other until you go; nobody is heard any more."),
    "after_debrief": _("The leaders’ debrief. Only leaders hear and see you here."),
    "after_mine": _(
        "You stay a little, about five minutes. Whoever wishes comes to you; when you go, it ends for all."
    ),
    "after_door": _("You stay a little. When the leader goes, it ends for all."),
    "after_stays": _("{name} stays a little, about five minutes, for whoever wishes."),
    "after_join": _("Stay a little with {name}"),
    "held": _("Your browser holds the sound back until you press anywhere on this page."),
    "cut_relay": _(
        "Nothing comes through between you and {names}. Please load the page again; your seat is kept."
    ),
    "weak": _("Your line is weak: sound goes first, your picture is smaller for a while."),
    "rests": _("Your line is weak: your picture rests, your sound goes on."),
}
