"""News of the groups chapter; the room listens."""

from django.dispatch import Signal

roster_changed = Signal()
"""Sent with `group_id` after the commit whenever who belongs, who leads or an option of the group changed."""
