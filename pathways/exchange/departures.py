"""The exits of the files: which departure each one is, and what the rules and the rights say of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from backend.core.findings import Finding
from backend.exchange.importing.context import Context
from backend.exchange.importing.merging import KEPT, KEPT_ADVICE, Check, Merged, Wanted
from backend.exchange.layout import FileLayout
from backend.exchange.reading import Line
from pathways.exchange.naming.known import Known, Place, Work
from pathways.exchange.rights import rights_of
from pathways.models import Exit
from pathways.rules.exits import findings as exits
from pathways.rules.stays import entry_findings
from pathways.selectors.people import births


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


def merge_exits(context: Context, works: list[Work], known: dict[Place, Known]) -> list[Merged]:
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

    rights, findings = rights_of(context), _judge(works, known)

    def right(row: Exit, key: tuple[Place, date], before: Mapping[str, Any]) -> Iterable[Finding]:
        return rights.departure(row, key[0], known[key[0]], is_moved="occurred_on" in before)

    merges = []
    for name, layout in layouts.items():
        merged = context.merge(
            layout, Exit, wanted[name], present, lambda key: {}, right=right, check=findings
        )
        for (place, day), row in merged.new.items():
            known[place].exits.append(row)
            _, line = next(work for work in works if work.place == place).exits[day]
            if line["date_entree"]:
                known[place].entries[f"entry on {day}"] = line["date_entree"]
        merges.append(merged)
    return merges


def _judge(works: list[Work], known: dict[Place, Known]) -> Check:
    """What the rules say of each exit, beside what is known of its person when it is asked."""
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

    return findings


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
