"""What the rules say of a diagnosis of eligibility, and of a contract that would begin without it (R22, R23, R24).

R5132-1-5: a diagnosis precedes the declaration. Made by the structure it stands 92 days and needs criteria (R22); made
by a prescripteur habilité it stands six months and needs none. While a PASS runs, it needs not be made again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from backend.core.findings import Finding
from backend.core.values.births import reaches
from backend.core.values.dates import days_after, french_date, last_day_after
from backend.core.values.plausible import PAPER, WORK, age_not_sure, window_findings
from backend.organisations.enums import SIAE_KINDS
from pathways.enums import Criterion, DiagnosedBy
from pathways.rules.dated.book import RuleBook
from pathways.rules.dated.eligibility import BY_EMPLOYER, BY_PRESCRIBER, DOCUMENTS_KEPT
from pathways.rules.eligibility.criteria import PROOFS, level_2_name, of_level
from pathways.rules.kinds import with_article

_DIAGNOSED = "Code du travail, art. R5132-1-5"
_YOUNG_UNTIL, _SENIOR_FROM = 26, 50
_WORDS = ("aucun", "un", "deux", "trois", "quatre", "cinq")


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One diagnosis as the rules see it; `documents` gives the day of each document seen, by criterion."""

    made_by: str
    made_on: date
    criteria: tuple[str, ...] = ()
    documents: Mapping[str, date] = field(default_factory=dict)
    declared_on: date | None = None

    @property
    def is_own(self) -> bool:
        """Whether the structure made it itself."""
        return self.made_by == DiagnosedBy.EMPLOYER


@dataclass(frozen=True, slots=True)
class Eligibility:
    """What is known, on a day, of the right of somebody to enter; `last` is their last diagnosis, None without any.

    `passes` are the days of their PASS: inside one of them nothing more is asked.
    """

    last: Diagnosis | None = None
    passes: tuple[tuple[date, date], ...] = ()

    def has_pass_on(self, day: date) -> bool:
        """Whether a PASS runs that day."""
        return any(start <= day <= end for start, end in self.passes)


def last_valid_day(diagnosis: Diagnosis, *, book: RuleBook) -> date:
    """The last day a diagnosis stands, its own day counted: 92 days for the structure's, six months for a prescripteur's."""
    day = diagnosis.made_on
    if diagnosis.is_own:
        return days_after(day, book.whole(BY_EMPLOYER, on=day) - 1)
    return last_day_after(day, book.whole(BY_PRESCRIBER, on=day))


def criteria_missing(criteria: Sequence[str], kind: str, *, on: date, book: RuleBook) -> int:
    """How many criteria of level 2 are missing in this kind of structure (R22); 0 when nothing is, or with a level 1."""
    if of_level(1, criteria):
        return 0
    return max(0, book.whole(level_2_name(kind), on=on) - len(of_level(2, criteria)))


def missing_in_words(diagnosis: Diagnosis, kind: str, *, book: RuleBook) -> str:
    """« Il manque un critère de niveau 1, ou deux critères de niveau 2, pour une ETTI. »; empty when nothing is missing."""
    if not diagnosis.is_own:
        return ""
    short = criteria_missing(diagnosis.criteria, kind, on=diagnosis.made_on, book=book)
    if not short:
        return ""
    more = " de plus" if of_level(2, diagnosis.criteria) else ""
    count = _WORDS[short] if short < len(_WORDS) else str(short)
    return f"Il manque un critère de niveau 1, ou {count} critère{'s' if short > 1 else ''} de niveau 2{more}, pour {with_article(kind)}."


def last_good_day(criterion: str, document_on: date, *, book: RuleBook) -> date | None:
    """The last day a document still shows its criterion (R23); None when its age is not what is looked at."""
    age = PROOFS[Criterion(criterion)].age
    return last_day_after(document_on, book.whole(age, on=document_on)) if age else None


def stale_documents(diagnosis: Diagnosis, *, delivered_on: date, book: RuleBook) -> list[Criterion]:
    """Criteria whose document was too old on the day the PASS came, or comes (R23)."""
    found = []
    for criterion in retained(diagnosis):
        seen = diagnosis.documents.get(criterion)
        last = last_good_day(criterion, seen, book=book) if seen else None
        if last is not None and last < delivered_on:
            found.append(criterion)
    return found


def retained(diagnosis: Diagnosis) -> list[Criterion]:
    """The criteria of a diagnosis, in the order of the list."""
    return [each for each in Criterion if each in diagnosis.criteria]


def unseen(diagnosis: Diagnosis) -> list[Criterion]:
    """Criteria whose document nobody noted."""
    return [each for each in retained(diagnosis) if each not in diagnosis.documents]


def kept_until(diagnosis: Diagnosis, *, book: RuleBook) -> date:
    """The last day the documents of a diagnosis are kept (R24): 24 months from the declaration, else from its own day."""
    since = diagnosis.declared_on or diagnosis.made_on
    return last_day_after(since, book.whole(DOCUMENTS_KEPT, on=since))


def documents_are_due(diagnosis: Diagnosis, *, today: date, book: RuleBook) -> bool:
    """Whether the time of its documents has passed (R24)."""
    return kept_until(diagnosis, book=book) < today


def diagnosis_findings(
    new: Diagnosis, *, structure_kind: str, today: date, book: RuleBook, born_on: date | None = None
) -> Iterator[Finding]:
    """What is wrong with a diagnosis as it is written; that criteria are missing is said of it, and refuses nothing yet."""
    basis = book.basis(level_2_name(structure_kind), on=new.made_on)
    if structure_kind not in SIAE_KINDS:
        yield Finding("diagnosis_elsewhere", "Un diagnostic d’éligibilité se fait pour une structure d’insertion.", _DIAGNOSED,
                      way_out="Rien à faire ici : cette structure n’en demande pas.", field="made_by")  # fmt: skip
    yield from window_findings(WORK, new.made_on, field="made_on", today=today, born_on=born_on)
    if new.made_on > today:
        yield Finding("diagnosis_to_come", "Un diagnostic se note une fois fait.", _DIAGNOSED,
                      way_out="Choisissez aujourd’hui ou un jour passé.", field="made_on", is_contradiction=True)  # fmt: skip
    if new.declared_on is not None and not new.made_on <= new.declared_on <= today:
        yield Finding("declared_another_day", "L’éligibilité se déclare après le diagnostic, et pas après aujourd’hui.", _DIAGNOSED,
                      way_out="Vérifiez les deux dates.", field="declared_on", is_contradiction=True)  # fmt: skip
    yield from _ages(new, born_on, basis)
    if new.documents:
        yield from window_findings(PAPER, min(new.documents.values()), field="documents", today=today)
    for criterion, day in new.documents.items():
        if criterion not in new.criteria or day > today:
            yield Finding("document_another_day", "Une pièce montre un critère retenu, et sa date n’est pas à venir.", basis,
                          way_out="Cochez le critère, ou vérifiez la date de la pièce.", field="documents", is_contradiction=True)  # fmt: skip
            return


def _ages(new: Diagnosis, born_on: date | None, basis: str) -> Iterator[Finding]:
    """Two criteria that the birth date decides, on the day of the diagnosis."""
    if born_on is None:
        return
    met = _possible(born_on, on=new.made_on)
    for criterion, age in ((Criterion.YOUNG, _YOUNG_UNTIL), (Criterion.SENIOR, _SENIOR_FROM)):
        if criterion in new.criteria and criterion in met:
            yield from age_not_sure(new.made_on, born_on, age, field="criteria", basis=basis)
        elif criterion in new.criteria:
            yield Finding("criterion_age", f"Le jour du diagnostic, le critère « {criterion.label} » ne correspond pas à l’âge de la personne.",
                          basis, way_out="Décochez-le, ou vérifiez la date de naissance de sa fiche.", field="criteria")  # fmt: skip


def of_age(born_on: date | None, *, on: date) -> list[Criterion]:
    """Which of the two criteria of age somebody surely meets that day, of what is known of their birth."""
    if born_on is None:
        return []
    if on < reaches(born_on, _YOUNG_UNTIL)[0]:
        return [Criterion.YOUNG]
    return [Criterion.SENIOR] if on >= reaches(born_on, _SENIOR_FROM)[1] else []


def _possible(born_on: date, *, on: date) -> list[Criterion]:
    """The same, of those somebody may meet: a birth date known in part leaves both answers for a while."""
    young, senior = on < reaches(born_on, _YOUNG_UNTIL)[1], on >= reaches(born_on, _SENIOR_FROM)[0]
    return [each for each, is_met in ((Criterion.YOUNG, young), (Criterion.SENIOR, senior)) if is_met]


def entry_findings(
    eligibility: Eligibility, *, structure_kind: str, started_on: date, today: date, book: RuleBook
) -> Iterator[Finding]:
    """What a contract that would begin that day lacks (R22, R23); one already begun is kept, with a word.

    Nothing inside a PASS. Without any diagnosis recorded here, a word only: it may stand on the platform.
    """
    if structure_kind not in SIAE_KINDS or eligibility.has_pass_on(started_on):
        return
    last, refuses = eligibility.last, started_on >= today
    if last is None:
        if refuses:
            yield Finding("diagnosis_missing", "Aucun diagnostic d’éligibilité n’est enregistré, ni PASS IAE pour ce jour.", _DIAGNOSED,
                          way_out="Enregistrez-le sur la page « Éligibilité » de la personne.", field="started_on", refuses=False)  # fmt: skip
        return
    until = last_valid_day(last, book=book)
    if until < started_on:
        yield Finding("diagnosis_lapsed", f"Le diagnostic d’éligibilité valait jusqu’au {french_date(until)}, et aucun PASS IAE ne court ce jour-là.",
                      book.basis(BY_EMPLOYER if last.is_own else BY_PRESCRIBER, on=last.made_on),
                      way_out="Refaites le diagnostic, ou saisissez le PASS reçu.", field="started_on", refuses=refuses)  # fmt: skip
        return
    missing = missing_in_words(last, structure_kind, book=book)
    if missing:
        yield Finding("criteria_missing", missing, book.basis(level_2_name(structure_kind), on=last.made_on),
                      way_out="Complétez le diagnostic, ou demandez à un prescripteur habilité de le faire.",
                      field="started_on", refuses=refuses)  # fmt: skip
    stale = stale_documents(last, delivered_on=started_on, book=book)
    if stale:
        names = ", ".join(f"« {PROOFS[each].document} »" for each in stale)
        yield Finding("document_stale", f"Pièce périmée ce jour-là : {names}.", "Arrêté du 1er septembre 2021",
                      way_out="Demandez-en une plus récente avant l’arrivée du PASS.", field="started_on", refuses=False)  # fmt: skip
