"""Naming another referent: who hands a file over reads before, and after, that it leaves their own list."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from backend.core.actor import Role
from pathways.models import Stay
from tests.factories import MembershipFactory, OrganisationFactory, StayFactory
from tests.pages import text_of
from tests.signin import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
BEFORE, AFTER = "ce dossier quittera vos suivis", "a quitté vos suivis"


def seat_in(place, role=Role.ADVISOR, **account):
    return MembershipFactory(
        role=role, organisation=place, **{f"user__{name}": each for name, each in account.items()}
    )


@pytest.fixture
def place():
    return OrganisationFactory(is_caseload_shared=False)


def hands_over(seat, stay, to):
    """What is read before, and after."""
    window = Client()
    sign_in(window, seat.user)
    address = reverse("web:stay_advisor", args=[stay.pk])
    before = window.get(address)
    after = window.post(address, {"advisor": to.user_id if to else ""}, follow=True)
    return text_of(before), text_of(after)


def test_to_a_colleague_it_is_said_before_and_after(place):
    seat, colleague = seat_in(place), seat_in(place, first_name="Marc", last_name="Maquette")
    stay = StayFactory(organisation=place, advisor=seat.user)
    before, after = hands_over(seat, stay, colleague)
    assert BEFORE in before
    assert AFTER in after
    assert "Marc Maquette peut vous le rendre" in after
    assert Stay.objects.get(pk=stay.pk).advisor == colleague.user


def test_to_the_whole_team_it_stays_theirs(place):
    seat = seat_in(place)
    stay = StayFactory(organisation=place, advisor=seat.user)
    before, after = hands_over(seat, stay, None)
    assert BEFORE in before
    assert AFTER not in after


def test_where_the_list_is_shared_nothing_is_lost(place):
    place.is_caseload_shared = True
    place.save()
    seat = seat_in(place)
    before, after = hands_over(seat, StayFactory(organisation=place, advisor=seat.user), seat_in(place))
    assert BEFORE not in before
    assert AFTER not in after


def test_who_answers_for_the_structure_loses_nothing(place):
    manager, colleague = seat_in(place, Role.MANAGER), seat_in(place)
    stay = StayFactory(organisation=place)
    before, after = hands_over(manager, stay, colleague)
    assert BEFORE not in before
    assert AFTER not in after
