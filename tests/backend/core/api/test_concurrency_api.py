"""Two people at once: one row, one winner, and the other one knows."""

from __future__ import annotations

import json
from threading import Barrier, Thread

import pytest
from django.db import connection

from backend.audit import triggers
from backend.core.actor import Role
from pathways.models import Beneficiary, Goal, Interview
from tests.committing import committing
from tests.factories import InterviewFactory, OrganisationFactory, StayFactory, actor_of
from tests.worlds.two_houses import API, client_of

pytestmark = committing


@pytest.fixture(autouse=True)
def _today(today):
    """These tests ask the calendar."""


@pytest.fixture(scope="module", autouse=True)
def trail_can_be_emptied(django_db_setup, django_db_blocker):
    """Threads really commit, so the suite must empty the tables after them, the trail included."""
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        triggers.drop(None, editor)
    yield
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        triggers.create(None, editor)


def send(client, method, path, body, **headers):
    return client.generic(method, f"{API}{path}", json.dumps(body), "application/json", headers=headers)


def together(count, work):
    """Run `work(n)` in as many threads, all starting at once; what each gave back."""
    gate, given = Barrier(count), [None] * count

    def run(position):
        try:
            gate.wait(timeout=30)
            given[position] = work(position)
        finally:
            connection.close()

    threads = [Thread(target=run, args=(position,)) for position in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    return given


@pytest.fixture
def open_base():
    """An advisor with someone to accompany, visible to every thread."""
    structure = OrganisationFactory()
    actor = actor_of(Role.ADVISOR, structure)
    stay = StayFactory(organisation=structure, advisor_id=actor.user_id)
    return actor, stay.beneficiary


def test_twenty_posts_under_one_key_at_once_make_one_row(open_base):
    """SEC-51."""
    actor, person = open_base
    clients = [client_of(actor) for _ in range(20)]
    body = {"beneficiary": person.pk, "label": "Passer le permis", "origin": "ENSEMBLE"}
    answers = together(20, lambda n: send(clients[n], "POST", "goals/", body, **{"Idempotency-Key": "vingt"}))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert Goal.objects.count() == 1


def test_of_two_changes_to_one_version_one_wins_and_the_other_knows(open_base):
    """SEC-52."""
    actor, person = open_base
    interview = InterviewFactory(
        beneficiary=person, organisation_id=actor.organisation_id, author_id=actor.user_id, synthesis="Avant."
    )
    clients, texts = [client_of(actor) for _ in range(2)], ["Premier.", "Second."]
    answers = together(
        2,
        lambda n: send(
            clients[n], "PATCH", f"interviews/{interview.pk}/", {"synthesis": texts[n]}, **{"If-Match": '"1"'}
        ),
    )
    statuses = [answer.status_code for answer in answers]
    assert sorted(statuses) == [200, 412]
    assert Interview.objects.get(pk=interview.pk).synthesis == texts[statuses.index(200)]


def test_two_identical_welcomes_at_once_make_one_file(open_base):
    actor, _ = open_base
    clients = [client_of(actor) for _ in range(2)]
    # A name no factory draws: the person of the base must not be taken for a second file.
    body = {
        "organisation": actor.organisation_id, "started_on": "2026-11-22", "last_name": "Jumelage",
        "first_name": "Prudence", "birth_date": "1990-01-01",
    }  # fmt: skip
    answers = together(2, lambda n: send(clients[n], "POST", "people/", body))
    assert sorted(answer.status_code for answer in answers) == [201, 409]
    assert Beneficiary.objects.filter(last_name="Jumelage", first_name="Prudence").count() == 1
