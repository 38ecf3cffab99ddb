"""A device that makes passkeys, in software: what a browser and a telephone do together."""

import json
import os
from collections.abc import Mapping
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import sha256, websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

SITE = "testserver"
KNOWN = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV  # touched, and its owner recognised


class Device:
    """Holds one key."""

    def __init__(self) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.credential_id = os.urandom(16)
        self.owner = b""

    def made(self, options: Mapping[str, Any], flags: int = KNOWN) -> str:
        """Answer a wish for a new passkey."""
        asked = options["publicKey"]
        self.owner = asked["user"]["id"].encode()
        key = ES256.from_cryptography_key(self.key.public_key())
        held = AttestedCredentialData.create(b"\0" * 16, self.credential_id, key)
        seen = AuthenticatorData.create(sha256(SITE.encode()), flags | AuthenticatorData.FLAG.AT, 0, held)
        said = self._said("webauthn.create", asked["challenge"])
        attested = AttestationObject.create("none", seen, {})
        return self._answer(clientDataJSON=said, attestationObject=bytes(attested))

    def signed(self, options: Mapping[str, Any], flags: int = KNOWN, origin: str = f"https://{SITE}") -> str:
        """Answer a wish to sign in."""
        seen = bytes(AuthenticatorData.create(sha256(SITE.encode()), flags, 0))
        said = self._said("webauthn.get", options["publicKey"]["challenge"], origin)
        signature = self.key.sign(seen + sha256(said), ec.ECDSA(SHA256()))
        answer = json.loads(self._answer(clientDataJSON=said, authenticatorData=seen, signature=signature))
        answer["response"]["userHandle"] = self.owner.decode()
        return json.dumps(answer)

    def _said(self, kind: str, challenge: str, origin: str = f"https://{SITE}") -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": origin}).encode()

    def _answer(self, **response: bytes) -> str:
        own_id = websafe_encode(self.credential_id)
        answer = {name: websafe_encode(value) for name, value in response.items()}
        return json.dumps(
            {
                "id": own_id,
                "rawId": own_id,
                "type": "public-key",
                "response": answer,
                "clientExtensionResults": {"credProps": {"rk": True}},
            }
        )
