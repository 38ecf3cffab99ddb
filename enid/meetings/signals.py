"""News of the meetings chapter; the room listens."""

from django.dispatch import Signal

attendance_confirmed = Signal()
"""Sent with `meeting_id` after the commit: a leader has confirmed who was present."""

meeting_cancelled = Signal()
"""Sent with `meeting_id` after the commit."""

guests_changed = Signal()
"""Sent with `meeting_id` after the commit: a guest's pass was made or withdrawn."""
