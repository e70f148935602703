"""The page of the numbered rules says what the code does: each rule has its function, its number there, its tests."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module

import pytest

from tests.house.one_home.test_rooms_are_opened import NOT_YET
from tests.house.rules_catalogue import CATALOGUE, Entry
from tests.house.rules_page import PAGE, page, proofs_by_rule


def test_every_rule_stands_once_in_order():
    assert [entry.number for entry in CATALOGUE] == list(range(1, 42))


@pytest.mark.parametrize("entry", [each for each in CATALOGUE if each.home], ids=lambda entry: entry.code)
def test_a_rule_that_is_applied_carries_its_number_in_its_function_and_in_a_test(entry):
    module, _, name = entry.home.rpartition(".")
    home = import_module(module)
    words = f"{home.__doc__} {getattr(home, name).__doc__}"
    assert entry.code in words
    assert proofs_by_rule()[entry.code]


def unasked(entries: Iterable[Entry]) -> list[Entry]:
    """Rules whose function no page, command nor service calls."""
    homes = [(entry, *entry.home.rpartition(".")[::2]) for entry in entries]
    return [entry for entry, module, name in homes if f"{module.replace('.', '/')}.py {name}" in NOT_YET]


def test_a_rule_that_no_page_asks_says_so():
    """A function that only tests call judges nobody, whatever its tests prove."""
    assert [entry.code for entry in unasked(CATALOGUE) if "encore" not in entry.part] == []


def test_a_rule_that_only_tests_call_is_seen():
    path, _, name = next(iter(NOT_YET)).partition(" ")
    home = f"{path.removesuffix('.py').replace('/', '.')}.{name}"
    entry = Entry(0, "Une règle que rien n’appelle.", "", "", home)
    assert unasked([entry]) == [entry]


def test_a_rule_that_nothing_applies_is_claimed_by_no_test():
    waiting = {entry.code for entry in CATALOGUE if not entry.home}
    assert not waiting & set(proofs_by_rule())


def test_the_page_is_up_to_date():
    assert PAGE.read_text() == page(), "Lancez « python -m tests.house.rules_page »."
