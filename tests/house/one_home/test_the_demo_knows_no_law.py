"""The invented territory speaks the domains' own words and asks their rules: it declares neither list nor figure."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from backend.demo import frame
from backend.demo.chance import calibration, phrases
from backend.demo.lives import follow_up
from backend.organisations.enums import StructureKind
from pathways.enums import BarrierTheme, EducationLevel
from pathways.rules.dated.figure import OUR_CHOICE
from pathways.rules.dated.rows import ROWS
from pathways.rules.dated.vae import PORTAL
from pathways.rules.exits.motives import MOTIVES, MOTIVES_BY_CODE

DEMO = Path(__file__).resolve().parents[3] / "backend" / "demo"
COMMON = 61
"""Smaller figures (4 months, 20 hours, 60 days…) are also those of any story: they prove nothing by themselves."""
MONTHS = "mois"
"""Five years, ten years: the length of anything in a story."""
A_YEAR = 365
"""The days of a year, which a request of prolongation lasts at most: no figure of law by itself."""
LAW = {
    int(row.value)
    for row in ROWS
    if isinstance(row.value, int | float | Decimal)
    and row.value >= COMMON
    and row.basis not in (OUR_CHOICE, PORTAL)
    and row.unit != MONTHS
    and row.value != A_YEAR
}


def trees() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(DEMO.rglob("*.py")):
        yield str(path.relative_to(DEMO)), ast.parse(path.read_text(encoding="utf-8"))


def test_the_figures_looked_for_are_those_of_the_book():
    assert {81, 150, 480, 730} <= LAW, "figures are no longer read from the book: look at LAW"


def test_no_closed_list_is_declared_in_the_demo():
    lists = [
        f"{name}: {node.name}"
        for name, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        and any(word in ast.unparse(base) for base in node.bases for word in ("Enum", "Choices"))
    ]
    assert lists == [], "ask the enumeration or the rules: a list of law has one home"


def test_no_figure_of_the_rule_book_is_written_in_the_demo():
    """A duration counted to its last day loses one: 729 is 730 told otherwise."""
    told = LAW | {figure - 1 for figure in LAW if figure > 365}
    figures = [
        f"{name}:{node.lineno}: {node.value}"
        for name, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and type(node.value) in {int, float} and node.value in told
    ]
    assert figures == [], "ask the rule book: invented people obey the law of their day"


def test_no_set_of_motives_or_of_kinds_is_written_in_the_demo():
    """`{3, 9}` is « hired for good or for long »: `backend/demo/chance/motives.py` asks the domain which they are."""
    written = [
        f"{name}:{node.lineno}"
        for name, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Set) and len(node.elts) > 1 and all(map(is_a_motive_or_a_kind, node.elts))
    ]
    assert written == [], "ask the rules: the demonstration is a caller"


def is_a_motive_or_a_kind(node: ast.expr) -> bool:
    if isinstance(node, ast.Constant):
        return str(node.value) in MOTIVES_BY_CODE and type(node.value) is int
    return isinstance(node, ast.Attribute) and ast.unparse(node.value) == "StructureKind"


@pytest.mark.parametrize(
    ("drawn", "known"),
    [
        (calibration.MOTIVE_WEIGHTS, {int(motive.code) for motive in MOTIVES if motive.category}),
        (follow_up.THEME_WEIGHTS, set(BarrierTheme)),
        (phrases.TALK, set(BarrierTheme)),
        (phrases.GOALS, set(BarrierTheme)),
        (calibration.EDUCATION_WEIGHTS, set(EducationLevel)),
        (calibration.STAYS, set(calibration.ENTRANTS)),
        (calibration.STRUCTURES, set(calibration.ENTRANTS)),
        (calibration.EXAMINED, set(calibration.ENTRANTS)),
        (calibration.HOURS_PER_FTE, set(calibration.ENTRANTS)),
        (calibration.MEN, set(calibration.ENTRANTS)),
        (calibration.BRSA, set(calibration.ENTRANTS)),
        (follow_up.PACE, set(calibration.ENTRANTS)),
        (frame.FULL_NAMES, set(calibration.ENTRANTS)),
        (frame.TRADES, set(calibration.ENTRANTS)),
    ],
    ids=[
        "motives", "freins", "talk", "goals", "education", "stays", "structures", "examined", "hours", "men", "brsa",
        "pace", "names", "trades",
    ],
)  # fmt: skip
def test_every_member_of_a_list_is_drawn(drawn, known):
    """A member that joins the list of the domain and not the table of the demonstration would never be seen there."""
    assert set(drawn) == known, (
        "its row in the table of the same name, in backend/demo/chance or backend/demo/lives"
    )


def test_a_kind_that_is_not_drawn_is_said():
    assert set(StructureKind) - set(calibration.ENTRANTS) == set(calibration.NOT_DRAWN), (
        "ENTRANTS of backend/demo/chance/calibration.py, or NOT_DRAWN beside it with the reason"
    )
