"""Signatures are those of the recommendation, and strangers believe them with their own code."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from competences.badges import proofs
from tests.competences.badges import stranger

EXAMPLES = "https://www.w3.org/ns/credentials/examples/v2"
EXAMPLES_CONTEXT = {"@context": {"@vocab": "https://www.w3.org/ns/credentials/examples#"}}
PUBLIC = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"
SECRET = "z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq"
SAID = {
    "@context": ["https://www.w3.org/ns/credentials/v2", EXAMPLES],
    "id": "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33",
    "type": ["VerifiableCredential", "AlumniCredential"],
    "name": "Alumni Credential",
    "description": "A minimum viable example of an Alumni Credential.",
    "issuer": "https://vc.example/issuers/5678",
    "validFrom": "2023-01-01T00:00:00Z",
    "credentialSubject": {"id": "did:example:abcdefgh", "alumniOf": "The School of Examples"},
}
PROOF = "z2YwC8z3ap7yx1nZYCg4L3j3ApHsF8kgPdSb5xoS1VR7vPG3F561B52hYnQF9iseabecm3ijx4K1FBTQsCZahKZme"
"""The example that « Data Integrity EdDSA Cryptosuites v1.0 » prints, key included (B.1)."""


def vector():
    seed = stranger.from_base58(SECRET[1:])[2:]
    secret = Ed25519PrivateKey.from_private_bytes(seed).private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )
    return proofs.sign(
        SAID,
        secret=secret.decode(),
        method=f"did:key:{PUBLIC}#{PUBLIC}",
        at=datetime(2023, 2, 24, 23, 36, 38, tzinfo=UTC),
        contexts={EXAMPLES: EXAMPLES_CONTEXT},
    )


def test_the_example_of_the_recommendation_is_signed_to_the_letter():
    assert vector()["proof"] == {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-rdfc-2022",
        "created": "2023-02-24T23:36:38Z",
        "verificationMethod": f"did:key:{PUBLIC}#{PUBLIC}",
        "proofPurpose": "assertionMethod",
        "proofValue": PROOF,
    }


def test_a_stranger_believes_it_and_nothing_else(monkeypatch):
    monkeypatch.setitem(stranger.MORE, EXAMPLES, EXAMPLES_CONTEXT)
    signed = vector()
    assert stranger.believes(signed, PUBLIC)
    assert not stranger.believes({**signed, "name": "Autre chose"}, PUBLIC)
    other = proofs.multikey(proofs.new_pair().public)
    assert not stranger.believes(signed, other)


def test_a_key_is_published_as_the_recommendation_writes_it():
    pair = proofs.new_pair()
    raw = stranger.from_base58(proofs.multikey(pair.public)[1:])
    assert (raw[:2], len(raw)) == (b"\xed\x01", 34)
    assert "PRIVATE" in pair.secret
    assert "PRIVATE" not in pair.public


@pytest.mark.parametrize(
    "brought",
    [
        b"", b"\xff\xfe", b"[]", b"12", b"null", b"{}", b'{"proof": {}}', b'{"proof": [{}, {}]}',
        b'{"proof": {"verificationMethod": 3}}', b"[" * 60_000, b'{"a":' * 9_000,
    ],
)  # fmt: skip
def test_what_is_no_badge_is_said_to_be_none(brought):
    with pytest.raises(proofs.NotABadge):
        proofs.method_of(brought)


def test_a_context_of_ones_own_is_never_fetched_nor_believed():
    pair = proofs.new_pair()
    said = {**SAID, "@context": [SAID["@context"][0], "https://example.invalid/contexte"]}
    with pytest.raises(proofs.Altered):
        proofs.verify(
            json.dumps({**said, "proof": vector()["proof"]}).encode(),
            public=pair.public,
        )
