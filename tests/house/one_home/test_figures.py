"""A figure of law has one home: no page, refusal or module writes it again, each computes it or says it without."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

import pytest

from backend.core.jobs import FILES_KEPT_FOR
from backend.exchange.services.imports import TO_CONFIRM_FOR
from backend.operations.backups.saving import NIGHTS_KEPT
from backend.organisations.models.invitation import VALID_FOR as INVITED_FOR
from backend.organisations.services.group_offers import VALID_FOR as OFFERED_FOR
from backend.settings.base import AXES_COOLOFF_TIME
from employers.rules.job_quality import MOST_EMPLOYERS
from employers.rules.post_hire import SUPPORT_MONTHS
from pathways.enums import BarrierTheme
from pathways.rules.dated.rows import BUILT_IN, HOURS_480, IAE_DAYS
from pathways.rules.exits.motives import LONG_CONTRACT_MONTHS
from tests.factories import TODAY
from tests.house.tree import modules, strings, templates

HOMES = {
    *(path for path, _ in modules() if path.startswith("pathways/rules/dated/")),
    "pathways/rules/numbers.py",
}
"""The rule book, whole, and the plain numbers that it starts from."""
INVENTED = "backend/demo/"
"""Invented people say what they like."""
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


UNITS_READ = {"h": r"h\b|heures?(?! ouvr)", "mois": r"mois", "jours": r"jours", "%": r"%"}
"""Units of the book, as people write them; the others count things that have no second name."""
WHOLE_YEAR = 12


def figures_of_the_book() -> Iterator[tuple[Decimal, str]]:
    """Every value that a dated row ever took, with the words that make it this figure; one of anything says nothing."""
    for rule in BUILT_IN.rows:
        unit = UNITS_READ.get(rule.unit)
        if unit is None or not isinstance(rule.value, int | float | Decimal):
            continue
        value = Decimal(str(rule.value)) * (100 if rule.unit == "%" else 1)
        if value > 1:
            yield value, unit
        if rule.unit == "mois" and value % WHOLE_YEAR == 0 and value > WHOLE_YEAR:
            yield value / WHOLE_YEAR, r"ans\b"


CONSTANTS = (
    (INVITED_FOR.days, r"jours"),
    (FILES_KEPT_FOR.days, r"jours"),
    (OFFERED_FOR.days, r"jours"),
    (TO_CONFIRM_FOR // timedelta(hours=1), r"h\b|heures?"),
    (round(AXES_COOLOFF_TIME * 60), r"minutes|min\b"),
    (NIGHTS_KEPT, r"sauvegardes"),
    (MOST_EMPLOYERS, r"employeurs"),
    (LONG_CONTRACT_MONTHS, r"mois"),
    (SUPPORT_MONTHS, r"mois"),
    (len(BarrierTheme) - 1, r"freins|thèmes"),
    (len(BarrierTheme), r"freins|thèmes"),
)
"""Thresholds of ours, that no text fixes. Freins are looked for by their former number too: what was written by hand
before one came is red then."""


def spellings() -> set[str]:
    """Each figure in digits and in letters, before each of its units."""
    figures = {*figures_of_the_book(), *((Decimal(number), unit) for number, unit in CONSTANTS)}
    return {
        rf"{written}(?:\s|&nbsp;)?(?:{unit})"
        for figure, unit in figures
        for written in {
            f"{figure:f}".rstrip("0").rstrip(".") if "." in f"{figure:f}" else f"{figure:f}",
            in_letters(int(figure)),
        }
    }


BARE = {BUILT_IN.whole(name, on=TODAY) for name in (HOURS_480, IAE_DAYS)}
"""Figures that mean one thing wherever they stand in the code."""
_TAGS = re.compile(r"<[^>]*>|\{#.*?#\}|\{%\s*comment.*?endcomment\s*%\}", re.DOTALL)
PATTERN = re.compile(rf"(?<![\d,.:])\b(?:{'|'.join(sorted(spellings(), reverse=True))})", re.IGNORECASE)
ENGINE = "employers/recomposition/"
"""Its words carry figures of a plan, computed; its docstrings explain with an example."""
NAMES_OF_THE_LAW = {
    "pathways/rules/exits/motives.py": "the official names of the motives of the ASP",
    "pathways/enums/__init__.py": "the official names of the motives of the platform",
    "pathways/models/beneficiary.py": "what « DELD » and « DETLD » mean, in the words of the State",
    "pathways/exchange/people.py": "same",
    "pathways/exchange/naming/titles.py": "the titles people give to these columns",
}
"""Where a figure is part of an official name: the name changes by another code, never by another value."""


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
        if path not in HOMES | NAMES_OF_THE_LAW.keys() and not path.startswith((ENGINE, INVENTED))
        for node in (*strings(tree), *(docstrings(tree) if "api" in path.split("/") else ()))
        if said(node.value)
    ]
    assert spelled == [], "compute it from the rule book, or say it without the figure"


def docstrings(tree: ast.AST) -> Iterator[ast.Constant]:
    """Those of the API are read by partners, in the document of its addresses."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(getattr(node.value, "value", None), str):
            yield node.value


@pytest.mark.parametrize("path", NAMES_OF_THE_LAW)
def test_an_excuse_is_still_needed(path):
    assert any(said(node.value) for name, tree in modules() if name == path for node in strings(tree)), (
        "it spells no figure any more: take it out of NAMES_OF_THE_LAW"
    )


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
        ("Nouveau PASS IAE avant deux ans", True),
        ("après douze mois de suspension", True),
        ("ils n’attendent que 24 heures", True),
        ("nous attendons quinze minutes", True),
        ("Trois employeurs au plus", True),
        ("au moins 60 % de sorties dynamiques", True),
        ("un minimum entre 0,5 h et le reste", False),
        ("à 20 km", False),
        ("120 heures", False),
        ("une session de onze heures", False),
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
