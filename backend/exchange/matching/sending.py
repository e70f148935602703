"""What was sent, table by table: ours, recognised as they are, or somebody's own, to be matched first."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from backend.exchange.formats.tables import Table, table_of_csv, table_of_sheet
from backend.exchange.formats.workbooks import sheets_of
from backend.exchange.layout import FileLayout, bare
from backend.exchange.matching.applying import Choice
from backend.exchange.matching.proposing import propose, told_files
from backend.exchange.matching.targets import knows
from backend.exchange.scope import OUT_OF_SCOPE, sent_layouts
from backend.exchange.sources import by_headings, file_named

_ENOUGH = 2
"""A table one recognises two columns of is worth asking about beside others that are ours."""


@dataclass(frozen=True, slots=True)
class Sent:
    """One table sent; `file` is the file of ours that it is, empty when it is somebody's own."""

    table: Table
    file: str = ""

    @property
    def shape(self) -> str:
        """What the table is recognised by the next time: its titles, in their order."""
        titles = chr(31).join(bare(title) for title in self.table.titles)
        return hashlib.sha256(titles.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Matched:
    """The tables that were not made for us, and what was chosen for them."""

    tables: Mapping[str, Table] = field(default_factory=dict)
    choices: Mapping[str, Choice] = field(default_factory=dict)


def sent_tables(folder: Path, names: Mapping[str, str]) -> list[Sent]:
    """Every table of what was sent, in order; `names` are those the files had."""
    found: list[Sent] = []
    for path in sorted(folder.iterdir()):
        if path.suffix == ".csv":
            name = f"le fichier « {names.get(path.name, path.name)} »"
            table = table_of_csv(path, key=path.name, name=name, knows=knows)
            found.append(Sent(table, _own(path.name, table)))
            continue
        sheets = sheets_of(path)
        only = (file_named(path.name) or by_headings(path, *sheets)) if len(sheets) == 1 else None
        for rank, (sheet, is_hidden) in enumerate(sheets.items()):
            key = f"{path.name}#{rank}"
            table = table_of_sheet(path, sheet, key=key, is_hidden=is_hidden, knows=knows)
            named = file_named(sheet) or file_named(path.name)
            found.append(Sent(table, _own(named or only, table) if named or _tells_only(only, table) else ""))
    return found


def _own(file: str | None, table: Table) -> str:
    """The file of ours this table is: named so, with all the titles it needs."""
    if file in OUT_OF_SCOPE:
        return str(file)
    layout = next((each for each in sent_layouts() if each.name == file), None)
    return layout.name if layout and _has_titles(layout, table) else ""


def _tells_only(file: str | None, table: Table) -> bool:
    """Whether a sheet of any name speaks of that file of ours and of no other: one flat table may tell several."""
    return file is not None and told_files({found.key for found in propose(table) if found}) <= {file}


def _has_titles(layout: FileLayout, table: Table) -> bool:
    return not layout.lacking(layout.meant_by(table.titles))


def to_match(sent: list[Sent]) -> list[Sent]:
    """The tables somebody is asked about: all that are not ours, or beside ours those that speak of the same things."""
    unknown = [each for each in sent if not each.file and len(each.table.titles) > 1 and each.table.rows]
    if any(each.file for each in sent):
        return [each for each in unknown if sum(map(bool, propose(each.table))) >= _ENOUGH]
    return unknown
