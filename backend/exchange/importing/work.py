"""Contracts and exits, and the stays they make; then the hours worked.

Spreadsheets know contracts and exits. A stay is found from them, person by person and structure by
structure (`pathways.rules.stays`), from what the base already holds and what the files bring.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q

from backend.exchange.importing.context import Context, upsert
from backend.exchange.layout import CONTRACTS, EXITS, EXITS_TO_COMPLETE, HOURS, FileLayout
from backend.exchange.reading import Line
from pathways.models import Beneficiary, Contract, Exit, MonthlyHours, Stay
from pathways.rules.stays import DerivedStay, stays_from

Place = tuple[int, int]
"""A person in a structure: (beneficiary id, organisation id)."""


@dataclass(slots=True)
class Work:
    """What the files say of one person in one structure."""

    place: Place
    contracts: dict[str, Line] = field(default_factory=dict)
    exits: dict[date, tuple[FileLayout, Line]] = field(default_factory=dict)


def store_work(context: Context) -> None:
    """`contrats.csv`, `sorties.csv` and `sorties_sans_motif.csv`, together."""
    works = _gather(context)
    # A chunk counts people, each with several lines: keep its transactions short.
    context.in_chunks(CONTRACTS, works, lambda chunk: _store_chunk(context, chunk), size=100)
    context.ids.clear()
    _chain(context)


def _gather(context: Context) -> list[Work]:
    works: dict[Place, Work] = {}
    for line in context.rows(CONTRACTS):
        place = _place(context, CONTRACTS, line)
        if place and _dates_are_fine(context, line) and _place_is_kept(context, line, place):
            works.setdefault(place, Work(place)).contracts[line["id"]] = line
    for layout in (EXITS, EXITS_TO_COMPLETE):
        for line in context.rows(layout):
            if place := _place(context, layout, line):
                works.setdefault(place, Work(place)).exits.setdefault(line["date_sortie"], (layout, line))
    return list(works.values())


def _place(context: Context, layout: FileLayout, line: Line) -> Place | None:
    beneficiary_id = context.resolve(layout, line, "salarie_id", Beneficiary)
    organisation_id = context.organisation(layout, line)
    return (beneficiary_id, organisation_id) if beneficiary_id and organisation_id else None


def _dates_are_fine(context: Context, line: Line) -> bool:
    for column in ("date_fin_prevue", "date_fin"):
        if line[column] and line[column] < line["date_debut"]:
            context.refuse(CONTRACTS, line, column, "la fin précède le début", "Vérifiez les deux dates.")
            return False
    return True


def _place_is_kept(context: Context, line: Line, place: Place) -> bool:
    """A contract never changes person nor structure: that would be another contract."""
    if "contract places" not in context.ids:
        rows = context.sent(Contract).values_list(
            "external_id", "stay__beneficiary_id", "stay__organisation_id"
        )
        context.ids["contract places"] = {key: (person, where) for key, person, where in rows}  # type: ignore[misc]
    known = context.ids["contract places"].get(line["id"])
    if known is not None and known != place:
        problem = "ce contrat est déjà connu pour une autre personne ou une autre structure"
        context.refuse(CONTRACTS, line, "id", problem, "Donnez-lui un identifiant qui n’a pas déjà servi.")
        return False
    return True


def _store_chunk(context: Context, works: list[Work]) -> None:
    known = _known_rows({work.place for work in works})
    for work in works:
        stays, contracts, exits = known[work.place]
        contracts_by_key = {contract.external_id or f"#{contract.pk}": contract for contract in contracts}
        starts = {key: contract.started_on for key, contract in contracts_by_key.items()}
        starts |= {key: line["date_debut"] for key, line in work.contracts.items()}
        days = {exit_.occurred_on for exit_ in exits} | set(work.exits)
        derived = stays_from(starts.items(), days)
        homes = _place_stays(work.place, derived, stays, contracts_by_key)
        _store_contracts(context, work, derived, homes, contracts_by_key)
        _store_exits(context, work, homes, exits)


def _known_rows(places: set[Place]) -> dict[Place, tuple[list[Stay], list[Contract], list[Exit]]]:
    """Stays, contracts and exits already recorded for these people in these structures."""
    scope = Q(
        beneficiary_id__in={person for person, _ in places},
        organisation_id__in={where for _, where in places},
    )
    found: dict[Place, tuple[list[Stay], list[Contract], list[Exit]]] = defaultdict(lambda: ([], [], []))
    places_of: dict[int, Place] = {}
    for stay in Stay.objects.filter(scope).select_for_update(of=("self",)).order_by("started_on", "pk"):
        places_of[stay.pk] = (stay.beneficiary_id, stay.organisation_id)
        found[places_of[stay.pk]][0].append(stay)
    for contract in Contract.objects.filter(stay__in=places_of).order_by("pk"):
        found[places_of[contract.stay_id]][1].append(contract)
    for exit_ in Exit.objects.filter(stay__in=places_of).order_by("pk"):
        found[places_of[exit_.stay_id]][2].append(exit_)
    return found


def _place_stays(
    place: Place, derived: list[DerivedStay[str]], stays: list[Stay], contracts: dict[str, Contract]
) -> list[Stay]:
    """One stay row per derived stay: the row its exit or its contracts already had, else a free one, else a new one."""
    free = {stay.pk: stay for stay in stays}
    homes: list[Stay | None] = [_take(free, _same_exit(stays, each)) for each in derived]
    for index, each in enumerate(derived):
        if homes[index] is None:
            homes[index] = _take(free, _home_of(contracts, each)) or _take(
                free, _still_open(free.values(), each)
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


def _same_exit(stays: list[Stay], derived: DerivedStay[str]) -> int | None:
    if derived.ended_on is None:
        return None
    return next((stay.pk for stay in stays if stay.ended_on == derived.ended_on), None)


def _home_of(contracts: dict[str, Contract], derived: DerivedStay[str]) -> int | None:
    homes = sorted(contracts[key].stay_id for key in derived.contracts if key in contracts)
    return homes[0] if homes else None


def _still_open(free: Iterable[Stay], derived: DerivedStay[str]) -> int | None:
    """A stay opened by hand before its contracts were sent."""
    return next((stay.pk for stay in free if stay.ended_on is None), None)


def _store_contracts(
    context: Context,
    work: Work,
    derived: list[DerivedStay[str]],
    homes: list[Stay],
    present: dict[str, Contract],
) -> None:
    home_of = {key: stay.pk for stay, each in zip(homes, derived, strict=True) for key in each.contracts}
    moved = [contract for key, contract in present.items() if contract.stay_id != home_of[key]]
    for contract in moved:
        contract.stay_id = home_of[contract.external_id or f"#{contract.pk}"]
    if moved:
        Contract.objects.bulk_update(moved, ["stay"])
    wanted = {key: {"stay_id": home_of[key], **_contract(line)} for key, line in work.contracts.items()}
    upsert(context, CONTRACTS, Contract, wanted, present, lambda key: {"external_id": key})


def _contract(line: Line) -> dict[str, Any]:
    return {
        "kind": line["type"],
        "started_on": line["date_debut"],
        "planned_end_on": line["date_fin_prevue"],
        "ended_on": line["date_fin"],
        "weekly_hours": line["heures_hebdo"],
        "rome_code": line.text("code_rome"),
    }


def _store_exits(context: Context, work: Work, homes: list[Stay], present: list[Exit]) -> None:
    stays_by_day = {stay.ended_on: stay.pk for stay in homes if stay.ended_on}
    known = {exit_.occurred_on: exit_ for exit_ in present}
    for layout in (EXITS, EXITS_TO_COMPLETE):
        lines = {on: line for on, (its_layout, line) in work.exits.items() if its_layout is layout}
        wanted = {on: {"stay_id": stays_by_day[on], **_exit(line)} for on, line in lines.items()}
        upsert(context, layout, Exit, wanted, known, lambda on: {"occurred_on": on})


def _exit(line: Line) -> dict[str, Any]:
    return {
        "motive": line.values.get("motif") or "",
        "employer_name": line.text("employeur"),
        "contract_months": line["contrat_duree_mois"],
    }


def _chain(context: Context) -> None:
    """Tie renewals to the first contract of their chain, once every contract is known."""
    renewals = [
        line for line in context.rows(CONTRACTS) if line["contrat_initial_id"] not in (None, line["id"])
    ]
    known = context.known(Contract)
    people = dict(context.sent(Contract).values_list("external_id", "stay__beneficiary_id"))

    def store(chunk: list[Line]) -> None:
        rows = context.with_ids(Contract, [line["id"] for line in chunk])
        changed = []
        for line in chunk:
            row = rows.get(line["id"])
            if row is None:
                continue
            initial = line["contrat_initial_id"]
            if people.get(initial) != people.get(line["id"]):
                problem = "contrat enregistré sans sa chaîne : le contrat initial n’est pas connu pour cette personne"
                context.refuse(
                    CONTRACTS, line, "contrat_initial_id", problem, "Vérifiez l’identifiant, ou laissez vide."
                )
            elif row.initial_id != known[initial]:
                row.initial_id = known[initial]
                changed.append(row)
        Contract.objects.bulk_update(changed, ["initial"], batch_size=200)

    context.in_chunks(CONTRACTS, renewals, store)


def store_hours(context: Context) -> None:
    """`heures.csv`, one line per contract, month and kind of client."""

    def store(chunk: list[Line]) -> None:
        wanted = {}
        for line in chunk:
            contract_id = context.resolve(HOURS, line, "contrat_id", Contract)
            if contract_id is not None:
                wanted[contract_id, line["mois"], line.text("client_type")] = {"hours": line["heures"]}
        rows = MonthlyHours.objects.filter(contract_id__in={key[0] for key in wanted})
        present = {(row.contract_id, row.month, row.client_kind): row for row in rows}
        upsert(
            context,
            HOURS,
            MonthlyHours,
            wanted,
            present,
            lambda key: {"contract_id": key[0], "month": key[1], "client_kind": key[2]},
        )

    context.in_chunks(HOURS, context.rows(HOURS), store)
