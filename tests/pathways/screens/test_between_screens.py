"""« Entre deux »: each row has what to do about it, « Ne plus suivre » included."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from backend.core.actor import Role
from backend.web.navigation import places_of, waiting_at
from pathways.models import WatchEnd
from pathways.screens.between import views
from tests.factories import TODAY, ContractFactory, ExitFactory, MembershipFactory, StayFactory
from tests.signin import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(today):
    """These tests ask the calendar."""


@pytest.fixture
def seat():
    return MembershipFactory(role=Role.ADVISOR)


@pytest.fixture
def client(seat):
    return sign_in(Client(), seat.user, seat=seat.seat_key)


@pytest.fixture
def gone(seat):
    """Left for nothing: the door is closed."""
    stay = StayFactory(organisation=seat.organisation, advisor=seat.user, ended_on=TODAY - timedelta(days=12))
    ExitFactory(stay=stay, motive="7", occurred_on=stay.ended_on)
    return stay.beneficiary


def page_of(client) -> str:
    return client.get(reverse("web:between")).content.decode()


def badge(seat) -> int:
    place = next(place for place in places_of(Role.ADVISOR) if place.route == "web:between")
    return waiting_at(place, seat.as_actor(), TODAY)


def test_somebody_whose_thread_is_open_is_called_relayed_or_let_go(seat, client):
    stay = StayFactory(organisation=seat.organisation, advisor=seat.user)
    ContractFactory(stay=stay, planned_end_on=TODAY - timedelta(days=9))
    page, pk = page_of(client), stay.beneficiary_id

    for name in ("web:follow_up_new", "web:relay_new", "web:watch_end"):
        assert reverse(name, args=[pk]) in page
    assert "Proposer un relais" in page


def test_behind_a_closed_door_the_person_is_welcomed_again_or_let_go(client, gone):
    page = page_of(client)

    assert reverse("web:follow_up_new", args=[gone.pk]) not in page
    assert "Accueillir de nouveau" in page
    assert reverse("web:relay_new", args=[gone.pk]) in page
    assert reverse("web:watch_end", args=[gone.pk]) in page


def test_the_list_promises_of_each_person_what_their_own_page_keeps(seat, client, gone):
    """A closed file says so beside the name; an open one offers the call, and its page the telephone."""
    stay = StayFactory(organisation=seat.organisation, advisor=seat.user, beneficiary__phone="0655500011")
    ContractFactory(stay=stay, planned_end_on=TODAY - timedelta(days=9))
    type(gone).objects.filter(pk=gone.pk).update(phone="0655500022")
    answer = client.get(reverse("web:between"))
    rows = {row.beneficiary.pk: row for row in answer.context["waiting"]}
    assert set(rows) == {gone.pk, stay.beneficiary_id}

    for pk, row in rows.items():
        own = client.get(reverse("web:person", args=[pk])).content.decode()
        reads_phone = "06 55 50 00" in own.replace("\u00a0", " ") or "0655500" in own
        line = render_to_string("pathways/between/_row.html", {"row": row})
        may_note = client.get(reverse("web:follow_up_new", args=[pk])).status_code == 200
        assert reads_phone is may_note is row.is_open
        assert ("Noter un échange" in line) is may_note
        assert ("ses coordonnées ne s’affichent plus" in line) is not reads_phone
    assert "votre structure ne lit plus les coordonnées" in answer.content.decode()
    assert "joindre" not in answer.content.decode()


def test_no_longer_watched_then_again_in_two_gestures_and_the_badge_follows(seat, client, gone):
    assert badge(seat) == 1
    address = reverse("web:watch_end", args=[gone.pk])
    assert str(gone) in client.get(address).content.decode()
    answer = client.post(address, {"reason": "INJOIGNABLE", "note": "Trois appels sans réponse."})

    assert (answer.status_code, answer.url) == (302, reverse("web:between"))
    assert badge(seat) == 0
    page = page_of(client)
    assert "Injoignable après plusieurs relances" in page
    assert "Trois appels sans réponse." in page
    assert str(seat.user) in page

    again = reverse("web:watch_again", args=[WatchEnd.objects.get().pk])
    assert again in page
    assert client.post(again).url == reverse("web:between")
    assert badge(seat) == 1
    assert "Trois appels" not in page_of(client)


def test_another_reason_without_a_word_comes_back_with_what_was_typed(client, gone):
    answer = client.post(reverse("web:watch_end", args=[gone.pk]), {"reason": "AUTRE", "note": ""})

    assert answer.status_code == 422
    assert "Dites la raison en quelques mots." in answer.content.decode()


def test_tools_stop_and_resume_by_the_same_services(seat, client, gone):
    made = client.post(
        reverse("api:watch-ends-list"),
        {"beneficiary": gone.pk, "reason": "DEMENAGEMENT"},
        content_type="application/json",
    )
    assert made.status_code == 201, made.content
    assert (made.json()["reason"], made.json()["organisation"]) == ("DEMENAGEMENT", seat.organisation_id)
    back = client.post(
        reverse("api:watch-ends-resume", args=[made.json()["id"]]), {}, content_type="application/json"
    )
    assert back.status_code == 200
    assert back.json()["resumed_by"] == seat.user_id
    assert badge(seat) == 1


def test_a_long_list_comes_page_by_page_and_says_how_many_they_are(seat, client, monkeypatch):
    monkeypatch.setattr(views, "PER_PAGE", 2)
    for days in (9, 12, 15):
        stay = StayFactory(organisation=seat.organisation, advisor=seat.user)
        ContractFactory(stay=stay, planned_end_on=TODAY - timedelta(days=days))
    pages = [client.get(reverse("web:between"), {"page": number}) for number in (1, 2)]

    assert [len(page.context["waiting"]) for page in pages] == [2, 1]
    assert {page.context["waiting_count"] for page in pages} == {3}
    assert "?page=2" in pages[0].content.decode().replace("&amp;", "")


def test_everybody_no_longer_watched_can_be_reached(seat, client, monkeypatch):
    monkeypatch.setattr(views, "STOPPED_SHOWN", 1)
    for days in (12, 15):
        stay = StayFactory(
            organisation=seat.organisation, advisor=seat.user, ended_on=TODAY - timedelta(days=days)
        )
        ExitFactory(stay=stay, motive="7", occurred_on=stay.ended_on)
        client.post(
            reverse("web:watch_end", args=[stay.beneficiary_id]), {"reason": "INJOIGNABLE", "note": ""}
        )

    assert len(client.get(reverse("web:between")).context["stopped"]) == 1
    assert "?arretees=1" in page_of(client)
    assert len(client.get(reverse("web:between"), {"arretees": "1"}).context["stopped"]) == 2
