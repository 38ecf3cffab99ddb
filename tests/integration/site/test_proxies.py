"""The samples of deploy/ in front of a real server: pages, and a socket's upgrade, through HTTPS."""

import json
import os
import re
import shutil
import signal
import ssl
import subprocess
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPResponse
from pathlib import Path

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from tests.integration.site.test_commands import ENID, answers, clean_environment, free_port, until
from tests.relay import certificate_for_localhost

DEPLOY = Path(__file__).resolve().parents[3] / "deploy"
ROOM = "/ws/room/00000000-0000-4000-8000-000000000000/"


@dataclass(frozen=True)
class Front:
    """A proxy that listens with HTTPS, and who vouches for it."""

    port: int
    trust: ssl.SSLContext

    @property
    def url(self) -> str:
        return f"https://localhost:{self.port}"

    def page(self, path: str) -> HTTPResponse:
        with urllib.request.urlopen(self.url + path, context=self.trust, timeout=20) as answer:
            answer.read()
            return answer

    def socket(self, origin: str) -> ClientConnection:
        return connect(f"wss://localhost:{self.port}{ROOM}", ssl=self.trust, origin=origin)  # type: ignore[arg-type]


def _changed(name: str, changes: dict[str, str]) -> str:
    """Return a sample with its places changed, each of which it must name."""
    text = (DEPLOY / name).read_text()
    for old, new in changes.items():
        text, found = re.subn(re.escape(old), new, text)
        assert found, f"{name} holds {old}"
    return text


@contextmanager
def _nginx(folder: Path, front: int, enid: int) -> Iterator[Path]:
    certificate, private = certificate_for_localhost(folder)
    live = "/etc/letsencrypt/live/circle.example.org"
    site = _changed(
        "nginx.conf",
        {
            "listen 443 ssl": f"listen 127.0.0.1:{front} ssl",
            "server_name circle.example.org": "server_name localhost",
            f"{live}/fullchain.pem": str(certificate),
            f"{live}/privkey.pem": str(private),
            "127.0.0.1:8000": f"127.0.0.1:{enid}",
        },
    )
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    whole = f"pid {folder}/nginx.pid; daemon off; user root; events {{}} http {{ {temporary} {site} }}"
    (folder / "nginx.conf").write_text(whole)
    command = ["nginx", "-c", str(folder / "nginx.conf"), "-e", "/dev/null"]
    with _process(command):
        yield certificate


@contextmanager
def _caddy(folder: Path, front: int, enid: int) -> Iterator[Path]:
    site = _changed(
        "Caddyfile",
        {"circle.example.org": f"https://localhost:{front}", "127.0.0.1:8000": f"127.0.0.1:{enid}"},
    )
    (folder / "Caddyfile").write_text(
        "{\n\tadmin off\n\tauto_https disable_redirects\n\tskip_install_trust\n}\n" + site
    )
    command = ["caddy", "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]
    own = folder / "caddy/pki/authorities/local/root.crt"
    with _process(command, XDG_DATA_HOME=str(folder), XDG_CONFIG_HOME=str(folder), HOME=str(folder)):
        until(own.exists, "Caddy's own authority")
        yield own


@contextmanager
def _process(command: list[str], **environment: str) -> Iterator[None]:
    with subprocess.Popen(
        command, env={**os.environ, **environment}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            yield
        finally:
            process.send_signal(signal.SIGTERM)


@contextmanager
def _enid(folder: Path, port: int, url: str) -> Iterator[None]:
    settings = {
        "ENID_DATA": str(folder),
        "ENID_BIND": f"127.0.0.1:{port}",
        "ENID_URL": url,
        "ENID_BEHIND_PROXY": "yes",
    }
    with subprocess.Popen(
        [*ENID, "up"],
        env=clean_environment(**settings),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            until(lambda: answers(port), "the server")
            yield
        finally:
            process.send_signal(signal.SIGTERM)


@pytest.fixture(scope="module", params=[("nginx", _nginx), ("caddy", _caddy)], ids=["nginx", "caddy"])
def front(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    """Run a proxy from its sample before `enid up`."""
    name: str
    proxy: Callable[[Path, int, int], Iterator[Path]]
    name, proxy = request.param
    if not shutil.which(name):
        pytest.skip(f"{name} is not installed (apt-get install {name})")
    front, enid = free_port(), free_port()
    place = tmp_path_factory.mktemp(name)
    with (
        _enid(tmp_path_factory.mktemp("data"), enid, f"https://localhost:{front}"),
        proxy(place, front, enid) as certificate,  # type: ignore[attr-defined]
    ):
        found = Front(front, ssl.create_default_context(cafile=str(certificate)))
        until(lambda: _opens(found), name)
        yield found


def _opens(front: Front) -> bool:
    try:
        return front.page("/").status == 200
    except OSError:
        return False


def test_pages_come_through_and_know_that_they_are_secure(front: Front) -> None:
    page = front.page("/account/login/")
    assert page.status == 200
    assert "Strict-Transport-Security" in page.headers  # only where the proxy said that the way was secure


def test_socket_is_upgraded_through_the_proxy(front: Front) -> None:
    with front.socket(front.url) as line:
        line.send(json.dumps({"t": "join", "ticket": "not ours", "v": 0}))
        with pytest.raises(ConnectionClosed) as closed:
            line.recv(timeout=20)
    assert closed.value.rcvd
    assert closed.value.rcvd.code == 4403


def test_socket_of_another_sites_page_is_refused_through_the_proxy(front: Front) -> None:
    with pytest.raises(InvalidStatus) as refused:
        front.socket("https://elsewhere.example")
    assert refused.value.response.status_code == 403
