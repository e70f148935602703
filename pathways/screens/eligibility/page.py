"""Eligibility told in words: what stands, until when, what is missing for this structure, which documents were seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from backend.core.actor import Actor
from backend.core.values.dates import french_date
from backend.files.models import StoredFile
from backend.files.selectors import files_on
from backend.organisations.enums import SIAE_KINDS
from pathways.enums import Criterion, DiagnosedBy
from pathways.models import Beneficiary, EligibilityDiagnosis, EntryProfile
from pathways.permissions import may_change_diagnosis
from pathways.rules.dated.book import RuleBook
from pathways.rules.eligibility.criteria import PROOFS
from pathways.rules.eligibility.findings import Diagnosis, last_good_day, missing_in_words
from pathways.selectors.facts.eligibility import (
    Reading,
    days_of,
    diagnoses_of,
    diagnosis_facts,
    pass_days_of,
    reading_of,
    suggested,
)
from pathways.selectors.following.person import passes_of


@dataclass(frozen=True, slots=True)
class CriterionLine:
    """One criterion retained, its document, and what to say of it."""

    criterion: Criterion
    document: str
    note: str
    state: str
    is_stale: bool

    @property
    def level(self) -> int:
        """1 is enough alone."""
        return PROOFS[self.criterion].level


@dataclass(frozen=True, slots=True)
class DiagnosisCard:
    """One diagnosis as the page shows it."""

    row: EligibilityDiagnosis
    reading: Reading
    headline: str
    lines: list[CriterionLine]
    files: list[StoredFile]
    may_change: bool


@dataclass(frozen=True, slots=True)
class Summary:
    """The eligibility of a person in one or two sentences; `is_open` when nothing is missing today."""

    headline: str
    missing: str
    is_open: bool
    diagnosis: EligibilityDiagnosis | None = None


def cards_of(actor: Actor, person: Beneficiary, *, today: date, book: RuleBook) -> list[DiagnosisCard]:
    """Every diagnosis of the person the actor reads, newest first; a constant number of queries."""
    rows = diagnoses_of(actor, person)
    passes, files = pass_days_of([person.pk])[person.pk], files_on(actor, EligibilityDiagnosis, rows)
    return [
        _card(actor, row, reading_of(row, passes, today=today, book=book), files.get(row.pk, []), book)
        for row in rows
    ]


def summary_of(
    actor: Actor, person: Beneficiary, *, kind: str, today: date, book: RuleBook
) -> Summary | None:
    """What the person's page says first, for a structure of this kind; None where eligibility is not asked.

    Without any diagnosis, what the situation at entry already shows is counted.
    """
    if kind not in SIAE_KINDS:
        return None
    passes = [days_of(iae) for iae in passes_of(actor, person.pk)]
    running = next((end for start, end in passes if start <= today <= end), None)
    if running is not None:
        words = f"Un PASS IAE court jusqu’au {french_date(running)} : l’éligibilité n’est pas à refaire."
        return Summary(words, "", True)
    rows = [row for row in diagnoses_of(actor, person) if row.cancelled_at is None]
    if not rows:
        profile = EntryProfile.objects.visible_to(actor).filter(beneficiary=person).first()
        known = Diagnosis(DiagnosedBy.EMPLOYER, today, tuple(suggested(person, profile, on=today)))
        words = "Aucun diagnostic d’éligibilité n’est enregistré."
        if known.criteria:
            words += f" D’après sa situation à l’entrée : {in_words(known.criteria)}."
        return Summary(words, missing_in_words(known, kind, book=book), False)
    reading = reading_of(rows[0], passes, today=today, book=book)
    missing = missing_in_words(diagnosis_facts(rows[0]), kind, book=book)
    return Summary(_headline(reading), missing, reading.is_valid and not missing, rows[0])


def in_words(criteria: tuple[str, ...]) -> str:
    """« bénéficiaire du RSA, parent isolé »."""
    labels = [Criterion(each).label for each in criteria]
    return ", ".join(each if each[1:2].isupper() else each[0].lower() + each[1:] for each in labels)


def _headline(reading: Reading) -> str:
    row = reading.row
    who = "la structure" if row.made_by == DiagnosedBy.EMPLOYER else row.prescriber or "un prescripteur"
    made = f"Diagnostic du {french_date(row.made_on)}, par {who}"
    if row.cancelled_at is not None:
        return f"{made} : annulé."
    if reading.has_pass:
        return f"{made} : il n’est pas à refaire tant que le PASS court."
    until = french_date(reading.valid_until)
    return (
        f"{made} : il vaut jusqu’au {until}."
        if reading.is_valid
        else f"{made} : il ne vaut plus depuis le {until}."
    )


def _card(
    actor: Actor, row: EligibilityDiagnosis, reading: Reading, files: list[StoredFile], book: RuleBook
) -> DiagnosisCard:
    return DiagnosisCard(
        row=row,
        reading=reading,
        headline=_headline(reading),
        lines=_lines(row, reading, book),
        files=files,
        may_change=may_change_diagnosis(actor, row),
    )


def _lines(row: EligibilityDiagnosis, reading: Reading, book: RuleBook) -> list[CriterionLine]:
    facts = diagnosis_facts(row)
    lines = []
    for code in facts.criteria:
        criterion, seen = Criterion(code), facts.documents.get(code)
        is_stale = criterion in reading.stale
        if seen is None:
            state = "Pièces effacées" if row.purged_on else "Pièce à demander"
        elif is_stale:
            state = f"Pièce périmée (du {french_date(seen)})"
        else:
            last = last_good_day(criterion, seen, book=book)
            state = f"Pièce du {french_date(seen)}" + (
                f", bonne jusqu’au {french_date(last)}" if last else ""
            )
        lines.append(
            CriterionLine(criterion, PROOFS[criterion].document, PROOFS[criterion].note, state, is_stale)
        )
    return lines
