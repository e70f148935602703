"""Write `docs/regles.md` from the catalogue and from the tests themselves: `python -m tests.house.rules_page`."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

from tests.house.rules_catalogue import CATALOGUE, Entry

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "regles.md"
HEAD = """# Les règles, une par une

Page écrite par `python -m tests.house.rules_page` ; un test échoue si elle n’est plus à jour. Les valeurs qui changent
avec la loi sont des lignes datées : « Règles » dans le produit, ou `passerelles rules`.

| n° | règle | texte | confiance | où | essais |
|---|---|---|---|---|---|
"""
_TEST = re.compile(r"def test_((?:r\d\d_)+)\w+")


def proofs_by_rule() -> dict[str, dict[str, int]]:
    """Rule → file of tests → how many tests carry its number."""
    found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for numbers in _TEST.findall(path.read_text()):
            for number in numbers.strip("_").split("_"):
                found[number.upper()][path.relative_to(ROOT).as_posix()] += 1
    return found


def page() -> str:
    """The whole page."""
    tests = proofs_by_rule()
    return HEAD + "".join(_line(entry, tests[entry.code]) for entry in CATALOGUE)


def _line(entry: Entry, tests: dict[str, int]) -> str:
    where = f"`{entry.home}`" if entry.home else "pas encore"
    proofs = ", ".join(f"`{path}` ({count})" for path, count in tests.items())
    words = f"{entry.words} *En partie : {entry.part}.*" if entry.part else entry.words
    return f"| {entry.code} | {words} | {entry.basis} | {entry.confidence} | {where} | {proofs} |\n"


if __name__ == "__main__":
    PAGE.write_text(page())
