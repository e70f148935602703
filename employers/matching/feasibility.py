"""Whether a person can take this work at all, and in which order to look at the people who can."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from enum import StrEnum
from typing import Any, Self

from employers.matching.candidates import tie_key
from employers.matching.guard import refuse_unlisted
from employers.matching.vocabulary import Match

WANTED_HOURS_TOLERANCE = 2.0  # hours a week around what the person said, both bounds included


class Wish(StrEnum):
    """What this work is in the person's own project."""

    YES = "yes"
    STEP = "step"
    NOT_ASKED = "not_asked"
    NO = "no"


WISH_ORDER = {wish: position for position, wish in enumerate(Wish)}


@dataclass(frozen=True, slots=True)
class LegalCeiling:
    """Hours that a text still leaves this person for this kind of work, as the structure's own rules count them.

    Example: 480 hours over 24 months at clients of article L2211-1 (L5132-9).
    """

    label: str
    hours_left: float
    basis: str


@dataclass(frozen=True, slots=True)
class WorkTerms:
    """The terms of the work that can rule someone out.

    `demands` are gestures and conditions ("port_charges_10kg"); `licences` are habilitations to hold until
    `ends_on` included (today, while nobody knows when it ends); `hours` is the total of the work, `legal_ban` the text that forbids it to everyone here,
    and `ban_words` how it is said.
    """

    ends_on: date
    weekly_hours: float | None = None
    hours: float | None = None
    demands: frozenset[str] = frozenset()
    licences: frozenset[str] = frozenset()
    legal_ban: str | None = None
    ban_words: str = "La loi ne permet à personne de faire ce travail ici."


@dataclass(frozen=True, slots=True)
class Availability:
    """What a person can do and wants, as they said it. `None` is not known: it asks a question, it excludes nobody.

    `travel_minutes` is door to door, by their own means, at the hours of the work; both limits are included.
    `exclusions` are demands that an authorised person entered, without any reason. `licences` gives the last
    valid day of each habilitation, `None` when it has no end.
    """

    travel_minutes: float | None = None
    travel_limit_minutes: float | None = None
    least_weekly_hours: float | None = None
    most_weekly_hours: float | None = None
    exclusions: frozenset[str] = frozenset()
    licences: Mapping[str, date | None] = field(default_factory=dict)
    ceilings: tuple[LegalCeiling, ...] = ()

    @classmethod
    def from_mapping(cls, data: Mapping[str, Any]) -> Self:
        """Build from named values; a name that is not a field of this class is refused (L1132-1)."""
        refuse_unlisted(data, [known.name for known in fields(cls)], within="une disponibilité")
        return cls(**data)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that rules the work out for this person, or that must be asked first."""

    code: str
    message: str
    is_blocking: bool = True
    basis: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A match where a person looks at it: its place, shared by equals, and what was found on the way."""

    place: int
    match: Match
    wish: Wish
    findings: tuple[Finding, ...]

    @property
    def is_feasible(self) -> bool:
        """Nothing rules the work out; questions may remain."""
        return not any(finding.is_blocking for finding in self.findings)


def check_feasibility(work: WorkTerms, person: Availability) -> tuple[Finding, ...]:
    """Everything that rules the work out for this person, and what is not known yet; empty when all is clear."""
    return (
        *legal_findings(work, person),
        *_travel(person),
        *_hours(work, person),
        *_demands(work, person),
    )


def legal_findings(work: WorkTerms, person: Availability) -> tuple[Finding, ...]:
    """What no wish can change: needs neither travel nor hours to be known, so every ranking asks it.

    Work the law forbids is for nobody (R10), nor a job somebody was lately dismissed from (R11); a licence holds to the last day of the work (R38).
    """
    return (*_legal(work, person), *_licences(work, person))


def order_for_work(
    matches: Iterable[Match],
    findings: Mapping[str, tuple[Finding, ...]],
    wishes: Mapping[str, Wish],
) -> list[Place]:
    """Feasible first, then the person's project, then competence cover, then fewest gaps to close.

    Findings and wishes are by profile id. What cannot be done stays in the list, last, with its reason.
    """
    found = [
        (match, wishes.get(match.profile, Wish.NOT_ASKED), findings.get(match.profile, ()))
        for match in matches
    ]
    keyed = sorted(
        ((_merit(*each), tie_key(each[0].profile), each) for each in found), key=lambda entry: entry[:2]
    )
    places: list[Place] = []
    for position, (merit, _, (match, wish, reasons)) in enumerate(keyed, start=1):
        is_tie = position > 1 and keyed[position - 2][0] == merit
        places.append(Place(places[-1].place if is_tie else position, match, wish, reasons))
    return places


def _merit(match: Match, wish: Wish, findings: tuple[Finding, ...]) -> tuple[bool, int, float, int]:
    is_blocked = any(finding.is_blocking for finding in findings)
    return is_blocked, WISH_ORDER[wish], -match.score, match.gaps_to_close


def _legal(work: WorkTerms, person: Availability) -> Iterable[Finding]:
    if work.legal_ban is not None:
        yield Finding("legal_ban", work.ban_words, basis=work.legal_ban)
    for ceiling in person.ceilings:
        if work.hours is None:
            yield _question(
                "hours_unknown", f"Durée totale à préciser : {ceiling.label}.", basis=ceiling.basis
            )
        elif work.hours > ceiling.hours_left:
            message = (
                f"Ce travail dure {_number(work.hours)} h ; il reste {_number(ceiling.hours_left)} h à cette personne "
                f"({ceiling.label})."
            )
            yield Finding("legal_ceiling", message, basis=ceiling.basis)


def _travel(person: Availability) -> Iterable[Finding]:
    if person.travel_minutes is None or person.travel_limit_minutes is None:
        yield _question("travel_unknown", "Temps de trajet à vérifier avec la personne.")
    elif person.travel_minutes > person.travel_limit_minutes:
        message = (
            f"Le trajet prend {_number(person.travel_minutes)} min par ses propres moyens ; "
            f"la personne accepte jusqu’à {_number(person.travel_limit_minutes)} min."
        )
        yield Finding("travel", message)


def _hours(work: WorkTerms, person: Availability) -> Iterable[Finding]:
    least, most = person.least_weekly_hours, person.most_weekly_hours
    if work.weekly_hours is None or (least is None and most is None):
        yield _question("weekly_hours_unknown", "Nombre d’heures par semaine à vérifier avec la personne.")
        return
    offered = f"Le travail propose {_number(work.weekly_hours)} h par semaine"
    if least is not None and work.weekly_hours < least - WANTED_HOURS_TOLERANCE:
        yield Finding("too_few_hours", f"{offered} ; la personne en souhaite au moins {_number(least)}.")
    if most is not None and work.weekly_hours > most + WANTED_HOURS_TOLERANCE:
        yield Finding("too_many_hours", f"{offered} ; la personne en souhaite au plus {_number(most)}.")


def _demands(work: WorkTerms, person: Availability) -> Iterable[Finding]:
    for demand in sorted(work.demands & person.exclusions):
        yield Finding(
            "excluded_demand", f"Le travail comporte une exigence exclue pour cette personne : {demand}."
        )


def _licences(work: WorkTerms, person: Availability) -> Iterable[Finding]:
    for licence in sorted(work.licences):
        if licence not in person.licences:
            yield Finding("no_licence", f"Habilitation demandée, que rien ne montre : {licence}.")
            continue
        valid_until = person.licences[licence]
        if valid_until is not None and valid_until < work.ends_on:
            message = (
                f"Habilitation valable jusqu’au {valid_until:%d/%m/%Y}, demandée au moins "
                f"jusqu’au {work.ends_on:%d/%m/%Y} : {licence}. Prévoyez son renouvellement."
            )
            yield Finding("licence_expires", message)


def _question(code: str, message: str, *, basis: str | None = None) -> Finding:
    return Finding(code, message, is_blocking=False, basis=basis)


def _number(value: float) -> str:
    """A number as French readers write it: 7,5 and not 7.50."""
    return f"{value:.2f}".rstrip("0").rstrip(".").replace(".", ",")
