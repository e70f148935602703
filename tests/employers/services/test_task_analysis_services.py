"""A day spent looking at the work, written task by task."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from backend.core.errors import DomainError, NotPermitted
from employers.enums import AnalysisStatus
from employers.models import TaskAnalysis, WorkTask
from employers.services import (
    Required,
    add_task,
    change_task,
    open_analysis,
    remove_task,
    return_analysis,
)
from tests.factories import CompetenceFactory, TaskAnalysisFactory, WorkTaskFactory

A_TASK = {"name": "Peser les ingrédients", "family": "production", "weekly_hours": Decimal("6.0")}


def test_an_analysis_is_opened_at_a_workplace(bakery, trail_of):
    analysis = open_analysis(
        actor=bakery.advisor,
        establishment=bakery.establishment,
        title=" Au fournil ",
        observed_on=date(2026, 11, 20),
    )

    assert (analysis.title, analysis.status) == ("Au fournil", AnalysisStatus.DRAFT)
    assert analysis.organisation == bakery.structure
    assert trail_of(analysis) == ["analysis.opened"]


def test_without_a_curve_the_usual_week_holds_all_year(bakery, trail_of):
    task = add_task(actor=bakery.advisor, analysis=bakery.analysis, **A_TASK)

    assert task.season_hours == [6.0, 6.0, 6.0, 6.0]
    assert trail_of(task) == ["task.added"]


def test_a_task_says_its_seasons_moments_marks_and_competences(bakery):
    weighing = CompetenceFactory(label="Peser au gramme")
    task = add_task(
        actor=bakery.advisor,
        analysis=bakery.analysis,
        **A_TASK,
        season_hours=[6.0, 5.0, 0.0, 7.5],
        dayparts=["E", "M"],
        is_hard=True,
        required=[Required(weighing, level=3)],
    )

    task.refresh_from_db()
    assert (task.season_hours, task.dayparts, task.is_hard) == ([6.0, 5.0, 0.0, 7.5], ["E", "M"], True)
    assert [(each.competence, each.level) for each in task.requirements.all()] == [(weighing, 3)]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"season_hours": [6.0, 6.0]}, "season_hours"),
        ({"season_hours": [6.0, 6.0, 6.0, 60.0]}, "season_hours"),
        ({"season_hours": [6.0, 6.0, 6.0, -1.0]}, "season_hours"),
        ({"dayparts": ["nuit"]}, "dayparts"),
    ],
)
def test_what_makes_no_sense_is_refused_under_its_own_field(bakery, wrong, field):
    with pytest.raises(DomainError) as refusal:
        add_task(actor=bakery.advisor, analysis=bakery.analysis, **{**A_TASK, **wrong})
    assert refusal.value.field == field
    assert bakery.analysis.tasks.count() == 1


@pytest.mark.parametrize("hours", ["0.4", "48.1"])
def test_hours_stay_between_half_an_hour_and_a_legal_week(bakery, hours):
    with pytest.raises(ValidationError):
        add_task(actor=bakery.advisor, analysis=bakery.analysis, **{**A_TASK, "weekly_hours": Decimal(hours)})


def test_the_same_competence_is_asked_once(bakery):
    weighing = CompetenceFactory()

    with pytest.raises(ValidationError):
        add_task(
            actor=bakery.advisor,
            analysis=bakery.analysis,
            **A_TASK,
            required=[Required(weighing), Required(weighing, level=3)],
        )
    assert bakery.analysis.tasks.count() == 1


def test_correcting_a_task_replaces_its_competences_only_when_they_are_given(bakery, trail_of):
    first, second = CompetenceFactory(), CompetenceFactory()
    change_task(actor=bakery.advisor, task=bakery.task, required=[Required(first)])
    change_task(actor=bakery.advisor, task=bakery.task, is_devalued=True)
    assert [each.competence for each in bakery.task.requirements.all()] == [first]

    change_task(actor=bakery.advisor, task=bakery.task, required=[Required(second)])
    assert [each.competence for each in bakery.task.requirements.all()] == [second]
    assert trail_of(bakery.task) == ["task.changed"] * 3


def test_a_task_of_a_proposed_job_is_not_removed(bakery):
    with pytest.raises(DomainError) as refusal:
        remove_task(actor=bakery.advisor, task=bakery.task)
    assert refusal.value.code == "task_in_use"


def test_a_task_written_by_mistake_is_removed(bakery, trail_of):
    task = WorkTaskFactory(analysis=bakery.analysis)
    pk = task.pk
    remove_task(actor=bakery.manager, task=task)

    assert not WorkTask.objects.filter(pk=pk).exists()
    task.pk = pk
    assert trail_of(task) == ["task.removed"]


def test_an_analysis_is_given_back_once_it_says_something(bakery, trail_of):
    empty = TaskAnalysisFactory(establishment=bakery.establishment)
    with pytest.raises(DomainError):
        return_analysis(actor=bakery.advisor, analysis=empty)

    returned = return_analysis(actor=bakery.advisor, analysis=bakery.analysis)
    assert (returned.status, returned.version) == (AnalysisStatus.RETURNED, 2)
    assert trail_of(bakery.analysis) == ["analysis.returned"]


def test_the_employer_reads_an_analysis_only_once_it_is_given_back(bakery):
    assert not TaskAnalysis.objects.visible_to(bakery.contact).exists()
    assert not WorkTask.objects.visible_to(bakery.contact).exists()

    return_analysis(actor=bakery.advisor, analysis=bakery.analysis)
    assert TaskAnalysis.objects.visible_to(bakery.contact).get() == bakery.analysis
    assert WorkTask.objects.visible_to(bakery.contact).get() == bakery.task


@pytest.mark.parametrize("who", ["neighbour", "supervisor", "contact"])
def test_nobody_else_writes_an_analysis(bakery, who):
    actor = getattr(bakery, who)
    return_analysis(actor=bakery.advisor, analysis=bakery.analysis)

    with pytest.raises(NotPermitted):
        open_analysis(
            actor=actor, establishment=bakery.establishment, title="X", observed_on=date(2026, 11, 20)
        )
    with pytest.raises(NotPermitted):
        add_task(actor=actor, analysis=bakery.analysis, **A_TASK)
    with pytest.raises(NotPermitted):
        change_task(actor=actor, task=bakery.task, name="Pris")
    with pytest.raises(NotPermitted):
        return_analysis(actor=actor, analysis=bakery.analysis)
