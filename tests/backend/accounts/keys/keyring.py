"""A real security key for tests without a browser: it signs as WebAuthn says (Level 3, 6), with nothing of ours inside."""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass, field

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client
from django.urls import reverse
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import websafe_encode

from backend.accounts import second_factor
from tests.signin import sign_in, type_password

HERE = "http://localhost"
"""The one address in clear where browsers let keys be used."""
ADD, PROVE, INDEX = reverse("mfa_add_webauthn"), reverse("mfa_authenticate"), reverse("mfa_index")
OPEN = reverse("web:tokens")
_PRESENT, _VERIFIED, _HOLDS_A_KEY = 0x01, 0x04, 0x40


@dataclass
class SecurityKey:
    """One key, which counts its uses; `host` is the service it was made for."""

    host: str = "localhost"
    count: int = 0
    id: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    private: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )

    def create(self, question: str, *, origin: str = HERE) -> str:
        """What a browser answers when a key is added."""
        public = cbor.encode(dict(ES256.from_cryptography_key(self.private.public_key())))
        held = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + public
        attested = {"fmt": "none", "attStmt": {}, "authData": self._state(_HOLDS_A_KEY) + held}
        said = {"attestationObject": websafe_encode(cbor.encode(attested))}
        return self._answer(self._told("webauthn.create", question, origin), said)

    def get(self, question: str, *, origin: str = HERE) -> str:
        """What a browser answers when a key proves who one is."""
        self.count += 1
        told, state = self._told("webauthn.get", question, origin), self._state()
        signature = self.private.sign(state + hashlib.sha256(told).digest(), ec.ECDSA(hashes.SHA256()))
        return self._answer(
            told, {"authenticatorData": websafe_encode(state), "signature": websafe_encode(signature)}
        )

    def _state(self, flags: int = 0) -> bytes:
        shown = bytes([_PRESENT | _VERIFIED | flags])
        return hashlib.sha256(self.host.encode()).digest() + shown + self.count.to_bytes(4, "big")

    def _told(self, kind: str, question: str, origin: str) -> bytes:
        challenge = json.loads(question)["publicKey"]["challenge"]
        return json.dumps({"type": kind, "challenge": challenge, "origin": origin}).encode()

    def _answer(self, told: bytes, said: dict[str, str]) -> str:
        name = websafe_encode(self.id)
        response = {"clientDataJSON": websafe_encode(told), **said}
        return json.dumps(
            {
                "id": name,
                "rawId": name,
                "type": "public-key",
                "response": response,
                "clientExtensionResults": {},
            }
        )


def browser() -> Client:
    """One that is on the address that keys are made for."""
    return Client(HTTP_HOST="localhost")


def question(client, address=PROVE) -> str:
    return client.get(address).context["question"]


def add(client, key, name="Clé du trousseau", **answer):
    return client.post(ADD, {"name": name, "credential": key.create(question(client, ADD), **answer)})


def holder(user, key=None) -> SecurityKey:
    """A key added to this account by a session that is left behind."""
    key = key or SecurityKey()
    client = browser()
    if second_factor.is_set_up(user):
        sign_in(client, user)
    else:
        type_password(client, user.email)
    assert add(client, key).status_code == 302
    return key


def prove(client, answer):
    return client.post(PROVE, {"credential": answer})
