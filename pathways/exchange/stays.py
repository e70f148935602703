"""Storing what the files say of people's work: each contract and each exit finds its stay."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils import timezone

from backend.core.findings import Finding
from backend.exchange.importing.context import Context
from backend.exchange.importing.merging import KEPT, KEPT_ADVICE, Merged, Wanted
from backend.exchange.layout import FileLayout
from backend.exchange.reading import Line
from backend.organisations.models import Organisation
from pathways.exchange.elsewhere import turn_away
from pathways.exchange.entries import ENTRIES, settle_entries, take_entries
from pathways.exchange.homes import move_in, place_stays
from pathways.models import Contract, Exit, Stay
from pathways.rules.contracts.facts import ContractFacts
from pathways.rules.contracts.findings import contract_findings
from pathways.rules.exits import findings as exits
from pathways.rules.stays import entry_findings, stays_from
from pathways.selectors.contract_facts import facts_beside, hours_of, last_pass_ends
from pathways.selectors.people import births
from pathways.selectors.rule_book import read_book
from pathways.services import after_exits

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


@dataclass(slots=True)
class Bench:
    """The contracts of one person in one structure, judged in the order they began.

    Each is seen beside those a file does not say again and those of the file that began before it.
    """

    structure_kind: str
    pass_ends_on: date | None
    born_on: date | None
    seated: dict[str, Contract]
    renews: dict[str, str]
    entries: list[date]
    exits: set[date]
    left: set[date]
    worked: dict[int, list[tuple[date, Decimal]]]

    @classmethod
    def of(
        cls,
        work: Work,
        known: Known,
        structure_kind: str,
        pass_ends_on: date | None,
        born_on: date | None,
        worked: dict[int, list[tuple[date, Decimal]]],
    ) -> Bench:
        """Before any line is judged."""
        keys = {row.pk: key for key, row in known.contracts.items()}
        renews = {key: keys[row.initial_id] for key, row in known.contracts.items() if row.initial_id in keys}
        for key, line in work.contracts.items():
            sent = line["contrat_initial_id"]
            if sent and sent != key:
                renews[key] = sent
        seated = {key: row for key, row in known.contracts.items() if key not in work.contracts}
        left = {row.occurred_on for row in known.exits}
        return cls(
            structure_kind,
            pass_ends_on,
            born_on,
            seated,
            renews,
            entries=sorted(known.entries.values()),
            exits=left | set(work.exits),
            left={day for day in left if not work.exits or day in work.exits},
            worked=worked,
        )

    def facts(self, row: Contract, key: str, *, today: date) -> ContractFacts:
        """A contract as a line would leave it, and what surrounds it."""
        keys = {id(each): name for name, each in self.seated.items()} | {id(row): key}
        return facts_beside(
            row,
            [each for name, each in self.seated.items() if name != key],
            chain_of=lambda each: self._first(keys[id(each)]),
            renewed=self.seated.get(self._first(key)) if self._first(key) != key else None,
            structure_kind=self.structure_kind,
            pass_ends_on=self.pass_ends_on,
            today=today,
            born_on=self.born_on,
            stay_days=(self._entry_after(row.started_on), None),
            left_on=self._left_already(row.started_on) if row.pk is None else None,
            worked=self.worked.get(row.pk, ()),
        )

    def _entry_after(self, day: date) -> date | None:
        """The first day said of the stay this day would belong to; the others follow from the contracts."""
        return next(
            (entry for entry in self.entries if day < entry and not self._left_between(day, entry)), None
        )

    def _left_already(self, day: date) -> date | None:
        """The day already recorded on which the person left the stay this day belongs to."""
        return min((left for left in self.left if left >= day), default=None)

    def _left_between(self, day: date, entry: date) -> bool:
        return any(day <= left < entry for left in self.exits)

    def seat(self, row: Contract, key: str, *, is_kept: bool) -> None:
        """What was judged is there for the next; what was known stays known when its line is refused."""
        if is_kept or row.pk is not None:
            self.seated[key] = row

    def _first(self, key: str) -> str:
        """The first contract of a chain; a renewal of a renewal belongs to it too."""
        seen = {key}
        while (before := self.renews.get(key)) is not None and before not in seen:
            seen.add(key := before)
        return key


def exit_findings(
    row: Exit,
    *,
    started_on: date,
    known_end: date | None,
    contracts: list[tuple[date, date | None]],
    today: date,
    born_on: date | None = None,
) -> list[Finding]:
    """What the rules say of an exit as a line would leave it, of a stay begun on `started_on`."""
    return [
        *exits.contracts_findings(on=row.occurred_on, contracts=contracts),
        *exits.exit_findings(started_on=started_on, on=row.occurred_on, today=today),
        *exits.day_findings(on=row.occurred_on, today=today, born_on=born_on),
        *exits.end_findings(known_end=known_end, on=row.occurred_on, today=today),
        *exits.motive_findings(motive=row.motive, contract_months=row.contract_months),
    ]


def store_works(context: Context, works: list[Work]) -> None:
    """Contracts first, then the exits they tell apart, then the stays both make."""
    known = _known_rows([work.place for work in works])
    turn_away(context, works, known, works[0].layout)
    contracts = _merge_contracts(context, works, known)
    said = {work.place: dict(known[work.place].entries) for work in works}
    for work in works:
        here = known[work.place]
        days = {row.occurred_on for row in here.exits} | set(work.exits)
        take_entries(work.entries, here.stays, here.entries, days)
    exits = _merge_exits(context, works, known)
    for work in works:  # again, now that the exits refused separate nothing
        here = known[work.place]
        kept = said[work.place] | {
            key: day for key, day in here.entries.items() if key.startswith("entry on ")
        }
        told = take_entries(work.entries, here.stays, kept, {row.occurred_on for row in here.exits})
        here.entries = kept
        settle_entries(context, told)
    for place, here in known.items():
        days = {row.occurred_on for row in here.exits}
        derived = stays_from(here.starts().items(), days)
        homes = place_stays(place, derived, here)
        move_in(derived, homes, here)
    contracts.save()
    for merged in exits:
        merged.save()
        after_exits.tell([*merged.new.values(), *merged.changed.values()])


def _known_rows(places: list[Place]) -> dict[Place, Known]:
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
        home[contract.stay_id].contracts[contract.external_id or _unnamed(contract)] = contract
    for exit_ in Exit.objects.filter(stay__in=home).select_for_update(of=("self",)).order_by("pk"):
        home[exit_.stay_id].exits.append(exit_)
        left.add(exit_.stay_id)
    for here in found.values():
        for stay in here.stays:
            # A first day that no contract tells was said on its own; a stay over without an exit waits for it.
            if stay.started_on < first.get(stay.pk, date.max) and (stay.ended_on is None or stay.pk in left):
                here.entries[f"entry of {stay.pk}"] = stay.started_on
    return found


def _unnamed(contract: Contract) -> str:
    """A key no file can write."""
    return f"\x00{contract.pk}"


def _merge_contracts(context: Context, works: list[Work], known: dict[Place, Known]) -> Merged:
    layout = works[0].layout
    wanted: dict[str, Wanted] = {}
    present: dict[str, Contract] = {}
    benches: dict[str, Bench] = {}
    kinds = dict(Organisation.objects.filter(pk__in={place[1] for place in known}).values_list("pk", "kind"))
    people = {place[0] for place in known}
    ends, born = last_pass_ends(people), births(people)
    worked = hours_of([row.pk for here in known.values() for row in here.contracts.values()])
    for work in works:
        person, where = work.place
        bench = Bench.of(work, known[work.place], kinds[where], ends.get(person), born.get(person), worked)
        for key, line in work.oldest_first():
            benches[key] = bench
            if want := context.wanted(layout, line):
                wanted[key] = want
        present |= known[work.place].contracts
    book, today = context.once(read_book), timezone.localdate()

    def check(row: Contract, key: str) -> Iterable[Finding]:
        found = contract_findings(benches[key].facts(row, key, today=today), book=book)
        benches[key].seat(row, key, is_kept=not any(finding.is_contradiction for finding in found))
        return found

    merged = context.merge(layout, Contract, wanted, present, lambda key: {"external_id": key}, check=check)
    added, merged.new = merged.new, {}
    for work in works:  # kept in the order of the lines, as they were sent
        for key in work.contracts:
            if key in added:
                known[work.place].contracts[key] = merged.new[key] = added[key]
    return merged


def _merge_exits(context: Context, works: list[Work], known: dict[Place, Known]) -> list[Merged]:
    """The exits of both files; each is first known by its stay, whatever day it was sent with."""
    wanted: dict[str, dict[Any, Wanted]] = defaultdict(dict)
    layouts: dict[str, FileLayout] = {}
    present: dict[Any, Exit] = {}
    for work in works:
        for day, row in _recognised(context, work, known[work.place]).items():
            layout, line = work.exits[day]
            layouts[layout.name] = layout
            key = (work.place, day)
            if row is not None:
                present[key] = row
                _keep_entry(context, layout, line, known[work.place], row)
            if want := context.wanted(layout, line):
                wanted[layout.name][key] = want

    today, born = timezone.localdate(), births({place[0] for place in known})
    entries = {
        (work.place, day): line["date_entree"] for work in works for day, (_, line) in work.exits.items()
    }

    def findings(row: Exit, key: tuple[Place, date]) -> Iterable[Finding]:
        here = known[key[0]]
        started_on = max((day for day in here.starts().values() if day <= row.occurred_on), default=key[1])
        end = None if row.pk else here.end_without_exit(row.occurred_on)
        # A contract begun later makes another stay; a file cannot say the contrary.
        before = [
            (each.started_on, each.ended_on)
            for each in here.contracts.values()
            if each.started_on <= row.occurred_on
        ]
        found = exit_findings(
            row,
            started_on=min(started_on, row.occurred_on),
            known_end=end,
            contracts=before,
            today=today,
            born_on=born.get(key[0][0]),
        )
        if row.pk is None and (entry := entries[key]) is not None:
            found += entry_findings(started_on=entry, today=today, born_on=born.get(key[0][0]))
        return found

    merges = []
    for name, layout in layouts.items():
        merged = context.merge(layout, Exit, wanted[name], present, lambda key: {}, check=findings)
        for (place, day), row in merged.new.items():
            known[place].exits.append(row)
            _, line = next(work for work in works if work.place == place).exits[day]
            if line["date_entree"]:
                known[place].entries[f"entry on {day}"] = line["date_entree"]
        merges.append(merged)
    return merges


def _recognised(context: Context, work: Work, known: Known) -> dict[date, Exit | None]:
    """For each day sent, the exit it already is, or None for a new one; a departure too many is refused."""
    starts = set(known.starts().values())
    starts |= {line["date_entree"] for _, line in work.exits.values() if line["date_entree"]}
    by_day = {row.occurred_on: row for row in known.exits}
    found: dict[date, Exit | None] = {day: by_day[day] for day in work.exits if day in by_day}
    free = [row for row in known.exits if row.occurred_on not in found]
    for day in sorted(set(work.exits) - set(found)):
        same = [row for row in free if _is_same_departure(starts, day, row.occurred_on)]
        if same:
            found[day] = min(same, key=lambda row: abs(row.occurred_on - day))
            free.remove(found[day])  # type: ignore[arg-type]
        elif _stands_alone(context, work, day, starts, {*found, *by_day}):
            found[day] = None
    return found


def _is_same_departure(starts: set[date], one: date, other: date) -> bool:
    """Whether no contract began between two days: nobody leaves the same contract twice."""
    first, last = sorted((one, other))
    return not any(first < start <= last for start in starts)


def _stands_alone(context: Context, work: Work, day: date, starts: set[date], others: set[date]) -> bool:
    """Whether a new exit ends something of its own; a person known by exits only has nothing to compare."""
    layout, line = work.exits[day]
    if not starts:
        return True
    twin = next((other for other in sorted(others) if _is_same_departure(starts, day, other)), None)
    if twin is not None:
        problem = f"une sortie est déjà là le {twin:%d/%m/%Y}, et aucun contrat n’a commencé entre les deux"
        context.refuse(layout, line, "date_sortie", problem, "Gardez la bonne, ou ajoutez le contrat.")
        return False
    if all(start > day for start in starts):
        found = exits.exit_findings(started_on=min(starts), on=day, today=timezone.localdate())
        return context.stands(layout, line, found)
    return True


def _keep_entry(context: Context, layout: FileLayout, line: Line, known: Known, row: Exit) -> None:
    """The first day of a stay already known is not a file's to move."""
    here = known.entries.get(f"entry of {row.stay_id}")
    if here is not None and line["date_entree"] not in (None, here):
        context.say(layout, line, "date_entree", KEPT, KEPT_ADVICE)
