"""Who ends an access says who takes over: nobody accompanied is forgotten with it."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.urls import reverse

from backend.core.actor import Role
from backend.core.errors import DomainError
from backend.organisations.services import end_membership
from pathways.models import Stay
from tests.factories import MembershipFactory, OrganisationFactory, StayFactory, actor_of
from tests.pages import text_of
from tests.worlds.two_houses import API, client_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(today):
    """These tests ask the calendar."""


@pytest.fixture
def place():
    return OrganisationFactory()


@pytest.fixture
def leaving(place):
    """An advisor with two people there, one gone since, and one elsewhere."""
    seat = MembershipFactory(organisation=place)
    StayFactory.create_batch(2, organisation=place, advisor=seat.user)
    StayFactory(organisation=place, advisor=seat.user, ended_on=date(2026, 10, 1))
    StayFactory(advisor=seat.user)
    return seat


@pytest.fixture
def colleague(place):
    return MembershipFactory(organisation=place)


def count(user, place):
    return Stay.objects.filter(organisation=place, advisor=user, ended_on__isnull=True).count()


@pytest.mark.parametrize("role", [Role.MANAGER, Role.ADMINISTRATOR, Role.GROUP_HEAD])
def test_the_screen_asks_and_the_people_move(place, leaving, colleague, role, trail_of):
    browser, address = client_of(actor_of(role, place)), reverse("web:team_membership_end", args=[leaving.pk])
    page = text_of(browser.get(address))
    assert "Qui prend la suite" in page
    assert ("2 personnes accompagnées" in page.replace("\xa0", " ")) is (role is not Role.ADMINISTRATOR)
    assert browser.post(address, {}).status_code == 422
    leaving.refresh_from_db()
    assert leaving.ended_at is None
    assert browser.post(address, {"successor": str(colleague.user_id)}).status_code == 302
    leaving.refresh_from_db()
    assert leaving.ended_at is not None
    assert (count(leaving.user, place), count(colleague.user, place)) == (0, 2)
    moved = Stay.objects.filter(advisor=colleague.user).first()
    assert trail_of(moved)[-1] == "stay.advisor_assigned"
    assert trail_of(leaving)[-1] == "membership.ended"


def test_nobody_yet_is_an_answer_too(place, leaving):
    browser, address = (
        client_of(actor_of(Role.MANAGER, place)),
        reverse("web:team_membership_end", args=[leaving.pk]),
    )
    assert browser.post(address, {"successor": "personne"}).status_code == 302
    assert count(leaving.user, place) == 2


def test_nothing_is_asked_for_a_seat_without_people_or_beside_another(place, leaving, colleague):
    browser = client_of(actor_of(Role.MANAGER, place))
    second = MembershipFactory(organisation=place, user=leaving.user, role=Role.MANAGER)
    for seat in (colleague, second):
        address = reverse("web:team_membership_end", args=[seat.pk])
        assert "Qui prend la suite" not in text_of(browser.get(address))
        assert browser.post(address, {}).status_code == 302
    assert count(leaving.user, place) == 2


def test_only_a_colleague_who_accompanies_takes_over(place, leaving):
    manager = actor_of(Role.MANAGER, place)
    supervisor = MembershipFactory(organisation=place, role=Role.SUPERVISOR)
    elsewhere = MembershipFactory()
    for other in (supervisor, elsewhere, leaving):
        with pytest.raises(DomainError) as refusal:
            end_membership(actor=manager, membership=leaving, successor=other.user)
        assert refusal.value.field == "successor"
    leaving.refresh_from_db()
    assert leaving.ended_at is None


def test_a_tool_says_who_takes_over_or_leaves_as_before(place, leaving, colleague):
    client = client_of(actor_of(Role.MANAGER, place))
    address = f"{API}memberships/{leaving.pk}/end/"
    sent = client.post(address, json.dumps({"successor": colleague.user_id}), "application/json")
    assert sent.status_code == 200, sent.content
    assert count(colleague.user, place) == 2
