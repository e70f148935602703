"""An export of the registers, whatever its day and its form: a stream of certifications, and what was odd on the way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from competences.rncp.files import Files, find_files
from competences.rncp.rows import Fiche, Remarks
from competences.rncp.sheets import read_sheets
from competences.rncp.tables import read_tables

ATTRIBUTION = (
    "Répertoire national des certifications professionnelles et répertoire spécifique, France compétences, "
    "Licence Ouverte 2.0"
)


@dataclass(slots=True)
class RegisterExport:
    """What was found; `fiches` reads it, and `remarks` fills as one reads."""

    files: Files
    remarks: Remarks = field(default_factory=Remarks)

    @property
    def exported_on(self) -> date | None:
        """The day its names say."""
        return self.files.exported_on

    @property
    def has_list(self) -> bool:
        """Whether csv tables give the list."""
        return "standard" in self.files.tables

    @property
    def has_content(self) -> bool:
        """Whether the competences of the blocs are there: the XML alone gives them."""
        return bool(self.files.sheets)

    def fiches(self) -> Iterator[Fiche]:
        """Each certification; with both forms, the csv says the list, then the XML what only it holds."""
        if self.has_list:
            yield from read_tables(self.files, self.remarks)
        if self.has_content:
            yield from read_sheets(self.files.sheets, self.remarks, is_listed=not self.has_list)


def open_register(path: Path) -> RegisterExport:
    """The export lying at `path`: a folder, a zip, or one XML; `ExportRefused` where there is none."""
    return RegisterExport(find_files(path))
