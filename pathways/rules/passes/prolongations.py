"""When a PASS IAE may be prolonged, by whom, for how long (R20, R21; art. R5132-1-8)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from backend.core.findings import Finding
from backend.core.values.births import reaches
from backend.core.values.dates import NBSP, french_date, months_after
from backend.core.values.plausible import age_not_sure
from backend.organisations.enums import SIAE_KINDS, StructureKind
from pathways.enums import Decider, ProlongationMotive
from pathways.rules.dated import prolongations as figures
from pathways.rules.dated.book import RuleBook
from pathways.rules.dated.prolongations import BOTH
from pathways.rules.dated.prolongations import PROLONGATION_BASIS as BASIS
from pathways.rules.dated.rows import PROLONG_AFTER, PROLONG_BEFORE
from pathways.rules.kinds import LENGTHENED_FOR_DIFFICULTIES
from pathways.rules.passes.facts import PassFacts, Prolongation
from pathways.rules.passes.suspensions import closed_findings


@dataclass(frozen=True, slots=True)
class Ceiling:
    """Which figures of the book one motive reads (days of each request, of all, age), who decides, in which structures."""

    decider: Decider
    each_days: str = figures.EACH_DAYS
    total_days: str | None = None
    age: str | None = None
    kinds: frozenset[StructureKind] = SIAE_KINDS


CEILINGS: Mapping[ProlongationMotive, Ceiling] = {
    ProlongationMotive.SENIOR_CDI: Ceiling(Decider.EMPLOYER, each_days=figures.CDI_DAYS, age=figures.CDI_AGE),
    ProlongationMotive.TRAINING: Ceiling(Decider.EMPLOYER),
    ProlongationMotive.RQTH: Ceiling(Decider.PRESCRIBER, total_days=figures.TOTAL_DAYS),
    ProlongationMotive.SENIOR: Ceiling(
        Decider.PRESCRIBER, total_days=figures.SENIOR_DAYS, age=figures.SENIOR_AGE
    ),
    ProlongationMotive.DIFFICULTIES: Ceiling(
        Decider.PRESCRIBER, total_days=figures.TOTAL_DAYS, kinds=LENGTHENED_FOR_DIFFICULTIES
    ),
}
"""What the platform lets each motive have: the figures are dated rows."""


def decider_of(motive: str) -> Decider:
    """Who answers a request: the structure itself, or a prescripteur."""
    return CEILINGS[ProlongationMotive(motive)].decider


def window(ends_on: date, *, asked_on: date, book: RuleBook) -> tuple[date, date]:
    """First and last day on which a PASS that ends then may be prolonged, by the rule of the day it is asked (R21)."""
    before, after = book.whole(PROLONG_BEFORE, on=asked_on), book.whole(PROLONG_AFTER, on=asked_on)
    return months_after(ends_on, -before), months_after(ends_on, after)


def prolongation_findings(
    new: Prolongation,
    iae: PassFacts,
    *,
    structure_kind: str,
    book: RuleBook,
    born_on: date | None = None,
) -> Iterator[Finding]:
    """What is wrong with a request (R20, R21); `iae` is the PASS without it."""
    if new.end <= new.start:
        yield Finding(
            "prolongation_not_after",
            f"La nouvelle fin suit celle du PASS, le {french_date(new.start)}.",
            BOTH,
            field="ends_on",
            way_out="Choisissez un jour plus tardif.",
            is_contradiction=True,
        )
        return
    yield from _moment(new, iae, book=book)
    yield from ceiling_findings(new, iae, structure_kind=structure_kind, book=book, born_on=born_on)


def ceiling_findings(
    new: Prolongation,
    iae: PassFacts,
    *,
    structure_kind: str,
    book: RuleBook,
    born_on: date | None = None,
) -> Iterator[Finding]:
    """R20: what its motive allows, by the rule of the day it is asked; asked again on the day it is granted, for others may have been meanwhile."""
    rule = CEILINGS[ProlongationMotive(new.motive)]
    if structure_kind not in rule.kinds:
        kinds = " et en ".join(sorted(rule.kinds))
        yield Finding(
            "prolongation_motive_elsewhere",
            f"Ce motif n’existe qu’en {kinds}.",
            BASIS,
            field="motive",
            way_out="Choisissez un autre motif.",
        )
    age = book.whole(rule.age, on=new.asked_on) if rule.age else 0
    if age and born_on is not None and new.end < reaches(born_on, age)[0]:
        yield Finding(
            "prolongation_age",
            f"La personne n’aura pas encore {age} ans.",
            BASIS,
            field="motive",
            way_out="Choisissez un autre motif, ou vérifiez la date de naissance de sa fiche.",
        )
    if age:
        yield from age_not_sure(new.end, born_on, age, field="motive", basis=BASIS)
    each = book.whole(rule.each_days, on=new.asked_on)
    if new.days > each:
        yield Finding(
            "prolongation_too_long",
            f"Pour ce motif, une prolongation dure {each}{NBSP}jours au plus, et celle-ci en compte {new.days}.",
            BOTH,
            field="ends_on",
            way_out="Choisissez une fin plus proche ; une autre demande pourra suivre.",
        )
    total = book.whole(rule.total_days, on=new.asked_on) if rule.total_days else None
    if total is not None and iae.prolonged_days + new.days > total:
        yield Finding(
            "prolongation_total",
            f"Les prolongations de ce PASS feraient {iae.prolonged_days + new.days} jours en tout ; pour ce motif, le maximum "
            f"est de {total}{NBSP}jours, tous motifs comptés.",
            BASIS,
            field="ends_on",
            way_out="Choisissez une fin plus proche.",
        )


def _moment(new: Prolongation, iae: PassFacts, *, book: RuleBook) -> Iterator[Finding]:
    """R21: the window, and a PASS that is the last one, runs, and waits for no other answer, the day it is asked."""
    yield from closed_findings(iae)
    first, last = window(new.start, asked_on=new.asked_on, book=book)
    if not first <= new.asked_on <= last:
        yield Finding(
            "prolongation_outside_window",
            f"Une prolongation de ce PASS se demande du {french_date(first)} au {french_date(last)}.",
            book.basis(PROLONG_BEFORE, on=new.asked_on),
            field="asked_on",
            way_out="Attendez le premier de ces jours."
            if new.asked_on < first
            else "Un nouveau PASS se demande à un prescripteur.",
        )
    # Of long ago, a request is judged by what was there then: a PASS begun after all its days changes nothing.
    if iae.followed_on is not None and iae.followed_on <= max(new.asked_on, new.end):
        yield Finding(
            "prolongation_of_an_old_pass",
            "Un PASS plus récent a été délivré : seul le dernier se prolonge.",
            BOTH,
            field="ends_on",
            way_out="Ouvrez le dernier.",
        )
    if iae.suspended_on(new.asked_on):
        yield Finding(
            "prolongation_while_suspended",
            "Le PASS est suspendu ce jour-là, et un PASS suspendu ne se prolonge pas.",
            BOTH,
            field="asked_on",
            way_out="Terminez d’abord la suspension.",
        )
    if any(each.is_pending and each.asked_on <= new.asked_on for each in iae.prolongations):
        yield Finding(
            "prolongation_pending",
            "Une autre demande attend encore sa réponse.",
            BOTH,
            field="ends_on",
            way_out="Enregistrez d’abord cette réponse, ou retirez la demande.",
        )
