"""Whatever became of the referential, what a task or an observation already names may be saved again, everywhere."""

from __future__ import annotations

import inspect
import json
import re

import pytest
from django import forms
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rest_framework import serializers

import employers.screens.analyses.forms as task_forms
from backend.core.actor import Role
from competences.api import assessments, fields
from competences.models import Assessment, Competence
from employers.api import tasks
from employers.models import TaskRequirement
from tests.factories import CompetenceFactory, WorkTaskFactory
from tests.house.tree import modules, source
from tests.worlds.two_houses import API, House, client_of


@pytest.fixture(autouse=True)
def _today(today):
    """These tests ask the calendar."""


@pytest.fixture
def house(db):
    return House()


def _choosers():
    """Every class of the product that turns what is typed or sent into a competence."""
    found = set()
    for module in (fields, assessments, tasks, task_forms):
        for _, thing in inspect.getmembers(module, inspect.isclass):
            if issubclass(thing, (serializers.Field, forms.Field, forms.Form)):
                written = inspect.getsource(thing)
                if thing.__name__ == "CompetenceField" or "CompetenceField(" in written:
                    found.add(thing.__name__)
    return found


def test_every_window_that_chooses_a_competence_is_walked_below():
    """A new one must come here: `Competence` is only looked up in these modules of the windows."""
    looks_up = re.compile(r"Competence\.objects|CompetenceField\(|find_competences\(")
    windows = {
        path
        for path, _ in modules()
        if ("/screens/" in path or "/api/" in path) and looks_up.search(source(path))
    }
    assert windows == {
        "competences/api/assessments.py",
        "competences/api/fields.py",
        "competences/screens/observe/gestures.py",
        "employers/api/tasks.py",
        "employers/screens/analyses/forms.py",
        "employers/screens/analyses/views.py",
    }
    assert _choosers() == {"CompetenceField", "AssessSerializer", "RequiredSerializer", "TaskForm"}


states = st.lists(st.tuples(st.booleans(), st.sampled_from(["Peser", "Laver un sol", "Peser "])), max_size=6)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(held=states)
def test_a_task_is_saved_unchanged_on_screen_and_through_the_api(house, held):
    """Retired or not, homonyms or not, in any number."""
    employer = house["employers"]
    task = WorkTaskFactory(analysis__establishment__employer=employer)
    for retired, label in held:
        TaskRequirement.objects.create(
            task=task, competence=CompetenceFactory(label=label.strip(), is_retired=retired), level=2
        )
    before = sorted(task.requirements.values_list("competence_id", "level"))
    browser, address = client_of(house.advisor), reverse("web:task_edit", args=[task.pk])
    form = browser.get(address).context["form"]
    typed = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    saved = browser.post(address, typed)
    assert saved.status_code == 302, saved.content.decode()
    assert sorted(task.requirements.values_list("competence_id", "level")) == before

    body = {
        "requirements": [
            {"competence": each.competence.code, "level": each.level}
            for each in task.requirements.select_related("competence")
        ]
    }
    version = browser.get(f"{API}work-tasks/{task.pk}/")
    sent = browser.patch(
        f"{API}work-tasks/{task.pk}/",
        json.dumps(body),
        "application/json",
        headers={"If-Match": version.headers["ETag"]},
    )
    assert sent.status_code == 200, sent.content
    assert sorted(task.requirements.values_list("competence_id", "level")) == before


@pytest.mark.parametrize("retired", [False, True])
def test_what_a_person_was_seen_doing_may_be_seen_again(house, retired):
    reading = house["assessments"]
    Competence.objects.filter(pk=reading.competence_id).update(is_retired=retired)
    supervisor = client_of(house.actors[Role.SUPERVISOR])
    person = reading.beneficiary_id
    page = supervisor.get(reverse("web:observe_person", args=[person]))
    address = reverse("web:observe_level", args=[person, reading.competence_id])
    assert address in page.content.decode()
    assert supervisor.post(address, {"level": "4"}).status_code == 302
    assert Assessment.objects.filter(competence_id=reading.competence_id, level=4).exists()
    body = {"beneficiary": person, "competence": reading.competence.code, "level": 3}
    sent = supervisor.post(f"{API}assessments/", json.dumps(body), "application/json")
    assert sent.status_code == 201, sent.content


def test_a_retired_competence_that_nobody_holds_is_not_offered(house):
    gone = CompetenceFactory(is_retired=True)
    supervisor = client_of(house.actors[Role.SUPERVISOR])
    address = reverse("web:observe_level", args=[house.person.pk, gone.pk])
    assert supervisor.post(address, {"level": "4"}).status_code == 404
