"""What a derogation may allow, who decides it, and how long (R03, R04, R05, R07; R01, R02, R06 and R19 read them).

A derogation is a decision on the contracts of one person in one structure: asked, granted or refused, from one day to
another. That it is over is read from its last day, never stored.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from backend.core.findings import Finding
from backend.core.values.births import reaches
from backend.core.values.dates import days_after, french_date, last_day_after, months_after
from backend.core.values.plausible import WORK, age_not_sure, end_findings, window_findings
from backend.core.values.text import inside
from backend.organisations.enums import SIAE_KINDS, StructureKind
from pathways.enums import ContractKind, Decider, DerogationMotive, OtherEmployer, RequestStatus
from pathways.rules.contracts.durations import Period, passes
from pathways.rules.dated.book import RuleBook, contract_name
from pathways.rules.dated.inclusion import CUMUL_AFTER, CUMUL_EACH, CUMUL_RENEWALS
from pathways.rules.dated.rows import (
    CDDI_ARTICLES,
    DEROGATION_EACH,
    DEROGATION_TOTAL,
    FEW_HOURS_EACH,
    IAE_WAITING,
)
from pathways.rules.kinds import LENGTHENED_FOR_DIFFICULTIES

_CDDI = frozenset(CDDI_ARTICLES)
_BOTH = frozenset({Decider.PRESCRIBER, Decider.EMPLOYER})


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a motive exists, who decides, from which age; `longest` names the months of one decision in the book."""

    kinds: frozenset[StructureKind]
    deciders: frozenset[Decider]
    age: int = 0
    longest: str = ""
    prescriber_only: frozenset[StructureKind] = frozenset()
    """Kinds of structures where the structure itself does not decide."""

    def deciders_in(self, kind: str) -> frozenset[Decider]:
        """Who decides in a structure of this kind."""
        return self.deciders & {Decider.PRESCRIBER} if kind in self.prescriber_only else self.deciders


SCOPES: Mapping[DerogationMotive, Scope] = {
    DerogationMotive.TRAINING: Scope(_CDDI, _BOTH),
    DerogationMotive.SENIOR: Scope(_CDDI, _BOTH, age=50, prescriber_only=frozenset({StructureKind.AI})),
    DerogationMotive.RQTH: Scope(_CDDI, _BOTH, prescriber_only=frozenset({StructureKind.AI})),
    DerogationMotive.DIFFICULTIES: Scope(
        LENGTHENED_FOR_DIFFICULTIES,
        _BOTH,
        longest=DEROGATION_EACH,
        prescriber_only=frozenset({StructureKind.AI}),
    ),
    DerogationMotive.SHORT: Scope(_CDDI, frozenset({Decider.EMPLOYER})),
    DerogationMotive.FEW_HOURS: Scope(
        frozenset({StructureKind.ACI}), frozenset({Decider.PREFET}), longest=FEW_HOURS_EACH
    ),
    DerogationMotive.CUMUL: Scope(_CDDI, frozenset({Decider.PREFET}), longest=CUMUL_EACH),
    DerogationMotive.NEW_PASS: Scope(SIAE_KINDS, frozenset({Decider.PRESCRIBER})),
}
"""Each motive in the structures whose article names it; an AI leaves age, RQTH and difficulties to a prescripteur."""
LENGTHENS = frozenset(
    {DerogationMotive.TRAINING, DerogationMotive.SENIOR, DerogationMotive.RQTH, DerogationMotive.DIFFICULTIES}
)
"""Motives that let the contracts of a structure go past 24 months."""


@dataclass(frozen=True, slots=True)
class Derogation:
    """One decision as the rules see it; both days included, `end` is None without a last day."""

    motive: str
    start: date
    end: date | None
    decider: str = ""
    status: str = RequestStatus.GRANTED
    training_end: date | None = None
    other_employer: str = ""

    @property
    def is_granted(self) -> bool:
        """Whether it allows anything."""
        return self.status == RequestStatus.GRANTED

    def covers(self, start: date, end: date) -> bool:
        """Whether every one of these days is inside it."""
        return self.start <= start and (self.end is None or end <= self.end)


def derogation_findings(
    new: Derogation,
    *,
    structure_kind: str,
    contracts: Iterable[Period],
    today: date,
    book: RuleBook,
    born_on: date | None = None,
    pathway_since: date | None = None,
    others: Iterable[Derogation] = (),
) -> Iterator[Finding]:
    """What is wrong with a decision (R03, R04, R05, R07).

    `contracts` are the days of the person's CDDI in the structure, `others` the decisions that stand there about them,
    `pathway_since` the first day of their pathway, not judged while it is not known.
    """
    scope, motive = SCOPES[DerogationMotive(new.motive)], DerogationMotive(new.motive)
    basis = basis_of(motive, structure_kind, on=new.start, book=book)
    yield from window_findings(WORK, new.start, field="starts_on", today=today, born_on=born_on)
    yield from end_findings(new.end, field="ends_on", started_on=new.start)
    yield from end_findings(new.training_end, field="training_ends_on", started_on=new.start)
    if new.end is not None and new.end < new.start:
        yield Finding("derogation_backwards", "La décision se terminerait avant d’avoir commencé.", basis,
                      way_out="Vérifiez les deux dates.", field="ends_on", is_contradiction=True)  # fmt: skip
        return
    if structure_kind not in scope.kinds:
        kinds = ", ".join(sorted(scope.kinds))
        yield Finding("derogation_motive_elsewhere", f"Ce motif de dérogation n’existe qu’en {kinds}.", basis,
                      way_out="Choisissez un autre motif.", field="motive")  # fmt: skip
        return
    if new.decider and new.decider not in scope.deciders_in(structure_kind):
        who = " ou ".join(inside(each.label) for each in sorted(scope.deciders_in(structure_kind)))
        yield Finding("derogation_decider", f"Cette dérogation se décide par {who}.", basis,
                      way_out="Choisissez qui l’a décidée.", field="decider")  # fmt: skip
    if scope.age and born_on is not None and new.start < reaches(born_on, scope.age)[0]:
        yield Finding("derogation_age", f"Ce jour-là, la personne n’a pas {scope.age} ans.", basis,
                      way_out="Choisissez un autre motif, ou vérifiez la date de naissance de sa fiche.", field="motive")  # fmt: skip
    if scope.age:
        yield from age_not_sure(new.start, born_on, scope.age, field="motive", basis=basis)
    if motive is DerogationMotive.TRAINING:
        yield from _training(new, basis)
    elif new.end is None and motive is not DerogationMotive.SHORT:
        yield Finding("derogation_needs_an_end", "Une dérogation a un dernier jour.", basis,
                      way_out="Indiquez-le.", field="ends_on")  # fmt: skip
    if motive is DerogationMotive.CUMUL:
        yield from _cumul(new, basis, pathway_since, others, book)
    yield from _length(new, scope, basis, contracts, book)


def _cumul(
    new: Derogation,
    basis: str,
    pathway_since: date | None,
    others: Iterable[Derogation],
    book: RuleBook,
) -> Iterator[Finding]:
    """R07: after four months of pathway, beside an ordinary employer, renewed once."""
    least = book.whole(CUMUL_AFTER, on=new.start)
    if pathway_since is not None and new.start < months_after(pathway_since, least):
        first = french_date(months_after(pathway_since, least))
        yield Finding("cumul_too_soon", f"Un cumul se demande après {least} mois de parcours : à partir du {first}.", basis,
                      way_out="Choisissez ce jour, ou un jour plus tard.", field="starts_on")  # fmt: skip
    if not new.other_employer:
        yield Finding("cumul_other_employer", "Un cumul se juge aussi à l’autre employeur.", basis,
                      way_out="Indiquez lequel.", field="other_employer")  # fmt: skip
    elif new.other_employer != OtherEmployer.ORDINARY:
        label = OtherEmployer(new.other_employer).label.lower()
        yield Finding("cumul_other_employer", f"L’autre contrat d’un cumul ne peut pas être signé par {label}.", basis,
                      way_out="Cherchez un employeur ordinaire.", field="other_employer")  # fmt: skip
    renewals = book.whole(CUMUL_RENEWALS, on=new.start)
    before = [each for each in others if each.motive == new.motive and each.status != RequestStatus.REFUSED]
    if len(before) > renewals:
        yield Finding("cumul_renewed", f"Un cumul se renouvelle {renewals} fois au plus, et {len(before)} décisions sont déjà enregistrées.",
                      basis, way_out="Vérifiez qu’elles ne sont pas enregistrées deux fois.", field="starts_on")  # fmt: skip


def _training(new: Derogation, basis: str) -> Iterator[Finding]:
    """R05: a training under way lets a contract run until the training ends, not later."""
    if new.training_end is None:
        yield Finding("derogation_training_end", "Cette dérogation s’arrête avec la formation.", basis,
                      way_out="Indiquez le dernier jour de la formation.", field="training_ends_on")  # fmt: skip
    elif new.end is None or new.end > new.training_end:
        yield Finding(
            "derogation_past_training",
            f"Cette dérogation s’arrête avec la formation, le {french_date(new.training_end)}.",
            basis,
            way_out="Choisissez ce jour, ou un jour plus proche.",
            field="ends_on",
        )


def _length(
    new: Derogation, scope: Scope, basis: str, contracts: Iterable[Period], book: RuleBook
) -> Iterator[Finding]:
    """R04: twelve months a decision, sixty months of contracts in all."""
    if not scope.longest or new.end is None:
        return
    most = book.whole(scope.longest, on=new.start)
    if new.end > last_day_after(new.start, most):
        yield Finding(
            "derogation_too_long",
            f"Une décision pour ce motif dure {most} mois au plus : jusqu’au {french_date(last_day_after(new.start, most))}.",
            basis,
            way_out="Choisissez une fin plus proche ; une autre décision pourra suivre.",
            field="ends_on",
        )
    total = book.whole(DEROGATION_TOTAL, on=new.start)
    if new.motive == DerogationMotive.DIFFICULTIES and passes(
        [*contracts, (new.start, new.end)], months=total
    ):
        yield Finding(
            "derogation_total",
            f"Pour ce motif, les contrats d’une personne dans une structure ne passent pas {total} mois en tout.",
            basis,
            way_out="Choisissez une fin plus proche.",
            field="ends_on",
        )


def answer_findings(
    *,
    status: str,
    asked_on: date,
    decided_on: date | None,
    reason: str,
    today: date,
    document_on: date | None = None,
) -> Iterator[Finding]:
    """The days and the reason of an answer, for a derogation as for a prolongation."""
    yield from window_findings(WORK, asked_on, field="asked_on", today=today)
    if document_on is not None:
        yield from window_findings(WORK, document_on, field="document_on", today=today)
    if asked_on > today:
        yield Finding("asked_to_come", "Une demande ne se fait pas après aujourd’hui.",
                      way_out="Choisissez aujourd’hui ou un jour passé.", field="asked_on")  # fmt: skip
    if status == RequestStatus.ASKED:
        return
    if decided_on is None:
        yield Finding(
            "answer_without_a_day", "Une réponse a son jour.", way_out="Indiquez-le.", field="decided_on"
        )
    elif decided_on < asked_on or decided_on > today:
        yield Finding("answer_on_another_day", "Une réponse vient après la demande, et pas après aujourd’hui.",
                      way_out="Vérifiez les deux dates.", field="decided_on")  # fmt: skip
    if status == RequestStatus.REFUSED and not reason:
        yield Finding("refusal_without_reason", "Un refus est motivé.", "Code du travail, art. R5132-1-4 et R5132-1-8",
                      way_out="Choisissez la raison qui a été donnée.", field="refusal_reason")  # fmt: skip


def granted(derogations: Iterable[Derogation], *motives: DerogationMotive) -> list[Derogation]:
    """Those that allow something, for one of these motives."""
    return [each for each in derogations if each.is_granted and each.motive in motives]


def all_days_covered(start: date, end: date, by: Iterable[Derogation]) -> list[Derogation] | None:
    """The decisions that together cover every one of these days; None when one day is left out."""
    used, left_out = coverage(start, end, by)
    return used if left_out is None else None


def coverage(start: date, end: date, by: Iterable[Derogation]) -> tuple[list[Derogation], date | None]:
    """The decisions that cover these days one after the other, and the first day they leave out, None when none is."""
    used: list[Derogation] = []
    day = start
    for each in sorted(by, key=lambda one: (one.start, one.end or date.max)):
        if each.start <= day and (each.end is None or each.end >= day):
            used.append(each)
            if each.end is None or each.end >= end:
                return used, None
            day = days_after(each.end, 1)
    return used, day


def basis_of(motive: DerogationMotive, structure_kind: str, *, on: date, book: RuleBook) -> str:
    """The text behind a motive in this kind of structure."""
    if motive is DerogationMotive.NEW_PASS:
        return book.basis(IAE_WAITING, on=on)
    if motive in {DerogationMotive.FEW_HOURS, DerogationMotive.CUMUL}:
        return book.basis(SCOPES[motive].longest, on=on)
    article = CDDI_ARTICLES.get(StructureKind(structure_kind)) if structure_kind else None
    return (
        f"Code du travail, art. {article}" if article else book.basis(contract_name(ContractKind.CDDI), on=on)
    )


def ways_past(structure_kind: str, *motives: DerogationMotive) -> str:
    """« Un prescripteur habilité ou la structure peut… »: which decision lifts a refusal in this kind of structure."""
    open_here = [each for each in motives if structure_kind in SCOPES[each].kinds]
    if not open_here:
        return ""
    who = {decider for each in open_here for decider in SCOPES[each].deciders_in(structure_kind)}
    names = " ou ".join(inside(each.label) for each in sorted(who))
    return f"ou enregistrez la dérogation décidée par {names}"


def to_decide(
    structure_kind: str, start: date, end: date | None, *motives: DerogationMotive
) -> dict[str, str]:
    """What a derogation that lifts a refusal begins with: its days, and its motive when only one exists there."""
    open_here = [each for each in motives if structure_kind in SCOPES[each].kinds]
    days = {"starts_on": start.isoformat()} | ({"ends_on": end.isoformat()} if end else {})
    return days | ({"motive": open_here[0].value} if len(open_here) == 1 else {})
