"""`souhaits.csv`: the hours people want, known by their id, each beside the other wishes of the person."""

from __future__ import annotations

from operator import attrgetter

from django.db.models import QuerySet
from django.utils import timezone

from backend.exchange import cells, values
from backend.exchange.importing.context import Context
from backend.exchange.layout import Column, FileLayout
from backend.exchange.reading import Line
from backend.exchange.structures import place_column
from backend.exchange.values import BadValue
from pathways.enums.wishes import Moment, WishLimit, WishVoice
from pathways.exchange.own_lines import store_own_lines
from pathways.exchange.people import person_column
from pathways.models import HoursWish
from pathways.models.hours_wish import LEAST_HOURS, MOST_HOURS
from pathways.rules.income.wishes import wish_findings
from pathways.selectors.continuity import WishesAround
from pathways.selectors.rule_book import read_book

_moment = values.choice(Moment.values)


def moments(cell: str) -> list[str]:
    """Codes separated by « , », each once, in the order of the week."""
    found = {_moment(code.strip()) for code in cell.split(",") if code.strip()}
    if not found:
        raise BadValue("valeur inconnue", f"Choisissez parmi : {', '.join(Moment.values)}.")
    return [code for code in Moment.values if code in found]


def store_wishes(context: Context) -> None:
    """One line per wish, in the order of the file: taken away again, it is the same."""
    lines = context.rows(WISHES)
    context.in_chunks(WISHES, lines, lambda chunk: _store(context, chunk))
    context.ids.pop(HoursWish._meta.label, None)


def _store(context: Context, chunk: list[Line]) -> None:
    today, book = timezone.localdate(), context.once(read_book)
    store_own_lines(
        context,
        WISHES,
        HoursWish,
        chunk,
        around=WishesAround.of,
        judged=lambda row, around: wish_findings(around.facts(row, today=today), book=book),
    )


def _rows() -> QuerySet[HoursWish]:
    return HoursWish.objects.standing().order_by("pk")


WISHES: FileLayout = FileLayout(
    "souhaits.csv",
    "Les heures que les personnes veulent : combien par semaine, à quels moments, à partir de quand.",
    (
        person_column(),
        Column(
            "id", cells.ID, cells.OWN_ID, write=attrgetter("pk"), is_compulsory=True, refers_to=HoursWish,
            label="Identifiant du souhait",
        ),
        cells.listed("dit_par", "voice", WishVoice, label="Souhait dit par", is_compulsory=True),
        Column("a_partir_du", values.day, cells.DAY, "starts_on", is_compulsory=True, label="Souhait à partir du"),
        Column(
            "heures_semaine", values.number(LEAST_HOURS, MOST_HOURS), "heures voulues par semaine", "weekly_hours",
            is_compulsory=True, label="Heures voulues par semaine",
        ),
        Column(
            "moments", moments, f"codes séparés par « , » : {', '.join(Moment.values)}", "moments",
            label="Moments possibles",
        ),
        cells.listed("pourquoi_pas_plus", "limit", WishLimit, label="Pourquoi pas plus d’heures"),
        place_column(),
    ),
    subject="le souhait",
    key=("id",),
    rows=_rows,
    points_to=("salaries.csv", "structures.csv"),
    store=store_wishes,
    holds=HoursWish,
    placed_by="organisation",
)  # fmt: skip
