"""Each number of R01 to R24, R30 to R34 and R41 decides just where the book says, and moves with the book."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from pathways.rules.dated.book import RuleBook, contract_name
from pathways.rules.dated.rows import BUILT_IN, IAE_MONTHS
from tests.house.rules_page import NUMBERED
from tests.pathways.rules.boundaries.catalogue import BOUNDS, DECIDES_NOTHING, WITHOUT_A_NUMBER
from tests.pathways.rules.boundaries.standing import TODAY

OF_THE_THREAD = [line for line in NUMBERED if int(line.code[1:]) in {*range(1, 25), *range(30, 35), 41}]
MOVED_BY = 2
"""How much further the second book puts each figure: a rule that keeps its number to itself is then red."""


def value_of(figure, book):
    """The value a bound is tried with: that of today, or the last one of what is counted otherwise since."""
    row = book.rule(figure, on=TODAY) or book.history(figure)[-1]
    return Decimal(row.value) if isinstance(row.value, Decimal) else int(row.value)


def moved(figure):
    """The same book, one figure further."""
    rows = [replace(row, value=row.value + MOVED_BY) if row.name == figure else row for row in BUILT_IN.rows]
    return RuleBook(tuple(rows))


def sides(bound, value, book):
    """Whether it passes one step before, on the value, one step past."""
    return [bound.passes(value, step, book) for step in (-1, 0, 1)]


def expected(bound):
    return [True, True, False] if bound.is_most else [False, True, True]


@pytest.mark.parametrize("bound", BOUNDS, ids=lambda bound: bound.name)
def test_it_passes_on_one_side_and_not_on_the_other(bound):
    value = value_of(bound.figure, BUILT_IN) if bound.figure else None
    assert sides(bound, value, BUILT_IN) == expected(bound)


@pytest.mark.parametrize("bound", [each for each in BOUNDS if each.figure], ids=lambda bound: bound.name)
def test_the_rule_moves_with_the_book(bound):
    book = moved(bound.figure)
    assert sides(bound, value_of(bound.figure, book), book) == expected(bound)


def test_every_figure_of_these_rules_has_its_bound_or_its_reason():
    read = {(line.code, name) for line in OF_THE_THREAD for name in line.figures}
    signed = {name for _, name in read if name.startswith(contract_name("CDDI")[:9])}
    tried = {(bound.rule, bound.figure) for bound in BOUNDS if bound.figure}
    left = {each for each in read - tried if each[1] not in DECIDES_NOTHING and each[1] not in signed}
    assert left == set(), "stand on both sides of it in tests/pathways/rules/boundaries/catalogue.py"
    assert tried - read == set(), "the rule no longer names this figure: pathways/rules/told/numbered.py"
    assert set(DECIDES_NOTHING) <= {name for _, name in read}, "no rule reads it: take it out"


def test_every_rule_has_a_bound_or_says_what_decides():
    tried = {bound.rule for bound in BOUNDS}
    assert {line.code for line in OF_THE_THREAD} == tried | set(WITHOUT_A_NUMBER)
    assert tried & set(WITHOUT_A_NUMBER) == set()


def test_a_bound_that_keeps_its_number_to_itself_is_seen():
    """The months of a PASS are read of another day: moving the days changes nothing there."""
    bound = next(each for each in BOUNDS if each.figure == IAE_MONTHS)
    assert sides(bound, value_of(IAE_MONTHS, BUILT_IN) + MOVED_BY, BUILT_IN) == [False, False, False]
