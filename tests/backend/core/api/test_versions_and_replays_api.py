"""Nobody's text is lost, nothing is recorded twice."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from backend.accounts.models import User
from backend.core.actor import Role
from backend.core.models import IdempotencyRecord
from backend.core.tasks import forget_old_answers
from pathways.models import Goal
from tests.factories import (
    MembershipFactory,
)
from tests.worlds.two_houses import API, House, client_of


@pytest.fixture(autouse=True)
def _today(today):
    """These tests ask the calendar."""


@pytest.fixture
def house(db):
    return House()


@pytest.fixture
def advisor(house):
    return house.clients[Role.ADVISOR]


def send(client, method, path, body, **headers):
    return client.generic(method, f"{API}{path}", json.dumps(body), "application/json", headers=headers)


PATCHES = {
    "people": {"phone": "0600000000"},
    "interviews": {"synthesis": "Relu ensemble."},
    "goals": {"status": "REALISE"},
    "exits": {"motive": "3"},
    "employers": {"sector": "Boulangerie"},
    "work-tasks": {"name": "Peser la farine"},
    "job-proposals": {"title": "Aide au fournil"},
}


@pytest.mark.parametrize("table", PATCHES)
def test_a_change_says_which_version_it_corrects(house, advisor, table):
    """SEC-52."""
    address, body = f"{table}/{house[table].pk}/", PATCHES[table]
    tag = advisor.get(f"{API}{address}").headers["ETag"]

    assert send(advisor, "PATCH", address, body).status_code == 428
    old = send(advisor, "PATCH", address, body, **{"If-Match": '"autre"'})
    assert (old.status_code, old.json()["code"]) == (412, "conflict")
    changed = send(advisor, "PATCH", address, body, **{"If-Match": tag})
    assert changed.status_code == 200
    assert body.items() <= changed.json().items()
    assert changed.headers["ETag"] == advisor.get(f"{API}{address}").headers["ETag"] != tag
    assert send(advisor, "PATCH", address, body, **{"If-Match": tag}).status_code == 412


def test_settings_of_a_structure_are_versioned_by_what_they_show(house):
    manager, address = house.clients[Role.MANAGER], f"structures/{house.structure.pk}/"
    tag = manager.get(f"{API}{address}").headers["ETag"]
    changed = send(manager, "PATCH", address, {"interview_every_days": 45}, **{"If-Match": tag})
    assert (changed.status_code, changed.json()["interview_every_days"]) == (200, 45)
    assert (
        send(manager, "PATCH", address, {"interview_every_days": 30}, **{"If-Match": tag}).status_code == 412
    )


@pytest.mark.parametrize(
    ("path", "body"),
    [("actions/{actions}/settle/", {"status": "REALISE"}),
     ("vae-projects/{vae-projects}/move/", {"kind": "ACCORD", "on": "2026-11-20"})],
)  # fmt: skip
def test_verbs_that_correct_a_version_ask_for_it_too(house, advisor, path, body):
    address = path.format(**{name: row.pk for name, row in house.rows.items()})
    assert send(advisor, "POST", address, body).status_code == 428
    assert send(advisor, "POST", address, body, **{"If-Match": '"9"'}).status_code == 412
    assert send(advisor, "POST", address, body, **{"If-Match": '"1"'}).json()["version"] == 2


def test_a_task_is_removed_only_as_it_was_read(house, advisor):
    address = f"work-tasks/{house['work-tasks'].pk}/"
    tag = advisor.get(f"{API}{address}").headers["ETag"]
    assert send(advisor, "DELETE", address, None).status_code == 428
    used = send(advisor, "DELETE", address, None, **{"If-Match": tag})
    assert (used.status_code, used.json()["code"]) == (400, "task_in_use")


def test_the_private_note_stays_when_only_the_synthesis_changes(house, advisor):
    address = f"interviews/{house['interviews'].pk}/"
    send(advisor, "PATCH", address, {"synthesis": "Relu."}, **{"If-Match": '"1"'})
    assert advisor.get(f"{API}{address}").json()["private_note"] == "À revoir avec calme."
    send(advisor, "PATCH", address, {"private_note": "Autre."}, **{"If-Match": '"2"'})
    shown = advisor.get(f"{API}{address}").json()
    assert (shown["synthesis"], shown["private_note"]) == ("Relu.", "Autre.")


def goal_of(house, label="Travailler dehors"):
    return {"beneficiary": house.person.pk, "label": label, "origin": "PERSONNE"}


def test_the_same_key_records_once_and_answers_alike(house, advisor):
    before = Goal.objects.count()
    first, again = [
        send(advisor, "POST", "goals/", goal_of(house), **{"Idempotency-Key": "abc"}) for _ in range(2)
    ]
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.content == again.content
    assert first.headers["Location"] == again.headers["Location"]
    assert first.headers["ETag"] == again.headers["ETag"]
    assert Goal.objects.count() == before + 1


def test_the_place_of_a_new_row_is_its_address(house, advisor):
    made = send(advisor, "POST", "goals/", goal_of(house))
    assert advisor.get(made.headers["Location"]).json() == made.json()


def test_the_same_key_for_another_request_is_refused(house, advisor):
    """SEC-51."""
    send(advisor, "POST", "goals/", goal_of(house), **{"Idempotency-Key": "abc"})
    other = send(advisor, "POST", "goals/", goal_of(house, "Autre"), **{"Idempotency-Key": "abc"})
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")


def test_a_refused_request_frees_its_key(house, advisor):
    """SEC-51."""
    key = {"Idempotency-Key": "abc"}
    assert send(advisor, "POST", "goals/", {**goal_of(house), "origin": "X"}, **key).status_code == 400
    assert send(advisor, "POST", "goals/", goal_of(house), **key).status_code == 201


def test_another_seat_of_the_same_account_does_not_share_answers(house, advisor):
    other = MembershipFactory(user=User.objects.get(pk=house.advisor.user_id), role=Role.MANAGER)
    send(advisor, "POST", "goals/", goal_of(house), **{"Idempotency-Key": "abc"})
    elsewhere = send(
        client_of(other.as_actor()), "POST", "goals/", goal_of(house), **{"Idempotency-Key": "abc"}
    )
    assert elsewhere.status_code == 422


@pytest.mark.parametrize("key", ["", "é", "a b", "x" * 81])
def test_a_key_that_cannot_be_kept_is_refused(house, advisor, key):
    answer = send(advisor, "POST", "goals/", goal_of(house), **{"Idempotency-Key": key})
    assert (answer.status_code, answer.json()["field"]) == (400, "Idempotency-Key")


def test_a_repeated_action_answers_even_once_its_row_has_moved_on(house, advisor):
    address, headers = f"actions/{house['actions'].pk}/settle/", {"If-Match": '"1"', "Idempotency-Key": "k"}
    first, again = [send(advisor, "POST", address, {"status": "REALISE"}, **headers) for _ in range(2)]
    assert (first.status_code, again.content) == (200, first.content)


def test_what_was_answered_waits_encrypted(house, advisor):
    body = {
        "beneficiary": house.person.pk, "happened_at": "2026-11-20T09:00:00+01:00", "kind": "SUIVI",
        "mode": "PRESENTIEL", "synthesis": "Canari jaune", "private_note": "Canari bleu",
    }  # fmt: skip
    made = send(advisor, "POST", "interviews/", body, **{"Idempotency-Key": "k"})
    assert made.json()["synthesis"] == "Canari jaune"
    assert "Canari" not in str(IdempotencyRecord.objects.values_list("body", flat=True).get())


def test_an_answer_is_forgotten_once_its_day_is_over(db):
    user = MembershipFactory().user
    for hours, key in ((25, "hier"), (23, "ce matin")):
        record = IdempotencyRecord.objects.create(user=user, key=key, digest="0" * 64)
        IdempotencyRecord.objects.filter(pk=record.pk).update(
            created_at=timezone.now() - timedelta(hours=hours)
        )
    forget_old_answers()
    assert list(IdempotencyRecord.objects.values_list("key", flat=True)) == ["ce matin"]
