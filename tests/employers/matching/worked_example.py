"""The worked example of the matching README: its tables, and its lines of JSON."""

from __future__ import annotations

import re
from pathlib import Path

import employers.matching

README = Path(employers.matching.__file__).with_name("README.md")


def example() -> str:
    return README.read_text(encoding="utf-8").split("## Exemple")[1]


def tables_of_the_readme() -> list[list[list[str]]]:
    """Cells of each table, header left out."""
    tables: list[list[list[str]]] = [[]]
    for line in example().splitlines():
        if line.startswith("|"):
            tables[-1].append([cell.strip() for cell in line.strip("|").split("|")])
        elif tables[-1]:
            tables.append([])
    return [table[2:] for table in tables if table]


def lines_of_the_readme() -> list[list[str]]:
    """Requirements, profiles and answers."""
    return [block.splitlines() for block in re.findall(r"```jsonl\n(.*?)```", example(), re.DOTALL)]
