"""`formations.csv`: trainings, known by their id, each judged among all those of the person."""

from __future__ import annotations

from operator import attrgetter

from django.db.models import QuerySet
from django.utils import timezone

from backend.exchange import cells, values
from backend.exchange.importing.context import Context
from backend.exchange.layout import Column, FileLayout
from backend.exchange.reading import Line
from backend.exchange.structures import place_column
from pathways.enums.trainings import (
    TrainingDecider,
    TrainingFunder,
    TrainingKind,
    TrainingOutcome,
    TrainingStop,
    TrainingTime,
)
from pathways.exchange.naming import titles_outside
from pathways.exchange.own_lines import store_own_lines
from pathways.exchange.people import person_column
from pathways.models import Training
from pathways.models.training import MOST_DAYS, MOST_HOURS
from pathways.rules.trainings import training_findings
from pathways.selectors.outside.training_facts import TrainingsAround


def store_trainings(context: Context) -> None:
    """One line per training, in the order of the file: taken away again, it is the same."""
    lines = context.rows(TRAININGS)
    context.in_chunks(TRAININGS, lines, lambda chunk: _store(context, chunk))
    context.ids.pop(Training._meta.label, None)


def _store(context: Context, chunk: list[Line]) -> None:
    today = timezone.localdate()
    store_own_lines(
        context,
        TRAININGS,
        Training,
        chunk,
        around=TrainingsAround.of,
        judged=lambda row, around: training_findings(around.facts(row, today=today)),
    )


def _rows() -> QuerySet[Training]:
    return Training.objects.standing().order_by("pk")


TRAININGS: FileLayout = FileLayout(
    "formations.csv",
    "Les formations : laquelle, avec qui, quels jours, qui la paie, et comment elle s’est terminée.",
    (
        person_column(),
        Column(
            "id", cells.ID, cells.OWN_ID, write=attrgetter("pk"), is_compulsory=True, refers_to=Training,
            label="Identifiant de la formation",
        ),
        Column("intitule", values.text(160), "son nom", "title", is_compulsory=True, label="Intitulé de la formation", synonyms=titles_outside.TRAINING["intitule"]),
        Column("organisme", values.text(160), "qui forme", "provider", label="Organisme de formation", synonyms=titles_outside.TRAINING["organisme"]),
        cells.listed("type", "kind", TrainingKind, label="Type de formation", is_compulsory=True),
        Column(
            "certification", cells.CERTIFICATION, "code au répertoire national, RNCP ou RS", "certification_code",
            label="Certification préparée",
        ),
        Column("habilitation", values.text(120), "l’habilitation ou le permis préparé", "licence", label="Habilitation préparée"),
        cells.listed("financement", "funder", TrainingFunder, label="Financement de la formation"),
        cells.listed("temps", "time", TrainingTime, label="Temps de travail ou non"),
        cells.listed("choisie_par", "decided_by", TrainingDecider, label="Formation choisie par"),
        Column("date_debut", values.day, cells.DAY, "started_on", is_compulsory=True, label="Premier jour de la formation", synonyms=titles_outside.TRAINING["date_debut"]),
        Column("date_fin_prevue", values.day, cells.DAY, "planned_end_on", is_compulsory=True, label="Fin prévue de la formation", synonyms=titles_outside.TRAINING["date_fin_prevue"]),
        Column("jours_prevus", values.whole(0, MOST_DAYS), "jours de formation prévus", "planned_days", label="Jours de formation prévus"),
        Column("heures_prevues", values.number(0, MOST_HOURS), "heures prévues", "planned_hours", label="Heures de formation prévues", synonyms=titles_outside.TRAINING["heures_prevues"]),
        Column("date_fin", values.day, f"fin réelle, {cells.DAY}", "ended_on", label="Fin réelle de la formation"),
        Column("jours_suivis", values.whole(0, MOST_DAYS), "jours suivis", "done_days", label="Jours de formation suivis"),
        Column("heures_suivies", values.number(0, MOST_HOURS), "heures suivies", "done_hours", label="Heures de formation suivies"),
        cells.listed("issue", "outcome", TrainingOutcome, label="Issue de la formation"),
        cells.listed("raison_arret", "stop_reason", TrainingStop, label="Raison de l’arrêt"),
        Column("date_certificat", values.day, f"jour du certificat, {cells.DAY}", "certified_on", label="Date du certificat"),
        place_column(),
    ),
    subject="la formation",
    key=("id",),
    rows=_rows,
    points_to=("salaries.csv", "structures.csv"),
    store=store_trainings,
    holds=Training,
    placed_by="organisation",
)  # fmt: skip
