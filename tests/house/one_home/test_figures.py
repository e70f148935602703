"""A figure of law has one home: no page, refusal or module writes it again, each computes it or says it without."""

from __future__ import annotations

import ast
import re

import pytest

from backend.core.jobs import FILES_KEPT_FOR
from backend.organisations.models.invitation import VALID_FOR as INVITED_FOR
from pathways.enums import BarrierTheme
from pathways.rules.dated.rows import BUILT_IN, CDDI_HOURS, HOURS_480, IAE_DAYS
from tests.factories import TODAY
from tests.house.tree import modules, strings, templates

HOMES = {"pathways/rules/dated/rows.py", "pathways/rules/numbers.py"}
UNITS = [
    "zéro",
    "un",
    "deux",
    "trois",
    "quatre",
    "cinq",
    "six",
    "sept",
    "huit",
    "neuf",
    "dix",
    "onze",
    "douze",
    "treize",
    "quatorze",
    "quinze",
    "seize",
]
TENS = {10: "dix", 20: "vingt", 30: "trente", 40: "quarante", 50: "cinquante", 60: "soixante"}


def in_letters(number: int) -> str:
    """« douze », « vingt-quatre », « vingt et un »; from seventy on, people write figures."""
    if number < len(UNITS):
        return UNITS[number]
    tens, unit = number // 10 * 10, number % 10
    if tens not in TENS or not unit:
        return TENS.get(number, str(number))
    return f"{TENS[tens]}{' et ' if unit == 1 and tens > 10 else '-'}{UNITS[unit]}"


SHOWN = {
    BUILT_IN.hours(CDDI_HOURS, on=TODAY): r"h\b|heures(?! ouvr)",
    BUILT_IN.hours(HOURS_480, on=TODAY): r"h\b|heures",
    BUILT_IN.whole(IAE_DAYS, on=TODAY): r"jours",
    **dict.fromkeys((len(BarrierTheme) - 1, len(BarrierTheme)), r"freins|thèmes"),
    **dict.fromkeys((INVITED_FOR.days, FILES_KEPT_FOR.days), r"jours"),
}
"""What people may read of a figure, with the unit that makes it this figure and no other.

The number of freins is looked for by its former value too: what was written by hand before a frein came is red then.
"""
BARE = {BUILT_IN.whole(name, on=TODAY) for name in (HOURS_480, IAE_DAYS)}
"""Figures that mean one thing wherever they stand in the code."""
_TAGS = re.compile(r"<[^>]*>|\{#.*?#\}|\{%\s*comment.*?endcomment\s*%\}", re.DOTALL)
PATTERN = re.compile(
    "|".join(
        rf"\b(?:{figure}|{in_letters(int(figure))})(?:\s|&nbsp;)?(?:{unit})" for figure, unit in SHOWN.items()
    )
)
ENGINE = "employers/recomposition/"
"""Its words carry figures of a plan, computed; its docstrings explain with an example."""


def said(text: str) -> list[str]:
    """Figures of law that a text spells out."""
    return PATTERN.findall(text)


def test_no_page_spells_a_figure_of_law():
    spelled = {
        name: found for name, path in templates().items() if (found := said(_TAGS.sub(" ", path.read_text())))
    }
    assert spelled == {}, (
        "pass the value from its home (pathways/rules/dated/rows.py), or say it without the figure"
    )


def test_no_sentence_of_the_code_spells_one():
    spelled = [
        (f"{path}:{node.lineno}", said(node.value))
        for path, tree in modules()
        if path not in HOMES and not path.startswith(ENGINE)
        for node in strings(tree)
        if said(node.value)
    ]
    assert spelled == [], "compute it from the rule book, or say it without the figure"


def test_no_module_writes_one_again():
    written = [
        f"{path}:{node.lineno}"
        for path, tree in modules()
        if path not in HOMES
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and type(node.value) in {int, float} and node.value in BARE
    ]
    assert written == [], "ask the rule book: pathways/rules/dated/rows.py"


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        ("le repère de 20 heures", True),
        ("Pourquoi vingt heures ?", True),
        ("calculée : 730 jours", True),
        ("les douze freins", True),
        ("un lien valable sept jours", True),
        ("à 20 km", False),
        ("120 heures", False),
        ("une session de douze heures", False),
    ],
)
def test_a_figure_is_recognised_by_its_unit(text, spelled):
    assert bool(said(text)) is spelled


@pytest.mark.parametrize(
    ("number", "letters"),
    [
        (12, "douze"),
        (13, "treize"),
        (17, "dix-sept"),
        (20, "vingt"),
        (21, "vingt et un"),
        (24, "vingt-quatre"),
        (480, "480"),
    ],
)
def test_a_figure_is_also_looked_for_in_letters(number, letters):
    assert in_letters(number) == letters
