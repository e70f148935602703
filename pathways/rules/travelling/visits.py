"""A medical visit: the paper that goes with it, the next one due, and how long it serves another employer.

Nothing of anybody's health is read here: an employer holds an « attestation de suivi » or an « avis d’aptitude », which
say a day and whether adjustments were asked for (Code du travail, art. L4624-3, R4624-14 and R4624-25).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from backend.core.findings import Finding
from backend.core.values.dates import french_date, months_after
from backend.core.values.plausible import WORK, window_findings
from pathways.enums.travelling import VisitKind, VisitRhythm
from pathways.rules.dated import travelling as figures
from pathways.rules.dated.book import RuleBook
from pathways.rules.kinds import SEEN_FOR_SEVERAL_JOBS
from pathways.rules.travelling.facts import VisitNoted

_WITH_APTITUDE = frozenset({VisitKind.APTITUDE})
_EITHER = frozenset({VisitKind.RETURN})
_REINFORCED = frozenset({VisitKind.APTITUDE, VisitKind.BETWEEN})
_OF_RHYTHM: Mapping[VisitRhythm, str] = {
    VisitRhythm.ORDINARY: figures.VISIT_ORDINARY,
    VisitRhythm.ADAPTED: figures.VISIT_ADAPTED,
}


@dataclass(frozen=True, slots=True)
class VisitFacts:
    """One visit as it would be written; `others` are the days and kinds of the person's others, `kind` the writer's."""

    this: VisitNoted
    today: date
    kind: str = ""
    others: tuple[tuple[date, str], ...] = ()
    born_on: date | None = None


def rhythm_figure(visit: VisitNoted) -> str | None:
    """The setting that says when this visit is to be made again; None after a « visite de reprise », which moves nothing."""
    if visit.kind is VisitKind.RETURN:
        return None
    if visit.kind is VisitKind.APTITUDE:
        return figures.VISIT_BETWEEN
    if visit.kind is VisitKind.BETWEEN:
        return figures.VISIT_APTITUDE
    return _OF_RHYTHM.get(visit.rhythm)


def last_day(visit: VisitNoted, *, book: RuleBook) -> date | None:
    """The latest day the law leaves for the next visit, counted date to date."""
    name = rhythm_figure(visit)
    return months_after(visit.made_on, book.whole(name, on=visit.made_on)) if name else None


def due_on(visit: VisitNoted, *, book: RuleBook) -> date | None:
    """The day the paper says, else the latest the law leaves: up to it, that day included, the person is up to date."""
    return visit.due_on or last_day(visit, book=book)


def is_up_to_date(visit: VisitNoted | None, day: date, *, book: RuleBook) -> bool:
    """Whether the next visit is not due before this day; no visit known, or no day known, is not up to date."""
    until = due_on(visit, book=book) if visit else None
    return until is not None and day <= until


def travels_figure(visit: VisitNoted, *, on_mission: bool) -> str:
    """The setting that says how long another employer is dispensed from a visit of its own."""
    if on_mission:
        return figures.VISIT_TRAVELS_MISSION
    if visit.paper.is_aptitude or visit.rhythm is VisitRhythm.REINFORCED:
        return figures.VISIT_TRAVELS_APT
    if visit.rhythm is VisitRhythm.ADAPTED:
        return figures.VISIT_TRAVELS_ADAPTED
    return figures.VISIT_TRAVELS


def travels_until(visit: VisitNoted, *, on_mission: bool, on: date, book: RuleBook) -> date:
    """The last first day of work that this visit may serve, that day included, by the rule of that day."""
    return months_after(visit.made_on, book.whole(travels_figure(visit, on_mission=on_mission), on=on))


def visit_findings(facts: VisitFacts, *, book: RuleBook) -> list[Finding]:
    """What is wrong with a visit; empty when nothing."""
    return [*_days(facts, book), *_paper(facts.this), *_jobs(facts, book)]


def _days(facts: VisitFacts, book: RuleBook) -> Iterator[Finding]:
    this = facts.this
    if this.made_on > facts.today:
        yield Finding(
            "visit_to_come",
            f"Le {french_date(this.made_on)} n’est pas encore passé : une visite se note une fois faite.",
            way_out="Pour une visite prévue, ajoutez plutôt un rendez-vous.",
            field="made_on",
            is_contradiction=True,
        )
        return
    yield from window_findings(WORK, this.made_on, field="made_on", today=facts.today, born_on=facts.born_on)
    if (this.made_on, this.kind) in facts.others:
        yield Finding(
            "visit_same_day",
            f"Cette visite est déjà notée au {french_date(this.made_on)}.",
            way_out="Corrigez celle qui est notée.",
            field="made_on",
            is_contradiction=True,
        )
    if this.due_on is None:
        return
    last = last_day(this, book=book)
    if this.due_on <= this.made_on:
        yield Finding(
            "visit_due_before",
            "La prochaine visite serait due avant celle-ci.",
            way_out="Vérifiez les deux dates.",
            field="due_on",
            is_contradiction=True,
        )
    elif last is not None and this.due_on > last:
        name = rhythm_figure(this) or ""
        yield Finding(
            "visit_due_too_far",
            f"La prochaine visite est due le {french_date(last)} au plus tard.",
            book.basis(name, on=this.made_on),
            way_out="Relisez la date sur le papier remis par le service de prévention.",
            field="due_on",
        )


def _paper(visit: VisitNoted) -> Iterator[Finding]:
    if visit.kind not in _EITHER and visit.paper.is_aptitude != (visit.kind in _WITH_APTITUDE):
        yield Finding(
            "visit_paper",
            "Un examen d’aptitude donne un avis d’aptitude ; les autres visites, une attestation de suivi.",
            "Code du travail, art. R4624-14 et R4624-25",
            way_out="Choisissez le papier que l’employeur a reçu.",
            field="paper",
            is_contradiction=True,
        )
    is_reinforced = visit.rhythm is VisitRhythm.REINFORCED
    if visit.kind not in _EITHER and is_reinforced != (visit.kind in _REINFORCED):
        yield Finding(
            "visit_rhythm",
            "L’examen d’aptitude et la visite intermédiaire vont avec le suivi renforcé ; la visite d’information et de "
            "prévention, avec le suivi ordinaire ou adapté.",
            "Code du travail, art. R4624-16, R4624-17 et R4624-22",
            way_out="Choisissez le suivi écrit sur le papier.",
            field="rhythm",
            is_contradiction=True,
        )


def _jobs(facts: VisitFacts, book: RuleBook) -> Iterator[Finding]:
    most = book.whole(figures.VISIT_JOBS, on=facts.this.made_on)
    if facts.kind in SEEN_FOR_SEVERAL_JOBS and len(facts.this.jobs) > most:
        yield Finding(
            "visit_jobs",
            f"Une visite peut être faite pour {most} emplois au plus.",
            book.basis(figures.VISIT_JOBS, on=facts.this.made_on),
            way_out="Gardez les emplois écrits sur le papier.",
            field="jobs",
        )
