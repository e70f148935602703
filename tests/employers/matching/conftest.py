"""The two referentials that matching is tested on: a tiny one to recompute by hand, and the official one."""

from __future__ import annotations

import pytest

from employers.matching.referential import CompetenceFact, OccupationFact, Referential
from tests.employers.matching.naive_matching import NaiveMatching
from tests.employers.matching.rome_for_matching import read_rome, rome_facts
from tests.employers.matching.worked_example import tables_of_the_readme


@pytest.fixture(scope="session")
def small_facts() -> tuple[list[CompetenceFact], list[OccupationFact]]:
    """The facts of the worked example, as its tables give them."""
    competences, fiches = tables_of_the_readme()[:2]
    return (
        [
            CompetenceFact(code, label, macro or None, objective or None)
            for code, label, macro, objective in competences
        ],
        [OccupationFact(code, label, tuple(cited.split(", "))) for code, label, cited in fiches],
    )


@pytest.fixture(scope="session")
def small(small_facts) -> Referential:
    return Referential.build(*small_facts)


@pytest.fixture(scope="session")
def small_naive(small_facts) -> NaiveMatching:
    return NaiveMatching(*small_facts)


@pytest.fixture(scope="session")
def rome(rome_dir) -> Referential:
    return read_rome(rome_dir)


@pytest.fixture(scope="session")
def rome_naive(rome_dir) -> NaiveMatching:
    return NaiveMatching(*rome_facts(rome_dir))
