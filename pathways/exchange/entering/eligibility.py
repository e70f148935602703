"""`eligibilite.csv`: diagnoses of eligibility, known by their id, with their criteria and the day of each document."""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from backend.core.findings import Finding
from backend.exchange import cells, values
from backend.exchange.importing.context import Context
from backend.exchange.importing.merging import Wanted
from backend.exchange.layout import Column, FileLayout
from backend.exchange.reading import Line
from backend.exchange.structures import structure_column
from backend.exchange.values import BadValue
from backend.organisations.models import Organisation
from pathways.enums import Criterion, DiagnosedBy
from pathways.exchange.people import person_column, person_of
from pathways.exchange.rights import may_be_told, rights_of
from pathways.models import EligibilityDiagnosis
from pathways.rules.eligibility.findings import diagnosis_findings
from pathways.selectors.facts.eligibility import diagnosis_facts
from pathways.selectors.people import births
from pathways.selectors.rule_book import read_book


def criteria(cell: str) -> list[str]:
    """Codes separated by « , », each once, in the order of the list."""
    said = {code.strip().upper() for code in cell.split(",") if code.strip()}
    unknown = said - set(Criterion.values)
    if unknown or not said:
        raise BadValue("critère inconnu", f"Choisissez parmi : {', '.join(Criterion.values)}.")
    return [each.value for each in Criterion if each in said]


def documents(cell: str) -> dict[str, str]:
    """« RSA 2026-11-02, QPV 2026-10-01 »: the day of each document, by criterion."""
    found = {}
    for part in (each.strip() for each in cell.split(",")):
        code, _, written = part.replace(":", " ").partition(" ")
        if code.upper() not in Criterion.values or not written.strip():
            raise BadValue(
                "pièce illisible", "Écrivez un critère puis une date, par exemple « RSA 2026-11-02 »."
            )
        found[code.upper()] = values.day(written.strip()).isoformat()
    return _in_order(found)


def _in_order(found: dict[str, str]) -> dict[str, str]:
    """In the order of the list, whatever the order they were written or stored in: the same pieces read the same."""
    return {each.value: found[each] for each in Criterion if each in found}


def _documents(row: EligibilityDiagnosis) -> dict[str, str]:
    return _in_order(row.documents)


def store_diagnoses(context: Context) -> None:
    """One line per diagnosis."""
    context.in_chunks(ELIGIBILITY, context.rows(ELIGIBILITY), lambda chunk: _store(context, chunk))
    context.ids.pop(EligibilityDiagnosis._meta.label, None)


def _store(context: Context, chunk: list[Line]) -> None:
    rights, today, book = rights_of(context), timezone.localdate(), context.once(read_book)
    people = {line.number: person for line in chunk if (person := person_of(context, ELIGIBILITY, line))}
    lines = [line for line in chunk if line.number in people]
    named = context.with_ids(EligibilityDiagnosis, [line["id"] for line in lines])
    kinds = dict(Organisation.objects.values_list("pk", "kind"))
    born = births(set(people.values()))
    places: dict[Any, int] = {}
    wanted: dict[Any, Wanted] = {}
    present: dict[Any, EligibilityDiagnosis] = {}
    for line in lines:
        key, row = (people[line.number], line["id"]), named.get(line["id"])
        place = context.organisation(ELIGIBILITY, line)
        if place is None or not _may_be_told(context, line, row, key[0], place):
            continue
        if want := context.wanted(ELIGIBILITY, line):
            wanted[key], places[key] = want, place
            if row is not None:
                present[key] = row

    def check(row: EligibilityDiagnosis, key: Any) -> Iterable[Finding]:
        return diagnosis_findings(
            diagnosis_facts(row),
            structure_kind=kinds.get(row.organisation_id, ""),
            today=today,
            book=book,
            born_on=born.get(key[0]),
        )

    context.merge(
        ELIGIBILITY,
        EligibilityDiagnosis,
        wanted,
        present,
        lambda key: {"beneficiary_id": key[0], "external_id": key[1], "organisation_id": places[key]},
        right=lambda row, key, before: rights.person(key[0]),
        check=check,
    ).save()


def _may_be_told(
    context: Context, line: Line, row: EligibilityDiagnosis | None, person: int, organisation_id: int
) -> bool:
    """Whether a diagnosis may be told: of the same person and structure when it is known, and not taken back here."""
    if row is not None and row.beneficiary_id == person and row.organisation_id != organisation_id:
        context.refuse_id(ELIGIBILITY, line, f"{ELIGIBILITY.about} d’une autre structure")
        return False
    return may_be_told(context, ELIGIBILITY, line, row, person)


def _rows() -> QuerySet[EligibilityDiagnosis]:
    return EligibilityDiagnosis.objects.standing().order_by("pk")


ELIGIBILITY: FileLayout = FileLayout(
    "eligibilite.csv",
    "Les diagnostics d’éligibilité : qui les a faits, quand, les critères retenus et la date de chaque pièce vue.",
    (
        person_column(),
        Column(
            "id", cells.ID, cells.OWN_ID, write=attrgetter("pk"), is_compulsory=True,
            refers_to=EligibilityDiagnosis, label="Identifiant du diagnostic",
        ),
        cells.listed("auteur", "made_by", DiagnosedBy, is_compulsory=True, label="Diagnostic fait par"),
        Column(
            "date_diagnostic", values.day, cells.DAY, "made_on", is_compulsory=True, label="Jour du diagnostic"
        ),
        Column(
            "prescripteur", values.text(160), "l’organisme, quand c’est lui qui l’a fait", "prescriber",
            label="Organisme qui a fait le diagnostic",
        ),
        Column(
            "date_declaration", values.day, f"éligibilité déclarée le, {cells.DAY}", "declared_on",
            label="Éligibilité déclarée le",
        ),
        Column(
            "criteres", criteria, f"codes séparés par « , » : {', '.join(Criterion.values)}", "criteria",
            label="Critères d’éligibilité",
        ),
        Column(
            "pieces", documents, "critère et date de la pièce, séparés par « , » : RSA 2026-11-02", "documents",
            write=_documents, label="Pièces vues",
        ),
        structure_column(),
    ),
    subject="le diagnostic d’éligibilité",
    key=("id",),
    rows=_rows,
    points_to=("salaries.csv", "structures.csv"),
    store=store_diagnoses,
    holds=EligibilityDiagnosis,
    placed_by="organisation",
)  # fmt: skip
