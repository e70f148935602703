"""The menu says what waits, and a page pays only for what it shows."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from backend.core.actor import Role
from backend.web.counts import KEPT_SECONDS
from backend.web.navigation import places_of, waiting_at
from pathways.services import plan_appointment
from tests.factories import AppointmentFactory, MembershipFactory, StayFactory
from tests.queries import statements_of
from tests.signin import sign_in

pytestmark = pytest.mark.django_db
NOW = "2026-11-26T10:00:00+01:00"


@pytest.fixture
def seat():
    return MembershipFactory(role=Role.ADVISOR)


@pytest.fixture
def stay(seat):
    return StayFactory(organisation=seat.organisation, advisor=seat.user)


def waiting(seat):
    day = next(place for place in places_of(Role.ADVISOR) if place.route == "web:day")
    return waiting_at(day, seat.as_actor(), timezone.localdate())


def test_a_page_that_shows_nothing_of_the_threads_reads_nothing_of_them_twice(seat, stay):
    client = sign_in(Client(), seat.user, seat=seat.seat_key)
    client.get(reverse("web:tokens"))
    statements = statements_of(lambda: client.get(reverse("web:tokens")))
    threads = (
        "pathways_stay",
        "pathways_contract",
        "pathways_interview",
        "pathways_action",
        "employers_placement",
    )
    assert [each for each in statements if any(f'"{table}"' in each for table in threads)] == []


def test_what_the_structure_writes_is_counted_at_once(seat, stay):
    with time_machine.travel(NOW, tick=False):
        before = waiting(seat)
        later_today = timezone.now() + timedelta(hours=2)
        plan_appointment(actor=seat.as_actor(), beneficiary=stay.beneficiary, starts_at=later_today)
        assert waiting(seat) == before + 1


def test_what_nobody_wrote_here_is_counted_within_a_minute(seat, stay):
    with time_machine.travel(NOW, tick=False) as clock:
        before = waiting(seat)
        AppointmentFactory(
            beneficiary=stay.beneficiary,
            organisation=seat.organisation,
            advisor=seat.user,
            starts_at=timezone.now() + timedelta(hours=2),
        )
        assert waiting(seat) == before
        clock.shift(KEPT_SECONDS + 1)
        assert waiting(seat) == before + 1
