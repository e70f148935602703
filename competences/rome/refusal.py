"""Why a referential export is refused, said so that the person knows which line to look at and what to do."""

from __future__ import annotations

FETCH_AGAIN = (
    "Téléchargez de nouveau l’archive complète sur le site de France Travail, puis relancez l’import. "
    "Rien n’a été modifié."
)


class ExportRefused(Exception):
    """The export is damaged or partial and is refused whole; nothing of it may be stored.

    `line` is the physical line in the file (1 = header), or None when the file as a whole is at fault.
    """

    def __init__(
        self, *, file: str, line: int | None = None, problem: str, what_to_do: str = FETCH_AGAIN
    ) -> None:
        self.file = file
        self.line = line
        self.problem = problem
        self.what_to_do = what_to_do
        super().__init__(str(self))

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}, ligne {self.line}"
        return f"{place} : {self.problem} {self.what_to_do}"
