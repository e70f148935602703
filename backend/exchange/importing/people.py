"""People, what was known at their entry, and their PASS IAE."""

from __future__ import annotations

from typing import Any

from backend.exchange.importing.context import Context, upsert
from backend.exchange.layout import CONTRACTS, EXITS, EXITS_TO_COMPLETE, PASSES, PEOPLE, PROFILE_FLAGS
from backend.exchange.reading import Line
from pathways.models import Beneficiary, EntryProfile, IaePass
from pathways.models.beneficiary import searchable_name
from pathways.rules.iae_pass import pass_end

WORK = (CONTRACTS, EXITS, EXITS_TO_COMPLETE)
"""What makes a stay."""

# Column of the bundle → field of the situation at entry.
FLAG_FIELDS = dict(
    zip(
        PROFILE_FLAGS,
        (
            "brsa", "ass", "aah", "rqth", "detld", "deld", "qpv", "zrr", "is_single_parent", "is_refugee",
            "left_detention", "left_ase", "has_no_housing", "has_mobility_trouble", "is_below_a1",
        ),
        strict=True,
    )
)  # fmt: skip


def store_people(context: Context) -> None:
    """`salaries.csv`: the person, then the situation at entry."""

    def store(chunk: list[Line]) -> None:
        wanted = {line["id"]: _person(line) for line in chunk}
        upsert(
            context,
            PEOPLE,
            Beneficiary,
            wanted,
            context.with_ids(Beneficiary, wanted),
            lambda key: {"external_id": key},
        )
        _store_profiles(context, chunk)

    context.in_chunks(PEOPLE, _seen_by_someone(context), store)
    context.ids.clear()


def _seen_by_someone(context: Context) -> list[Line]:
    """People a structure may bring in: a file without any stay would be there and nobody could open it."""
    lines = context.rows(PEOPLE)
    if context.scope is None:
        return lines
    present = set(context.known(Beneficiary))
    present |= {line["salarie_id"] for layout in WORK for line in context.rows(layout)}
    for line in lines:
        if line["id"] not in present:
            problem = "cette personne n’a ni contrat ni sortie dans vos fichiers"
            context.refuse(PEOPLE, line, "id", problem, "Ajoutez une ligne pour elle dans contrats.csv.")
    return [line for line in lines if line["id"] in present]


def _person(line: Line) -> dict[str, Any]:
    return {
        "last_name": line["nom"],
        "first_name": line["prenom"],
        "search_name": searchable_name(line["nom"], line["prenom"]),
        "sex": line.text("sexe"),
        "birth_date": line["date_naissance"],
        "phone": line.text("telephone"),
        "email": line.text("email"),
        "postcode": line.text("code_postal"),
        "insee_code": line.text("code_insee"),
    }


def _store_profiles(context: Context, chunk: list[Line]) -> None:
    """The situation at entry, one line per person, written over when it is sent again."""
    pks = dict(
        context.sent(Beneficiary)
        .filter(external_id__in=[line["id"] for line in chunk])
        .values_list("external_id", "pk")
    )
    EntryProfile.objects.bulk_create(
        [
            EntryProfile(
                beneficiary_id=pks[line["id"]],
                education_level=line.text("niveau_formation"),
                **{field: line[column] for column, field in FLAG_FIELDS.items()},
            )
            for line in chunk
        ],
        update_conflicts=True,
        unique_fields=["beneficiary"],
        update_fields=["education_level", *FLAG_FIELDS.values()],
    )


def store_passes(context: Context) -> None:
    """`pass.csv`: the dates received win; without an end, the State platform's rule gives it (R5132-1-2)."""

    def store(chunk: list[Line]) -> None:
        numbers = [line["numero"] for line in chunk]
        present = {row.number: row for row in IaePass.objects.filter(number__in=numbers)}
        wanted = {}
        for line in chunk:
            known = present.get(line["numero"])
            if fields := _pass(context, line, known):
                wanted[line["numero"]] = fields
        upsert(context, PASSES, IaePass, wanted, present, lambda key: {"number": key})

    context.in_chunks(PASSES, context.rows(PASSES), store)


def _pass(context: Context, line: Line, known: IaePass | None) -> dict[str, Any] | None:
    """What the line says of a PASS; None, and a fault, when it cannot be believed."""
    beneficiary_id = context.resolve(PASSES, line, "salarie_id", Beneficiary)
    if beneficiary_id is None:
        return None
    ends_on = line["date_fin"] or pass_end(line["date_debut"], book=context.book)
    if ends_on < line["date_debut"]:
        context.refuse(PASSES, line, "date_fin", "la fin précède le début", "Vérifiez les deux dates.")
        return None
    if known is not None and known.beneficiary_id != beneficiary_id:
        problem = "ce PASS est déjà enregistré pour une autre personne"
        what_to_do = (
            "Vérifiez le numéro ; si la personne vient d’une autre structure, demandez-lui un relais."
        )
        context.refuse(PASSES, line, "numero", problem, what_to_do)
        return None
    return {"beneficiary_id": beneficiary_id, "starts_on": line["date_debut"], "ends_on": ends_on}
