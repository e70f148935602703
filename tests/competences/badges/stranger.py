"""A stranger who verifies a badge with a published key, and none of the code that signs.

The contexts are those of the recommendations. The dataset is put in its canonical form here, from the text of RDFC-1.0: blank
nodes are told apart by what touches them alone, and a graph where that is not enough is refused.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from collections import defaultdict
from importlib import resources

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from pyld import jsonld

_FILES = {
    "https://www.w3.org/ns/credentials/v2": "credentials-v2.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json": "ob-v3p0-context-3.0.3.json",
    "https://w3id.org/security/multikey/v1": "security-multikey-v1.json",
}
_DIGITS = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
MORE = {}


def load(url, options=None):
    """A context held on the disk; any other address is an error, for nothing is fetched."""
    if url in MORE:
        document = MORE[url]
    else:
        held = resources.files("openbadgeslib.ob3.contexts").joinpath(_FILES[url])
        document = json.loads(held.read_text("utf-8"))
    return {"contextUrl": None, "documentUrl": url, "document": document}


def from_base58(text):
    number = 0
    for sign in text:
        number = number * 58 + _DIGITS.index(sign)
    zeros = len(text) - len(text.lstrip("1"))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8, "big")


def canonical(document):
    """N-Quads in canonical order, blank nodes named by rank of what touches them."""
    text = jsonld.to_rdf(document, {"format": "application/n-quads", "documentLoader": load})
    quads = [line.split(" ") for line in text.splitlines() if line]
    touching = defaultdict(list)
    for quad in quads:
        for node in {part for part in quad if part.startswith("_:")}:
            touching[node].append(quad)
    ranks = {}
    for node, around in touching.items():
        seen = sorted(" ".join(_as_seen(part, node) for part in quad) + "\n" for quad in around)
        print_of_it = hashlib.sha256("".join(seen).encode()).hexdigest()
        assert print_of_it not in ranks, "two nodes look alike: this reader is too simple for such a graph"
        ranks[print_of_it] = node
    names = {node: f"_:c14n{rank}" for rank, (_, node) in enumerate(sorted(ranks.items()))}
    return "".join(sorted(" ".join(names.get(part, part) for part in quad) + "\n" for quad in quads))


def _as_seen(part, node):
    if not part.startswith("_:"):
        return part
    return "_:a" if part == node else "_:z"


def believes(badge, key):
    """Whether this Multikey signed exactly this."""
    proof = dict(badge["proof"])
    signature = from_base58(proof.pop("proofValue")[1:])
    said = {name: value for name, value in badge.items() if name != "proof"}
    signed = b"".join(
        hashlib.sha256(canonical(each).encode()).digest()
        for each in ({"@context": badge["@context"], **proof}, said)
    )
    raw = from_base58(key[1:])
    assert raw[:2] == b"\xed\x01", "an Ed25519 key"
    try:
        Ed25519PublicKey.from_public_bytes(raw[2:]).verify(signature, signed)
    except InvalidSignature:
        return False
    return True


def is_set(states, position):
    """Whether the bit of a badge is raised in a published list."""
    packed = states["credentialSubject"]["encodedList"][1:]
    bits = gzip.decompress(base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4)))
    return bool(bits[position // 8] & (128 >> position % 8))
