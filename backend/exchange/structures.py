"""The files about structures: groups, structures, and what they agreed with the State each year."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils import timezone

from backend.core.findings import Finding
from backend.exchange import cells, registry, values
from backend.exchange.importing.merging import Right, anybody
from backend.exchange.layout import Column, FileLayout
from backend.organisations.enums import GroupKind, StructureKind
from backend.organisations.models import Belonging, Convention, Group, Organisation
from backend.organisations.models.structure import LEAST_DAYS, MOST_DAYS

if TYPE_CHECKING:
    from backend.exchange.importing.context import Context
    from backend.exchange.reading import Line

STRUCTURE_COLUMN = "structure_id"
"""The column that names a structure: a structure that sends its own files needs none."""


def _all(model: Any, *related: str) -> Callable[[], QuerySet[Any]]:
    return lambda: model._default_manager.select_related(*related).order_by("pk")


def _store_named(
    context: Context,
    layout: FileLayout,
    model: Any,
    *,
    right: Right = anybody,
    stands: Callable[[Line], bool] = lambda line: True,
) -> None:
    """Store a file of the operator's whose lines are known by their id and hold nothing else to arrange.

    `stands` refuses, before anything is written, a line that would leave half of what it says.
    """

    def store(chunk: list[Line]) -> None:
        wanted = {
            line["id"]: want for line in chunk if stands(line) and (want := context.wanted(layout, line))
        }
        present = context.with_ids(model, wanted)
        context.merge(layout, model, wanted, present, lambda key: {"external_id": key}, right=right).save()

    context.in_chunks(layout, context.rows(layout), store)
    context.ids.clear()


def _store_groups(context: Context) -> None:
    _store_named(context, GROUPS, Group, right=_kind_stays)


def _kind_stays(row: Group, key: Any, before: Mapping[str, Any]) -> Iterable[Finding]:
    """What structures agreed to give is not changed under their feet."""
    if "kind" in before and before["kind"] != row.kind:
        yield Finding(
            "group_kind_stays",
            "Le type d’un groupe ne change pas : ses structures ont accepté ce qu’il donne.",
            field="kind",
        )


def _store_structures(context: Context) -> None:
    _store_named(context, STRUCTURES, Organisation, stands=partial(_knows_its_group, context))


def _knows_its_group(context: Context, line: Line) -> bool:
    """Asked before anything is written: a line whose group is known nowhere leaves no structure behind it."""
    return not line["groupe_id"] or (
        context.resolve(STRUCTURES, line, STRUCTURES.column("groupe_id")) is not None
    )


def _store_belongings(context: Context) -> None:
    """One line per structure, group and day of entry; then the group that « structures » names, if it tells more."""

    def store(chunk: list[Line]) -> None:
        wanted = {}
        for line in chunk:
            organisation_id = context.resolve(BELONGINGS, line, BELONGINGS.column(STRUCTURE_COLUMN))
            group_id = context.resolve(BELONGINGS, line, BELONGINGS.column("groupe_id"))
            want = context.wanted(BELONGINGS, line)
            if organisation_id is not None and group_id is not None and want is not None:
                wanted[organisation_id, group_id, line["depuis_le"]] = want
        known = Belonging.objects.select_for_update().filter(organisation_id__in={key[0] for key in wanted})
        context.merge(
            BELONGINGS,
            Belonging,
            wanted,
            {(row.organisation_id, row.group_id, row.joined_on): row for row in known},
            lambda key: {"organisation_id": key[0], "group_id": key[1], "joined_on": key[2]},
            right=anybody,
        ).save()

    context.in_chunks(BELONGINGS, context.rows(BELONGINGS), store)
    context.in_chunks(STRUCTURES, context.rows(STRUCTURES), partial(_join_named, context))


def _join_named(context: Context, chunk: list[Line]) -> None:
    """Files written before « appartenances » name one group per structure: it joins today, unless it ever did."""
    refused = context.report.tallies[STRUCTURES.name].refused
    named = [line for line in chunk if line["groupe_id"] and line.number not in refused]
    column = STRUCTURES.column("groupe_id")
    groups = {line["id"]: context.resolve(STRUCTURES, line, column) for line in named}
    structures = context.with_ids(Organisation, {line["id"] for line in named})
    known = set(
        Belonging.objects.filter(organisation__in=[row.pk for row in structures.values()]).values_list(
            "organisation_id", "group_id"
        )
    )
    for line in named:
        structure, group_id = structures.get(line["id"]), groups[line["id"]]
        if structure is not None and group_id is not None and (structure.pk, group_id) not in known:
            known.add((structure.pk, group_id))
            Belonging.objects.create(
                organisation=structure, group_id=group_id, joined_on=timezone.localdate()
            )


def _main_group(row: Organisation) -> int | None:
    """The group under one head, as the column always meant; collectives are told by « appartenances »."""
    today = timezone.localdate()
    live = [tie for tie in row.belongings.all() if tie.left_on is None or tie.left_on > today]
    return next((tie.group_id for tie in live if not tie.group.group_kind.is_collective), None)


def _structures() -> QuerySet[Organisation]:
    return Organisation.objects.prefetch_related("belongings__group").order_by("pk")


def _store_conventions(context: Context) -> None:
    """One line per structure and year."""

    def store(chunk: list[Line]) -> None:
        wanted = {}
        for line in chunk:
            organisation_id = context.resolve(CONVENTIONS, line, CONVENTIONS.column(STRUCTURE_COLUMN))
            want = context.wanted(CONVENTIONS, line)
            if organisation_id is not None and want is not None:
                wanted[organisation_id, line["annee"]] = want
        places = Organisation.objects.in_bulk({key[0] for key in wanted})
        known = Convention.objects.select_for_update().filter(organisation_id__in=places)
        present = {(row.organisation_id, row.year): row for row in known}
        for row in present.values():
            row.organisation = places[row.organisation_id]
        judged = registry.judge_of(Convention)
        context.merge(
            CONVENTIONS,
            Convention,
            wanted,
            present,
            lambda key: {"organisation": places[key[0]], "year": key[1]},
            right=anybody,
            check=lambda row, key: judged(row),
        ).save()

    context.in_chunks(CONVENTIONS, context.rows(CONVENTIONS), store)


def structure_column(*, of: str = "organisation_id") -> Column:
    """Which structure a line speaks of; `of` is where its row keeps it."""
    return Column(
        STRUCTURE_COLUMN,
        cells.ID,
        cells.STRUCTURE_ID,
        write=attrgetter(of),
        is_compulsory=True,
        refers_to=Organisation,
    )


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
        cells.listed(
            "type",
            "kind",
            GroupKind,
            note=f"{', '.join(GroupKind.values)} ; {GroupKind.GROUP.value} par défaut, et pour toujours",
        ),
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
        cells.listed(
            "type",
            "kind",
            StructureKind,
            is_compulsory=True,
        ),
        Column("siret", cells.SIRET, "14 chiffres", "siret"),
        Column(
            "groupe_id",
            cells.ID,
            "l’identifiant de son groupe dans « groupes » ; tous ses groupes sont dans « appartenances »",
            write=_main_group,
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
    rows=_structures,
    holds=Organisation,
    placed_by="pk",
    left_out={
        "is_caseload_shared": "ouvre des dossiers : cela se décide à l’écran, par qui les lit (décision 0009)"
    },
    store=_store_structures,
)
BELONGINGS = FileLayout(
    "appartenances.csv",
    "Les structures de chaque groupe, et depuis quand.",
    (
        structure_column(),
        Column(
            "groupe_id",
            cells.ID,
            "l’identifiant du groupe dans « groupes »",
            write=attrgetter("group_id"),
            is_compulsory=True,
            refers_to=Group,
        ),
        Column(
            "depuis_le",
            values.day,
            cells.DAY,
            write=attrgetter("joined_on"),
            is_compulsory=True,
            tells="joined_on",
        ),
        Column("jusqu_au", values.day, f"{cells.DAY} ; vide tant que la structure y est", "left_on"),
    ),
    key=(STRUCTURE_COLUMN, "groupe_id", "depuis_le"),
    rows=_all(Belonging),
    holds=Belonging,
    points_to=("groupes.csv", "structures.csv"),
    store=_store_belongings,
)
CONVENTIONS = FileLayout(
    "conventions.csv",
    "Ce que chaque structure a convenu avec l’État, année par année.",
    (
        structure_column(),
        Column(
            "annee",
            values.whole(2000, 2100),
            "année civile",
            write=attrgetter("year"),
            is_compulsory=True,
            tells="year",
            judged_as="year",
        ),
        Column("annexe", cells.ANNEXE, "numéro de l’annexe financière, comme ACI023201111A0M0", "annexe"),
        Column(
            "premier_mois",
            values.whole(1, 12),
            "premier mois couvert, de 1 à 12 ; vide, janvier",
            "first_month",
        ),
        Column(
            "dernier_mois",
            values.whole(1, 12),
            "dernier mois couvert, de 1 à 12 ; vide, décembre",
            "last_month",
        ),
        Column("etp_conventionnes", values.number(0, 99_999), "postes conventionnés, en ETP", "fte"),
        Column("heures_par_etp", values.number(1, 3_000), "heures d’un ETP dans l’année", "hours_per_fte"),
        Column(
            "socle_par_etp", values.number(0, 999_999), "montant du socle par ETP, en euros", "post_amount"
        ),
        Column("part_modulee", cells.RATE, "part modulée rapportée au socle, de 0 à 1", "modulated_share"),
        Column(
            "objectif_dynamique", cells.RATE, "objectif de sorties dynamiques, de 0 à 1", "dynamic_target"
        ),
        Column("objectif_durable", cells.RATE, "objectif d’emploi durable, de 0 à 1", "durable_target"),
    ),
    key=(STRUCTURE_COLUMN, "annee"),
    rows=_all(Convention),
    holds=Convention,
    placed_by="organisation",
    points_to=("structures.csv",),
    store=_store_conventions,
)
FILES = (GROUPS, STRUCTURES, BELONGINGS, CONVENTIONS)
"""Files of the frame: a structure never sends them."""
