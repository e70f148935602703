"""What is known beside a decision about a right: read once for a batch of people, then kept in step."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Self

from backend.core.findings import Finding
from backend.organisations.models import Organisation
from pathways.enums import ContractKind, DerogationMotive
from pathways.models import Contract, Derogation, IaePass, PassProlongation, PassSuspension
from pathways.models.decision import Answered
from pathways.rules import derogations as rules
from pathways.rules.contracts.durations import Period
from pathways.rules.dated.book import RuleBook
from pathways.rules.passes import prolongations, suspensions
from pathways.rules.passes.facts import PassFacts, Prolongation, Suspension
from pathways.selectors.facts.contracts import pathway_began
from pathways.selectors.facts.rights import (
    Place,
    derogation_facts,
    passes_with_changes,
    prolongation_facts,
    suspension_facts,
)
from pathways.selectors.people import births

Change = PassSuspension | PassProlongation


@dataclass(slots=True)
class DerogationsAround:
    """Decisions and CDDI of some people, structure by structure."""

    decisions: dict[Place, dict[int, rules.Derogation]] = field(default_factory=lambda: defaultdict(dict))
    contracts: dict[Place, list[Period]] = field(default_factory=lambda: defaultdict(list))
    born: Mapping[int, date | None] = field(default_factory=dict)
    kinds: dict[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, people: Collection[int]) -> Self:
        """Read for these people; three queries, and one for each structure met."""
        around = cls(born=births(set(people)))
        for row in Derogation.objects.standing().filter(beneficiary_id__in=people):
            around.put(row)
        rows = Contract.objects.filter(stay__beneficiary_id__in=people, kind=ContractKind.CDDI)
        for contract in rows.select_related("stay"):
            if contract.last_day is not None:
                place = contract.stay.beneficiary_id, contract.stay.organisation_id
                around.contracts[place].append((contract.started_on, contract.last_day))
        return around

    def put(self, row: Derogation) -> None:
        """This decision stands from now on, in the place of what was known of it."""
        self.decisions[row.beneficiary_id, row.organisation_id][row.pk or -id(row)] = derogation_facts(row)

    def findings(self, row: Derogation, *, today: date, book: RuleBook) -> list[Finding]:
        """What the rules find in a decision, with the days of its request and of its answer."""
        place = row.beneficiary_id, row.organisation_id
        known = self.decisions[place]
        return [
            *rules.derogation_findings(
                derogation_facts(row),
                structure_kind=kind_of(row.organisation_id, self.kinds),
                contracts=self.contracts[place],
                today=today,
                book=book,
                born_on=self.born.get(row.beneficiary_id),
                pathway_since=_pathway_of(row),
                others=[each for pk, each in known.items() if pk != row.pk and each.motive == row.motive],
            ),
            *_answer(row, today=today),
        ]


@dataclass(slots=True)
class PassesAround:
    """PASS of some people, with all that stands of their changes; `read` holds them as they were found."""

    read: Mapping[int, PassFacts] = field(default_factory=dict)
    changes: dict[int, dict[tuple[type, int], Suspension | Prolongation]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    people: Mapping[int, int] = field(default_factory=dict)
    born: Mapping[int, date | None] = field(default_factory=dict)
    kinds: dict[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, people: Collection[int]) -> Self:
        """Read for these people; seven queries, and one for each structure met."""
        passes = list(IaePass.objects.filter(beneficiary_id__in=people))
        around = cls(
            read=passes_with_changes(passes),
            people={iae.pk: iae.beneficiary_id for iae in passes},
            born=births(set(people)),
        )
        for model in (PassSuspension, PassProlongation):
            for row in model.objects.standing().filter(iae_pass__in=passes):
                around.put(row)
        return around

    def put(self, row: Change) -> None:
        """This change stands from now on, in the place of what was known of it."""
        self.changes[row.iae_pass_id][_mark(row)] = _facts(row)

    def now(self, iae_pass_id: int, but: Change | None = None) -> PassFacts:
        """A PASS as its changes make it, all of them or all but one; its end follows (R16)."""
        mark = _mark(but) if but is not None else None
        stand = [each for key, each in self.changes[iae_pass_id].items() if key != mark]
        return self.read[iae_pass_id].moved(
            suspensions=[each for each in stand if isinstance(each, Suspension)],
            prolongations=[each for each in stand if isinstance(each, Prolongation)],
        )

    def findings(self, row: Change, *, today: date, book: RuleBook) -> list[Finding]:
        """What the rules find in a change, beside the others of its PASS."""
        beside, kind = self.now(row.iae_pass_id, but=row), kind_of(row.organisation_id, self.kinds)
        if isinstance(row, PassSuspension):
            found = suspensions.suspension_findings(
                suspension_facts(row), beside, structure_kind=kind, today=today, book=book
            )
            return list(found)
        asked = prolongations.prolongation_findings(
            prolongation_facts(row),
            beside,
            structure_kind=kind,
            book=book,
            born_on=self.born.get(self.people[row.iae_pass_id]),
        )
        return [*asked, *_answer(row, today=today)]


def kind_of(organisation_id: int, kinds: dict[int, str]) -> str:
    """The kind of a structure, asked once."""
    if organisation_id not in kinds:
        kinds[organisation_id] = Organisation.objects.values_list("kind", flat=True).get(pk=organisation_id)
    return kinds[organisation_id]


def _mark(row: Change) -> tuple[type, int]:
    return type(row), row.pk or -id(row)


def _facts(row: Change) -> Suspension | Prolongation:
    return suspension_facts(row) if isinstance(row, PassSuspension) else prolongation_facts(row)


def _answer(row: Answered, *, today: date) -> list[Finding]:
    found = rules.answer_findings(
        status=row.status,
        asked_on=row.asked_on,
        decided_on=row.decided_on,
        reason=row.refusal_reason,
        today=today,
        document_on=row.document_on,
    )
    return list(found)


def _pathway_of(row: Derogation) -> date | None:
    """When the pathway began, for the motive that asks it; None while nothing tells it."""
    if row.motive != DerogationMotive.CUMUL:
        return None
    return pathway_began(row.beneficiary_id, row.organisation_id, on=row.starts_on)
