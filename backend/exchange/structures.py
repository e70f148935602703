"""The files about structures: groups, structures, and what they agreed with the State each year."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from backend.exchange import cells, values
from backend.exchange.importing.merging import anybody
from backend.exchange.layout import Column, FileLayout
from backend.organisations.enums import StructureKind
from backend.organisations.models import Convention, Group, Organisation
from backend.organisations.models.structure import LEAST_DAYS, MOST_DAYS

if TYPE_CHECKING:
    from backend.exchange.importing.context import Context
    from backend.exchange.reading import Line

STRUCTURE_COLUMN = "structure_id"
"""The column that names a structure: a structure that sends its own files needs none."""


def _all(model: Any, *related: str) -> Callable[[], Iterable[Any]]:
    return lambda: model._default_manager.select_related(*related).order_by("pk").iterator(chunk_size=2_000)


def _store_groups(context: Context) -> None:
    context.store_named(GROUPS, Group)


def _store_structures(context: Context) -> None:
    context.store_named(STRUCTURES, Organisation)


def _store_conventions(context: Context) -> None:
    """One line per structure and year."""

    def store(chunk: list[Line]) -> None:
        wanted = {}
        for line in chunk:
            organisation_id = context.resolve(CONVENTIONS, line, CONVENTIONS.column(STRUCTURE_COLUMN))
            want = context.wanted(CONVENTIONS, line)
            if organisation_id is not None and want is not None:
                wanted[organisation_id, line["annee"]] = want
        known = Convention.objects.select_for_update().filter(organisation_id__in={key[0] for key in wanted})
        present = {(row.organisation_id, row.year): row for row in known}
        context.merge(
            CONVENTIONS,
            Convention,
            wanted,
            present,
            lambda key: {"organisation_id": key[0], "year": key[1]},
            right=anybody,
        ).save()

    context.in_chunks(CONVENTIONS, context.rows(CONVENTIONS), store)


def place_column() -> Column:
    """Where what a line tells was said or seen; a structure that sends its own files is that place."""
    return Column(
        STRUCTURE_COLUMN,
        cells.ID,
        "la structure où cela s’est passé, si elle est connue",
        "organisation_id",
        refers_to=Organisation,
    )


GROUPS = FileLayout(
    "groupes.csv",
    "Les groupes qui réunissent plusieurs structures.",
    (
        Column("id", cells.ID, cells.OWN_ID, write=attrgetter("pk"), is_compulsory=True, refers_to=Group),
        Column("nom", values.text(160), "nom du groupe", "name", is_compulsory=True),
    ),
    key=("id",),
    rows=_all(Group),
    holds=Group,
    store=_store_groups,
)
STRUCTURES = FileLayout(
    "structures.csv",
    "Les structures, une par convention.",
    (
        Column(
            "id", cells.ID, cells.OWN_ID, write=attrgetter("pk"), is_compulsory=True, refers_to=Organisation
        ),
        Column("nom", values.text(160), "nom de la structure", "name", is_compulsory=True),
        Column(
            "type",
            values.choice(StructureKind.values),
            ", ".join(StructureKind.values),
            "kind",
            is_compulsory=True,
        ),
        Column("siret", cells.SIRET, "14 chiffres", "siret"),
        Column(
            "groupe_id",
            cells.ID,
            "l’identifiant du groupe dans « groupes »",
            "group_id",
            refers_to=Group,
        ),
        Column("code_insee", cells.INSEE, "code commune, cinq caractères", "insee_code"),
        Column("departement", values.text(3), "numéro du département", "department"),
        Column("telephone", values.phone, "le numéro que les employeurs lisent", "phone"),
        Column(
            "entretien_jours",
            values.whole(LEAST_DAYS, MOST_DAYS),
            f"un entretien au moins tous les … jours, de {LEAST_DAYS} à {MOST_DAYS}",
            "interview_every_days",
        ),
    ),
    key=("id",),
    rows=_all(Organisation),
    holds=Organisation,
    left_out={
        "is_caseload_shared": "ouvre des dossiers : cela se décide à l’écran, par qui les lit (décision 0009)"
    },
    store=_store_structures,
)
CONVENTIONS = FileLayout(
    "conventions.csv",
    "Ce que chaque structure a convenu avec l’État, année par année.",
    (
        Column(
            STRUCTURE_COLUMN,
            cells.ID,
            cells.STRUCTURE_ID,
            write=attrgetter("organisation_id"),
            is_compulsory=True,
            refers_to=Organisation,
        ),
        Column(
            "annee",
            values.whole(2000, 2100),
            "année civile",
            write=attrgetter("year"),
            is_compulsory=True,
            tells="year",
        ),
        Column("etp_conventionnes", values.number(0, 99_999), "postes conventionnés, en ETP", "fte"),
        Column("heures_par_etp", values.number(1, 3_000), "heures d’un ETP dans l’année", "hours_per_fte"),
        Column(
            "objectif_dynamique", cells.RATE, "objectif de sorties dynamiques, de 0 à 1", "dynamic_target"
        ),
        Column("objectif_durable", cells.RATE, "objectif d’emploi durable, de 0 à 1", "durable_target"),
    ),
    key=(STRUCTURE_COLUMN, "annee"),
    rows=_all(Convention),
    holds=Convention,
    points_to=("structures.csv",),
    store=_store_conventions,
)
FILES = (GROUPS, STRUCTURES, CONVENTIONS)
"""Files of the frame: a structure never sends them."""
