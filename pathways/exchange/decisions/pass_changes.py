"""`suspensions.csv` and `prolongations.csv`: what moves the end of a PASS IAE, known by the PASS and an id of its own.

An end that the same file tells wins, as the dates of the State platform do (art. R5132-1-2): the others follow their
changes by as many days as these add (R16), unless the end already known counts them.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from operator import attrgetter

from django.db.models import QuerySet
from django.utils import timezone

from backend.core.values.dates import french_date
from backend.exchange import cells, values
from backend.exchange.importing.context import Context
from backend.exchange.layout import EMPTIED, Column, FileLayout
from backend.exchange.reading import Line
from backend.exchange.structures import structure_column
from pathways.enums import ProlongationMotive, SuspensionMotive
from pathways.exchange.decisions.answers import answer_columns
from pathways.exchange.own_lines import Fields, store_own_lines
from pathways.exchange.passes import NUMBER, PASSES
from pathways.exchange.people import person_column
from pathways.models import IaePass, PassProlongation, PassSuspension
from pathways.selectors.facts.decisions import Change, PassesAround
from pathways.selectors.rule_book import read_book

_UNKNOWN = "ce PASS n’est pas connu pour cette personne"
_UNKNOWN_ADVICE = "Vérifiez son numéro, ou ajoutez sa ligne dans « pass »."
_TO_WHO_TYPES = {"suspension_told_late"}
"""A file tells what the platform may have been told in its day."""
_Told = tuple[str, str]
"""A person and the number of a PASS, as the file names them."""


def store_suspensions(context: Context) -> None:
    """One line per suspension, in the order of the file."""
    _store_all(context, SUSPENSIONS, PassSuspension)


def store_prolongations(context: Context) -> None:
    """One line per request, in the order of the file."""
    _store_all(context, PROLONGATIONS, PassProlongation)


def _store_all(context: Context, layout: FileLayout, model: type[Change]) -> None:
    lines = context.rows(layout)
    context.in_chunks(layout, lines, partial(_store, context, layout, model))
    context.ids.pop(model._meta.label, None)


def _store(context: Context, layout: FileLayout, model: type[Change], chunk: list[Line]) -> None:
    today, book = timezone.localdate(), context.once(read_book)
    passes = {
        (iae.beneficiary_id, iae.number): iae
        for iae in IaePass.objects.select_for_update().filter(number__in={line["numero"] for line in chunk})
    }
    told = context.once(_ends_told, context)
    follow: dict[int, tuple[IaePass, Line]] = {}

    def filed(line: Line, person: int, row: Change | None) -> Fields | None:
        """The PASS of the line; one whose number was corrected here is known by the row itself."""
        iae = passes.get((person, line["numero"])) or (row.iae_pass if row is not None else None)
        if iae is None:
            context.refuse(layout, line, "numero", _UNKNOWN, _UNKNOWN_ADVICE)
            return None
        if (line["salarie_id"], line["numero"]) not in told:
            follow[iae.pk] = iae, line
        place = context.organisation(layout, line)
        return None if place is None else {"iae_pass_id": iae.pk, "organisation_id": place}

    around: PassesAround = store_own_lines(
        context,
        layout,
        model,
        chunk,
        around=PassesAround.of,
        judged=lambda row, around: [
            found for found in around.findings(row, today=today, book=book) if found.code not in _TO_WHO_TYPES
        ],
        filed=filed,
        right=lambda rights, row, person: rights.pass_change(person),
    )
    for iae, line in follow.values():
        after = around.now(iae.pk)
        end = around.read[iae.pk].end_with(after, book=book)
        if end != iae.ends_on:
            iae.ends_on = end
            iae.save(update_fields=["ends_on"])
            problem = f"la fin du PASS suit, et devient le {french_date(end)}"
            context.say(
                layout,
                line,
                "numero",
                problem,
                "Rien à faire si elle est juste ; sinon, écrivez-la dans « pass ».",
            )


def _ends_told(context: Context) -> Collection[_Told]:
    """The PASS whose end this file tells itself."""
    return {
        (line["salarie_id"], line["numero"])
        for line in context.rows(PASSES)
        if line["date_fin"] not in (None, EMPTIED)
    }


def _suspensions() -> QuerySet[PassSuspension]:
    return PassSuspension.objects.standing().select_related("iae_pass").order_by("pk")


def _prolongations() -> QuerySet[PassProlongation]:
    return PassProlongation.objects.standing().select_related("iae_pass").order_by("pk")


def _number_column(about: str) -> Column:
    return Column(
        "numero", NUMBER, "les 12 caractères du PASS", write=attrgetter("iae_pass.number"), is_compulsory=True,
        tells="iae_pass", label=f"Numéro du PASS {about}",
    )  # fmt: skip


SUSPENSIONS: FileLayout = FileLayout(
    "suspensions.csv",
    "Les suspensions des PASS IAE : leur motif et leurs jours, tous deux compris.",
    (
        person_column(),
        Column(
            "id", cells.ID, cells.OWN_ID, write=attrgetter("pk"), is_compulsory=True, refers_to=PassSuspension,
            label="Identifiant de la suspension",
        ),
        _number_column("suspendu"),
        cells.listed("motif", "motive", SuspensionMotive, is_compulsory=True, label="Motif de la suspension"),
        Column("date_debut", values.day, cells.DAY, "starts_on", is_compulsory=True, label="Début de la suspension"),
        Column("date_fin", values.day, cells.DAY, "ends_on", is_compulsory=True, label="Fin de la suspension"),
        structure_column(),
    ),
    subject="la suspension du PASS",
    key=("id",),
    rows=_suspensions,
    points_to=("salaries.csv", "structures.csv"),
    store=store_suspensions,
    holds=PassSuspension,
    placed_by="organisation",
)  # fmt: skip

PROLONGATIONS: FileLayout = FileLayout(
    "prolongations.csv",
    "Les prolongations demandées pour les PASS IAE, et leur réponse.",
    (
        person_column(),
        Column(
            "id", cells.ID, cells.OWN_ID, write=attrgetter("pk"), is_compulsory=True, refers_to=PassProlongation,
            label="Identifiant de la prolongation",
        ),
        _number_column("prolongé"),
        cells.listed("motif", "motive", ProlongationMotive, is_compulsory=True, label="Motif de la prolongation"),
        Column("date_debut", values.day, f"fin du PASS au jour de la demande, {cells.DAY}", "starts_on", is_compulsory=True, label="Fin du PASS avant la prolongation"),
        Column("date_fin", values.day, f"fin demandée, {cells.DAY}", "ends_on", is_compulsory=True, label="Fin du PASS après la prolongation"),
        Column("prescripteur", values.text(160), "qui doit répondre, ou l’a fait", "prescriber", label="Prescripteur de la prolongation"),
        *answer_columns("la prolongation"),
        structure_column(),
    ),
    subject="la prolongation du PASS",
    key=("id",),
    rows=_prolongations,
    points_to=("salaries.csv", "structures.csv"),
    store=store_prolongations,
    holds=PassProlongation,
    placed_by="organisation",
)  # fmt: skip
