"""Rows put by a tool: the lines of our files as JSON, read, judged and stored by the engine that reads files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from backend.core.actor import Actor
from backend.core.errors import DomainError, ensure
from backend.exchange.importing.context import Context
from backend.exchange.layout import FileLayout
from backend.exchange.permissions import may_import
from backend.exchange.reading import Line, Row, read_lines
from backend.exchange.report import Change, Fault, Outcome, Report, in_words
from backend.exchange.scope import Scope, sent_layouts
from backend.exchange.services.bundles import is_known_here, take_in
from backend.organisations.models import Organisation

MOST_ROWS = 500
"""Rows of one request, all tables together."""
REFUSED = "refusée"
_IN_WORDS = {Outcome.ADDED: "ajoutée", Outcome.CHANGED: "modifiée", Outcome.UNCHANGED: "inchangée"}
Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class PutRow:
    """What became of one row, the first of its table being 1."""

    table: str
    row: int
    id: str
    outcome: str
    problems: list[Fault]


@dataclass(frozen=True, slots=True)
class Put:
    """What became of everything: figures by table, each row, what is asked, what was said of whole tables."""

    counts: dict[str, dict[str, int]]
    rows: list[PutRow]
    changes: list[Change]
    notices: list[Fault]


def put_rows(
    *,
    actor: Actor,
    organisation: Organisation,
    tables: Mapping[str, Rows],
    decisions: Mapping[str, str] | None = None,
) -> Put:
    """Store the rows of each table as its file would be, known by the sender's ids; sent again, nothing changes.

    Each row stands or falls by itself. `decisions` are those of an import: « salaries.csv:2:telephone ».
    """
    ensure(
        may_import(actor, organisation),
        "not_yours",
        "Seule la personne responsable de cette structure peut le faire.",
    )
    layouts = {layout.title: layout for layout in sent_layouts()}
    _check(tables, layouts)
    scope = Scope(organisation.pk)
    report = Report(prefix=scope.prefix, decisions=decisions or {})
    lines = _read(tables, layouts, scope, report)
    take_in(actor, Context(lines, report, lambda file, done, total: None, scope))
    return _told(tables, layouts, report)


def _check(tables: Mapping[str, Rows], layouts: Mapping[str, FileLayout]) -> None:
    unknown = sorted(set(tables) - set(layouts))
    if unknown:
        raise DomainError(
            "unknown_table",
            f"Cette table n’est pas du format : {unknown[0][:40]}. Tables : {', '.join(layouts)}.",
            field="tables",
        )
    if sum(map(len, tables.values())) > MOST_ROWS:
        raise DomainError(
            "too_many_rows",
            f"Envoyez {MOST_ROWS} lignes au plus à la fois, toutes tables ensemble.",
            field="tables",
        )


def _read(
    tables: Mapping[str, Rows], layouts: Mapping[str, FileLayout], scope: Scope, report: Report
) -> dict[str, list[Line]]:
    sent = {layouts[title].name for title in tables}
    found = {}
    for title, layout in layouts.items():
        if tables.get(title):
            asked = scope.layout(layout)
            absent = [name for name in asked.points_to if name not in sent and not is_known_here(name, scope)]
            found[layout.name] = read_lines(_source(tables[title]), asked, report, absent=absent)
    return found


def _source(rows: Rows) -> Any:
    titles = list(dict.fromkeys(name for row in rows for name in row))

    def source(layout: FileLayout, report: Report) -> Iterator[Row]:
        yield 0, titles
        for number, row in enumerate(rows, start=1):
            yield number, [in_words(row.get(name)) for name in titles]

    return source


def _told(tables: Mapping[str, Rows], layouts: Mapping[str, FileLayout], report: Report) -> Put:
    problems: dict[tuple[str, int], list[Fault]] = {}
    for fault in (*report.faults, *report.notices):
        problems.setdefault((fault.file, fault.line), []).append(fault)
    rows = [
        PutRow(
            title,
            number,
            in_words(row.get("id")),
            _outcome(report, layouts[title].name, number),
            problems.get((layouts[title].name, number), []),
        )
        for title, sent in tables.items()
        for number, row in enumerate(sent, start=1)
    ]
    counts = {file.removesuffix(".csv"): figures for file, figures in report.counts().items()}
    return Put(
        counts, rows, report.changes, [fault for fault in (*report.faults, *report.notices) if not fault.line]
    )


def _outcome(report: Report, file: str, number: int) -> str:
    tally = report.tally(file)
    if tally.is_refused_whole or number in tally.refused:
        return REFUSED
    return _IN_WORDS[tally.outcomes.get(number, Outcome.UNCHANGED)]
