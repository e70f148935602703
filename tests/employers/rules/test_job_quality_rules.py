"""What makes a job acceptable, on both sides of each figure; the screen, the API and the engine read the same."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from employers.recomposition.facts.of_the_day import parameters_of
from employers.recomposition.facts.vocabulary import Parameters
from employers.recomposition.rules.contracts import contract_label
from employers.rules import proposals
from employers.rules.job_quality import HEAVY_CAP, MOST_EMPLOYERS, SKILL_FLOOR, TaskFacts, job_quality
from pathways.rules.dated.book import RuleBook
from pathways.rules.dated.rows import BUILT_IN, CDDI_HOURS, LEGAL_WEEK, row


def facts(*hours: float, **said) -> TaskFacts:
    return TaskFacts(hours if len(hours) == 4 else hours * 4, **{"employer": 1} | said)


def quality(*tasks: TaskFacts):
    return job_quality(tasks, least_hours=20)


@pytest.mark.parametrize(("summer", "enough"), [(19.5, False), (20, True), (20.5, True)])
def test_the_emptiest_season_reaches_the_floor_of_a_contract(summer, enough):
    found = quality(facts(24, 22, summer, 26))
    assert (found.has_enough_hours, found.lowest_hours, found.lowest_season) == (enough, summer, 2)


@pytest.mark.parametrize(("winter", "accepted"), [(7.5, True), (8, True), (8.5, False)])
def test_hard_hours_keep_under_their_cap_every_season(winter, accepted):
    """8 hours of 20 are exactly 40 %; the year alone would say less."""
    found = quality(facts(winter, 0, 0, 0, is_heavy=True), facts(20 - winter, 20, 20, 20))
    assert (found.is_not_too_heavy, found.heavy_season) == (accepted, 0)


@pytest.mark.parametrize(("hours", "teaches"), [(2.5, False), (3, True), (3.5, True)])
def test_enough_hours_develop_a_competence_over_the_year(hours, teaches):
    assert quality(facts(hours, is_skill_building=True), facts(20 - hours)).teaches is teaches


@pytest.mark.parametrize(("kept", "robust"), [(19.5, False), (20, True)])
def test_a_job_of_several_employers_holds_without_any_one_of_them(kept, robust):
    found = quality(facts(30, employer=1), facts(kept, employer=2))
    assert (found.is_robust, found.without_one, found.weakest) == (robust, kept, 1)


def test_a_job_of_one_employer_is_neither_robust_nor_fragile():
    found = quality(facts(25))
    assert (found.is_robust, found.without_one) == (None, None)


def test_the_engine_reads_the_hours_of_the_installation():
    since = date(2027, 1, 1)
    book = RuleBook((*BUILT_IN.rows, row(CDDI_HOURS, Decimal(18), "invented", since=since)))
    assert parameters_of(BUILT_IN, on=since) == Parameters()
    moved = parameters_of(book, on=since)
    assert (moved.min_hours, moved.cddi_hours, moved.part_time_hours) == (18.0, 18.0, 24.0)
    assert parameters_of(book, on=date(2026, 12, 31)) == Parameters()
    assert contract_label(36, moved).startswith("valable en CDDI (18 h)")


def test_the_engine_and_the_service_read_the_same_figures():
    defaults = Parameters()
    assert (defaults.max_employers, defaults.heavy_cap, defaults.skill_floor) == (
        MOST_EMPLOYERS,
        HEAVY_CAP,
        SKILL_FLOOR,
    )
    assert proposals.MOST_EMPLOYERS is MOST_EMPLOYERS
    today = date(2026, 11, 22)
    assert (defaults.min_hours, defaults.max_hours) == (
        BUILT_IN.hours(CDDI_HOURS, on=today),
        BUILT_IN.hours(LEGAL_WEEK, on=today),
    )
