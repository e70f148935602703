"""What may stand on a passport, what was chosen, and whether a paper that somebody holds is true."""

from __future__ import annotations

import json
import uuid
from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from backend.core.actor import Actor
from backend.core.sealing.encryption import Unread
from backend.core.sealing.signatures import is_ours, sign
from backend.core.values.dates import french_date
from backend.core.wall.gates import Gate
from backend.core.wall.reach import lifted
from competences.enums import Level, ProofStatus
from competences.models import Assessment, Licence, Passport
from competences.rules.badges import Allotted
from competences.rules.licences import holds_on, in_force
from competences.rules.passports import MEANING, UNNAMED
from pathways.models import Beneficiary

_PURPOSE = "passport"
ORDER = (ProofStatus.CERTIFIED, ProofStatus.RECOGNISED, ProofStatus.OBSERVED, ProofStatus.DECLARED)
"""The best proved first; they are never added up."""
WORDS = {
    ProofStatus.CERTIFIED: "Compétences certifiées",
    ProofStatus.RECOGNISED: "Compétences reconnues",
    ProofStatus.OBSERVED: "Compétences observées",
    ProofStatus.DECLARED: "Compétences déclarées",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing of a passport, in words: what, how well, who attests it, when and where. `key` is what a form ticks.

    `on`, an ISO day, and `code`, that of the referential, are for tools: passports made before badges have none.
    """

    key: str
    status: str
    what: str
    level: str
    who: str
    when: str
    where: str = ""
    on: str = ""
    code: str = ""

    @property
    def proof(self) -> str:
        """« observée », « reconnue », « certifiée »; nothing for a title."""
        return ProofStatus(self.status).label.lower() if self.status in ProofStatus else ""


@dataclass(frozen=True, slots=True)
class Section:
    """The lines of one status, with what that status means."""

    title: str
    meaning: str
    lines: tuple[Line, ...]


LICENCE = "HABILITATION"


def lines_for(actor: Actor, person: Beneficiary, *, today: date) -> list[Line]:
    """Everything that may be shown: the latest reading of each competence at each status, and titles that hold today."""
    found = (
        Assessment.objects.visible_to(actor)
        .filter(beneficiary=person)
        .select_related("competence", "organisation", "observer")
    )
    newest: dict[tuple[int, str], Assessment] = {}
    for reading in found.order_by("assessed_on", "pk"):
        newest[reading.competence_id, reading.status] = reading
    ranked = sorted(
        newest.values(),
        key=lambda each: (ORDER.index(ProofStatus(each.status)), -each.level, str(each.competence.label)),
    )
    licences = Licence.objects.visible_to(actor).standing().filter(beneficiary=person)
    holding = [each for each in in_force(licences) if holds_on(each, today)]
    return [*(_of_reading(each) for each in ranked), *(_of_licence(each) for each in holding)]


def _of_reading(reading: Assessment) -> Line:
    is_own_word = reading.status == ProofStatus.DECLARED
    return Line(
        key=f"a{reading.pk}",
        status=reading.status,
        what=reading.competence.label,
        level=Level(reading.level).label,
        who="La personne elle-même" if is_own_word else _who_saw(reading),
        when=french_date(reading.assessed_on),
        where=str(reading.organisation or ""),
        on=reading.assessed_on.isoformat(),
        code=reading.competence.code,
    )


def _who_saw(reading: Assessment) -> str:
    return str(reading.observer) if reading.observer else reading.observer_name or UNNAMED


def _of_licence(licence: Licence) -> Line:
    until = f"jusqu’au {french_date(licence.expires_on)}" if licence.expires_on else "sans fin connue"
    return Line(
        key=f"l{licence.pk}",
        status=LICENCE,
        what=str(licence),
        level=until,
        who=licence.issuer or "Document vu par la structure",
        when=french_date(licence.obtained_on),
    )


def as_content(name: str, lines: Collection[Line], badges: Collection[Allotted] = ()) -> str:
    """What is kept, sealed, of what was chosen, with what the badges of these lines were given."""
    told = {
        "name": name,
        "lines": [asdict(line) for line in lines],
        "badges": [asdict(badge) for badge in badges],
    }
    return json.dumps(told, ensure_ascii=False)


def read_content(passport: Passport) -> tuple[str, list[Line]]:
    """The name and the lines as they were chosen; what no key opens is said in the place of the name, above no line."""
    if isinstance(passport.content, Unread):
        return str(passport.content), []
    told: dict[str, Any] = json.loads(str(passport.content))
    return told["name"], [Line(**line) for line in told["lines"]]


def read_badges(passport: Passport) -> dict[str, Allotted]:
    """What each badge was given, by the key of its line; none for what no key opens or was made before badges."""
    if isinstance(passport.content, Unread):
        return {}
    told: dict[str, Any] = json.loads(str(passport.content))
    return {badge["key"]: Allotted(**badge) for badge in told.get("badges", [])}


def sections_of(lines: Collection[Line]) -> list[Section]:
    """The four statuses, each apart; one that has no line is not shown."""
    return [
        Section(WORDS[status], MEANING[status], tuple(line for line in lines if line.status == status))
        for status in ORDER
        if any(line.status == status for line in lines)
    ]


def titles_of(lines: Collection[Line]) -> list[Line]:
    """The habilitations among them."""
    return [line for line in lines if line.status == LICENCE]


def check_code(passport: Passport) -> str:
    """What makes the address of verification ours: only this installation can write it for this passport."""
    _, key_id, mac = sign(passport.pk.bytes, purpose=_PURPOSE).split(":")
    return f"{key_id}-{mac}"


def verified(number: uuid.UUID, code: str, *, today: date) -> Passport | None:
    """The passport of a paper, when it is ours, not withdrawn, and its last day has not passed."""
    key_id, _, mac = code.partition("-")
    if not is_ours(number.bytes, f"s1:{key_id}:{mac}", purpose=_PURPOSE):
        return None
    standing = Passport.objects.filter(pk=number, withdrawn_at__isnull=True, expires_on__gte=today)
    with lifted(Gate.PROOF):
        return standing.first()
