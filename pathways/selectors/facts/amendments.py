"""What is known beside an avenant of hours: read once for a batch of contracts, then kept in step."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Self

from backend.core.findings import Finding
from pathways.models import Contract, HoursAmendment
from pathways.rules.contracts.stretches import Amendment
from pathways.rules.contracts.weekly_hours import amendment_findings
from pathways.rules.dated.book import RuleBook
from pathways.rules.derogations import Derogation
from pathways.selectors.facts.contracts import facts_beside
from pathways.selectors.facts.rights import Place, derogations_of


@dataclass(slots=True)
class AmendmentsAround:
    """Every contract of the people of some contracts, with their avenants, and what was decided of them."""

    contracts: Mapping[int, Contract]
    amended: dict[int, dict[date, Decimal]]
    decided: Mapping[Place, list[Derogation]]

    @classmethod
    def of(cls, contracts: Collection[int]) -> Self:
        """Read for these contracts; four queries."""
        named = Contract.objects.filter(pk__in=contracts).values_list("stay__beneficiary_id", flat=True)
        people = set(named.order_by())
        rows = Contract.objects.filter(stay__beneficiary_id__in=people).select_related("stay__organisation")
        around = cls({row.pk: row for row in rows}, defaultdict(dict), derogations_of(people))
        for row in HoursAmendment.objects.filter(contract_id__in=around.contracts):
            around.put(row)
        return around

    def put(self, row: HoursAmendment) -> None:
        """This avenant stands from now on, in the place of the one of its day."""
        self.amended[row.contract_id][row.starts_on] = row.weekly_hours

    def findings(self, row: HoursAmendment, *, today: date, book: RuleBook) -> list[Finding]:
        """What the rules find in an avenant, beside the other contracts of the person in the structure."""
        contract = self.contracts[row.contract_id]
        place = contract.stay.beneficiary_id, contract.stay.organisation_id
        others = [
            each
            for each in self.contracts.values()
            if each.pk != contract.pk and (each.stay.beneficiary_id, each.stay.organisation_id) == place
        ]
        facts = facts_beside(
            contract,
            others,
            chain_of=lambda each: each.chain_id,
            renewed=self.contracts.get(contract.initial_id or 0),
            structure_kind=contract.stay.organisation.kind,
            last_pass=None,
            today=today,
            derogations=self.decided[place],
            amended={each.pk: self._of(each.pk, row) for each in (contract, *others)},
        )
        return list(amendment_findings(facts, on=row.starts_on, book=book))

    def _of(self, contract_id: int, row: HoursAmendment) -> tuple[Amendment, ...]:
        """The avenants of a contract, with the one being judged when it is of that contract."""
        known = dict(self.amended[contract_id])
        if contract_id == row.contract_id:
            known[row.starts_on] = row.weekly_hours
        return tuple(Amendment(day, hours) for day, hours in sorted(known.items()))
