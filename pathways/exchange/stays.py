"""Storing what the files say of people's work: each contract and each exit finds its stay."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from backend.core.findings import Finding
from backend.exchange.importing import memory
from backend.exchange.importing.context import Context
from backend.exchange.importing.merging import Merged, Wanted
from backend.exchange.reading import Line
from backend.exchange.report import Outcome
from backend.organisations.models import Organisation
from pathways import doors
from pathways.exchange.departures import merge_exits
from pathways.exchange.entries import ENTRIES, settle_entries, take_entries
from pathways.exchange.homes import move_in, place_stays
from pathways.exchange.naming.known import Known, Place, Work, known_rows
from pathways.exchange.rights import rights_of
from pathways.models import Beneficiary, Contract, Exit, Stay
from pathways.rules.contracts.facts import ContractFacts
from pathways.rules.contracts.findings import FOR_SEVERAL_CLIENTS, contract_findings
from pathways.rules.derogations import Derogation
from pathways.rules.eligibility.findings import Eligibility
from pathways.rules.stays import stays_from
from pathways.selectors.facts.contracts import (
    Amended,
    PassDays,
    amendments_of,
    facts_beside,
    hours_of,
    last_passes,
)
from pathways.selectors.facts.eligibility import Known as Rights
from pathways.selectors.facts.rights import derogations_of
from pathways.selectors.people import births
from pathways.selectors.rule_book import read_book
from pathways.services import after_exits

_RECOGNISED = "ce contrat est déjà enregistré ici : il n’est pas doublé"


@dataclass(slots=True)
class Bench:
    """The contracts of one person in one structure, judged in the order they began.

    Each is seen beside those a file does not say again and those of the file that began before it.
    """

    structure_kind: str
    last_pass: PassDays | None
    born_on: date | None
    seated: dict[str, Contract]
    renews: dict[str, str]
    entries: list[date]
    exits: set[date]
    left: set[date]
    worked: dict[int, list[tuple[date, Decimal]]]
    amended: Amended
    derogations: list[Derogation]
    known_right: Callable[[date], Eligibility]

    @classmethod
    def of(
        cls,
        work: Work,
        known: Known,
        structure_kind: str,
        last_pass: PassDays | None,
        born_on: date | None,
        worked: dict[int, list[tuple[date, Decimal]]],
        amended: Amended,
        derogations: list[Derogation],
        known_right: Callable[[date], Eligibility],
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
            last_pass,
            born_on,
            seated,
            renews,
            entries=sorted(known.entries.values()),
            exits=left | set(work.exits),
            left={day for day in left if not work.exits or day in work.exits},
            worked=worked,
            amended=amended,
            derogations=derogations,
            known_right=known_right,
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
            last_pass=self.last_pass,
            today=today,
            born_on=self.born_on,
            stay_days=(self._entry_after(row.started_on), None),
            left_on=self._left_already(row.started_on) if row.pk is None else None,
            worked=self.worked.get(row.pk, ()),
            amended=self.amended,
            derogations=self.derogations,
            eligibility=self.known_right(row.started_on),
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


def store_works(context: Context, works: list[Work]) -> None:
    """Contracts first, then the exits they tell apart, then the stays both make."""
    known, lost = (
        known_rows([work.place for work in works], context.id_of),
        doors.lost_to_another({work.place[0] for work in works}),
    )
    _recognise_contracts(context, works, known)
    _leave_out(context, works, known)
    _turn_away(context, works, known)
    contracts = _merge_contracts(context, works, known)
    said = {work.place: dict(known[work.place].entries) for work in works}
    for work in works:
        here = known[work.place]
        take_entries(work.entries, here.stays, here.entries, here.last_days() | set(work.exits))
    exits = merge_exits(context, works, known)
    for work in works:  # again, now that the exits refused separate nothing
        here = known[work.place]
        kept = said[work.place] | {
            key: day for key, day in here.entries.items() if key.startswith("entry on ")
        }
        told = take_entries(work.entries, here.stays, kept, here.last_days())
        here.entries = kept
        settle_entries(context, told)
    for place, here in known.items():
        derived = stays_from(here.starts().items(), here.last_days())
        homes = place_stays(place, derived, here)
        move_in(derived, homes, here)
    contracts.save()
    lines = {work.place: work for work in works}
    for merged in exits:
        merged.save()
        written = merged.new | merged.changed
        after_exits.tell(list(written.values()), lost=lost)
        for (place, day), row in written.items():
            layout, line = lines[place].exits[day]
            context.stands(layout, line, row.remarks)


def _recognise_contracts(context: Context, works: list[Work], known: dict[Place, Known]) -> None:
    """A contract typed here and a new line of the same days are one: it takes the id of the line, and is not doubled."""
    for work in works:
        here = known[work.place]
        free = {key: row for key, row in here.contracts.items() if key not in work.contracts}
        for key, line in list(work.contracts.items()):
            if key in here.contracts:
                continue
            same = [
                own for own, row in free.items() if context.is_unsent(row) and _is_same_contract(row, line)
            ]
            if len(same) != 1:
                continue
            row = free.pop(same[0])
            context.recognise(row, key)
            context.say(work.layout, line, "date_debut", _RECOGNISED, "Rien à faire.")
            if row.external_id == key:
                here.contracts[key] = here.contracts.pop(same[0])
            else:
                context.report.settle(work.layout.name, line.number, Outcome.UNCHANGED)
                del work.contracts[key]


def _is_same_contract(row: Contract, line: Line) -> bool:
    """The same kind, the same first day, and no other term; the missions of one day may be several."""
    said, here = line["date_fin_prevue"], row.planned_end_on
    is_one = row.kind == line["type"] and row.kind not in FOR_SEVERAL_CLIENTS
    return is_one and row.started_on == line["date_debut"] and (None in (said, here) or said == here)


def _leave_out(context: Context, works: list[Work], known: dict[Place, Known]) -> None:
    """Set aside what was taken back here, before it makes a stay; somebody may have decided otherwise."""
    people = {work.place[0] for work in works}
    contracts, exits, stays = (
        memory.withdrawn(model, Beneficiary, people) for model in (Contract, Exit, Stay)
    )
    for work in works:
        person, here = work.place[0], known[work.place]
        for key, line in list(work.contracts.items()):
            mark = next((each for each in contracts.get(person, ()) if each.was("id", key)), None)
            if key not in here.contracts and context.stays_out(work.layout, line, mark):
                del work.contracts[key]
        for day, (layout, line) in list(work.exits.items()):
            mark = next((each for each in exits.get(person, ()) if here.misses_exit(each, day)), None)
            if context.stays_out(layout, line, mark):
                del work.exits[day]
        for day, line in list(work.entries.items()):
            told = (each for each in stays.get(person, ()) if each.was("place", work.place[1]))
            mark = next((each for each in told if here.misses_stay(each, day)), None)
            if context.stays_out(ENTRIES, line, mark):
                del work.entries[day]


def _turn_away(context: Context, works: list[Work], known: dict[Place, Known]) -> None:
    """Set aside the first days and the exits to come that the sender may not write, before they make a stay."""
    rights, today = rights_of(context), timezone.localdate()
    for work in works:
        here = known[work.place]
        for day, line in list(work.entries.items()):
            if not context.stands(ENTRIES, line, rights.entry(day, work.place, here)):
                del work.entries[day]
        for day in [day for day in work.exits if day >= today]:
            layout, line = work.exits[day]
            if not context.stands(layout, line, rights.opening(work.place)):
                del work.exits[day]


def _merge_contracts(context: Context, works: list[Work], known: dict[Place, Known]) -> Merged:
    layout = works[0].layout
    wanted: dict[str, Wanted] = {}
    present: dict[str, Contract] = {}
    benches: dict[str, Bench] = {}
    kinds = dict(Organisation.objects.filter(pk__in={place[1] for place in known}).values_list("pk", "kind"))
    people = {place[0] for place in known}
    passes, born = last_passes(people), births(people)
    decided, right_of = derogations_of(people), Rights.of(people)
    here = [row.pk for each in known.values() for row in each.contracts.values()]
    worked, amended = hours_of(here), amendments_of(here)
    for work in works:
        person, where = work.place
        bench = Bench.of(
            work,
            known[work.place],
            kinds[where],
            passes.get(person),
            born.get(person),
            worked,
            amended,
            decided.get(work.place, []),
            lambda day, place=work.place: right_of.at(*place, on=day),  # type: ignore[misc]
        )
        for key, line in work.oldest_first():
            benches[key] = bench
            if want := context.wanted(layout, line):
                wanted[key] = want
        present |= known[work.place].contracts
    book, today, rights = context.once(read_book), timezone.localdate(), rights_of(context)
    places = {key: work.place for work in works for key in work.contracts}

    def right(row: Contract, key: str, before: Mapping[str, Any]) -> Iterable[Finding]:
        found = list(rights.contract(row, places[key], known[places[key]]))
        if found:
            benches[key].seat(row, key, is_kept=False)
        return found

    def check(row: Contract, key: str) -> Iterable[Finding]:
        found = contract_findings(benches[key].facts(row, key, today=today), book=book)
        benches[key].seat(row, key, is_kept=not any(finding.is_contradiction for finding in found))
        return found

    merged = context.merge(
        layout, Contract, wanted, present, lambda key: {"external_id": key}, right=right, check=check
    )
    added, merged.new = merged.new, {}
    for work in works:  # kept in the order of the lines, as they were sent
        for key in work.contracts:
            if key in added:
                known[work.place].contracts[key] = merged.new[key] = added[key]
    return merged
