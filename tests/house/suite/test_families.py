"""Tests that ask no base run once, those that ask one run on both, and no suite leaves any of them out."""

from __future__ import annotations

import pytest

from tests.everything import INSTALLATIONS, READ_ON_SQLITE, ROOT, WRITTEN_ON_POSTGRES, suites
from tests.times import times_of


@pytest.fixture
def three_tests(pytester):
    """One marked, one that has the base through a fixture of its own, one pure."""
    pytester.makeconftest("pytest_plugins = ['tests.bases']")
    pytester.makeini("[pytest]\nmarkers = django_db: asks the base\naddopts = -p no:django -p no:randomly")
    pytester.makepyfile("""
        import pytest

        @pytest.fixture
        def db():
            pass

        @pytest.fixture
        def person(db):
            pass

        @pytest.mark.django_db
        def test_marked(): pass

        def test_through_a_fixture(person): pass

        def test_pure(): pass
    """)
    return pytester


@pytest.mark.parametrize(("base", "passed"), [("all", 3), ("asked", 2), ("not-asked", 1)])
def test_what_asks_no_base_runs_once(three_tests, base, passed):
    three_tests.inline_run("--base", base).assertoutcome(passed=passed)


def test_the_suites_leave_nothing_out_between_them():
    postgres, sqlite, installations, pure = (set(check.command) for check in suites())
    assert "asked" in postgres & sqlite
    assert "not-asked" in pure
    on_both = {arg for arg in postgres & sqlite if arg.startswith("--ignore=")}
    assert on_both == {f"--ignore={path}" for path in INSTALLATIONS} <= pure
    assert set(INSTALLATIONS) <= installations, (
        "a test of installation runs apart: write it in its family of tests/everything.py"
    )


def test_a_walk_made_on_one_base_is_made_on_that_one():
    assert [
        path for path in (*READ_ON_SQLITE, *WRITTEN_ON_POSTGRES, *INSTALLATIONS) if not (ROOT / path).exists()
    ] == [], "this file of tests is gone or renamed: mend tests/everything.py"
    assert set(READ_ON_SQLITE).isdisjoint(WRITTEN_ON_POSTGRES)


def test_the_time_of_a_family_is_that_of_its_tests_and_their_set_ups():
    told = [
        ("tests/pathways/rules/test_pass.py::test_a", 1.0),
        ("tests/pathways/rules/deep/test_b.py::test_b[x/y]", 0.5),
        ("tests/access/test_doors.py::test_c", 3.0),
        ("tests/test_openapi.py::test_d", 0.25),
    ]
    assert times_of(told) == [("access", 3.0), ("pathways/rules", 1.5), ("tests", 0.25)]
