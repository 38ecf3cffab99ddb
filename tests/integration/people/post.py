"""A real SMTP server on loopback that keeps whole mails, in the order in which it took them."""

from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller


class Post:
    """The other side of the line."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.raw: list[bytes] = []

    async def handle_DATA(self, server: object, session: object, envelope: object) -> str:
        self.raw.append(envelope.original_content)  # type: ignore[attr-defined]
        self.taken.append(message_from_bytes(self.raw[-1], policy=policy.default))  # type: ignore[arg-type]
        return "250 OK"

    def subjects(self) -> list[str]:
        return [str(mail["Subject"]) for mail in self.taken]

    def ids(self) -> list[str]:
        return [str(mail["Message-ID"]) for mail in self.taken]


@contextmanager
def listening(post: object, port: int) -> Iterator[None]:
    """Let an SMTP server listen on a port of this machine."""
    controller = Controller(post, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield
    finally:
        controller.stop()
