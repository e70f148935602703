"""A form of progress offers where one may go from where one stands, and nothing else."""

from __future__ import annotations

import pytest

from pathways.enums import AppointmentStatus, ProgressStatus
from pathways.rules.transitions import APPOINTMENTS, PROGRESS
from pathways.screens.goals.forms import (
    ActionProgressForm,
    AppointmentOutcomeForm,
    GoalProgressForm,
    StatusForm,
)
from tests.house.tree import of_the_product

FORMS = {GoalProgressForm: PROGRESS, ActionProgressForm: PROGRESS, AppointmentOutcomeForm: APPOINTMENTS}


def offered(form: StatusForm) -> set[str]:
    return {str(value) for value, _ in form["status"].field.widget.choices}


def test_every_form_of_a_state_is_tried():
    assert set(of_the_product(StatusForm)) == set(FORMS)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
def test_only_what_may_follow_is_offered(form):
    table = FORMS[form]
    for current, reach in table.items():
        expected = {str(each) for each in (*reach, current)} - {str(AppointmentStatus.PLANNED)}
        assert offered(form(current=current)) == expected


def test_a_state_a_colleague_closed_meanwhile_is_still_read():
    """The service says what happened: a page opened before is no mistake of who sends it."""
    sent = {"version": "1", "status": ProgressStatus.DROPPED, "dropped_because": "Autre chose"}
    form = GoalProgressForm(sent, current=ProgressStatus.DONE)
    assert form.is_valid(), form.errors
