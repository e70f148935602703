"""The page of what was measured, `docs/mutation.md`: written by the command, read again by the suite."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from tests.mutation.critical import CRITICAL, LEAST

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "mutation.md"
ON_THIS, SINCE = "cette version", "module changé depuis"


@dataclass(frozen=True)
class Line:
    """What was measured of one module, and on which version of it."""

    file: str
    day: str
    version: str
    mutants: int
    seen: int
    same: int
    lines: int
    lines_run: int
    lived: tuple[str, ...] = ()

    @property
    def score(self) -> int:
        """Whole percent, never rounded up."""
        return 100 * self.seen // self.mutants if self.mutants else 0


def print_of(file: str) -> str:
    """The version of a module, by what it holds."""
    return hashlib.sha256((ROOT / file).read_bytes()).hexdigest()[:12]


def page(lines: dict[str, Line]) -> str:
    """The whole page; « module changé depuis » is said wherever the module is no longer the one that was measured."""
    rows = []
    for each in CRITICAL:
        line = lines.get(each.file)
        if line is None:
            rows.append(f"| {each.name} | `{each.file}` | jamais | | | | | |")
            continue
        state = ON_THIS if line.version == print_of(each.file) else SINCE
        rows.append(
            f"| {each.name} | `{each.file}` | {line.day} | {line.version}, {state} | {line.seen} sur {line.mutants} | "
            f"{line.same} | {line.score} % | {line.lines_run} sur {line.lines} |"
        )
    unseen = [f"- `{line.file}` : `{name}`" for line in lines.values() for name in line.lived]
    same = [f"- `{each.file}` : `{name}` : {why}" for each in CRITICAL for name, why in each.same.items()]
    return "\n".join(
        [
            "# Les erreurs que les essais verraient",
            "",
            "<!-- Écrit par `make mutation`. -->",
            "",
            "Dans chaque module critique, une petite erreur à la fois (une comparaison, un « et », un chiffre, une réponse, un geste "
            "oublié), et les essais de ce module : rouges, l’erreur est vue. Les textes ne sont pas changés. Une erreur sans effet "
            f"est comptée à part. Au moins {LEAST} % sont vues.",
            "",
            "| De quoi | Module | Mesuré le | Version | Erreurs vues | Sans effet | Score | Lignes jouées |",
            "|---|---|---|---|---|---|---|---|",
            *rows,
            "",
            *(["## Non vues", "", *unseen, ""] if unseen else []),
            *(["## Sans effet", "", *same, ""] if same else []),
        ]
    )


ROW = re.compile(
    r"\| [^|]+ \| `([^`]+)` \| (\d{4}-\d\d-\d\d) \| (\w+), [^|]+ \| (\d+) sur (\d+) \| (\d+) \| \d+ % \| (\d+) sur (\d+) \|"
)
LIVED = re.compile(r"- `([^`]+)` : `(.*)`$", re.MULTILINE)


def read() -> dict[str, Line]:
    """What the page says, by file."""
    text = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    lived = LIVED.findall(text.partition("## Non vues")[2].partition("## Sans effet")[0])
    return {
        file: Line(
            file, day, version, int(mutants), int(seen), int(same), int(lines), int(run),
            tuple(name for where, name in lived if where == file),
        )
        for file, day, version, seen, mutants, same, run, lines in ROW.findall(text)
    }  # fmt: skip


def write(lines: dict[str, Line]) -> None:
    """Put the page in its place."""
    PAGE.write_text(page(lines), encoding="utf-8")
