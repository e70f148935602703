"""Tests that run once are there, and those without a second database really ask for none."""

from __future__ import annotations

import re

import pytest

from tests.everything import READ_ON_SQLITE, ROOT, WITHOUT_BASE, WRITTEN_ON_POSTGRES
from tests.times import times_of


@pytest.mark.parametrize("folder", WITHOUT_BASE)
def test_a_pure_folder_exists_and_touches_no_base(folder):
    place = ROOT / folder
    files = [place] if place.is_file() else list(place.rglob("*.py"))
    asks = re.compile(r"mark\.(django_db|browser)|\((?:[^()]*, )?(?:db|transactional_db|client)[,)]")
    assert files
    assert [path.name for path in files if asks.search(path.read_text())] == []


def test_a_walk_made_on_one_base_is_made_on_that_one():
    assert [path for path in (*READ_ON_SQLITE, *WRITTEN_ON_POSTGRES) if not (ROOT / path).exists()] == []
    assert set(READ_ON_SQLITE).isdisjoint(WRITTEN_ON_POSTGRES)


def test_the_time_of_a_family_is_that_of_its_tests_and_their_set_ups():
    told = [
        ("tests/pathways/rules/test_pass.py::test_a", 1.0),
        ("tests/pathways/rules/deep/test_b.py::test_b[x/y]", 0.5),
        ("tests/access/test_doors.py::test_c", 3.0),
        ("tests/test_openapi.py::test_d", 0.25),
    ]
    assert times_of(told) == [("access", 3.0), ("pathways/rules", 1.5), ("tests", 0.25)]
