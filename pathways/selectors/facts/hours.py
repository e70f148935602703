"""The hours of some people, all structures together, as the rules judge them: read once for a batch, then kept in step."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from backend.core.findings import Finding
from backend.organisations.enums import StructureKind
from pathways.enums import ClientKind
from pathways.models import Contract, MonthlyHours
from pathways.rules.contracts.hours import days_without_end, month_findings, month_hours_findings
from pathways.rules.contracts.hours_480 import HoursLine, hours_480_findings
from pathways.rules.dated.book import RuleBook


class HoursKey(NamedTuple):
    """What a line of hours is known by."""

    contract_id: int
    month: date
    client_kind: str


class Worked(NamedTuple):
    """A contract as far as its hours go."""

    person: int
    organisation_id: int
    structure_kind: str
    started_on: date
    last_day: date | None


@dataclass(slots=True)
class HoursAround:
    """Contracts and hours of some people, all structures together."""

    book: RuleBook
    today: date
    contracts: dict[int, Worked] = field(default_factory=dict)
    lines: dict[int, dict[HoursKey, Decimal]] = field(default_factory=lambda: defaultdict(dict))
    _days: dict[int, list[Worked]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, people: Collection[int], *, book: RuleBook, today: date) -> HoursAround:
        """Read for these people; two queries."""
        around = cls(book, today)
        contracts = Contract.objects.filter(stay__beneficiary_id__in=people).values_list(
            "pk", "stay__beneficiary_id", "stay__organisation_id", "stay__organisation__kind", "started_on",
            "ended_on", "planned_end_on",
        )  # fmt: skip
        for pk, person, organisation_id, kind, start, end, planned in contracts:
            worked = Worked(person, organisation_id, kind, start, end or planned)
            around.contracts[pk] = worked
            around._days[person].append(worked)
        lines = MonthlyHours.objects.filter(contract__stay__beneficiary_id__in=people).values_list(
            "contract_id", "month", "client_kind", "hours"
        )
        for contract_id, month, kind, hours in lines:
            around.put(HoursKey(contract_id, month, kind), hours)
        return around

    def person(self, contract_id: int) -> int:
        """Whose contract it is."""
        return self.contracts[contract_id].person

    def put(self, key: HoursKey, hours: Decimal) -> None:
        """These hours are known from now on."""
        self.lines[self.person(key.contract_id)][key] = hours

    def forget(self, key: HoursKey) -> None:
        """These hours are not known, or not yet."""
        self.lines[self.person(key.contract_id)].pop(key, None)

    def in_month(self, person: int, month: date) -> Decimal:
        """Every hour of a person's month, all contracts together."""
        return sum((hours for key, hours in self.lines[person].items() if key.month == month), Decimal(0))

    def findings(
        self, key: HoursKey, hours: Decimal, *, before: Decimal, month_before: Decimal
    ) -> list[Finding]:
        """What the rules say of these hours, put in the place of `before`; the month held `month_before` in all."""
        worked = self.contracts[key.contract_id]
        self.put(key, hours)
        outside = month_findings(
            month=key.month,
            contract_started_on=worked.started_on,
            contract_ended_on=worked.last_day,
            today=self.today,
        )
        return list(outside) or [
            *month_hours_findings(
                month=key.month,
                hours=self.in_month(worked.person, key.month),
                before=month_before,
                contracts=(
                    days_without_end(each.started_on, each.last_day, key.month)
                    for each in self._days[worked.person]
                ),
                book=self.book,
            ),
            *self._past_480(key, hours, before, worked),
        ]

    def _past_480(self, key: HoursKey, hours: Decimal, before: Decimal, worked: Worked) -> Iterable[Finding]:
        if worked.structure_kind != StructureKind.AI or key.client_kind != ClientKind.COMPANY:
            return ()
        return hours_480_findings(
            HoursLine(key.month, hours, key.client_kind, worked.started_on),
            before=before,
            others=self._company_lines(worked, key),
            book=self.book,
            organisation_id=worked.organisation_id,
        )

    def _company_lines(self, worked: Worked, apart_from: HoursKey) -> list[HoursLine]:
        """Every other line of the person in this structure, for its counter of 480 hours."""
        return [
            HoursLine(key.month, hours, key.client_kind, self.contracts[key.contract_id].started_on)
            for key, hours in self.lines[worked.person].items()
            if key != apart_from and self.contracts[key.contract_id].organisation_id == worked.organisation_id
        ]
