"""Letting a table leave: masked beside every table of the same year that left before, and kept as it was told."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from backend.audit import trail
from backend.core import steps
from backend.core.actor import HEADS_A_GROUP, Actor
from backend.core.errors import Conflict, DomainError, OutOfReach, ensure
from backend.core.wall.gates import Gate
from backend.core.wall.reach import lifted
from backend.organisations.models import Organisation
from reports.exits.compute.layouts import EXIT_LAYOUT, Key
from reports.exits.compute.masking import mask
from reports.exits.compute.period import Period
from reports.exits.compute.rules import version
from reports.exits.compute.told import K
from reports.exits.figures import ExitReport, exit_report
from reports.exits.kept import state_of_places
from reports.exits.published import TrueLine, held, true_lines, written
from reports.models import Breakdown, PublishedTable
from reports.permissions import may_publish, reads_network_figures


def publish_table(
    *, actor: Actor, year: int, breakdown: str, organisation: Organisation | None = None
) -> PublishedTable:
    """Publish the exits of a finished year; the very same table, once published, is given back as it left.

    Counted and masked before the base is locked: another table published meanwhile makes this one start again.
    """
    ensure(may_publish(actor), "not_yours", "Publier revient à qui répond de structures entières.")
    _check(actor, year, breakdown, organisation)
    if organisation is not None and organisation not in Organisation.objects.covered_by(actor):
        raise OutOfReach
    report = _counted(actor, year, organisation)
    lines = true_lines(report, breakdown)
    if not lines:
        raise DomainError(
            "nothing_to_publish",
            f"Aucune sortie à publier en {year}. Choisissez une autre année.",
            field="year",
        )
    former = list(PublishedTable.objects.of_year(year))
    members = {name: line.members for name, line in lines.items()}
    mine = PublishedTable.objects.visible_to(actor).of_year(year).filter(breakdown=breakdown)
    same = next((table for table in mine if held(table).members == members), None)
    if same is not None:
        return same
    masked = _masked(lines, former)
    if not any(masked.values()) and any(any(line.counts.values()) for line in lines.values()):
        raise DomainError(
            "table_says_nothing",
            "Ce tableau ne peut pas être publié : ses nombres, seuls ou à côté de ceux déjà publiés, désigneraient "
            "des groupes de moins de 11 personnes. Choisissez un ensemble plus large.",
            field="breakdown",
        )
    table = PublishedTable(
        year=year,
        rank=len(former) + 1,
        breakdown=breakdown,
        organisation_id=_structure_of(actor, organisation),
        group_id=actor.group_id if organisation is None and actor.role in HEADS_A_GROUP else None,
        lines=written(lines, masked),
        threshold=K,
        rules=version(report.book, on=date(year, 12, 31)),
        data_state=state_of_places(frozenset().union(*members.values())),
        published_by_id=actor.user_id or 0,
    )
    return _kept(actor, table)


def _structure_of(actor: Actor, organisation: Organisation | None) -> int | None:
    """The one structure a table is of: the one named, or that of a seat which has only one."""
    if organisation is not None:
        return organisation.pk
    return None if actor.role in HEADS_A_GROUP or reads_network_figures(actor) else actor.organisation_id


def _check(actor: Actor, year: int, breakdown: str, organisation: Organisation | None) -> None:
    if year >= timezone.localdate().year:
        raise DomainError(
            "year_not_finished",
            "On ne publie que les années terminées : choisissez une année passée.",
            field="year",
        )
    if breakdown not in Breakdown.values or (reads_network_figures(actor) and breakdown != Breakdown.KIND):
        raise DomainError(
            "unknown_breakdown",
            "Cette répartition n’existe pas ici. Choisissez par type de structure.",
            field="breakdown",
        )
    if reads_network_figures(actor) and organisation is not None:
        raise DomainError(
            "network_names_no_structure",
            "Le réseau publie l’ensemble des structures, sans en nommer une. Laissez ce choix vide.",
            field="organisation",
        )


def _counted(actor: Actor, year: int, place: Organisation | None) -> ExitReport:
    """The exits of the scope. The network's is the whole installation, read under no one's name: nothing leaves but what
    `mask` gives back.
    """
    period = Period.of_year(year)
    if reads_network_figures(actor):
        with lifted(Gate.NETWORK):
            return exit_report(Actor.operator(), period)
    places = [place] if place is not None else Organisation.objects.covered_by(actor)
    return exit_report(actor, period, organisation_ids=frozenset(each.pk for each in places))


def _masked(lines: dict[str, TrueLine], former: list[PublishedTable]) -> dict[Key, int | None]:
    return mask(
        {name: line.counts for name, line in lines.items()},
        EXIT_LAYOUT,
        members={name: line.members for name, line in lines.items()},
        earlier=[held(table) for table in former],
    )


@transaction.atomic
def _kept(actor: Actor, table: PublishedTable) -> PublishedTable:
    """The row and its line of the trail, unless another table of that year left meanwhile."""
    if PublishedTable.objects.of_year(table.year).filter(rank__gte=table.rank).exists():
        raise Conflict(
            "published_meanwhile", "Un autre tableau de cette année vient d’être publié. Recommencez."
        )
    steps.save(table)
    trail.record(actor, "table.published", table, year=table.year, breakdown=str(table.breakdown))
    return table
