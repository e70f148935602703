"""Groups, structures, conventions."""

from __future__ import annotations

from backend.exchange.importing.context import Context, upsert
from backend.exchange.layout import CONVENTIONS, GROUPS, STRUCTURES
from backend.exchange.reading import Line
from backend.organisations.models import Convention, Group, Organisation


def store_groups(context: Context) -> None:
    """`groupes.csv`."""

    def store(chunk: list[Line]) -> None:
        wanted = {line["id"]: {"name": line["nom"]} for line in chunk}
        upsert(
            context, GROUPS, Group, wanted, context.with_ids(Group, wanted), lambda key: {"external_id": key}
        )

    context.in_chunks(GROUPS, context.rows(GROUPS), store)
    context.ids.clear()


def store_structures(context: Context) -> None:
    """`structures.csv`; a structure may stand outside any group."""

    def store(chunk: list[Line]) -> None:
        wanted = {line["id"]: fields for line in chunk if (fields := _structure(context, line)) is not None}
        upsert(
            context,
            STRUCTURES,
            Organisation,
            wanted,
            context.with_ids(Organisation, wanted),
            lambda key: {"external_id": key},
        )

    context.in_chunks(STRUCTURES, context.rows(STRUCTURES), store)
    context.ids.clear()


def _structure(context: Context, line: Line) -> dict[str, object] | None:
    group_id = None
    if line["groupe_id"]:
        group_id = context.resolve(STRUCTURES, line, "groupe_id", Group)
        if group_id is None:
            return None
    return {
        "name": line["nom"],
        "kind": line["type"],
        "siret": line.text("siret"),
        "group_id": group_id,
        "insee_code": line.text("code_insee"),
        "department": line.text("departement"),
    }


def store_conventions(context: Context) -> None:
    """`conventions.csv`, one line per structure and year."""

    def store(chunk: list[Line]) -> None:
        wanted = {}
        for line in chunk:
            organisation_id = context.resolve(CONVENTIONS, line, "structure_id", Organisation)
            if organisation_id is not None:
                wanted[organisation_id, line["annee"]] = {
                    "fte": line["etp_conventionnes"],
                    "hours_per_fte": line["heures_par_etp"],
                    "dynamic_target": line["objectif_dynamique"],
                    "durable_target": line["objectif_durable"],
                }
        known = Convention.objects.filter(organisation_id__in={key[0] for key in wanted})
        present = {(row.organisation_id, row.year): row for row in known}
        upsert(
            context,
            CONVENTIONS,
            Convention,
            wanted,
            present,
            lambda key: {"organisation_id": key[0], "year": key[1]},
        )

    context.in_chunks(CONVENTIONS, context.rows(CONVENTIONS), store)
