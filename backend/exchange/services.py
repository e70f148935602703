"""Taking a bundle in, whole or line by line, and saying what was done."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

from django.db import transaction

from backend.audit import trail
from backend.core.actor import Actor
from backend.core.errors import DomainError
from backend.exchange.importing import people, places, sayings, work
from backend.exchange.importing.context import Context
from backend.exchange.layout import LAYOUTS
from backend.exchange.reading import Line, read_lines
from backend.exchange.report import Fault, Report

STEPS: tuple[Callable[[Context], None], ...] = (
    places.store_groups,
    places.store_structures,
    places.store_conventions,
    people.store_people,
    work.store_work,
    work.store_hours,
    people.store_passes,
    sayings.store_interviews,
    sayings.store_assessments,
)


class _Undo(Exception):
    """Leaves the transaction without keeping anything."""


def import_bundle(
    *,
    actor: Actor,
    folder: Path,
    is_dry_run: bool = False,
    all_or_nothing: bool = False,
    on_progress: Callable[[str, int, int], None] = lambda file, done, total: None,
) -> Report:
    """Store every good line, report every other; running it again changes nothing.

    A stop in the middle keeps the chunks already stored; the next run takes over and ends in the same
    state. With `all_or_nothing` one fault keeps everything out; a dry run keeps nothing in any case.
    """
    report = Report()
    lines = _read(folder, report)
    if all_or_nothing and report.faults:
        return report
    try:
        with transaction.atomic() if is_dry_run or all_or_nothing else nullcontext():
            context = Context(lines, report, on_progress)
            for step in STEPS:
                step(context)
            trail.record(actor, "bundle.imported", files=len(lines), faults=len(report.faults))
            if is_dry_run or (all_or_nothing and report.faults):
                raise _Undo
    except _Undo:
        pass
    return report


def _read(folder: Path, report: Report) -> dict[str, list[Line]]:
    """The good lines of each file present; a file that points to an absent one is refused."""
    if not folder.is_dir():
        raise DomainError(
            "no_folder", "Ce dossier n’existe pas. Indiquez le dossier qui contient les fichiers csv."
        )
    present = [layout for layout in LAYOUTS if (folder / layout.name).is_file()]
    if not present:
        expected = ", ".join(layout.name for layout in LAYOUTS)
        raise DomainError("no_file", f"Aucun fichier connu dans ce dossier. Fichiers attendus : {expected}.")
    names = {layout.name for layout in present}
    lines = {}
    for layout in present:
        absent = [name for name in layout.points_to if name not in names]
        for name in absent:
            report.refuse(
                Fault(layout.name, 0, "", "", f"ce fichier renvoie à {name}, absent", f"Ajoutez {name}.")
            )
        if not absent:
            lines[layout.name] = read_lines(folder, layout, report)
    return lines
