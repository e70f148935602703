"""What every part of an import shares: the files read, the report, and the ids already known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models, transaction

from backend.core.batches import batches
from backend.exchange.layout import FileLayout
from backend.exchange.reading import Line
from backend.exchange.report import Fault, Report
from backend.exchange.scope import STRUCTURE_COLUMN, Scope
from backend.organisations.models import Organisation
from pathways.rules.book import RuleBook
from pathways.selectors.rule_book import read_book

CHUNK = 500


@dataclass(slots=True)
class Context:
    """One import under way; `on_progress` hears (file, lines done, lines in all).

    Without `scope` the operator brings ids of the whole installation.
    """

    lines: Mapping[str, list[Line]]
    report: Report
    on_progress: Callable[[str, int, int], None]
    scope: Scope | None = None
    ids: dict[str, dict[str, int]] = field(default_factory=dict)
    rules: RuleBook | None = None

    @property
    def book(self) -> RuleBook:
        """The rules, read once for the whole import."""
        if self.rules is None:
            self.rules = read_book()
        return self.rules

    def rows(self, layout: FileLayout) -> list[Line]:
        """The good lines of a file; none when it was not sent."""
        return list(self.lines.get(layout.name, ()))

    def known(self, model: type[models.Model]) -> dict[str, int]:
        """Primary keys by the sender's id, read once; add to it what is created."""
        name = model._meta.label
        if name not in self.ids:
            rows = self.sent(model).values_list("external_id", "pk")
            self.ids[name] = dict(rows.iterator(chunk_size=5_000))
        return self.ids[name]

    def sent(self, model: type[models.Model]) -> models.QuerySet[Any]:
        """Rows that came with an id: all of them for the operator, a structure's own for the others."""
        rows = model._default_manager.exclude(external_id="")
        return rows.filter(external_id__startswith=self.scope.prefix) if self.scope else rows

    def with_ids(self, model: type[models.Model], external_ids: Iterable[str]) -> dict[str, Any]:
        """Rows already known under these ids, locked until the chunk is stored."""
        rows = self.sent(model).select_for_update(of=("self",)).filter(external_id__in=list(external_ids))
        return {row.external_id: row for row in rows}

    def organisation(self, layout: FileLayout, line: Line) -> int | None:
        """The structure a line belongs to: the one chosen, or the one the line names."""
        if self.scope:
            return self.scope.organisation_id
        return self.resolve(layout, line, STRUCTURE_COLUMN, Organisation)

    @property
    def author_place(self) -> dict[str, int]:
        """Where what is written was said or seen; the operator's files do not know it."""
        return {"organisation_id": self.scope.organisation_id} if self.scope else {}

    def resolve(self, layout: FileLayout, line: Line, column: str, model: type[models.Model]) -> int | None:
        """The primary key a line points to; None, and a fault, when nobody sent that id."""
        pk = self.known(model).get(line.text(column))
        if pk is None:
            self.refuse(
                layout,
                line,
                column,
                "cet identifiant n’est connu nulle part",
                f"Vérifiez-le, ou ajoutez la ligne dans {SOURCES[model._meta.model_name or '']}.",
            )
        return pk

    def refuse(self, layout: FileLayout, line: Line, column: str, problem: str, what_to_do: str) -> None:
        """Set a line aside because of one of its columns."""
        value = line.values.get(column)
        self.report.refuse(
            Fault(layout.name, line.number, column, "" if value is None else str(value), problem, what_to_do)
        )

    def in_chunks(
        self, layout: FileLayout, rows: list[Any], store: Callable[[list[Any]], None], size: int = CHUNK
    ) -> None:
        """Store a chunk per transaction, so that a stop loses at most one and a new run takes over."""
        done = 0
        for chunk in batches(rows, size):
            with transaction.atomic():
                store(chunk)
            done += len(chunk)
            self.on_progress(layout.name, done, len(rows))


SOURCES = {
    "group": "groupes.csv",
    "organisation": "structures.csv",
    "beneficiary": "salaries.csv",
    "contract": "contrats.csv",
}


def upsert(
    context: Context,
    layout: FileLayout,
    model: Any,
    wanted: Mapping[Any, Mapping[str, Any]],
    present: Mapping[Any, models.Model],
    identity: Callable[[Any], Mapping[str, Any]],
) -> None:
    """Create what is new, write what changed, leave the rest: counted in the file's tally.

    `wanted` and `present` are by key; `identity` gives the fields that say the key on a new row.
    """
    if not wanted:
        return
    tally = context.report.tally(layout.name)
    new = [model(**identity(key), **fields) for key, fields in wanted.items() if key not in present]
    changed = [
        present[key] for key, fields in wanted.items() if key in present and _apply(present[key], fields)
    ]
    model._default_manager.bulk_create(new)
    if changed:
        model._default_manager.bulk_update(changed, _fields_of(wanted), batch_size=200)
    tally.added += len(new)
    tally.changed += len(changed)
    tally.unchanged += len(wanted) - len(new) - len(changed)


def _apply(row: models.Model, fields: Mapping[str, Any]) -> bool:
    """Put the values on the row; whether any was different."""
    differing = {name: value for name, value in fields.items() if getattr(row, name) != value}
    for name, value in differing.items():
        setattr(row, name, value)
    return bool(differing)


def _fields_of(wanted: Mapping[Any, Mapping[str, Any]]) -> list[str]:
    return list(next(iter(wanted.values())))
