"""`visites.csv` and `jours_epargnes.csv`: the rights that follow people, known by their id, each beside the person's others."""

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
from pathways.enums.travelling import SavedFate, SavedKind, VisitKind, VisitPaper, VisitRhythm
from pathways.exchange.own_lines import store_own_lines
from pathways.exchange.people import person_column
from pathways.models import MedicalVisit, SavedDays
from pathways.models.rights.medical_visit import MOST_JOBS
from pathways.models.rights.saved_days import LEAST_DAYS, MOST_DAYS
from pathways.rules.travelling.saved import saved_findings
from pathways.rules.travelling.visits import visit_findings
from pathways.selectors.facts.travelling import SavedAround, VisitsAround
from pathways.selectors.rule_book import read_book


def jobs(cell: str) -> str:
    """Codes of the ROME separated by « , », each once, as the table keeps them."""
    codes = [cells.ROME(code.strip()) for code in cell.split(",") if code.strip()]
    kept = list(dict.fromkeys(codes))
    if not kept or len(kept) > MOST_JOBS:
        raise BadValue(
            "emplois illisibles", f"De 1 à {MOST_JOBS} codes ROME séparés par « , », ou laissez vide."
        )
    return ",".join(kept)


def store_visits(context: Context) -> None:
    """One line per visit, in the order of the file: taken away again, it is the same."""
    context.in_chunks(VISITS, context.rows(VISITS), lambda chunk: _store_visits(context, chunk))
    context.ids.pop(MedicalVisit._meta.label, None)


def _store_visits(context: Context, chunk: list[Line]) -> None:
    today, book = timezone.localdate(), context.once(read_book)
    store_own_lines(
        context,
        VISITS,
        MedicalVisit,
        chunk,
        around=VisitsAround.of,
        judged=lambda row, around: visit_findings(around.facts(row, today=today), book=book),
    )


def store_saved(context: Context) -> None:
    """One line per count, in the order of the file: taken away again, it is the same."""
    context.in_chunks(SAVED, context.rows(SAVED), lambda chunk: _store_saved(context, chunk))
    context.ids.pop(SavedDays._meta.label, None)


def _store_saved(context: Context, chunk: list[Line]) -> None:
    today = timezone.localdate()
    store_own_lines(
        context,
        SAVED,
        SavedDays,
        chunk,
        around=SavedAround.of,
        judged=lambda row, around: saved_findings(around.facts(row, today=today)),
    )


def _visits() -> QuerySet[MedicalVisit]:
    return MedicalVisit.objects.standing().order_by("pk")


def _saved() -> QuerySet[SavedDays]:
    return SavedDays.objects.standing().order_by("pk")


VISITS: FileLayout = FileLayout(
    "visites.csv",
    "Les visites médicales du travail : laquelle, quel jour, quel papier l’employeur a reçu, pour quels emplois. Jamais la santé.",
    (
        person_column(),
        Column(
            "id", cells.ID, cells.OWN_ID, write=attrgetter("pk"), is_compulsory=True, refers_to=MedicalVisit,
            label="Identifiant de la visite",
        ),
        cells.listed("visite", "kind", VisitKind, label="Visite médicale faite", is_compulsory=True),
        Column("faite_le", values.day, cells.DAY, "made_on", is_compulsory=True, label="Visite faite le"),
        cells.listed("suivi", "rhythm", VisitRhythm, label="Suivi médical du travail"),
        cells.listed("papier", "paper", VisitPaper, label="Papier remis à l’employeur", is_compulsory=True),
        Column("service", values.text(160), "service de prévention et de santé au travail", "service", label="Service de prévention et de santé au travail"),
        Column("emplois", jobs, "codes ROME séparés par « , »", "jobs", label="Emplois couverts par la visite"),
        Column("prochaine_avant", values.day, f"date écrite sur le papier, {cells.DAY}", "due_on", label="Prochaine visite avant le"),
        place_column(),
    ),
    subject="la visite médicale",
    key=("id",),
    rows=_visits,
    points_to=("salaries.csv", "structures.csv"),
    store=store_visits,
    holds=MedicalVisit,
    placed_by="organisation",
)  # fmt: skip

SAVED: FileLayout = FileLayout(
    "jours_epargnes.csv",
    "Les jours épargnés : congés non pris, compte épargne-temps, repos ; comptés un jour par la structure qui les doit.",
    (
        person_column(),
        Column(
            "id", cells.ID, cells.OWN_ID, write=attrgetter("pk"), is_compulsory=True, refers_to=SavedDays,
            label="Identifiant du compte de jours",
        ),
        cells.listed("nature", "kind", SavedKind, label="Nature des jours épargnés", is_compulsory=True),
        Column("jours", values.number(LEAST_DAYS, MOST_DAYS), "nombre de jours", "days", is_compulsory=True, label="Jours épargnés"),
        Column("comptes_le", values.day, cells.DAY, "counted_on", is_compulsory=True, label="Jours comptés le"),
        cells.listed("devenir", "fate", SavedFate, label="Ce que deviennent les jours", is_compulsory=True),
        place_column(),
    ),
    subject="le compte de jours",
    key=("id",),
    rows=_saved,
    points_to=("salaries.csv", "contrats.csv", "structures.csv"),
    store=store_saved,
    holds=SavedDays,
    placed_by="organisation",
)  # fmt: skip
