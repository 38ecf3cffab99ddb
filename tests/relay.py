"""A real coturn for tests, on ports of its own, from the sample in deploy/."""

import datetime
import ipaddress
import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.browser.nets import SERVER, Nets
from tests.integration.site.test_commands import free_port, until

SAMPLE = Path(__file__).resolve().parents[1] / "deploy/turnserver.conf"
SECRET = "a secret of the tests"


@dataclass(frozen=True)
class Relay:
    """Where the relay of a test listens."""

    host: str
    port: int
    tls_port: int
    certificate: Path

    @property
    def ways(self) -> dict[str, str]:
        plain = f"turn:{self.host}:{self.port}"
        return {
            "UDP": plain,
            "TCP": f"{plain}?transport=tcp",
            "TLS": f"turns:{self.host}:{self.tls_port}?transport=tcp",
        }


def certificate_for_localhost(folder: Path) -> tuple[Path, Path]:
    """Write a certificate that signs itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=30))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    certificate, private = folder / "certificate.pem", folder / "key.pem"
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return certificate, private


@contextmanager
def running(folder: Path, *, between_ourselves: bool = False, nets: Nets | None = None) -> Iterator[Relay]:
    """Run coturn from the sample, with only its ports, secret, files and place changed.

    between_ourselves: let it reach this machine, where the browsers of a test are
    nets:              where the server is in these networks, instead of on this machine
    """
    if not shutil.which("turnserver"):
        pytest.skip("coturn is not installed (apt-get install coturn)")
    certificate, private = certificate_for_localhost(folder)
    address, inside = (SERVER, nets.inside(nets.router)) if nets else ("127.0.0.1", [])
    relay = Relay(SERVER if nets else "localhost", free_port(), free_port(), certificate)
    settings = {
        "listening-port": relay.port,
        "tls-listening-port": relay.tls_port,
        "static-auth-secret": SECRET,
        "cert": certificate,
        "pkey": private,
    }
    text = SAMPLE.read_text()
    for name, value in settings.items():
        text, found = re.subn(rf"^{name}=.*$", f"{name}={value}", text, flags=re.M)
        assert found == 1, f"the sample sets {name} once"
    if between_ourselves:
        text = re.sub(r"^denied-peer-ip=.*$", "", text, flags=re.M)
    own = folder / "turnserver.conf"
    own.write_text(text)
    here = ["--listening-ip", address, "--relay-ip", address]
    here += ["--allow-loopback-peers"] if between_ourselves else []
    files = ["--pidfile", str(folder / "pid"), "--userdb", str(folder / "turndb")]
    process = subprocess.Popen(
        [*inside, "turnserver", "-c", str(own), *here, *files],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        ports = (relay.port, relay.tls_port)
        until(lambda: all(_listens(port, nets) for port in ports), "the relay")
        yield relay
    finally:
        process.kill()
        process.wait()


def _listens(port: int, nets: Nets | None) -> bool:
    if nets:
        return nets.reaches(nets.router, SERVER, port)
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=5):
            return True
    except OSError:
        return False
