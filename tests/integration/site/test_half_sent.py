"""Forms that arrive by halves, over real sockets: one client cannot take every place."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from http.client import HTTPConnection

import pytest
import uvicorn

from enid.site import bodies

HALF = b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nhalf"


async def page(scope: bodies.Message, receive: bodies.Receive, send: bodies.Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": (await receive())["body"]})


@pytest.fixture
def port() -> Iterator[int]:
    listener = socket.socket()
    listener.bind(("0.0.0.0", 0))  # noqa: S104 - so that clients come from several addresses of this machine
    listener.listen()
    server = uvicorn.Server(uvicorn.Config(bodies.whole_body(page), lifespan="off", log_config=None))
    serving = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    serving.start()
    yield int(listener.getsockname()[1])
    server.force_exit = server.should_exit = True
    serving.join()
    listener.close()


@pytest.fixture
def few_places(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "MOST_FROM_ONE", 2)
    monkeypatch.setattr(bodies, "MOST_WAITING", 4)


@pytest.fixture
def half_sent(port: int) -> Iterator["HalfSent"]:
    with ExitStack() as stack:
        yield HalfSent(port, stack)


class HalfSent:
    """Sends forms by halves and keeps them open."""

    def __init__(self, port: int, stack: ExitStack) -> None:
        self.port, self.stack = port, stack

    def send(self, many: int, host: str) -> list[socket.socket]:
        lines = [
            self.stack.enter_context(socket.create_connection((host, self.port), source_address=(host, 0)))
            for _ in range(many)
        ]
        for line in lines:
            line.sendall(HALF)
        return lines


def whole(port: int, host: str, body: bytes = b"whole") -> tuple[int, bytes]:
    line = HTTPConnection(host, port, source_address=(host, 0))
    try:
        line.request("POST", "/", body)
        answer = line.getresponse()
        return answer.status, answer.read()
    finally:
        line.close()


def until_answered(port: int, host: str, status: int) -> bytes:
    """Send whole forms until one is answered so; the limit only ends a test that would hang."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        answered, text = whole(port, host)
        if answered == status:
            return text
        time.sleep(0.01)
    raise AssertionError(f"never answered {status}")


@pytest.mark.usefixtures("few_places")
def test_one_client_takes_its_own_places_only(port: int, half_sent: HalfSent) -> None:
    half_sent.send(2, "127.0.0.1")
    refused = until_answered(port, "127.0.0.1", 429)
    assert b"Nothing was changed. Please send it again in a moment." in refused
    assert whole(port, "127.0.0.2") == (200, b"whole")


@pytest.mark.usefixtures("few_places")
def test_many_clients_take_no_more_than_there_are(port: int, half_sent: HalfSent) -> None:
    for host in ("127.0.0.1", "127.0.0.2"):
        half_sent.send(2, host)
    assert b"Nothing was changed." in until_answered(port, "127.0.0.3", 503)


@pytest.mark.usefixtures("few_places")
def test_page_without_a_form_is_read_all_the_same(port: int, half_sent: HalfSent) -> None:
    half_sent.send(2, "127.0.0.1")
    until_answered(port, "127.0.0.1", 429)
    line = HTTPConnection("127.0.0.1", port)
    line.request("GET", "/")
    assert line.getresponse().status == 200
    line.close()


@pytest.mark.usefixtures("few_places")
def test_place_is_free_again_when_the_form_arrived_or_its_sender_left(port: int, half_sent: HalfSent) -> None:
    first, second = half_sent.send(2, "127.0.0.1")
    until_answered(port, "127.0.0.1", 429)
    first.sendall(b" sent.")
    assert first.recv(4096).startswith(b"HTTP/1.1 200")
    assert until_answered(port, "127.0.0.1", 200) == b"whole"
    half_sent.send(1, "127.0.0.1")
    until_answered(port, "127.0.0.1", 429)
    second.close()
    assert until_answered(port, "127.0.0.1", 200) == b"whole"


def test_as_many_forms_as_a_ward_sends_arrive(port: int, half_sent: HalfSent) -> None:
    lines = half_sent.send(bodies.MOST_FROM_ONE, "127.0.0.1")
    for line in lines:
        line.sendall(b" sent.")
    assert [line.recv(4096).startswith(b"HTTP/1.1 200") for line in lines] == [True] * bodies.MOST_FROM_ONE
