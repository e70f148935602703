"""Which row of the base is the stay that contracts, exits and entries make."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from pathways.models import Contract, Stay
from pathways.rules.stays import DerivedStay

if TYPE_CHECKING:
    from pathways.exchange.naming.known import Known, Place


def place_stays(place: Place, derived: list[DerivedStay[str]], known: Known) -> list[Stay]:
    """One stay row per derived stay: the one its exit or its contracts already had, else a free one, else a new one."""
    free = {stay.pk: stay for stay in known.stays}
    of_exit = {row.occurred_on: row.stay_id for row in known.exits if row.stay_id is not None}
    homes: list[Stay | None] = [
        _take(free, of_exit.get(each.ended_on) if each.ended_on else None) for each in derived
    ]
    for index, each in enumerate(derived):
        if homes[index] is None:
            homes[index] = (
                _take(free, _closed_then(free.values(), each))
                or _take(free, _home_of(known.contracts, each, free))
                or _take(free, _still_open(free.values()))
            )
    rows = [
        stay or Stay(beneficiary_id=place[0], organisation_id=place[1], started_on=each.started_on)
        for stay, each in zip(homes, derived, strict=True)
    ]
    for stay, each in sorted(zip(rows, derived, strict=True), key=lambda pair: pair[1].ended_on is None):
        if stay.pk is None or (stay.started_on, stay.ended_on) != (each.started_on, each.ended_on):
            stay.started_on, stay.ended_on = each.started_on, each.ended_on
            stay.save()
    return rows


def _take(free: dict[int, Stay], pk: int | None) -> Stay | None:
    return free.pop(pk, None) if pk is not None else None


def _closed_then(free: Iterable[Stay], derived: DerivedStay[str]) -> int | None:
    if derived.ended_on is None:
        return None
    return next((stay.pk for stay in free if stay.ended_on == derived.ended_on), None)


def _home_of(contracts: dict[str, Contract], derived: DerivedStay[str], free: dict[int, Stay]) -> int | None:
    homes = sorted(
        contracts[key].stay_id
        for key in derived.contracts
        if key in contracts and contracts[key].stay_id in free
    )
    return homes[0] if homes else None


def _still_open(free: Iterable[Stay]) -> int | None:
    """A stay opened by hand before its contracts were sent."""
    return next((stay.pk for stay in free if stay.ended_on is None), None)


def move_in(derived: list[DerivedStay[str]], homes: list[Stay], known: Known) -> None:
    """Each contract and each new exit joins its stay."""
    moved = []
    for stay, each in zip(homes, derived, strict=True):
        for key in each.contracts & known.contracts.keys():
            contract = known.contracts[key]
            if contract.pk is not None and contract.stay_id != stay.pk:
                moved.append(contract)
            contract.stay_id = stay.pk
        for row in known.exits:
            if row.occurred_on == stay.ended_on:
                row.stay_id = stay.pk
    if moved:
        Contract.objects.bulk_update(moved, ["stay"])
