"""Reads one csv file of the export strictly: a file cut, mangled or in another encoding is refused with its line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from competences.rome.files import RawFile
from competences.rome.refusal import ExportRefused

ROME_FORMAT = (
    "Gardez les fichiers tels que publiés (UTF-8, virgules), sans les enregistrer depuis un tableur."
)
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
MAX_CODE_LENGTH = 40  # the longest key of version 60 has twelve characters
CUT_SHORT = "le fichier est coupé"


@dataclass(frozen=True, slots=True)
class Line:
    """Wanted fields of one record, in the order of `Table.columns`, and the line where it starts."""

    number: int
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One csv file, reduced to the columns we use."""

    name: str  # file name, for messages
    columns: tuple[str, ...]
    lines: tuple[Line, ...]

    @property
    def last_line(self) -> int:
        """Number of the last line, where a cut file stops."""
        return self.lines[-1].number

    def rows(self) -> Iterator[tuple[str, ...]]:
        """Values of each record."""
        return (line.values for line in self.lines)

    def column(self, name: str) -> list[str]:
        """All values of one column, in file order."""
        index = self.columns.index(name)
        return [line.values[index] for line in self.lines]

    def refuse(self, line: int, problem: str) -> ExportRefused:
        """A refusal that names this file and this line."""
        return ExportRefused(file=self.name, line=line, problem=problem)


def read_table(
    raw: RawFile, columns: tuple[str, ...], *, keys: int = 1, filled: tuple[str, ...] = ()
) -> Table:
    """Read a csv file: its first `keys` wanted columns are codes, filled and unique together.

    `filled` names the other columns that may not be empty. Columns may come in any order, with others between.
    """
    text = _decode(raw)
    records = _records(raw.name, text)
    header = next(records, None)
    if header is None:
        raise ExportRefused(file=raw.name, line=1, problem="le fichier est vide.")
    where = _positions(raw.name, header.values, columns)
    width = len(header.values)
    lines = []
    for record in records:
        if len(record.values) != width:
            raise ExportRefused(
                file=raw.name,
                line=record.number,
                problem=f"cette ligne a {len(record.values)} champs au lieu de {width} : {CUT_SHORT} ou abîmé.",
            )
        lines.append(Line(record.number, tuple(record.values[i] for i in where)))
    if not lines:
        raise ExportRefused(file=raw.name, line=1, problem=f"le fichier n’a que son en-tête : {CUT_SHORT}.")
    table = Table(raw.name, columns, tuple(lines))
    _check_filled(table, (*columns[:keys], *filled))
    _check_codes(table, keys)
    return table


def _decode(raw: RawFile) -> str:
    content = raw.content.removeprefix(BYTE_ORDER_MARK)
    if not content.strip():
        raise ExportRefused(file=raw.name, line=1, problem="le fichier est vide.")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ExportRefused(
            file=raw.name,
            line=line,
            problem="cette ligne n’est pas en UTF-8 : le fichier est abîmé ou a été réenregistré.",
            what_to_do=ROME_FORMAT,
        ) from error
    if "\x00" in text:
        line = text.count("\n", 0, text.index("\x00")) + 1
        raise ExportRefused(
            file=raw.name, line=line, problem="cette ligne contient des octets nuls : le fichier est abîmé."
        )
    if not text.endswith("\n"):
        raise ExportRefused(
            file=raw.name,
            line=text.count("\n") + 1,
            problem=f"la dernière ligne ne se termine pas : {CUT_SHORT}.",
        )
    return text


def _records(name: str, text: str) -> Iterator[Line]:
    """Each csv record with the number of the line where it starts."""
    # newline="" keeps line ends as they are, so that numbers are those an editor shows.
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    start = 1
    while True:
        try:
            values = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise ExportRefused(
                file=name,
                line=start,
                problem=f"les guillemets de cette ligne ne se referment pas : {CUT_SHORT} ou abîmé.",
            ) from error
        if values:  # a blank line holds nothing
            yield Line(start, tuple(values))
        start = reader.line_num + 1


def _positions(name: str, header: tuple[str, ...], columns: tuple[str, ...]) -> list[int]:
    names = [label.strip().lower() for label in header]
    for column in columns:
        if names.count(column) != 1:
            trouble = "manque" if column not in names else "figure deux fois"
            raise ExportRefused(
                file=name,
                line=1,
                problem=f"la colonne « {column} » {trouble} dans l’en-tête.",
                what_to_do=ROME_FORMAT,
            )
    return [names.index(column) for column in columns]


def _check_filled(table: Table, names: tuple[str, ...]) -> None:
    for name in names:
        index = table.columns.index(name)
        for line in table.lines:
            if not line.values[index].strip():
                raise table.refuse(line.number, f"la colonne « {name} » est vide sur cette ligne.")


def _check_codes(table: Table, keys: int) -> None:
    """Codes are short, and the key of a record appears once."""
    seen: dict[tuple[str, ...], int] = {}
    for line in table.lines:
        key = line.values[:keys]
        if any(len(code) > MAX_CODE_LENGTH or code != code.strip() for code in key):
            raise table.refuse(line.number, "le code de cette ligne n’a pas la forme d’un code.")
        first = seen.setdefault(key, line.number)
        if first != line.number:
            raise table.refuse(line.number, f"cette ligne répète le code de la ligne {first}.")
