"""A relay from the sample in deploy/, tried as a browser would."""

import asyncio
import json
import socket
import ssl
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from enid.room import ice
from enid.site import relay as tries
from tests.integration.site.test_commands import enid, free_port
from tests.relay import SECRET, Relay, running

WAYS = ("UDP", "TCP", "TLS")


@pytest.fixture(scope="module")
def relay(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Relay]:
    with running(tmp_path_factory.mktemp("relay")) as relay:
        yield relay


def _try(relay: Relay, way: str, secret: str = SECRET, hours: int = 1) -> tries.Tried:
    name, password = ice.credentials(secret, until=timezone.now() + timedelta(hours=hours))
    trust = ssl.create_default_context(cafile=str(relay.certificate))
    return tries.attempt(relay.ways[way], name, password, trust)


@pytest.mark.parametrize("way", WAYS)
def test_signed_credentials_are_lent_an_address(relay: Relay, way: str) -> None:
    tried = _try(relay, way)
    assert (tried.good, tried.says, tried.type_this) == (True, "relays on 127.0.0.1", "")
    assert tried.way.startswith(f"{way} localhost:")


@pytest.mark.parametrize("way", WAYS)
def test_credentials_that_ran_out_are_refused(relay: Relay, way: str) -> None:
    tried = _try(relay, way, hours=-1)
    assert (tried.good, tried.says) == (False, "refuses the credentials")


@pytest.mark.parametrize("inside", ["127.0.0.1", "10.0.0.9", "192.168.1.1", "169.254.169.254"])
def test_relay_reaches_nothing_but_people(relay: Relay, inside: str) -> None:
    from aioice.stun import TransactionFailed
    from aioice.turn import create_turn_endpoint

    class Listener(asyncio.DatagramProtocol):
        def __init__(self) -> None:
            self.refused: asyncio.Future[Exception] = asyncio.get_running_loop().create_future()
            self.gone = asyncio.Event()

        def error_received(self, error: Exception) -> None:
            self.refused.set_result(error)

        def connection_lost(self, error: Exception | None) -> None:
            self.gone.set()

    async def send_inside() -> Exception:
        name, password = ice.credentials(SECRET, until=timezone.now() + timedelta(hours=1))
        lent, listener = await create_turn_endpoint(Listener, ("127.0.0.1", relay.port), name, password)
        lent.sendto(b"is anybody in", (inside, 80))
        error = await listener.refused
        lent.close()
        await listener.gone.wait()
        return error

    error = asyncio.run(send_inside())
    assert isinstance(error, TransactionFailed)
    assert error.response.error_code == 403


def test_credentials_of_another_secret_are_refused_with_what_to_mend(relay: Relay) -> None:
    tried = _try(relay, "UDP", secret="another")
    assert (tried.good, tried.says) == (False, "refuses the credentials")
    assert "ENID_TURN_SECRET" in tried.type_this


def test_certificate_that_nobody_vouches_for_is_named(relay: Relay) -> None:
    name, password = ice.credentials(SECRET, until=timezone.now() + timedelta(hours=1))
    tried = tries.attempt(relay.ways["TLS"], name, password)
    assert (tried.good, tried.says) == (False, "its certificate is not trusted")


def test_port_where_nobody_listens_is_named() -> None:
    tried = tries.attempt(f"turn:localhost:{free_port()}?transport=tcp", "name", "password")
    assert not tried.good
    assert tried.says.startswith("cannot be reached")


def test_name_that_nobody_has_is_named() -> None:
    tried = tries.attempt("turn:relay.invalid", "name", "password")
    assert not tried.good
    assert tried.says.startswith("cannot be reached")


def test_listener_that_says_nothing_is_waited_for_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tries, "ANSWER_WITHIN_S", 0.3)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as mute:
        mute.bind(("127.0.0.1", 0))
        tried = tries.attempt(f"turn:127.0.0.1:{mute.getsockname()[1]}", "name", "password")
    assert (tried.good, tried.says) == (False, "does not answer")


def test_listener_that_speaks_no_tls_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as plain:

        def answer() -> None:
            line, _ = plain.accept()
            with line:
                line.recv(1)
                line.sendall(b"this is no handshake\r\n")

        answering = threading.Thread(target=answer)
        answering.start()
        tried = tries.attempt(f"turns:127.0.0.1:{plain.getsockname()[1]}", "name", "password")
        answering.join()
    assert (tried.good, tried.says) == (False, "does not speak TLS")


def test_doctor_finds_the_relay_and_uses_it(relay: Relay, tmp_path: Path) -> None:
    looked = enid(
        "doctor",
        "--json",
        ENID_DATA=str(tmp_path),
        ENID_TURN_URLS=",".join(relay.ways.values()),
        ENID_TURN_SECRET=SECRET,
        SSL_CERT_FILE=str(relay.certificate),
    )
    found = [f for f in json.loads(looked.stdout) if f["about"].startswith("relay")]
    assert [(f["about"].split()[2], f["good"]) for f in found] == [(way, True) for way in WAYS]


def test_doctor_says_which_ways_are_missing(relay: Relay, tmp_path: Path) -> None:
    looked = enid(
        "doctor",
        "--json",
        ENID_DATA=str(tmp_path),
        ENID_TURN_URLS=relay.ways["UDP"],
        ENID_TURN_SECRET="another",
    )
    found = {f["about"].split(" localhost")[0]: f for f in json.loads(looked.stdout)}
    assert looked.returncode == 1
    assert found["relay over UDP"]["says"] == "refuses the credentials"
    assert "only HTTPS" in found["relay over TLS"]["type_this"]
    assert found["relay over TCP"]["says"] == "not set"


def test_doctor_names_a_secret_that_is_missing(tmp_path: Path) -> None:
    looked = enid("doctor", "--json", ENID_DATA=str(tmp_path), ENID_TURN_URLS="turn:turn.example.org")
    found = {f["about"]: f for f in json.loads(looked.stdout)}
    assert looked.returncode == 1
    assert found["relay"]["says"] == "has no secret"


@pytest.mark.parametrize(("url", "good"), [("http://localhost:8000", True), ("https://a.example", False)])
def test_doctor_misses_a_relay_only_on_a_real_server(tmp_path: Path, url: str, good: bool) -> None:
    looked = enid("doctor", "--json", ENID_DATA=str(tmp_path), ENID_URL=url)
    found = {f["about"]: f for f in json.loads(looked.stdout)}
    assert found["relay"]["good"] is good


def test_hidden_addresses_without_a_relay_refuse_to_start(tmp_path: Path) -> None:
    refused = enid("doctor", ENID_DATA=str(tmp_path), ENID_TURN_HIDES_ADDRESSES="yes")
    assert refused.returncode == 2
    assert "set ENID_TURN_URLS and ENID_TURN_SECRET" in refused.stderr
