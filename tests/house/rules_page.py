"""Write `docs/regles.md` from the lines of the product and from the tests themselves: `python -m tests.house.rules_page`."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date
from pathlib import Path

from backend.core.rule_lines import RuleLine, in_order
from competences.rules import numbered as competences
from employers.rules import numbered as employers
from pathways.rules.dated.book import Rule
from pathways.rules.dated.rows import BUILT_IN
from pathways.rules.told import numbered as pathways
from pathways.rules.told.shown import ShownLine, shown_line
from reports import numbered as reports
from tests.pathways.rules.boundaries.catalogue import BOUNDS, WITHOUT_A_NUMBER

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
ouverte à tous, montre les mêmes lignes avec ces valeurs. La confiance d’une règle n’est jamais plus grande que celle d’une
valeur qu’elle lit. « Bornes » : combien de nombres décident dans la règle, chacun essayé juste avant, dessus et juste après,
avec la valeur du livre puis avec une autre (`tests/pathways/rules/boundaries/`).

| n° | règle | texte | confiance | où | bornes | essais |
|---|---|---|---|---|---|---|
"""
VALUES = """
## Les valeurs datées que ces règles lisent

Telles que le produit les apporte ; une installation en ajoute d’autres. « Première date non vérifiée » : la valeur juge tout
fait plus ancien, et nous n’avons pas lu de quel jour elle date. « Jour probable » : la valeur est sûre, son premier jour l’est moins.

| n° | ce qui est lu | valeur | jours | confiance | texte | borne |
|---|---|---|---|---|---|---|
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
    shown = [shown_line(line, BUILT_IN, FOR_EVER) for line in NUMBERED]
    first = "".join(_line(each, tests[each.line.code]) for each in shown)
    values = "".join(_value(each.line.code, row) for each in shown for row in each.rows)
    return HEAD + first + VALUES + values


def _line(shown: ShownLine, tests: dict[str, int]) -> str:
    line = shown.line
    where = f"`{line.home}`" if line.home else "pas encore"
    proofs = ", ".join(f"`{path}` ({count})" for path, count in tests.items())
    words = f"{shown.words} *En partie : {line.part}.*" if line.part else shown.words
    cells = (line.code, words, line.basis, shown.confidence.label, where, _bounds(line), proofs)
    return f"| {' | '.join(cells)} |\n"


def _bounds(line: RuleLine) -> str:
    """How many numbers were tried on both sides; outside the rules of the thread, the tests say it."""
    tried = [bound for bound in BOUNDS if bound.rule == line.code]
    others = [bound.words for bound in tried if not bound.figure]
    if line.code in WITHOUT_A_NUMBER:
        return "aucun nombre ne décide"
    return f"{len(tried)}{''.join(f' ({words})' for words in others)}" if tried else "voir les essais"


def _value(code: str, row: Rule) -> str:
    """One dated value, and which side of it passes."""
    bound = next((each for each in BOUNDS if each.figure == row.name), None)
    side = "" if bound is None else "passe jusqu’à elle" if bound.is_most else "passe à partir d’elle"
    cells = (code, row.label, row.words, row.days_in_words, row.confidence.label, row.basis, side)
    return f"| {' | '.join(cells)} |\n"


if __name__ == "__main__":
    PAGE.write_text(page())
