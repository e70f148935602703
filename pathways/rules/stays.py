"""How the stays of one person in one structure are found from raw contracts and exits.

Spreadsheets and the paying agency know contracts and exits, not stays. A contract belongs to the first exit
on or after its start; contracts begun after the last exit make the stay still open.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from backend.core.findings import Finding
from backend.core.values.plausible import WORK, window_findings

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class DerivedStay(Generic[K]):
    """One stay, with the keys of its contracts; `ended_on` is the day of its exit, None while open."""

    started_on: date
    ended_on: date | None
    contracts: frozenset[K]


def entry_findings(*, started_on: date, today: date, born_on: date | None = None) -> Iterator[Finding]:
    """An entry on a day nobody can mean: before any structure, before the person's 16 years, too far ahead."""
    yield from window_findings(WORK, started_on, field="started_on", today=today, born_on=born_on)


def moved_entry_findings(
    *, started_on: date, ended_on: date | None, contracts: Iterable[date]
) -> Iterator[Finding]:
    """An entry moved past what already took place in the stay: its first contract, its exit."""
    if any(day < started_on for day in contracts):
        yield Finding(
            "contract_before_entry",
            "Un contrat de ce passage commence avant cette date.",
            way_out="Corrigez d’abord ce contrat, ou choisissez une entrée plus tôt.",
            field="started_on",
            is_contradiction=True,
        )
    elif ended_on is not None and ended_on < started_on:
        yield Finding(
            "entry_after_exit",
            "La personne est sortie avant cette date.",
            way_out="Corrigez d’abord la sortie, ou choisissez une entrée plus tôt.",
            field="started_on",
            is_contradiction=True,
        )


def stays_from(contracts: Iterable[tuple[K, date]], exits: Iterable[date]) -> list[DerivedStay[K]]:
    """Stays of one person in one structure, oldest first, whatever the order things came in.

    `contracts` are (key, first day), `exits` days of departure; the same day twice is one exit. An exit
    without any contract still makes a stay, of that single day, so that no departure is lost.
    """
    days = sorted(set(exits))
    groups: list[list[tuple[K, date]]] = [[] for _ in range(len(days) + 1)]
    for key, started_on in contracts:
        groups[bisect_left(days, started_on)].append((key, started_on))
    closed = [_stay(group, day) for group, day in zip(groups, days, strict=False)]
    return closed + ([_stay(groups[-1], None)] if groups[-1] else [])


def _stay(group: list[tuple[K, date]], ended_on: date | None) -> DerivedStay[K]:
    starts = [start for _, start in group]
    if ended_on is not None:
        starts.append(ended_on)
    return DerivedStay(min(starts), ended_on, frozenset(key for key, _ in group))
