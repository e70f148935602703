"""The thread through the API: the same verbs as the screens, from welcome to exit."""

from __future__ import annotations

import json

import pytest

from backend.audit.models import Entry
from backend.core.actor import Role
from employers.models import Placement
from pathways.models import Appointment, BarrierReading, Exit, Stay
from pathways.rules.timeline import EMPLOYMENT
from tests.factories import OrganisationFactory
from tests.worlds.two_houses import API, House


@pytest.fixture(autouse=True)
def _today(today):
    """These tests ask the calendar."""


@pytest.fixture
def house(db):
    return House()


@pytest.fixture
def advisor(house):
    return house.clients[Role.ADVISOR]


def post(client, path, body, status=201, **headers):
    answer = client.post(f"{API}{path}", json.dumps(body), "application/json", headers=headers)
    assert answer.status_code == status, answer.json()
    return answer.json()


def test_a_person_is_followed_from_welcome_to_exit(house, advisor):
    person = post(advisor, "people/", {
        "organisation": house.structure.pk, "started_on": "2026-05-04", "last_name": "Inventée",
        "first_name": "Nadia", "birth_date": "1991-02-03", "postcode": "39100", "advisor": house.advisor.user_id,
    })  # fmt: skip
    stay = advisor.get(f"{API}stays/?beneficiary={person['id']}").json()["results"][0]
    contract = post(advisor, "contracts/", {
        "stay": stay["id"], "kind": "CDDI", "started_on": "2026-05-04", "planned_end_on": "2026-11-03",
        "weekly_hours": "26.00",
    })  # fmt: skip
    renewal = post(advisor, "contracts/", {
        "stay": stay["id"], "kind": "CDDI", "started_on": "2026-11-04", "planned_end_on": "2027-05-03",
        "weekly_hours": "26.00", "initial": contract["id"],
    })  # fmt: skip
    assert renewal["initial"] == contract["id"]
    hours = post(
        advisor, "monthly-hours/", {"contract": contract["id"], "month": "2026-06-15", "hours": "112.50"}
    )
    assert (hours["month"], hours["hours"]) == ("2026-06-01", "112.50")
    iae = post(
        advisor, "passes/", {"beneficiary": person["id"], "number": "999990001234", "starts_on": "2026-05-04"}
    )
    assert iae["ends_on"] == "2028-05-02"
    closed = post(
        advisor,
        f"stays/{stay['id']}/close/",
        {"on": "2026-11-20", "motive": "3", "employer_name": "Brioches du Val"},
    )
    assert (closed["category"], closed["beneficiary"]) == ("durable", person["id"])
    ended = advisor.get(f"{API}contracts/{renewal['id']}/").json()
    assert ended["ended_on"] == "2026-11-20"
    actions = set(Entry.objects.filter(beneficiary_id=person["id"]).values_list("action", flat=True))
    assert {"beneficiary.created", "stay.opened", "contract.recorded", "stay.closed"} <= actions


def test_one_follow_up_writes_everything_the_sheet_says(house, advisor):
    made = post(advisor, "interviews/", {
        "beneficiary": house.person.pk, "happened_at": "2026-11-22T09:00:00+01:00", "kind": "SUIVI",
        "mode": "TELEPHONE", "duration_minutes": 25, "topics": ["MOBILITE", "CONTRAT"],
        "synthesis": "Permis en cours.", "private_note": "Fatigue.", "barriers": {"MOBILITE": 1},
        "next_action": "Appeler l’auto-école", "next_action_due_on": "2026-12-01",
        "next_appointment_at": "2026-12-08T10:00:00+01:00", "next_appointment_purpose": "Bilan",
    })  # fmt: skip
    assert (made["topics"], made["private_note"]) == (["CONTRAT", "MOBILITE"], "Fatigue.")
    assert BarrierReading.objects.get(interview=made["id"]).impact == 1
    planned = advisor.get(f"{API}actions/?due_to=2026-12-01&beneficiary={house.person.pk}").json()["results"]
    assert "Appeler l’auto-école" in {each["label"] for each in planned}
    assert "Bilan" in {each.purpose for each in Appointment.objects.all()}


def test_another_structures_door_is_not_opened_a_relay_is_proposed_to_it(house, advisor):
    sibling = OrganisationFactory(group=house.structure.group)
    asked = {"beneficiary": house.person.pk, "organisation": sibling.pk, "started_on": "2026-11-23"}
    assert post(advisor, "stays/", asked, 400)["field"] == "organisation"
    relay = post(advisor, "relays/", {
        "beneficiary": house.person.pk, "receiver": sibling.pk, "message": "Un relais ?",
        "meets_at": "2026-12-01T10:00:00+01:00", "planned_on": "2026-12-07",
    })  # fmt: skip
    assert (relay["status"], relay["receiver"], relay["parts"]) == ("PROPOSE", sibling.pk, [])


def test_a_stay_passes_to_a_colleague_or_to_the_whole_team(house):
    manager, address = house.clients[Role.MANAGER], f"stays/{house.stay.pk}/assign/"
    assert post(manager, address, {"advisor": None}, 200)["advisor"] is None
    given = post(manager, address, {"advisor": house.advisor.user_id}, 200)
    assert given["advisor_name"] == "Odile Exemple"


def test_goals_actions_and_appointments_move_along(house, advisor):
    rows = house.rows
    settled = post(
        advisor,
        f"actions/{rows['actions'].pk}/settle/",
        {"status": "REALISE", "outcome": "Fait."},
        200,
        **{"If-Match": "*"},
    )
    assert (settled["status"], settled["version"]) == ("REALISE", 2)
    held = post(advisor, f"appointments/{rows['appointments'].pk}/settle/", {"status": "EXCUSE"}, 200)
    assert held["status"] == "EXCUSE"
    kept = post(advisor, f"contracts/{rows['contracts'].pk}/end/", {"on": "2026-11-20"}, 200)
    assert kept["ended_on"] == "2026-11-20"


def test_the_line_of_a_person_shows_steps_and_gaps(house, advisor):
    line = advisor.get(f"{API}people/{house.person.pk}/thread/").json()
    own = [step["start"] for step in line["steps"] if step["kind"] != EMPLOYMENT]
    hires = Placement.objects.filter(beneficiary=house.person)
    assert own == ["2024-01-08", "2026-01-05"]
    assert [step["structure"] for step in line["steps"] if step["kind"] == EMPLOYMENT] == [
        hire.employer.name for hire in hires
    ]
    assert [gap["days"] for gap in line["gaps"]] == [359]
    told = {(span["nature"], span["start"]) for span in line["spans"]}
    rows = house.rows
    assert ("PASS IAE", rows["passes"].starts_on.isoformat()) in told
    assert ("Immersion", rows["immersions"].started_on.isoformat()) in told
    assert ("Formation", rows["trainings"].started_on.isoformat()) in told


def test_the_day_says_what_not_to_let_slip(house, advisor):
    Stay.objects.filter(pk=house.stay.pk).update(ended_on="2026-11-10")
    found = advisor.get(f"{API}alerts/").json()["results"]
    assert f"exit_missing:{house.stay.pk}" in {each["key"] for each in found}
    assert house.clients[Role.EMPLOYER].get(f"{API}alerts/").json()["results"] == []


def test_closing_twice_alike_changes_nothing_and_otherwise_conflicts(house, advisor):
    address, body = f"stays/{house.stay.pk}/close/", {"on": "2026-11-20"}
    first, again = post(advisor, address, body), post(advisor, address, body)
    assert first == again
    assert post(advisor, address, {"on": "2026-11-19"}, 409)["code"] == "already_closed"
    assert Exit.objects.filter(stay=house.stay).count() == 1


def test_what_was_planned_is_postponed_and_what_was_recorded_by_mistake_taken_back(house, advisor):
    said = {"beneficiary": house.person.pk, "happened_at": "2026-11-20T10:00:00+01:00", "kind": "SUIVI"}
    interview = post(advisor, "interviews/", {
        **said, "mode": "TELEPHONE", "topics": ["EMPLOI"], "barriers": {"SANTE": 2}, "next_action": "Appeler la CAF",
        "next_action_due_on": "2026-12-12", "next_appointment_at": "2026-12-12T10:00:00+01:00",
    })  # fmt: skip
    actions = advisor.get(f"{API}actions/?beneficiary={house.person.pk}").json()["results"]
    action = next(row for row in actions if row["interview"] == interview["id"])
    meeting = advisor.get(f"{API}appointments/?beneficiary={house.person.pk}").json()["results"][0]

    body = {"starts_at": "2026-12-19T10:00:00+01:00"}
    assert post(advisor, f"appointments/{meeting['id']}/postpone/", body, 200)["status"] == "PREVU"
    post(advisor, f"actions/{action['id']}/postpone/", {"due_on": "2026-12-19"}, 428)
    etag = advisor.get(f"{API}actions/{action['id']}/").headers["ETag"]
    late = post(
        advisor, f"actions/{action['id']}/postpone/", {"due_on": "2001-01-01"}, 400, **{"If-Match": etag}
    )
    assert late["code"] == "day_already_past"
    moved = post(
        advisor, f"actions/{action['id']}/postpone/", {"due_on": "2026-12-19"}, 200, **{"If-Match": etag}
    )
    assert (moved["due_on"], moved["version"]) == ("2026-12-19", 2)

    where = f"{API}interviews/{interview['id']}/"
    etag = advisor.get(where).headers["ETag"]
    changes = json.dumps({"happened_at": "2026-11-19T10:00:00+01:00", "duration_minutes": 45, "barriers": {}})
    edited = advisor.patch(where, changes, "application/json", headers={"If-Match": etag})
    assert edited.status_code == 200, edited.json()
    assert (edited.json()["duration_minutes"], edited.json()["topics"]) == (45, ["EMPLOI"])
    assert not BarrierReading.objects.filter(interview=interview["id"]).exists()
    cancel = f"interviews/{interview['id']}/cancel/"
    post(advisor, cancel, {"reason": "DOUBLE"}, 412, **{"If-Match": etag})
    left = post(advisor, cancel, {"reason": "DOUBLE"}, 200, **{"If-Match": edited.headers["ETag"]})
    assert left == {"themes": [], "actions_kept": [action["id"]], "appointment": None}
    assert advisor.get(where).status_code == 404
