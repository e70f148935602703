"""The badges of a passport, the keys and states that strangers read, and what a badge that somebody brings is worth."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from django.conf import settings

from backend.core.errors import DomainError
from backend.core.sealing.encryption import Unread
from backend.core.values.numbers import whole_number
from competences.badges import proofs
from competences.models import BadgeKey, BadgeState, Passport
from competences.rules.badges import Issuer, Shown, badge_of, identity_of
from competences.selectors.passports import Line, read_badges, read_content

_NO_KEY = (
    "Les badges ne peuvent pas être signés : la clé de cette installation ne se lit plus. Prévenez l’exploitation "
    "(docs/badges.md)."
)
_NAME = "Passerelles"


def issuer_at(address: str) -> Issuer:
    """Who signs here: the operator, or the product where nobody said who operates it."""
    return Issuer(address, settings.OPERATOR.name or _NAME)


@dataclass(frozen=True, slots=True)
class Badge:
    """A line of a passport that has a badge."""

    line: Line
    document: dict[str, Any]


def lines_with_badges(passport: Passport) -> list[Line]:
    """The lines of a passport that somebody else attests, none of a passport withdrawn or made before badges."""
    if passport.withdrawn_at:
        return []
    allotted = read_badges(passport)
    return [line for line in read_content(passport)[1] if line.key in allotted]


def badges_of(passport: Passport, issuer: Issuer, *, only: str = "", now: datetime) -> list[Badge]:
    """The badges of a passport, signed now with the key of today; `only` one line of it."""
    lines = [line for line in lines_with_badges(passport) if only in ("", line.key)]
    if not lines:
        return []
    allotted = read_badges(passport)
    key = signing_key()
    made_at = passport.made_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return [
        Badge(
            line,
            _signed(
                badge_of(_shown(line), allotted[line.key], issuer=issuer, made_at=made_at), key, issuer, now
            ),
        )
        for line in lines
    ]


def _shown(line: Line) -> Shown:
    return Shown(
        line.status, line.what, line.level, line.who, line.when, line.where, on=line.on, code=line.code
    )


def _signed(document: dict[str, Any], key: BadgeKey, issuer: Issuer, now: datetime) -> dict[str, Any]:
    return proofs.sign(document, secret=str(key.secret), method=f"{issuer.address}#{key}", at=now)


def signing_key() -> BadgeKey:
    """The key of today; `DomainError` when there is none yet, or when no secret of ours opens it."""
    key = BadgeKey.objects.filter(is_current=True).first()
    if key is None or isinstance(key.secret, Unread):
        raise DomainError("badge_key", _NO_KEY)
    return key


_INLINE = {
    name: {"@id": f"https://w3id.org/security#{name}", "@type": "@id"}
    for name in ("verificationMethod", "assertionMethod")
}


def issuer_document(issuer: Issuer) -> dict[str, Any]:
    """The profile and the keys of the installation, former ones included: what a stranger keeps to verify without us."""
    keys = BadgeKey.objects.filter(is_leaked=False).order_by("-is_current", "-pk")
    methods = [
        {
            "id": f"{issuer.address}#{key}",
            "type": "Multikey",
            "controller": issuer.address,
            "publicKeyMultibase": proofs.multikey(key.public),
        }
        for key in keys
    ]
    return {
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
            "https://w3id.org/security/multikey/v1",
            _INLINE,
        ],
        "id": issuer.address,
        "type": ["Profile"],
        "name": issuer.name,
        "verificationMethod": methods,
        "assertionMethod": [method["id"] for method in methods],
    }


def list_of_states(number: int, issuer: Issuer, *, now: datetime) -> dict[str, Any] | None:
    """Which badges of a list were taken back, signed; None when no badge has a place there."""
    states = BadgeState.objects.filter(list_number=number)
    if not states.exists():
        return None
    withdrawn = list(states.filter(is_withdrawn=True).values_list("position", flat=True))
    said = proofs.list_of_states(issuer.address, issuer.states(number), withdrawn=withdrawn, at=now)
    return _signed(said, signing_key(), issuer, now)


class Verdict(StrEnum):
    """What a badge that somebody brings is worth."""

    TRUE = "vrai"
    WITHDRAWN = "retiré"
    ALTERED = "modifié"
    ELSEWHERE = "d’ailleurs"
    UNREADABLE = "illisible"


@dataclass(frozen=True, slots=True)
class Checked:
    """A verdict, what the badge says when it is signed by us, and whether it is linked to the address that was typed."""

    verdict: Verdict
    title: str = ""
    what: str = ""
    level: str = ""
    told: str = ""
    issued_at: datetime | None = None
    is_linked: bool = False
    is_theirs: bool | None = None


def check_badge(content: bytes, *, email: str = "") -> Checked:
    """Verify a badge with the keys of this installation; nothing is fetched, nothing is kept."""
    try:
        key = _key_named(proofs.method_of(content))
        if key is None:
            return Checked(Verdict.ELSEWHERE)
        document = proofs.verify(content, public=key.public)
        return _checked(document, email)
    except proofs.NotABadge:
        return Checked(Verdict.UNREADABLE)
    except (proofs.Altered, KeyError, IndexError, TypeError, ValueError):
        return Checked(Verdict.ALTERED)


def _key_named(method: str) -> BadgeKey | None:
    number = whole_number(method.rpartition("#cle-")[2])
    return None if number is None else BadgeKey.objects.filter(pk=number, is_leaked=False).first()


def _checked(document: dict[str, Any], email: str) -> Checked:
    subject, status, evidence = (
        document["credentialSubject"],
        document["credentialStatus"],
        document["evidence"],
    )
    number = int(status["statusListCredential"].rstrip("/").rpartition("/")[2])
    state = BadgeState.objects.filter(list_number=number, position=int(status["statusListIndex"])).first()
    if state is None:
        return Checked(Verdict.ALTERED)
    identity = (subject.get("identifier") or [None])[0]
    return Checked(
        Verdict.WITHDRAWN if state.is_withdrawn else Verdict.TRUE,
        title=evidence[0]["name"],
        what=document["name"],
        level=subject["result"][0]["value"],
        told=evidence[0]["narrative"],
        issued_at=datetime.fromisoformat(document["validFrom"]),
        is_linked=identity is not None,
        is_theirs=_is_theirs(identity, email) if identity and email else None,
    )


def _is_theirs(identity: dict[str, Any], email: str) -> bool:
    return hmac.compare_digest(identity_of(email, identity.get("salt", "")), str(identity["identityHash"]))
