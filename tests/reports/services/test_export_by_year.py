"""An export reads one civil year at a time, and writes what the whole period would have given."""

from __future__ import annotations

from datetime import date

import pytest

from backend.core.actor import Actor
from pathways.models import Exit
from reports.exits.compute.period import Period
from reports.exits.exit_list import exit_rows
from reports.exits.figures import exit_report, reports_by_year
from reports.exits.tables import names_of, summary_rows
from reports.exports import EXPORT_KINDS
from tests.factories import (
    ContractFactory,
    ExitFactory,
    MonthlyHoursFactory,
    OrganisationFactory,
    StayFactory,
)

pytestmark = pytest.mark.django_db
DAYS = [(2023, 5), (2023, 9), (2024, 1), (2024, 12), (2025, 3), (2025, 6)]


@pytest.fixture(autouse=True)
def _today(today):
    """These tests ask the calendar."""


@pytest.fixture
def period():
    """Two years cut at both ends."""
    places = [OrganisationFactory(kind=kind) for kind in ("ACI", "AI")]
    for rank, (year, month) in enumerate(DAYS):
        for place in places:
            left_on = date(year, month, 20)
            stay = StayFactory(organisation=place, started_on=date(year - 1, 2, 1), ended_on=left_on)
            contract = ContractFactory(stay=stay, started_on=date(year - 1, 2, 1), planned_end_on=left_on)
            MonthlyHoursFactory(contract=contract, month=date(year, month, 1), hours=100 + rank * 30)
            ExitFactory(stay=stay, occurred_on=left_on, motive=["1", "7", "9", "", "3", "7"][rank])
    return Period(date(2023, 6, 1), date(2025, 4, 30))


def test_the_rows_and_the_figures_are_those_of_the_whole_period(period):
    actor = Actor.operator()
    whole = exit_report(actor, period)
    newest_first = whole.classified.sort_values(["occurred_on", "exit_id"], ascending=False)
    exits, summary, _ = EXPORT_KINDS["exits"].prepare(actor, period.as_dict()).sheets

    assert list(exits.rows) == list(exit_rows(actor, newest_first, book=whole.book))
    told = list(summary.rows)
    assert told == list(summary_rows(whole.statistics, names_of(whole.structures)))
    apart = [row for row in told if row["level"] == "Hors de l’ensemble"]
    assert {row["name"] for row in apart} == {"Motif manquant"}
    assert told[0]["all_exits"] + sum(row["all_exits"] for row in apart) == len(whole.classified)
    assert {row["name"] for row in told if row["level"] == "Structure"} == set(whole.structures["name"])


def test_one_civil_year_is_held_at_once(period):
    held = [
        {day.year for day in report.classified["occurred_on"]}
        for report in reports_by_year(Actor.operator(), period)
    ]

    assert held == [{2025}, {2024}, {2023}]


def test_the_number_of_rows_is_known_before_they_are_written(period):
    prepared = EXPORT_KINDS["exits"].prepare(Actor.operator(), period.as_dict())

    assert prepared.rows == Exit.objects.between(period.start, period.end).count() == 8


def test_a_period_without_exits_has_figures_of_zero():
    period = Period(date(2020, 1, 1), date(2021, 12, 31))
    exits, summary, _ = EXPORT_KINDS["exits"].prepare(Actor.operator(), period.as_dict()).sheets

    assert list(exits.rows) == []
    assert [row["all_exits"] for row in summary.rows] == [0]
