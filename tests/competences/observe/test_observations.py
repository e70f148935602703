"""Taps sent in number: each judged alone, each counted once, whatever comes twice."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from django.urls import reverse

from backend.core.actor import Role
from backend.core.errors import NotPermitted
from backend.core.models import IdempotencyRecord
from competences.models import Assessment
from competences.services import Tap, record_observations, undo_assessment
from tests.factories import CompetenceFactory, OrganisationFactory, StayFactory, actor_of
from tests.worlds.two_houses import API, House, client_of

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _evening(time_machine):
    time_machine.move_to("2026-11-20T18:00:00+01:00", tick=False)


@pytest.fixture
def place():
    return OrganisationFactory()


@pytest.fixture
def actor(place):
    return actor_of(Role.SUPERVISOR, place)


@pytest.fixture
def person(place):
    return StayFactory(organisation=place).beneficiary


def tap(person, gesture, level=3, *, key="cle-inventee-1", on=DAY):
    return Tap(key, person.pk, gesture.pk, level, on)


def test_a_tap_sent_twice_is_recorded_once_and_leaves_a_later_correction_alone(actor, person):
    gesture = CompetenceFactory()
    first, later = tap(person, gesture, 2), tap(person, gesture, 4, key="cle-inventee-2")
    (recorded,) = record_observations(actor=actor, taps=[first])
    record_observations(actor=actor, taps=[later])
    (again,) = record_observations(actor=actor, taps=[first])
    assert again.is_recorded
    assert again.assessment == recorded.assessment
    assert Assessment.objects.get().level == 4


def test_a_tap_taken_back_does_not_come_back_with_its_resending(actor, person):
    sent = tap(person, CompetenceFactory())
    record_observations(actor=actor, taps=[sent])
    undo_assessment(actor=actor, assessment=Assessment.objects.get())
    assert record_observations(actor=actor, taps=[sent])[0].is_recorded
    assert not Assessment.objects.exists()


def test_once_its_key_is_forgotten_a_tap_is_still_the_same_row(actor, person):
    sent = tap(person, CompetenceFactory())
    record_observations(actor=actor, taps=[sent])
    IdempotencyRecord.objects.all().delete()
    record_observations(actor=actor, taps=[sent])
    assert Assessment.objects.count() == 1


def test_one_refusal_stops_no_other_and_is_a_sentence(actor, person):
    gesture, stranger = CompetenceFactory(), StayFactory().beneficiary
    outcomes = record_observations(
        actor=actor,
        taps=[
            tap(stranger, gesture, key="cle-inventee-1"),
            tap(person, gesture, key="cle-inventee-2", on=DAY + timedelta(days=1)),
            tap(person, gesture, 9, key="cle-inventee-3"),
            Tap("cle-inventee-4", person.pk, gesture.pk + 999, 2, DAY),
            tap(person, gesture, key="cle-inventee-5"),
        ],
    )
    assert [each.code for each in outcomes] == [
        "not_yours",
        "in_the_future",
        "level",
        "unknown_competence",
        "",
    ]
    assert all(each.refusal.endswith(".") for each in outcomes[:4])
    assert Assessment.objects.get().beneficiary == person


def test_a_key_that_comes_back_with_something_else_is_refused(actor, person):
    record_observations(actor=actor, taps=[tap(person, CompetenceFactory(), 2)])
    (outcome,) = record_observations(actor=actor, taps=[tap(person, CompetenceFactory(), 2)])
    assert outcome.code == "key_reused"


def test_a_day_without_network_is_recorded_for_its_day(actor, person, time_machine):
    time_machine.move_to("2026-11-23T08:00:00+01:00", tick=False)
    record_observations(actor=actor, taps=[tap(person, CompetenceFactory())])
    assert Assessment.objects.get().assessed_on == DAY


def test_who_does_not_observe_sends_nothing(place, person):
    with pytest.raises(NotPermitted):
        record_observations(actor=actor_of(Role.GROUP_HEAD, place), taps=[tap(person, CompetenceFactory())])


def test_the_api_takes_them_in_number_and_says_what_became_of_each():
    house, gesture = House(), CompetenceFactory()
    rows = [
        {"key": "cle-inventee-1", "beneficiary": house.person.pk, "competence": gesture.code, "level": 3},
        {"key": "cle-inventee-2", "beneficiary": house.person.pk, "competence": "inconnue", "level": 3},
    ]
    for _ in range(2):
        answer = house.clients[Role.SUPERVISOR].put(
            f"{API}observations/", json.dumps({"observations": rows}), "application/json"
        )
        assert [each["is_recorded"] for each in answer.json()["results"]] == [True, False]
    assert Assessment.objects.filter(competence=gesture).count() == 1


def test_what_a_page_sends_is_read_whole_or_not_at_all_and_from_its_own_seat(actor, person):
    client, gesture = client_of(actor), CompetenceFactory()
    sent = {
        "key": "cafe-0001-cafe",
        "person": person.pk,
        "competence": gesture.pk,
        "level": 3,
        "on": str(DAY),
    }
    wrong = [
        "",
        "{}",
        "[1]",
        json.dumps([{**sent, "level": "3"}]),
        json.dumps([{**sent, "on": "hier"}]),
        "[" * 9000,
    ]
    address = reverse("web:observe_send")
    for taps in wrong:
        assert client.post(address, {"taps": taps}).status_code == 400, taps[:40]
    other = client.post(address, {"seat": "membership:0", "taps": json.dumps([sent])})
    assert other.status_code == 409
    assert "autre rôle" in other.json()["said"]
    assert not Assessment.objects.exists()
    (told,) = client.post(address, {"taps": json.dumps([sent])}).json()["results"]
    assert told["recorded"]
    assert "Enregistré aujourd’hui : en autonomie." in told["row"]


def test_a_refused_tap_names_its_row_on_the_page_and_says_why(actor, person):
    client, gesture = client_of(actor), CompetenceFactory()
    sent = {
        "key": "cafe-0001-cafe",
        "person": person.pk,
        "competence": gesture.pk,
        "level": 3,
        "on": "2026-11-21",
    }
    (told,) = client.post(reverse("web:observe_send"), {"taps": json.dumps([sent])}).json()["results"]
    assert not told["recorded"]
    assert "date à venir" in told["row"]
    assert gesture.label in told["said"]


def test_the_page_of_a_team_shows_its_own_people_only_and_the_gestures_of_a_kept_list(actor, person, place):
    from tests.factories import GestureListFactory

    stranger = StayFactory(beneficiary__last_name="Ailleurs").beneficiary
    kept = GestureListFactory(organisation=place, label="Berges du Songe")
    gesture = CompetenceFactory(label="Faucher une berge")
    kept.lines.create(competence=gesture)
    page = client_of(actor).get(f"{reverse('web:observe_together')}?travail={kept.pk}")
    (section,) = page.context["sections"]
    assert section.competence == gesture
    assert [row.person for row in section.rows] == [person]
    assert str(stranger) not in page.content.decode()


def test_without_script_a_level_leads_back_to_the_page_of_the_team(actor, person):
    address = reverse("web:observe_level", args=[person.pk, CompetenceFactory().pk])
    answer = client_of(actor).post(address, {"level": "3", "travail": "K2204"})
    assert answer.url == f"{reverse('web:observe_together')}?travail=K2204"
    assert Assessment.objects.get().level == 3


def test_a_word_is_added_by_who_saw_it_the_same_day(actor, person, place):
    record_observations(actor=actor, taps=[tap(person, CompetenceFactory())])
    reading = Assessment.objects.get()
    address = reverse("web:observe_word", args=[reading.pk])
    assert client_of(actor).post(address, {"context": "Vitres du hall"}).status_code == 302
    refused = client_of(actor_of(Role.MANAGER, place)).post(address, {"context": "Autre chose"})
    assert refused.status_code == 422
    reading.refresh_from_db()
    assert reading.context == "Vitres du hall"
