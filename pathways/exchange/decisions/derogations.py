"""`derogations.csv`: decisions on the contracts of one person in one structure, read before the contracts they allow."""

from __future__ import annotations

from operator import attrgetter

from django.db.models import QuerySet
from django.utils import timezone

from backend.exchange import cells, values
from backend.exchange.importing.context import Context
from backend.exchange.layout import Column, FileLayout
from backend.exchange.reading import Line
from backend.exchange.structures import structure_column
from pathways.enums import Decider, DerogationMotive, OtherEmployer
from pathways.exchange.decisions.answers import answer_columns
from pathways.exchange.own_lines import Fields, store_own_lines
from pathways.exchange.people import person_column
from pathways.models import Derogation
from pathways.selectors.facts.decisions import DerogationsAround
from pathways.selectors.rule_book import read_book


def store_derogations(context: Context) -> None:
    """One line per decision, in the order of the file."""
    context.in_chunks(DEROGATIONS, context.rows(DEROGATIONS), lambda chunk: _store(context, chunk))
    context.ids.pop(Derogation._meta.label, None)


def _store(context: Context, chunk: list[Line]) -> None:
    today, book = timezone.localdate(), context.once(read_book)

    def filed(line: Line, person: int, row: Derogation | None) -> Fields | None:
        place = context.organisation(DEROGATIONS, line)
        return None if place is None else {"beneficiary_id": person, "organisation_id": place}

    store_own_lines(
        context,
        DEROGATIONS,
        Derogation,
        chunk,
        around=DerogationsAround.of,
        judged=lambda row, around: around.findings(row, today=today, book=book),
        filed=filed,
        right=lambda rights, row, person: rights.derogation(row),
    )


def _rows() -> QuerySet[Derogation]:
    return Derogation.objects.standing().order_by("pk")


DEROGATIONS: FileLayout = FileLayout(
    "derogations.csv",
    "Les dérogations sur les contrats d’une personne dans une structure : demandées, accordées ou refusées, et leurs jours.",
    (
        person_column(),
        Column(
            "id", cells.ID, cells.OWN_ID, write=attrgetter("pk"), is_compulsory=True, refers_to=Derogation,
            label="Identifiant de la dérogation",
        ),
        cells.listed("motif", "motive", DerogationMotive, is_compulsory=True, label="Motif de la dérogation"),
        cells.listed("decidee_par", "decider", Decider, is_compulsory=True, label="Dérogation décidée par"),
        Column("date_debut", values.day, cells.DAY, "starts_on", is_compulsory=True, label="Début de la dérogation"),
        Column("date_fin", values.day, cells.DAY, "ends_on", label="Fin de la dérogation"),
        cells.listed("autre_employeur", "other_employer", OtherEmployer, label="Autre employeur d’un cumul"),
        Column(
            "fin_formation", values.day, f"dernier jour de la formation en cours, {cells.DAY}", "training_ends_on",
            label="Fin de la formation qui la permet",
        ),
        *answer_columns("la dérogation"),
        structure_column(),
    ),
    subject="la dérogation",
    key=("id",),
    rows=_rows,
    points_to=("salaries.csv", "structures.csv"),
    store=store_derogations,
    holds=Derogation,
    placed_by="organisation",
)  # fmt: skip
