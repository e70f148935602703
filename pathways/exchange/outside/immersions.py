"""`immersions.csv`: conventions of PMSMP, known by their id, each judged among all those of the person."""

from __future__ import annotations

from operator import attrgetter

from django.db.models import F, QuerySet
from django.utils import timezone

from backend.core.findings import Finding
from backend.exchange import cells, values
from backend.exchange.importing.context import Context
from backend.exchange.importing.merging import Wanted
from backend.exchange.layout import Column, FileLayout
from backend.exchange.reading import Line
from backend.exchange.structures import place_column
from backend.organisations.models import Organisation
from pathways.enums import ImmersionPrescriber, ImmersionPurpose
from pathways.exchange.naming import titles_outside
from pathways.exchange.own_lines import store_own_lines
from pathways.exchange.people import person_column
from pathways.models import Immersion
from pathways.rules.immersions import immersion_findings, review_findings
from pathways.selectors.outside.immersion_facts import ImmersionsAround
from pathways.selectors.rule_book import read_book


def store_immersions(context: Context) -> None:
    """One line per convention: the first ones, then their renewals, which point to them."""
    lines = context.rows(IMMERSIONS)
    first = [line for line in lines if not line["renouvelle_id"]]
    then = [line for line in lines if line["renouvelle_id"]]
    context.in_chunks(IMMERSIONS, first, lambda chunk: _store(context, chunk))
    context.ids.pop(Immersion._meta.label, None)
    context.in_chunks(IMMERSIONS, then, lambda chunk: _store(context, chunk))
    context.ids.pop(Immersion._meta.label, None)


def _store(context: Context, chunk: list[Line]) -> None:
    today, book = timezone.localdate(), context.once(read_book)
    renewed, kinds = _renewed(context, chunk), dict(Organisation.objects.values_list("pk", "kind"))

    def judged(row: Immersion, around: ImmersionsAround) -> list[Finding]:
        facts = around.facts(row, today=today, structure_kind=kinds.get(row.organisation_id or 0, ""))
        found = immersion_findings(facts, book=book)
        if row.reviewed_on is not None:
            found += review_findings(
                reviewed_on=row.reviewed_on,
                started_on=row.started_on,
                today=today,
                has_words=bool(row.tutor_review or row.person_review),
            )
        return found

    def completed(line: Line, want: Wanted, person: int) -> bool:
        """The convention that this one renews, told to be empty or known of the same person."""
        if line["renouvelle_id"]:
            if not _follows(context, line, renewed, person):
                return False
            want.values[IMMERSIONS.column("renouvelle_id")] = renewed[line["renouvelle_id"]].pk
        elif line.values["renouvelle_id"] is not None:
            want.values[IMMERSIONS.column("renouvelle_id")] = line.values["renouvelle_id"]
        return True

    store_own_lines(
        context, IMMERSIONS, Immersion, chunk, around=ImmersionsAround.of, judged=judged, completed=completed
    )


def _renewed(context: Context, lines: list[Line]) -> dict[str, Immersion]:
    """The conventions that these lines renew, by their id."""
    return context.with_ids(Immersion, [line["renouvelle_id"] for line in lines if line["renouvelle_id"]])


def _follows(context: Context, line: Line, renewed: dict[str, Immersion], person: int) -> bool:
    first = renewed.get(line["renouvelle_id"])
    if first is not None and first.beneficiary_id == person and first.external_id != line["id"]:
        return True
    problem = "la convention renouvelée n’est pas connue pour cette personne"
    context.refuse(
        IMMERSIONS, line, "renouvelle_id", problem, "Vérifiez son identifiant, ou envoyez-la avec celle-ci."
    )
    return False


def _rows() -> QuerySet[Immersion]:
    """As they come in again: the first conventions, then those that renew one."""
    return Immersion.objects.standing().order_by(F("renews_id").asc(nulls_first=True), "pk")


IMMERSIONS: FileLayout = FileLayout(
    "immersions.csv",
    "Les immersions (PMSMP) : chez qui, pour quoi, quels jours, et ce qui en a été dit.",
    (
        person_column(),
        Column(
            "id", cells.ID, cells.OWN_ID, write=attrgetter("pk"), is_compulsory=True, refers_to=Immersion,
            label="Identifiant de l’immersion",
        ),
        cells.listed(
            "prescripteur", "prescriber", ImmersionPrescriber, is_compulsory=True, label="Prescripteur de l’immersion",
        ),
        Column("employeur", values.text(160), "chez qui", "host_name", is_compulsory=True, label="Lieu d’accueil", synonyms=titles_outside.IMMERSION["employeur"]),
        Column("commune", values.text(120), "où", "host_town", label="Commune de l’immersion"),
        Column("siret", cells.SIRET, "14 chiffres", "host_siret", label="SIRET du lieu d’accueil"),
        Column("tuteur", values.text(160), "nom du tuteur", "tutor_name", label="Tuteur", synonyms=titles_outside.IMMERSION["tuteur"]),
        Column("tuteur_fonction", values.text(120), "fonction du tuteur", "tutor_role", label="Fonction du tuteur"),
        cells.listed("objet", "purpose", ImmersionPurpose, is_compulsory=True, label="Objet de l’immersion"),
        Column(
            "objectifs", values.text(400), "en quelques mots", "objectives", is_compulsory=True, label="Objectifs de l’immersion",
        ),
        Column("date_debut", values.day, cells.DAY, "started_on", is_compulsory=True, label="Premier jour de l’immersion", synonyms=titles_outside.IMMERSION["date_debut"]),
        Column("date_fin_prevue", values.day, cells.DAY, "planned_end_on", is_compulsory=True, label="Fin prévue de l’immersion", synonyms=titles_outside.IMMERSION["date_fin_prevue"]),
        Column("date_fin", values.day, f"fin anticipée, {cells.DAY}", "ended_on", label="Fin anticipée de l’immersion"),
        Column("heures", values.number(0, 400), "heures en tout", "hours", label="Heures de l’immersion"),
        Column(
            "renouvelle_id",
            cells.ID,
            "l’identifiant de la convention renouvelée",
            "renews_id",
            refers_to=Immersion,
            is_late=True,
        ),
        Column("bilan_le", values.day, f"jour du bilan, {cells.DAY}", "reviewed_on", label="Jour du bilan"),
        Column(
            "bilan_tuteur", values.text(2_000), "ce qu’en dit le tuteur", "tutor_review", is_long_text=True, label="Bilan du tuteur",
        ),
        Column(
            "bilan_personne", values.text(2_000), "ce qu’en dit la personne", "person_review", is_long_text=True,
            label="Bilan de la personne",
        ),
        place_column(),
    ),
    subject="l’immersion",
    key=("id",),
    rows=_rows,
    points_to=("salaries.csv", "structures.csv"),
    store=store_immersions,
    holds=Immersion,
    placed_by="organisation",
)  # fmt: skip
