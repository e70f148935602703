"""Taking a bundle in, whole or line by line, and saying what was done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction

from backend.audit import trail
from backend.core.actor import Actor
from backend.core.errors import DomainError
from backend.core.tables import statistics
from backend.core.tables.rehearsal import on_a_copy
from backend.exchange import registry
from backend.exchange.importing.context import Context
from backend.exchange.matching.applying import Told, sources_of, told_by
from backend.exchange.matching.sending import Matched
from backend.exchange.matching.whole_rows import Aside
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
    sent = _Sending(folder, scope, matched or Matched(), decisions or {})
    report, lines = sent.read()
    on_read(report)
    if sent.tells_several:
        with on_a_copy():
            report = sent.rehearsed(actor)
        if is_dry_run:
            return report
        report, lines = sent.read()
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


@dataclass(slots=True)
class _Sending:
    """What was sent, read as often as a row has to be set aside whole."""

    folder: Path
    scope: Scope | None
    matched: Matched
    decisions: Mapping[str, str]
    aside: Aside = field(default_factory=Aside)
    told: dict[str, Told] = field(default_factory=dict)

    @property
    def tells_several(self) -> bool:
        """Whether a row may be good for one file and refused in another."""
        return len(self.told) > 1

    def read(self) -> tuple[Report, dict[str, list[Line]]]:
        """Every line; a row of which one cell is wrong is set aside before anything else is said of it."""
        while True:
            report = Report(prefix=self.scope.prefix if self.scope else "", decisions=self.decisions)
            self.aside.begin(report)
            matched = self.aside.without(self.matched)
            self.told = _told(matched, self.scope)
            lines = _read(self.folder, report, self.scope, matched, self.told)
            if not self.aside.learn(report, self.told):
                return report, lines

    def rehearsed(self, actor: Actor) -> Report:
        """What the import will do: tried, and tried again without the rows that turn out to be refused."""
        while True:
            report, lines = self.read()
            try:
                with transaction.atomic():
                    take_in(actor, Context(lines, report, lambda file, done, total: None, self.scope))
                    raise _Undo
            except _Undo:
                pass
            if not self.aside.learn(report, self.told):
                return report


def take_in(actor: Actor, context: Context) -> None:
    """Store every good line, file after file."""
    context.actor = actor
    for layout in registry.layouts():
        if layout.store is not None:
            layout.store(context)
    trail.record(actor, "bundle.imported", files=len(context.lines), faults=len(context.report.faults))
    transaction.on_commit(statistics.refresh)


def _read(
    folder: Path, report: Report, scope: Scope | None, matched: Matched, told: dict[str, Told]
) -> dict[str, list[Line]]:
    """The good lines of each file present; a file that points to an absent one is refused."""
    if not folder.is_dir():
        raise DomainError(
            "no_folder", "Ce dossier n’existe pas. Indiquez le dossier qui contient les fichiers csv."
        )
    sources = _all_sent(folder, report, matched, told) if scope else bundle_sources(folder)
    if not sources and not report.faults:
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


def _all_sent(folder: Path, report: Report, matched: Matched, told: dict[str, Told]) -> dict[str, Source]:
    """The files that are ours, then what the tables of theirs give; ours come first when both tell the same."""
    own = sent_sources(folder, report, apart=matched.choices)
    for name in own:
        told.pop(name, None)
    return {**sources_of(told), **own}


def _told(matched: Matched, scope: Scope | None) -> dict[str, Told]:
    """The lines that the tables of theirs give, file by file."""
    if scope is None or not matched.choices:
        return {}
    here = {
        layout.name: layout.recognises(scope.organisation_id)
        for layout in registry.layouts()
        if layout.recognises is not None
    }
    return told_by(matched.tables, matched.choices, here)


def _nothing_known(scope: Scope | None) -> str:
    if scope:
        expected = ", ".join(layout.title for layout in sent_layouts())
        return f"Aucune feuille de ce classeur ne porte un nom attendu. Nommez-les : {expected}."
    expected = ", ".join(layout.name for layout in registry.layouts())
    return f"Aucun fichier connu dans ce dossier. Fichiers attendus : {expected}."
