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

import competences.screens.certifications.forms as certification_forms
import competences.screens.observe.forms as observe_forms
import employers.screens.analyses.forms as task_forms
from backend.core.actor import Role
from competences.api import assessments, certifications, fields, gesture_lists
from competences.models import Assessment, Competence, LineMatch
from competences.services import keep_gestures
from employers.api import tasks
from employers.models import TaskRequirement
from tests.factories import BlocLineFactory, CompetenceFactory, WorkTaskFactory
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
    for module in (
        fields, assessments, certifications, certification_forms, gesture_lists, observe_forms, tasks, task_forms
    ):  # fmt: skip
        for _, thing in inspect.getmembers(module, inspect.isclass):
            if issubclass(thing, (serializers.Field, forms.Field, forms.Form)):
                written = inspect.getsource(thing)
                if thing.__name__ == "CompetenceField" or re.search(
                    r"CompetenceField\(|queryset=Competence\b", written
                ):
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
        "competences/api/certifications.py",
        "competences/api/fields.py",
        "competences/api/gesture_lists.py",
        "competences/api/observations.py",
        "competences/screens/certifications/forms.py",
        "competences/screens/observe/forms.py",
        "competences/screens/observe/gestures.py",
        "competences/screens/observe/lists.py",
        "competences/screens/observe/sending.py",
        "competences/screens/observe/together.py",
        "competences/screens/self_assessment/views.py",
        "employers/api/tasks.py",
        "employers/screens/analyses/forms.py",
        "employers/screens/analyses/views.py",
    }
    assert _choosers() == {
        "CompetenceField",
        "AssessSerializer",
        "GestureListForm",
        "KeepGesturesSerializer",
        "LineMatchForm",
        "MatchLineSerializer",
        "RequiredSerializer",
        "TaskForm",
    }


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
def test_a_line_of_a_bloc_keeps_what_shows_it_on_screen_and_through_the_api(house, retired):
    line = BlocLineFactory()
    held = CompetenceFactory(is_retired=retired)
    LineMatch.objects.create(line=line, competence=held)
    browser, address = client_of(house.advisor), reverse("web:line_match", args=[line.pk])
    form = browser.get(address).context["form"]
    typed = {"version": form["version"].value(), "competences": form["competences"].value()}
    saved = browser.post(address, typed)
    assert saved.status_code == 302, saved.content.decode()
    assert [each.competence_id for each in line.matches.all()] == [held.pk]

    version = browser.get(f"{API}bloc-lines/{line.pk}/")
    sent = browser.post(
        f"{API}bloc-lines/{line.pk}/match/",
        json.dumps({"competences": [held.code]}),
        "application/json",
        headers={"If-Match": version.headers["ETag"]},
    )
    assert sent.status_code == 200, sent.content
    assert [each.competence_id for each in line.matches.all()] == [held.pk]


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


@pytest.mark.parametrize("retired", [False, True])
def test_what_waited_without_network_is_recorded_by_page_and_by_api(house, retired):
    """A gesture retired between the tap and its sending was seen all the same."""
    reading = house["assessments"]
    Competence.objects.filter(pk=reading.competence_id).update(is_retired=retired)
    supervisor = client_of(house.actors[Role.SUPERVISOR])
    tap = {"person": house.person.pk, "competence": reading.competence_id, "level": 4, "on": "2026-11-20"}
    taps = json.dumps([tap | {"key": "0a1b2c3d"}])
    page = supervisor.post(reverse("web:observe_send"), {"taps": taps})
    assert [each["recorded"] for each in page.json()["results"]] == [True]
    told = {"beneficiary": house.person.pk, "competence": reading.competence.code, "level": 3}
    body = {"observations": [told | {"key": "tool-0001"}]}
    sent = supervisor.put(f"{API}observations/", json.dumps(body), "application/json")
    assert [each["is_recorded"] for each in sent.json()["results"]] == [True]


@pytest.mark.parametrize("retired", [False, True])
def test_what_one_said_of_oneself_may_be_said_again(house, retired):
    reading = house["assessments"]
    Competence.objects.filter(pk=reading.competence_id).update(is_retired=retired)
    person = client_of(house.actors[Role.BENEFICIARY])
    assert (
        person.post(reverse("web:self_level", args=[reading.competence_id]), {"level": "2"}).status_code
        == 302
    )
    assert Assessment.objects.filter(competence_id=reading.competence_id, status="DECLAREE", level=2).exists()


@pytest.mark.parametrize("retired", [False, True])
def test_the_gestures_of_a_work_are_kept_on_screen_and_through_the_api(house, retired):
    gestures = [CompetenceFactory(), CompetenceFactory()]
    kept = keep_gestures(actor=house.actors[Role.SUPERVISOR], label="Berges du Songe", competences=gestures)
    Competence.objects.filter(pk=gestures[0].pk).update(is_retired=retired)
    before = sorted(kept.lines.values_list("competence_id", flat=True))
    supervisor, address = (
        client_of(house.actors[Role.SUPERVISOR]),
        reverse("web:gesture_list_edit", args=[kept.pk]),
    )
    form = supervisor.get(address).context["form"]
    typed = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}
    saved = supervisor.post(address, typed)
    assert saved.status_code == 302, saved.content.decode()
    assert sorted(kept.lines.values_list("competence_id", flat=True)) == before
    together = supervisor.get(f"{reverse('web:observe_together')}?travail={kept.pk}")
    assert together.status_code == 200

    version = supervisor.get(f"{API}gesture-lists/{kept.pk}/")
    sent = supervisor.patch(
        f"{API}gesture-lists/{kept.pk}/",
        json.dumps({"competences": [each.code for each in gestures]}),
        "application/json",
        headers={"If-Match": version.headers["ETag"]},
    )
    assert sent.status_code == 200, sent.content
    assert sorted(kept.lines.values_list("competence_id", flat=True)) == before


def test_a_retired_competence_that_nobody_holds_is_not_offered(house):
    gone = CompetenceFactory(is_retired=True)
    supervisor = client_of(house.actors[Role.SUPERVISOR])
    address = reverse("web:observe_level", args=[house.person.pk, gone.pk])
    assert supervisor.post(address, {"level": "4"}).status_code == 404
