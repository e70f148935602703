"""Which competences are signed, and what a badge says of one: Open Badges 3.0 over Verifiable Credentials 2.0.

A badge says what a passport shows of a line, and nothing else. It never speaks of what a person only says of themselves.
"""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass
from typing import Any

from backend.core.values.dates import NBSP
from backend.core.values.numbers import whole_number
from competences.enums import Level, ProofStatus
from competences.rules.certifications.coverage import PROVED
from competences.rules.passports import MEANING, UNNAMED

CONTEXTS = (
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
)
_NOT_THE_CERTIFIER = " La structure a vu le document ; elle n’est pas elle-même le certificateur."
ROME = "https://www.francetravail.org/opendata/repertoire-operationnel-des-meti.html"
"""Where France Travail publishes the ROME."""
_LEVELS = uuid.uuid5(uuid.NAMESPACE_URL, "passerelles:niveaux")


@dataclass(frozen=True, slots=True)
class Allotted:
    """What a badge was given when the passport was made: numbers drawn at random, that say nothing of anybody.

    `identity` is the print of an e-mail address with this salt, empty when the person did not choose to be linked to it.
    """

    key: str
    number: str
    list_number: int
    position: int
    salt: str = ""
    identity: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A line of a passport, as a badge repeats it. `on` is an ISO day, `code` that of the referential."""

    status: str
    what: str
    level: str
    who: str
    when: str
    where: str
    on: str
    code: str


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who signs: the address where its keys are published, and the name it goes by."""

    address: str
    name: str

    def states(self, number: int) -> str:
        """Where the states of a list are said."""
        return f"{self.address}etats/{number}/"

    def profile(self) -> dict[str, Any]:
        """As a badge carries it."""
        return {"id": self.address, "type": ["Profile"], "name": self.name}


def is_signed(status: str, *, who: str) -> bool:
    """Whether a line may become a badge: somebody else attests it, and says who they are; nobody signs a word of oneself."""
    return status in PROVED and who != UNNAMED


def identity_of(email: str, salt: str) -> str:
    """The print that a badge carries of an address: whoever knows the address finds it again, nobody reads it."""
    return f"sha256${hashlib.sha256(f'{email.strip().lower()}{salt}'.encode()).hexdigest()}"


def badge_of(line: Shown, allotted: Allotted, *, issuer: Issuer, made_at: str) -> dict[str, Any]:
    """The badge of a line, not signed yet. `made_at` is the instant of the passport, in UTC."""
    status = ProofStatus(line.status)
    title = f"Compétence {status.label.lower()}"
    meaning = MEANING[status] + (_NOT_THE_CERTIFIER if status == ProofStatus.CERTIFIED else "")
    return {
        "@context": list(CONTEXTS),
        "id": f"urn:uuid:{allotted.number}",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": line.what,
        "description": f"{title}{NBSP}: {line.what} ({line.level.lower()}).",
        "issuer": issuer.profile(),
        "validFrom": made_at,
        "awardedDate": f"{line.on}T00:00:00Z",
        "credentialSubject": {
            **_subject(allotted),
            "type": ["AchievementSubject"],
            "achievement": _achievement(line, meaning),
            "result": [{"type": ["Result"], "resultDescription": f"urn:uuid:{_LEVELS}", "value": line.level}],
        },
        "evidence": [{"type": ["Evidence"], "name": title, "narrative": _told(line)}],
        "credentialStatus": {
            "id": f"{issuer.states(allotted.list_number)}#{allotted.position}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": str(allotted.position),
            "statusListCredential": issuer.states(allotted.list_number),
        },
    }


def _subject(allotted: Allotted) -> dict[str, Any]:
    if not allotted.identity:
        # The standard asks for something here: a number of this badge alone says nothing of whose it is.
        return {"id": f"urn:uuid:{uuid.uuid5(uuid.UUID(allotted.number), 'personne')}"}
    identity = {
        "type": "IdentityObject",
        "hashed": True,
        "identityHash": allotted.identity,
        "identityType": "emailAddress",
        "salt": allotted.salt,
    }
    return {"identifier": [identity]}


def _achievement(line: Shown, meaning: str) -> dict[str, Any]:
    number = uuid.uuid5(uuid.NAMESPACE_URL, f"passerelles:{line.code or line.what}:{line.status}")
    levels = {
        "id": f"urn:uuid:{_LEVELS}",
        "type": ["ResultDescription"],
        "name": "Niveau",
        "resultType": "PerformanceLevel",
        "allowedValue": [level.label for level in Level],
    }
    said = {
        "id": f"urn:uuid:{number}",
        "type": ["Achievement"],
        "achievementType": "Competency",
        "inLanguage": "fr",
        "name": line.what,
        "description": meaning,
        "criteria": {"narrative": f"{meaning} Le niveau va de « s’initie » à « peut transmettre »."},
        "resultDescription": [levels],
    }
    if whole_number(line.code) is not None:
        # The ROME numbers its competences; the words of our starter set have codes of their own, that lead nowhere.
        said["alignment"] = [
            {
                "type": ["Alignment"],
                "targetName": line.what,
                "targetUrl": ROME,
                "targetFramework": "ROME 4.0",
                "targetCode": line.code,
            }
        ]
    return said


def _told(line: Shown) -> str:
    where = f", {line.where}" if line.where else ""
    return f"{line.what}{NBSP}: {line.level.lower()}. Le {line.when}. Attesté par{NBSP}: {line.who}{where}."
