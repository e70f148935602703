"""`immersions.csv`: conventions of PMSMP, known by their id, each judged among all those of the person."""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter
from typing import Any

from django.utils import timezone

from backend.core.findings import Finding
from backend.core.values.text import normalise
from backend.exchange import cells, values
from backend.exchange.importing.context import Context
from backend.exchange.importing.merging import Wanted
from backend.exchange.layout import Column, FileLayout
from backend.exchange.reading import Line
from backend.exchange.structures import place_column
from backend.organisations.models import Organisation
from pathways.enums import ImmersionPrescriber, ImmersionPurpose
from pathways.exchange.people import person_column, person_of
from pathways.exchange.rights import rights_of
from pathways.models import Immersion
from pathways.rules.immersions import immersion_findings, review_findings
from pathways.selectors.outside.immersion_facts import ImmersionsAround
from pathways.selectors.rule_book import read_book


def store_immersions(context: Context) -> None:
    """One line per convention: the first ones, then their renewals, which point to them."""
    lines = sorted(context.rows(IMMERSIONS), key=lambda line: (line["date_debut"], line.number))
    first = [line for line in lines if not line["renouvelle_id"]]
    then = [line for line in lines if line["renouvelle_id"]]
    context.in_chunks(IMMERSIONS, first, lambda chunk: _store(context, chunk))
    context.ids.pop(Immersion._meta.label, None)
    context.in_chunks(IMMERSIONS, then, lambda chunk: _store(context, chunk))
    context.ids.pop(Immersion._meta.label, None)


def _store(context: Context, chunk: list[Line]) -> None:
    rights, today, book = rights_of(context), timezone.localdate(), context.once(read_book)
    people = {line.number: person for line in chunk if (person := person_of(context, IMMERSIONS, line))}
    lines = [line for line in chunk if line.number in people]
    named = context.with_ids(Immersion, [line["id"] for line in lines])
    around = ImmersionsAround.of(set(people.values()))
    renewed = _renewed(context, lines)
    wanted: dict[Any, Wanted] = {}
    present: dict[Any, Immersion] = {}
    for line in lines:
        key, row = (people[line.number], line["id"]), named.get(line["id"])
        if row is not None and not _may_be_told(context, line, row, key[0]):
            continue
        want = context.wanted(IMMERSIONS, line)
        if want is None or (line["renouvelle_id"] and not _follows(context, line, renewed, key[0])):
            continue
        if line["renouvelle_id"]:
            want.values[IMMERSIONS.column("renouvelle_id")] = renewed[line["renouvelle_id"]].pk
        elif line.values["renouvelle_id"] is not None:  # told to be empty
            want.values[IMMERSIONS.column("renouvelle_id")] = line.values["renouvelle_id"]
        wanted[key] = want
        if row is not None:
            present[key] = row
    kinds = dict(Organisation.objects.values_list("pk", "kind"))

    def check(row: Immersion, key: Any) -> Iterable[Finding]:
        """Lines of one file are told of each other: what this one leaves is there for the next."""
        facts = around.facts(row, today=today, structure_kind=kinds.get(row.organisation_id or 0, ""))
        found = immersion_findings(facts, book=book)
        if row.reviewed_on is not None:
            found += review_findings(
                reviewed_on=row.reviewed_on,
                started_on=row.started_on,
                today=today,
                has_words=bool(row.tutor_review or row.person_review),
            )
        if not any(finding.is_contradiction for finding in found):
            around.put(row)
        return found

    context.merge(
        IMMERSIONS,
        Immersion,
        wanted,
        present,
        lambda key: {"beneficiary_id": key[0], "external_id": key[1], **context.author_place},
        right=lambda row, key, before: rights.person(key[0]),
        check=check,
    ).save()


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


def _may_be_told(context: Context, line: Line, row: Immersion, person: int) -> bool:
    """Whether a known convention may still be told by a file: of the same person, and not taken back here."""
    if row.beneficiary_id != person:
        problem = "cette immersion est déjà connue pour une autre personne"
        context.refuse(IMMERSIONS, line, "id", problem, "Donnez-lui un identifiant qui n’a pas déjà servi.")
        return False
    return not context.stays_cancelled(IMMERSIONS, line, row)


def _rows() -> Iterable[Immersion]:
    return Immersion.objects.standing().order_by("pk").iterator(chunk_size=2_000)


def _words(choices: Iterable[tuple[Any, Any]]) -> dict[str, str]:
    return {normalise(str(label)): value for value, label in choices}


IMMERSIONS: FileLayout = FileLayout(
    "immersions.csv",
    "Les immersions (PMSMP) : chez qui, pour quoi, quels jours, et ce qui en a été dit.",
    (
        person_column(),
        Column(
            "id", cells.ID, cells.OWN_ID, write=attrgetter("pk"), is_compulsory=True, refers_to=Immersion
        ),
        Column(
            "prescripteur", values.choice(ImmersionPrescriber.values), ", ".join(ImmersionPrescriber.values),
            "prescriber", is_compulsory=True, words=_words(ImmersionPrescriber.choices),
        ),
        Column("employeur", values.text(160), "chez qui", "host_name", is_compulsory=True),
        Column("commune", values.text(120), "où", "host_town"),
        Column("siret", cells.SIRET, "14 chiffres", "host_siret"),
        Column("tuteur", values.text(160), "nom du tuteur", "tutor_name"),
        Column("tuteur_fonction", values.text(120), "fonction du tuteur", "tutor_role"),
        Column(
            "objet", values.choice(ImmersionPurpose.values), ", ".join(ImmersionPurpose.values), "purpose",
            is_compulsory=True, words=_words(ImmersionPurpose.choices),
        ),
        Column("objectifs", values.text(400), "en quelques mots", "objectives", is_compulsory=True),
        Column("date_debut", values.day, cells.DAY, "started_on", is_compulsory=True),
        Column("date_fin_prevue", values.day, cells.DAY, "planned_end_on", is_compulsory=True),
        Column("date_fin", values.day, f"fin anticipée, {cells.DAY}", "ended_on"),
        Column("heures", values.number(0, 400), "heures en tout", "hours"),
        Column(
            "renouvelle_id",
            cells.ID,
            "l’identifiant de la convention renouvelée",
            "renews_id",
            refers_to=Immersion,
            is_late=True,
        ),
        Column("bilan_le", values.day, f"jour du bilan, {cells.DAY}", "reviewed_on"),
        Column("bilan_tuteur", values.text(2_000), "ce qu’en dit le tuteur", "tutor_review", is_long_text=True),
        Column(
            "bilan_personne", values.text(2_000), "ce qu’en dit la personne", "person_review", is_long_text=True
        ),
        place_column(),
    ),
    key=("id",),
    rows=_rows,
    points_to=("salaries.csv", "structures.csv"),
    store=store_immersions,
    holds=Immersion,
    placed_by="organisation",
)  # fmt: skip
