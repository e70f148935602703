"""Write `docs/regles.md` from the lines of the product and from the tests themselves: `python -m tests.house.rules_page`."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date
from pathlib import Path

from backend.core.rule_lines import RuleLine, in_order
from competences.rules import numbered as competences
from employers.rules import numbered as employers
from pathways.rules.dated.rows import BUILT_IN
from pathways.rules.told import numbered as pathways
from pathways.rules.told.shown import shown_line
from reports import numbered as reports

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "regles.md"
LINES = in_order((*pathways.RULES, *competences.RULES, *employers.RULES, *reports.RULES))
FOR_EVER = date.max
"""The figures that nobody said an end of."""
NUMBERED = [line for line in LINES if line.number]
"""What the page « Règles » of the product shows too: one home for both."""
HEAD = """# Les règles, une par une

Page écrite par `python -m tests.house.rules_page` ; un test échoue si elle n’est plus à jour. Les valeurs qui changent
avec la loi sont des lignes datées : « Règles » dans le produit, ou `passerelles rules`. La page « Règles » du produit,
ouverte à tous, montre les mêmes lignes avec ces valeurs.

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
    return HEAD + "".join(_line(line, tests[line.code]) for line in NUMBERED)


def _line(line: RuleLine, tests: dict[str, int]) -> str:
    where = f"`{line.home}`" if line.home else "pas encore"
    proofs = ", ".join(f"`{path}` ({count})" for path, count in tests.items())
    told = shown_line(line, BUILT_IN, FOR_EVER).words
    words = f"{told} *En partie : {line.part}.*" if line.part else told
    return f"| {line.code} | {words} | {line.basis} | {line.confidence.label} | {where} | {proofs} |\n"


if __name__ == "__main__":
    PAGE.write_text(page())
