"""Taking a bundle in, whole or line by line, and saying what was done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import nullcontext
from pathlib import Path

from django.db import transaction

from backend.audit import trail
from backend.core.actor import Actor
from backend.core.errors import DomainError
from backend.core.tables import statistics
from backend.core.tables.rehearsal import on_a_copy
from backend.exchange import registry
from backend.exchange.importing.context import Context
from backend.exchange.matching.applying import sources_of, told_by
from backend.exchange.matching.sending import Matched
from backend.exchange.reading import Line, Source, read_lines
from backend.exchange.report import Report
from backend.exchange.scope import Scope, sent_layouts
from backend.exchange.settled import read_settled
from backend.exchange.sources import bundle_sources, sent_sources


class _Undo(Exception):
    """Leaves the transaction without keeping anything."""


def import_bundle(
    *,
    actor: Actor,
    folder: Path,
    is_dry_run: bool = False,
    all_or_nothing: bool = False,
    scope: Scope | None = None,
    matched: Matched | None = None,
    decisions: Mapping[str, str] | None = None,
    on_read: Callable[[Report], None] = lambda report: None,
    on_progress: Callable[[str, int, int], None] = lambda file, done, total: None,
) -> Report:
    """Store every good line, report every other; running it again changes nothing.

    With `scope` everything is read as one structure's own; `matched` are tables of theirs with the columns somebody
    chose, `decisions` what was answered of the values that would change. `on_read` hears that every line was read, before
    anything is written.

    A stop in the middle keeps the chunks already stored; the next run takes over and ends in the same
    state. With `all_or_nothing` one fault keeps everything out; a dry run keeps nothing in any case.
    """
    report = Report(prefix=scope.prefix if scope else "", decisions=decisions or {})
    lines = _read(folder, report, scope, matched or Matched())
    on_read(report)
    try:
        with (
            on_a_copy() if is_dry_run else nullcontext(),
            transaction.atomic() if is_dry_run or all_or_nothing else nullcontext(),
        ):
            take_in(actor, Context(lines, report, on_progress, scope))
            if is_dry_run or (all_or_nothing and report.faults):
                raise _Undo
    except _Undo:
        pass
    return report


def take_in(actor: Actor, context: Context) -> None:
    """Store every good line, file after file."""
    for layout in registry.layouts():
        if layout.store is not None:
            layout.store(context)
    trail.record(actor, "bundle.imported", files=len(context.lines), faults=len(context.report.faults))
    transaction.on_commit(statistics.refresh)


def _read(folder: Path, report: Report, scope: Scope | None, matched: Matched) -> dict[str, list[Line]]:
    """The good lines of each file present; a file that points to an absent one is refused."""
    if not folder.is_dir():
        raise DomainError(
            "no_folder", "Ce dossier n’existe pas. Indiquez le dossier qui contient les fichiers csv."
        )
    sources = _all_sent(folder, report, matched, scope) if scope else bundle_sources(folder)
    if not sources:
        raise DomainError("no_file", _nothing_known(scope))
    if scope:
        read_settled(sources, report, scope)
    lines = {}
    for layout in registry.layouts():
        if layout.name in sources:
            asked = scope.layout(layout) if scope else layout
            absent = [
                name for name in asked.points_to if name not in sources and not is_known_here(name, scope)
            ]
            lines[layout.name] = read_lines(sources[layout.name], asked, report, absent=absent)
    return lines


def is_known_here(name: str, scope: Scope | None) -> bool:
    """Whether a structure already has what a file it does not send again would tell."""
    layout = next(each for each in registry.layouts() if each.name == name)
    if scope is None or layout.holds is None or not layout.placed_by:
        return False
    rows = layout.holds._default_manager.filter(**{layout.placed_by: scope.organisation_id})
    return rows.exists()


def _all_sent(folder: Path, report: Report, matched: Matched, scope: Scope) -> dict[str, Source]:
    """The files that are ours, then what the tables of theirs give; ours come first when both tell the same."""
    own = sent_sources(folder, report, apart=matched.choices)
    if not matched.choices:
        return own
    here = {
        layout.name: layout.recognises(scope.organisation_id)
        for layout in registry.layouts()
        if layout.recognises is not None
    }
    return {**sources_of(told_by(matched.tables, matched.choices, here)), **own}


def _nothing_known(scope: Scope | None) -> str:
    if scope:
        expected = ", ".join(layout.title for layout in sent_layouts())
        return f"Aucune feuille de ce classeur ne porte un nom attendu. Nommez-les : {expected}."
    expected = ", ".join(layout.name for layout in registry.layouts())
    return f"Aucun fichier connu dans ce dossier. Fichiers attendus : {expected}."
