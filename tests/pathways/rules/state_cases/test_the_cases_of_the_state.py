"""The cases of the State platform that a public reader can check agree, or differ for a reason that is ours by right."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.house.state_cases_page import CASES, PAGE, page
from tests.pathways.rules.state_cases.entries import HELD

ROOT = Path(__file__).parents[4]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_ours_is_that_of_the_state_or_the_one_we_name(case):
    assert case.ours() == case.expected


@pytest.mark.parametrize("case", [each for each in CASES if each.why], ids=lambda case: case.name)
def test_a_difference_is_one(case):
    assert case.instead != case.state, "both agree now: take the reason out"


def test_every_case_is_played_once():
    names = Counter((case.name, case.source, case.state) for case in CASES)
    assert [name for name, times in names.items() if times > 1 and "un jour de plus" not in name[0]] == []
    assert {case.subject for case in CASES} >= {
        "Durée du PASS",
        "Carence",
        "Suspension",
        "Prolongation",
        "Éligibilité",
    }


@pytest.mark.parametrize("place", sorted(set(HELD.values())))
def test_what_is_held_elsewhere_is_there(place):
    assert (ROOT / place).exists()


def test_the_page_is_up_to_date():
    assert PAGE.read_text() == page(), "Lancez « python -m tests.house.state_cases_page »."
