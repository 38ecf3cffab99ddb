"""Try a relay as a browser would: ask it for an address, give it back, and say plainly what went wrong.

An Allocate of RFC 8656 with the credentials that pages are handed, over UDP, TCP or TLS.
"""

import asyncio
import socket
import ssl
from dataclasses import dataclass
from ipaddress import ip_address

from enid.site.env import WAY

ANSWER_WITHIN_S = 8.0
PORTS = {"turn": 3478, "turns": 5349}


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of one try; `type_this` is empty where all is well."""

    way: str
    good: bool
    says: str
    type_this: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """Where a relay listens, and how it is spoken to."""

    host: str
    port: int
    transport: str  # udp | tcp
    secure: bool

    @property
    def name(self) -> str:
        return "TLS" if self.secure else self.transport.upper()


def way_of(address: str) -> Way:
    """Read the address of a relay, with the defaults of RFC 7065."""
    parts = WAY.fullmatch(address)
    if not parts:
        raise ValueError(address)
    secure = parts["scheme"] == "turns"
    transport = "tcp" if secure else parts["transport"] or "udp"
    return Way(parts["host"].strip("[]"), int(parts["port"] or PORTS[parts["scheme"]]), transport, secure)


def attempt(address: str, name: str, password: str, trust: ssl.SSLContext | None = None) -> Tried:
    """Ask the relay for an address with these credentials, and give it back.

    trust: whose certificates count over TLS; the system's where nothing is said
    """
    way = way_of(address)
    about = f"{way.name} {way.host}:{way.port}"
    # Loaded here: only this command speaks to relays.
    from aioice.stun import TransactionFailed, TransactionTimeout

    try:
        relayed, server = asyncio.run(_allocate(way, name, password, trust))
    except TransactionFailed as refused:
        return Tried(about, False, *_refusal(refused.response.error_code))
    except (TimeoutError, TransactionTimeout):
        return Tried(about, False, "does not answer", _REACH)
    except ssl.SSLCertVerificationError:
        return Tried(about, False, "its certificate is not trusted", _CERTIFICATE)
    except ssl.SSLError:
        return Tried(about, False, "does not speak TLS", "Set tls-listening-port, cert and pkey of coturn.")
    except OSError as error:
        return Tried(about, False, f"cannot be reached ({type(error).__name__})", _REACH)
    if ip_address(relayed).is_private and not ip_address(server).is_private:
        return Tried(about, False, f"relays on {relayed}, which nobody outside reaches", _OUTSIDE)
    return Tried(about, True, f"relays on {relayed}")


_REACH = "Check that coturn runs and that the firewall lets this port and 49152-65535/udp through."
_CERTIFICATE = "Give coturn a certificate for this name, with its chain, in cert and pkey."
_OUTSIDE = "Set external-ip of coturn to its public address."


def _refusal(code: int | None) -> tuple[str, str]:
    """Return what a refusal means and what to do; codes are of RFC 8656, section 19."""
    known: dict[int | None, tuple[str, str]] = {
        401: (
            "refuses the credentials",
            "Set ENID_TURN_SECRET to static-auth-secret of coturn, set use-auth-secret there, and compare the clocks.",
        ),
        486: ("has no room for more", "Raise user-quota and total-quota of coturn."),
        508: ("has no port left", "Widen min-port and max-port of coturn."),
    }
    return known.get(code, (f"refuses (code {code})", "Look into the log of coturn."))


async def _allocate(way: Way, name: str, password: str, trust: ssl.SSLContext | None) -> tuple[str, str]:
    """Return the address that the relay lends, and its own."""
    from aioice.turn import create_turn_endpoint

    secure = (trust or ssl.create_default_context()) if way.secure else None
    async with asyncio.timeout(ANSWER_WITHIN_S):
        found = await asyncio.get_running_loop().getaddrinfo(way.host, way.port, type=socket.SOCK_STREAM)
        lent, holder = await create_turn_endpoint(
            _Holder, (way.host, way.port), name, password, ssl=secure, transport=way.transport
        )
        relayed = str(lent.get_extra_info("sockname")[0])
        lent.close()
        await holder.given_back.wait()
    return relayed, str(found[0][4][0])


class _Holder(asyncio.DatagramProtocol):
    """Holds the lent address; nothing is sent through it."""

    def __init__(self) -> None:
        self.given_back = asyncio.Event()

    def connection_lost(self, error: Exception | None) -> None:
        self.given_back.set()
