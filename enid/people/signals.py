"""News of the people chapter; chapters above listen."""

from django.dispatch import Signal

person_renamed = Signal()
"""Sent with `person_id` after the commit: the circle knows them by another name now."""

signed_out_everywhere = Signal()
"""Sent with `person_id` after the commit: every session and every room ticket of theirs is void."""
