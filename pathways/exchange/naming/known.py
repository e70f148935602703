"""What the files say of one person in one structure, and what the base already holds of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from backend.exchange.importing.memory import Withdrawn
from backend.exchange.layout import FileLayout
from backend.exchange.reading import Line
from pathways.exchange.entries import ENTRIES
from pathways.models import Contract, Exit, Stay

Place = tuple[int, int]
"""A person in a structure: (beneficiary id, organisation id)."""


@dataclass(slots=True)
class Work:
    """What the files say of one person in one structure, then what the base knows of it."""

    place: Place
    layout: FileLayout
    contracts: dict[str, Line] = field(default_factory=dict)
    exits: dict[date, tuple[FileLayout, Line]] = field(default_factory=dict)
    entries: dict[date, Line] = field(default_factory=dict)

    def oldest_first(self) -> list[tuple[str, Line]]:
        """Their contracts in the order they began, whatever the order of the lines."""
        return sorted(self.contracts.items(), key=lambda each: (each[1]["date_debut"], each[1].number))

    def lines(self) -> Iterator[tuple[FileLayout, Line]]:
        """Every line of theirs, with its file."""
        yield from ((self.layout, line) for line in self.contracts.values())
        yield from self.exits.values()
        yield from ((ENTRIES, line) for line in self.entries.values())


@dataclass(slots=True)
class Known:
    """What the base holds of one person in one structure, as the files leave it."""

    stays: list[Stay] = field(default_factory=list)
    contracts: dict[str, Contract] = field(default_factory=dict)
    exits: list[Exit] = field(default_factory=list)
    entries: dict[str, date] = field(default_factory=dict)

    def starts(self) -> dict[str, date]:
        """First days: of each contract, and of each stay that has none."""
        return {key: row.started_on for key, row in self.contracts.items()} | self.entries

    def last_days(self) -> set[date]:
        """Days that end a stay: each exit, and the last day of a stay with contracts whose exit nobody wrote yet."""
        left = {row.occurred_on for row in self.exits}
        signed = {contract.stay_id for contract in self.contracts.values()}
        waiting = {
            stay.ended_on
            for stay in self.stays
            if stay.ended_on is not None
            and stay.pk in signed
            and not self.has_exit(stay)
            and not any(stay.started_on <= day <= stay.ended_on for day in left)
        }
        return left | waiting

    def has_exit(self, stay: Stay) -> bool:
        """Whether it is known how this stay ended."""
        return any(row.stay_id == stay.pk for row in self.exits)

    def is_left_by(self, day: date) -> bool:
        """Whether an exit of that day ends something known: a stay without an exit, or what began since the last one."""
        left = [row.occurred_on for row in self.exits]
        waiting = (stay.started_on for stay in self.stays if not self.has_exit(stay))
        since = (start for start in self.starts().values() if not any(start <= other < day for other in left))
        return any(start <= day for start in (*waiting, *since))

    def home(self, day: date) -> Stay | None:
        """The stay a day belongs to: the first one that was not over before it."""
        left = [stay for stay in self.stays if stay.ended_on is None or stay.ended_on >= day]
        return min(left, key=lambda stay: stay.ended_on or date.max, default=None)

    def misses_exit(self, gone: Withdrawn, day: date) -> bool:
        """Whether an exit of that day is the one that was taken back, and no other was written since."""
        home = self.home(day)
        if home is None:
            return gone.was("date_sortie", day)
        return not self.has_exit(home) and (gone.was("stay", home.pk) or gone.was("date_sortie", day))

    def misses_stay(self, gone: Withdrawn, day: date) -> bool:
        """Whether an entry of that day would open again a stay that was taken back; one begun since is another."""
        return self.home(day) is None and (gone.on is None or day <= gone.on)

    def end_without_exit(self, day: date) -> date | None:
        """The last day of the stay that an exit of that day would complete, when it is over and has no exit yet."""
        left = {row.stay_id for row in self.exits}
        over = [
            stay.ended_on
            for stay in self.stays
            if stay.pk not in left and stay.ended_on is not None and stay.started_on <= day
        ]
        last = max(over, default=None)
        began_since = last is not None and any(last < start <= day for start in self.starts().values())
        return None if began_since else last


def known_rows(places: list[Place], id_of: Callable[[Contract], str]) -> dict[Place, Known]:
    """Stays, contracts and exits already recorded for these people in these structures, in the order of the files."""
    scope = Q(
        beneficiary_id__in={person for person, _ in places},
        organisation_id__in={where for _, where in places},
    )
    found: dict[Place, Known] = {place: Known() for place in places}
    home: dict[int, Known] = {}
    for stay in Stay.objects.filter(scope).select_for_update(of=("self",)).order_by("started_on", "pk"):
        place = (stay.beneficiary_id, stay.organisation_id)
        if place in found:
            home[stay.pk] = found[place]
            found[place].stays.append(stay)
    first: dict[int, date] = {}
    left = set()
    for contract in Contract.objects.filter(stay__in=home).select_for_update(of=("self",)).order_by("pk"):
        first[contract.stay_id] = min(contract.started_on, first.get(contract.stay_id, date.max))
        home[contract.stay_id].contracts[id_of(contract)] = contract
    for exit_ in Exit.objects.filter(stay__in=home).select_for_update(of=("self",)).order_by("pk"):
        home[exit_.stay_id].exits.append(exit_)
        left.add(exit_.stay_id)
    for here in found.values():
        for stay in here.stays:
            # A first day that no contract tells was said on its own; a stay over without an exit waits for it.
            if stay.started_on < first.get(stay.pk, date.max) and (stay.ended_on is None or stay.pk in left):
                here.entries[f"entry of {stay.pk}"] = stay.started_on
    return found
