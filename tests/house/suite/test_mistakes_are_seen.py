"""SEC-60: mistakes put into the critical modules are seen by their tests; what was measured is recorded and read again."""

from __future__ import annotations

import ast

import pytest

from tests.house.promises_catalogue import PROMISES
from tests.mutation.critical import CRITICAL, LEAST
from tests.mutation.mutants import mutants
from tests.mutation.record import PAGE, page, read

SOURCE = '''
"""Words."""
LIMIT = 3

@kept
def may(actor: "str", day: int = 1) -> bool:
    """Words."""
    if actor is None and day > LIMIT:
        return False
    record(actor)
    return not actor
'''


def test_each_small_mistake_is_made_once_and_words_are_left_alone():
    found = {mutant.name: ast.unparse(mutant.tree) for mutant in mutants(SOURCE)}
    assert set(found) == {
        "module : 3 → 4",
        "may : 1 → 2",
        "may : if actor is None and day > LIMIT → if not (actor is None and day > LIMIT)",
        "may : actor is None and day > LIMIT → actor is None or day > LIMIT",
        "may : actor is None → actor is not None",
        "may : day > LIMIT → day >= LIMIT",
        "may : False → True",
        "may : record(actor) → pass",
        "may : return not actor → return None",
        "may : not actor → actor",
    }
    assert len(set(found.values())) == len(found)
    assert all("Words." in text and "@kept" in text for text in found.values())


@pytest.mark.parametrize("each", CRITICAL, ids=lambda each: each.file)
def test_a_critical_module_has_mistakes_to_make_and_tests_to_see_them(each):
    root = PAGE.parents[1]
    names = [mutant.name for mutant in mutants((root / each.file).read_text(encoding="utf-8"))]
    assert len(names) == len(set(names)) > 10
    assert set(each.same) <= set(names), "no longer there: take it away from `same`"
    gone = [test for test in each.tests if not (root / test).is_file()]
    assert gone == [], "a file of tests moved: name it again in tests/mutation/critical.py"


def test_the_record_names_every_critical_module_and_holds_the_score():
    lines = read()
    assert set(lines) <= {each.file for each in CRITICAL}
    told = PAGE.read_text(encoding="utf-8")
    assert [each.file for each in CRITICAL if f"`{each.file}`" not in told] == [], "python -m tests.mutation"
    low = [line for line in lines.values() if line.score < LEAST]
    assert low == [], "a test that sees the mistakes left in docs/mutation.md, then `make mutation`"


def test_what_is_not_measured_is_missing_from_the_promise_and_nothing_else():
    """One of five never measured, and the promise is not held; all of them measured, nothing of it is missing any more."""
    missing = {each.file for each in CRITICAL} - set(read())
    (promise,) = [each for each in PROMISES if each.number == 60]
    assert ("mutation" in promise.left) == bool(missing)


def test_the_page_says_of_each_module_whether_it_is_the_one_that_was_measured():
    assert page(read()) == PAGE.read_text(encoding="utf-8"), (
        "python -m tests.mutation page, or measure it again"
    )
    assert {line.file for line in read().values()} == set(read())
