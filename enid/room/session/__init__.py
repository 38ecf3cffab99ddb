"""A Balint session as pure rules: wishes in, facts out, and no clock.

`decide` says what follows from a wish, `evolve` what a fact changes, `floor` who may speak.
Nothing advances by itself, because no wish exists that a clock could utter; nothing of a case
is kept, because no field could hold it.
"""

from enid.room.session import commands, events
from enid.room.session.commands import Command
from enid.room.session.deciding import decide, follow
from enid.room.session.door import MOST_SEATS, has_come, somebody_knocks
from enid.room.session.events import Event
from enid.room.session.folding import evolve, fold
from enid.room.session.forgetting import after_close, left_alone
from enid.room.session.record import event_from_json, event_to_json, restore, snapshot
from enid.room.session.speaking import Floor, floor, free_talk, in_the_room
from enid.room.session.state import (
    Because,
    Phase,
    Refused,
    Role,
    Seat,
    Session,
    Setting,
    Status,
)
from enid.room.session.steps import CLOSE_AFTER_MS
from enid.room.session.way import UNDO_MS

__all__ = [
    "CLOSE_AFTER_MS",
    "MOST_SEATS",
    "UNDO_MS",
    "Because",
    "Command",
    "Event",
    "Floor",
    "Phase",
    "Refused",
    "Role",
    "Seat",
    "Session",
    "Setting",
    "Status",
    "after_close",
    "commands",
    "decide",
    "event_from_json",
    "event_to_json",
    "events",
    "evolve",
    "floor",
    "fold",
    "follow",
    "free_talk",
    "has_come",
    "in_the_room",
    "left_alone",
    "restore",
    "snapshot",
    "somebody_knocks",
]
