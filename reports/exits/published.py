"""A published table between its row and its reader: what an outsider holds of it, and its lines as they were published."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from backend.core.actor import Actor
from backend.core.errors import DomainError, ensure
from backend.organisations.enums import StructureKind
from pathways.rules.kinds import HOURS_RULE
from reports.exits.compute.layouts import EXIT_LAYOUT, TOTAL, Key, Published
from reports.exits.compute.masking import masked_rate
from reports.exits.compute.summary import counts_by
from reports.exits.figures import ExitReport
from reports.exits.kept import state_of_places
from reports.models import Breakdown, PublishedTable
from reports.permissions import reads_network_figures

RATES = ("dynamic", "durable", "transition", "positive", "no_news")


@dataclass(frozen=True, slots=True)
class TrueLine:
    """One line before it is masked: its name, the structures behind it, its counts."""

    label: str
    members: frozenset[int]
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class PublishedLine:
    """One line as it was published: None was hidden."""

    kind: str
    label: str
    counts: dict[str, int | None]
    rates: dict[str, float | None]


def true_lines(report: ExitReport, breakdown: str) -> dict[str, TrueLine]:
    """The lines where somebody left, by kind or by structure of the IAE."""
    import pandas as pd

    structures = report.structures[report.structures["kind"].isin(list(HOURS_RULE))]
    counted = report.counted[report.counted["organisation_id"].isin(structures["organisation_id"])]
    by_kind = breakdown == Breakdown.KIND
    counts = counts_by(counted, "kind" if by_kind else "organisation_id")
    counts = counts.assign(other_news=counts["other"] - counts["no_news"])
    found: dict[str, TrueLine] = {}
    lines: Iterable[Any] = [kind for kind in HOURS_RULE if kind in counts.index] if by_kind else counts.index
    for line in lines:
        row: pd.DataFrame = structures[structures["kind" if by_kind else "organisation_id"].eq(line)]
        found[str(line)] = TrueLine(
            label="" if by_kind else str(row["name"].iloc[0]),
            members=frozenset(int(pk) for pk in row["organisation_id"]),
            counts={column: int(counts[column][line]) for column in EXIT_LAYOUT.columns},
        )
    return found


def written(lines: Mapping[str, TrueLine], masked: Mapping[Key, int | None]) -> list[dict[str, Any]]:
    """What is kept of a table: its lines then its total, as they leave."""
    kept = [
        {"line": name, "label": line.label, "organisations": sorted(line.members)}
        for name, line in lines.items()
    ]
    kept.append({"line": TOTAL, "label": "", "organisations": []})
    return [
        {**each, "counts": {column: masked[str(each["line"]), column] for column in EXIT_LAYOUT.all_columns}}
        for each in kept
    ]


def held(table: PublishedTable) -> Published:
    """What anybody outside holds of this table."""
    return Published(
        members={
            each["line"]: frozenset(each["organisations"]) for each in table.lines if each["line"] != TOTAL
        },
        counts={
            (each["line"], column): value for each in table.lines for column, value in each["counts"].items()
        },
    )


def lines_of(table: PublishedTable) -> list[PublishedLine]:
    """The lines of a table then its total, with the rates that both counts allow."""
    counts = held(table).counts
    return [
        PublishedLine(
            kind=each["line"],
            label=each["label"] or _name(each["line"]),
            counts=each["counts"],
            rates={part: masked_rate(counts, each["line"], part, "examined") for part in RATES},
        )
        for each in table.lines
    ]


def _name(line: str) -> str:
    return "Ensemble" if line == TOTAL else str(StructureKind(line).label)


def network_table(actor: Actor, year: int) -> PublishedTable | None:
    """The last table of the whole installation published for a year."""
    ensure(reads_network_figures(actor), "not_yours", "Ces chiffres sont ceux de la tête de réseau.")
    return PublishedTable.objects.visible_to(actor).of_year(year).last()


def network_figures(actor: Actor, year: int) -> list[PublishedLine]:
    """Its lines; refused while nothing was published of that year."""
    table = network_table(actor, year)
    if table is None:
        raise DomainError(
            "not_published",
            f"Les chiffres de {year} ne sont pas encore publiés. Publiez-les une fois les sorties complétées.",
            field="annee",
        )
    return lines_of(table)


def has_moved_since(table: PublishedTable) -> bool:
    """Whether something was written since in its structures: the table does not say it."""
    return table.data_state != state_of_places(held(table).everyone)
