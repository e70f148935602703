"""Every decision is found from one page, by its title; no number is given twice."""

from __future__ import annotations

from tests.house.decisions_page import PAGE, decisions, page


def test_the_index_is_that_of_the_files():
    assert PAGE.read_text("utf-8") == page(), "python -m tests.house.decisions_page"


def test_a_number_is_one_decision():
    numbers = [number for number, _, _ in decisions()]
    assert len(numbers) > 50, "decisions are no longer found: look at how the index is read"
    assert sorted(set(numbers)) == numbers, "give the new decision the next free number, once"
