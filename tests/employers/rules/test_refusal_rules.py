"""What the rules of the employers' side find in what is typed: the day before, the day, the day after."""

from __future__ import annotations

from datetime import date

import pytest

from employers.rules.consents import answer_findings, employer_answer_findings
from employers.rules.hires import contract_findings, day_findings
from employers.rules.job_quality import MOST_EMPLOYERS
from employers.rules.post_hire import contact_findings
from employers.rules.proposals import composition_findings, status_findings
from employers.rules.tasks import MOST_HOURS, task_findings

DAY, BEFORE, AFTER = date(2026, 11, 16), date(2026, 11, 15), date(2026, 11, 17)


def codes(findings):
    return [each.code for each in findings]


@pytest.mark.parametrize(
    ("kind", "months", "found"),
    [
        ("CDI", None, []),
        ("CDI", 6, ["cdi_without_length"]),
        ("CDI", 0, ["cdi_without_length"]),
        ("CDD", 1, []),
        ("CDD", None, ["length_needed"]),
        ("MISSION", 0, ["length_needed"]),
        ("STAGE", 2, ["unknown_kind"]),
    ],
)
def test_a_contract_says_its_length_or_is_a_cdi(kind, months, found):
    assert codes(contract_findings(kind=kind, months=months)) == found


@pytest.mark.parametrize(
    ("trial_ends_on", "left_on", "found"),
    [
        (None, None, []),
        (DAY, DAY, []),
        (AFTER, BEFORE, []),
        (BEFORE, None, ["trial_before_hire"]),
        (None, AFTER, ["left_after_hire"]),
    ],
)
def test_days_of_a_hire_follow_each_other(trial_ends_on, left_on, found):
    assert codes(day_findings(started_on=DAY, trial_ends_on=trial_ends_on, left_on=left_on)) == found


@pytest.mark.parametrize(("ends_on", "found"), [(BEFORE, ["question_ended"]), (DAY, []), (AFTER, [])])
def test_a_question_is_answered_until_its_last_day(ends_on, found):
    assert codes(answer_findings(ends_on=ends_on, today=DAY)) == found


@pytest.mark.parametrize(
    ("answer", "found"), [("RENCONTRER", []), ("DECLINER", []), ("", ["unknown_answer"]), ("PLUS_TARD", ["unknown_answer"])]
)  # fmt: skip
def test_an_employer_meets_or_declines(answer, found):
    assert codes(employer_answer_findings(answer)) == found


@pytest.mark.parametrize(
    ("on", "situation", "found"),
    [
        (BEFORE, "EN_POSTE", []),
        (DAY, "INJOIGNABLE", []),
        (AFTER, "EN_POSTE", ["in_the_future"]),
        (DAY, "", ["unknown_situation"]),
    ],
)
def test_a_contact_has_happened_and_found_something(on, situation, found):
    said = contact_findings(on=on, hired_on=date(2026, 1, 1), due_on=DAY, situation=situation, today=DAY)
    assert codes(said) == found


@pytest.mark.parametrize(
    ("tasks", "employers", "found"),
    [
        (1, 1, []),
        (4, MOST_EMPLOYERS, []),
        (4, MOST_EMPLOYERS + 1, ["too_many_employers"]),
        (0, 0, ["no_task"]),
    ],
)
def test_a_job_has_tasks_and_few_employers(tasks, employers, found):
    assert codes(composition_findings(tasks=tasks, employers=employers)) == found


def test_a_job_stands_where_we_know():
    assert codes(status_findings("OUVERTE")) == []
    assert codes(status_findings("EN_PAUSE")) == ["unknown_status"]


@pytest.mark.parametrize(
    ("hours", "found"),
    [
        ([0, 10, 35.5, MOST_HOURS], []),
        ([0, 10, 35.5, MOST_HOURS + 0.5], ["season_hours"]),
        ([-1, 10, 10, 10], ["season_hours"]),
        ([10, 10, 10], ["season_hours"]),
        ([10] * 5, ["season_hours"]),
        ([10, 10, 10, "10"], ["season_hours"]),
    ],
)
def test_a_task_has_one_possible_week_per_season(hours, found):
    assert codes(task_findings(season_hours=hours, dayparts=["M"])) == found


def test_a_task_is_done_at_a_part_of_the_day():
    assert codes(task_findings(season_hours=[10] * 4, dayparts=["E", "S"])) == []
    assert codes(task_findings(season_hours=[10] * 4, dayparts=["NUIT"])) == ["unknown_daypart"]
