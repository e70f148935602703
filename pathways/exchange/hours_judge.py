"""What the rules say of the hours of a chunk of `heures.csv`, beside all those of the same people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils import timezone

from backend.core.findings import Finding
from backend.exchange.importing.context import Context
from pathways.models import Contract, MonthlyHours
from pathways.selectors.facts.hours import HoursAround, HoursKey
from pathways.selectors.rule_book import read_book

Month = tuple[int, date]
"""A contract and a month."""


@dataclass(slots=True)
class Judge:
    """The hours of a chunk beside all those of the same people, oldest first: what a line leaves is there for the next."""

    around: HoursAround
    sent: dict[Month, dict[HoursKey, Decimal]]
    known: dict[HoursKey, Decimal]
    before: dict[tuple[int, date], Decimal]
    refused: set[Month] = field(default_factory=set)

    @classmethod
    def of(
        cls, context: Context, said: Mapping[Month, Mapping[str, Decimal]], gone: Iterable[HoursKey]
    ) -> Judge:
        """Read what is known of these people; what the chunk says again, or replaces (`gone`), waits to be judged."""
        contracts = {month[0] for month in said}
        people = Contract.objects.filter(pk__in=contracts).values_list("stay__beneficiary_id", flat=True)
        around = HoursAround.of(set(people), book=context.once(read_book), today=timezone.localdate())
        sent = {
            month: {HoursKey(*month, kind): hours for kind, hours in kinds.items()}
            for month, kinds in said.items()
        }
        keys = {key for lines in sent.values() for key in lines} | set(gone)
        known = {key: hours for lines in around.lines.values() for key, hours in lines.items() if key in keys}
        before = {
            (person, day): around.in_month(person, day)
            for person, day in {(around.person(key.contract_id), key.month) for key in known}
        }
        for key in known:
            around.forget(key)
        return cls(around, sent, known, before)

    def findings(self, row: MonthlyHours, key: HoursKey) -> list[Finding]:
        """What the rules say of one line, its whole month being sent with it; fewer hours are always accepted."""
        month, person = (key.contract_id, key.month), self.around.person(key.contract_id)
        for each, hours in self.sent[month].items():
            self.around.put(each, hours)
        self.around.put(key, row.hours)
        old, old_month = self.known.get(key, Decimal(0)), self.before.get((person, key.month), Decimal(0))
        has_less = self.around.in_month(person, key.month) < old_month
        found = self.around.findings(
            key,
            row.hours,
            before=old if row.hours < old else Decimal(0),
            month_before=old_month if has_less else Decimal(0),
        )
        if any(finding.is_contradiction for finding in found):
            self._leave_as_it_was(month)
        return found

    def _leave_as_it_was(self, month: Month) -> None:
        """A month that is refused keeps the hours it had."""
        self.refused.add(month)
        for each in self.sent[month]:
            self.around.forget(each)
        for each, hours in self.known.items():
            if (each.contract_id, each.month) == month:
                self.around.put(each, hours)
