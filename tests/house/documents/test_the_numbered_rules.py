"""The page of the numbered rules says what the code does: each rule has its function, its number there, its tests."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterable
from importlib import import_module

import pytest

from backend.core import rule_lines
from backend.core.findings import Confidence
from backend.core.rule_lines import RuleLine
from pathways.rules.dated.rows import NAMES
from tests.house.one_home.test_rooms_are_opened import NOT_YET
from tests.house.rules_page import LINES, NUMBERED, PAGE, page, proofs_by_rule
from tests.house.tree import modules


def test_every_rule_stands_once_in_order():
    assert [entry.number for entry in NUMBERED] == list(range(1, 42)), (
        "number rules one after the other in pathways/rules/told/numbered.py"
    )


@pytest.mark.parametrize("entry", [each for each in NUMBERED if each.home], ids=lambda entry: entry.code)
def test_a_rule_that_is_applied_carries_its_number_in_its_function_and_in_a_test(entry):
    module, _, name = entry.home.rpartition(".")
    home = import_module(module)
    words = f"{home.__doc__} {getattr(home, name).__doc__}"
    assert entry.code in words, (
        "write its number in the docstring of the function that applies it, or of its module"
    )
    assert proofs_by_rule()[entry.code], "prove it: a test of its rule named with its code"


def unasked(entries: Iterable[RuleLine]) -> list[RuleLine]:
    """Rules whose function no page, command nor service calls."""
    homes = [(entry, *entry.home.rpartition(".")[::2]) for entry in entries]
    return [entry for entry, module, name in homes if f"{module.replace('.', '/')}.py {name}" in NOT_YET]


def test_a_rule_that_no_page_asks_says_so():
    """A function that only tests call judges nobody, whatever its tests prove."""
    assert [entry.code for entry in unasked(NUMBERED) if "encore" not in entry.part] == [], (
        "only tests call its function (NOT_YET): have a page or a service ask it, or say so in its part"
    )


def test_a_rule_that_only_tests_call_is_seen():
    path, _, name = next(iter(NOT_YET)).partition(" ")
    home = f"{path.removesuffix('.py').replace('/', '.')}.{name}"
    entry = RuleLine("R00", "", "Une règle que rien n’appelle.", "", Confidence.CONFIRMED, "", home)
    assert unasked([entry]) == [entry]


def test_a_rule_that_nothing_applies_is_claimed_by_no_test():
    waiting = {entry.code for entry in NUMBERED if not entry.home}
    assert not waiting & set(proofs_by_rule()), "it is proved: move it out of the rules that wait"


def test_the_page_is_up_to_date():
    assert PAGE.read_text() == page(), "Lancez « python -m tests.house.rules_page »."


def test_the_product_shows_the_same_lines():
    assert rule_lines.lines() == LINES, "write the page again: python -m tests.house.rules_page"


def test_a_line_names_values_of_the_dated_book():
    assert [(line.code, name) for line in LINES for name in line.figures if name not in NAMES] == [], (
        "this figure is no row of pathways/rules/dated/: name one that is"
    )


def test_a_dated_value_is_explained_by_one_line():
    named = Counter(name for line in LINES for name in line.figures)
    assert [name for name, times in named.items() if times > 1] == [], (
        "a figure is told by one rule: choose which"
    )


def test_a_refusal_is_explained_by_one_line_and_exists():
    told = Counter(code for line in LINES for code in line.refusals)
    assert [code for code, times in told.items() if times > 1] == [], (
        "a refusal is told by one rule: choose which"
    )
    said = {code for path, tree in modules() for code in _strings(tree)}
    assert sorted(set(told) - said) == [], "no rule gives this code any more: take it out"


def _strings(tree: ast.AST) -> set[str]:
    """Codes given to a finding or a refusal in one module."""
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args)
    firsts = (call.args[0] for call in calls)
    return {each.value for each in firsts if isinstance(each, ast.Constant) and isinstance(each.value, str)}


def test_a_finding_that_carries_the_number_of_a_rule_leads_to_it():
    """« R15: … » in the docstring of a function that finds: each of its codes leads to a line."""
    lost = []
    for path, tree in modules():
        if "/rules/" not in path:
            continue
        for node in ast.walk(tree):
            if not isinstance(node, ast.FunctionDef) or not re.match(
                r"R\d\d:", ast.get_docstring(node) or ""
            ):
                continue
            codes = {
                call.args[0].value
                for call in ast.walk(node)
                if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "Finding" and call.args
            }
            lost += [(path, code) for code in codes if rule_lines.line_behind(code) is None]
    assert lost == [], "the module or function is gone or renamed: mend what the rule says applies it"
