"""What is known of the right of people to enter the IAE, read from the database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from backend.core.actor import Actor
from pathways.enums import Criterion, DiagnosedBy
from pathways.models import Beneficiary, EligibilityDiagnosis, EntryProfile, IaePass
from pathways.rules.dated.book import RuleBook
from pathways.rules.eligibility.criteria import UP_TO_CAP
from pathways.rules.eligibility.findings import (
    Diagnosis,
    Eligibility,
    kept_until,
    last_valid_day,
    missing_in_words,
    of_age,
    stale_documents,
    unseen,
)
from pathways.selectors.rule_book import read_book

Days = tuple[date, date]


def diagnosis_facts(row: EligibilityDiagnosis) -> Diagnosis:
    """A diagnosis as the rules see it."""
    return Diagnosis(
        row.made_by,
        row.made_on,
        tuple(row.criteria),
        {code: date.fromisoformat(day) for code, day in row.documents.items()},
        row.declared_on,
    )


@dataclass(slots=True)
class Known:
    """The diagnoses that stand of some people and the days of their PASS, as a contract's structure may use them."""

    diagnoses: dict[int, list[EligibilityDiagnosis]] = field(default_factory=lambda: defaultdict(list))
    passes: dict[int, list[Days]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, people: Collection[int]) -> Known:
        """Both, for all of them; two queries."""
        known = cls()
        rows = EligibilityDiagnosis.objects.standing().filter(beneficiary_id__in=list(people))
        for row in rows.order_by("made_on", "pk"):
            known.diagnoses[row.beneficiary_id].append(row)
        known.passes = pass_days_of(people)
        return known

    def at(self, person: int, place: int | None, *, on: date) -> Eligibility:
        """The last diagnosis made by that day for this person: a prescripteur's, or the structure's own."""
        rows = [row for row in self.diagnoses[person] if row.made_on <= on and may_serve(row, place)]
        return Eligibility(diagnosis_facts(rows[-1]) if rows else None, tuple(self.passes[person]))


@dataclass(frozen=True, slots=True)
class Reading:
    """A diagnosis as it stands on a day: until when, what is missing where it was made, and its documents."""

    row: EligibilityDiagnosis
    valid_until: date
    is_valid: bool
    has_pass: bool
    missing: str
    stale: list[Criterion]
    without_document: list[Criterion]
    documents_kept_until: date

    @property
    def is_complete(self) -> bool:
        """Whether it opens the structure today."""
        return self.is_valid and not self.missing


def read_diagnosis(row: EligibilityDiagnosis) -> Reading:
    """One diagnosis as it stands today; three queries."""
    known = Known.of([row.beneficiary_id])
    return reading_of(row, known.passes[row.beneficiary_id], today=timezone.localdate(), book=read_book())


def reading_of(
    row: EligibilityDiagnosis, passes: Collection[Days], *, today: date, book: RuleBook
) -> Reading:
    """One diagnosis among the PASS of its person, without any query: documents are judged on the day a PASS came."""
    facts = diagnosis_facts(row)
    until = last_valid_day(facts, book=book)
    has_pass = any(start <= today <= end for start, end in passes)
    came = min((start for start, _ in passes if start >= facts.made_on), default=today)
    return Reading(
        row=row,
        valid_until=until,
        is_valid=row.cancelled_at is None and (has_pass or today <= until),
        has_pass=has_pass,
        missing=missing_in_words(facts, row.organisation.kind, book=book),
        stale=stale_documents(facts, delivered_on=came, book=book),
        without_document=[] if row.purged_on or not facts.is_own else unseen(facts),
        documents_kept_until=kept_until(facts, book=book),
    )


def pass_days_of(people: Collection[int]) -> dict[int, list[Days]]:
    """The days of the PASS of these people, oldest first; one query."""
    found: dict[int, list[Days]] = defaultdict(list)
    for iae in IaePass.objects.filter(beneficiary_id__in=list(people)).order_by("starts_on"):
        found[iae.beneficiary_id].append(days_of(iae))
    return found


def days_of(iae: IaePass) -> Days:
    """The first and the last day of a PASS."""
    return iae.starts_on, last_day_of(iae)


def may_serve(row: EligibilityDiagnosis, place: int | None) -> bool:
    """A prescripteur's diagnosis serves everywhere, a structure's own where it was made."""
    return row.made_by == DiagnosedBy.PRESCRIBER or row.organisation_id == place


def last_day_of(iae: IaePass) -> date:
    """The last day of a PASS, closed or run to its end."""
    return min(iae.ends_on, iae.closed_on or iae.ends_on)


BY_ENTRY = {
    Criterion.RSA: "brsa", Criterion.ASS: "ass", Criterion.AAH: "aah", Criterion.DETLD: "detld",
    Criterion.DELD: "deld", Criterion.RQTH: "rqth", Criterion.SINGLE_PARENT: "is_single_parent",
    Criterion.NO_HOUSING: "has_no_housing", Criterion.REFUGEE: "is_refugee", Criterion.ZRR: "zrr", Criterion.QPV: "qpv",
    Criterion.JUSTICE: "left_detention", Criterion.LEFT_ASE: "left_ase", Criterion.FRENCH: "is_below_a1",
    Criterion.MOBILITY: "has_mobility_trouble",
}  # fmt: skip
"""What the situation at entry already says of each criterion; the level of training and the age say the others."""


def suggested(person: Beneficiary, profile: EntryProfile | None, *, on: date) -> list[str]:
    """Criteria that what is already known of the person seems to meet that day, in the order of the list."""
    known = {each for each, name in BY_ENTRY.items() if profile is not None and getattr(profile, name)}
    if profile is not None and profile.education_level in UP_TO_CAP:
        known.add(Criterion.CAP_BEP)
    return [each.value for each in Criterion if each in known | set(of_age(person.birth_date, on=on))]


def diagnoses_of(actor: Actor, person: Beneficiary) -> list[EligibilityDiagnosis]:
    """Every diagnosis of a person the actor reads, newest first."""
    rows = EligibilityDiagnosis.objects.visible_to(actor).filter(beneficiary=person)
    return list(rows.select_related("organisation", "beneficiary"))
