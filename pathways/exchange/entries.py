"""`passages.csv`: entries that no contract tells, a welcome before the first contract or a return without one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from datetime import date
from operator import attrgetter

from django.db.models import QuerySet

from backend.exchange import cells, values
from backend.exchange.importing.context import Context
from backend.exchange.importing.merging import KEPT, KEPT_ADVICE
from backend.exchange.layout import Column, FileLayout
from backend.exchange.reading import Line
from backend.exchange.report import Outcome
from backend.exchange.structures import STRUCTURE_COLUMN, structure_column
from pathways.exchange.people import person_column
from pathways.models import Stay


def take_entries(
    lines: dict[date, Line], stays: list[Stay], entries: dict[str, date], exits: set[date]
) -> list[tuple[Line, Outcome, bool]]:
    """Add to `entries` the first days sent that make or lengthen a stay; what became of each line, and if it is kept.

    `entries` are first days already said, by stay (« entry of 12 »): those are not a file's to move. Of several days
    of one stay to come, the first makes it.
    """
    days, opened, told = sorted(exits), set[int](), []
    for day, line in sorted(lines.items()):
        stay = next((stay for stay in stays if _is_of(stay, day, days)), None)
        said = f"entry of {stay.pk}" in entries if stay is not None else False
        place = bisect_left(days, day)
        outcome = Outcome.ADDED if stay is None else Outcome.CHANGED
        if place in opened or (stay is not None and (stay.started_on <= day or said)):
            outcome = Outcome.UNCHANGED
        else:
            opened.add(place)
            entries[f"entry sent {day}"] = day
        told.append((line, outcome, stay is not None and said and stay.started_on != day))
    return told


def settle_entries(context: Context, told: Iterable[tuple[Line, Outcome, bool]]) -> None:
    """Say what became of each line."""
    for line, outcome, is_kept in told:
        if is_kept:
            context.say(ENTRIES, line, "date_entree", KEPT, KEPT_ADVICE)
        context.report.settle(ENTRIES.name, line.number, outcome)


def _is_of(stay: Stay, day: date, exits: list[date]) -> bool:
    """Whether an entry that day is that stay's: no exit between the two."""
    return bisect_left(exits, day) == bisect_left(exits, stay.started_on)


def _rows() -> QuerySet[Stay]:
    return Stay.objects.order_by("pk")


ENTRIES: FileLayout = FileLayout(
    "passages.csv",
    "Les entrées dans la structure ; utiles pour qui y est accueilli sans contrat, ou avant lui.",
    (
        person_column(),
        structure_column(),
        Column(
            "date_entree",
            values.day,
            cells.DAY,
            write=attrgetter("started_on"),
            tells="started_on",
            is_compulsory=True,
            synonyms=("entrée", "entré(e) le", "date d’accueil", "accueilli(e) le"),
            label="Jour de l’entrée",
        ),
    ),
    subject="l’entrée",
    key=("salarie_id", STRUCTURE_COLUMN, "date_entree"),
    rows=_rows,
    points_to=("salaries.csv", "structures.csv"),
    holds=Stay,
    placed_by="organisation",
    left_out={
        "advisor": "le référent est un membre de l’équipe : il se choisit à l’écran, une fois l’équipe invitée",
        "ended_on": "dite par la sortie : « sorties »",
    },
)
