"""Mail waits here until the worker has handed it to the SMTP server (written by the people chapter)."""

from django.core.mail.backends.locmem import EmailBackend as OutboxBackend

__all__ = ["OutboxBackend"]
