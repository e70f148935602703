"""The menu says what waits, and a page pays only for what it shows."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from backend.core.actor import Role
from backend.web import counts
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


def shown(menu, page):
    """What the menu of this page says of the day; 0 when it says nothing."""
    _, _, after = page.partition(f'id="{menu}-web-day"')
    number, _, _ = after.partition("</span>")[0].partition(">")[2].partition("<")
    assert after, "the entry has a place for its count, told or not"
    return int(number or 0)


def waiting(seat):
    day = next(place for place in places_of(Role.ADVISOR) if place.route == "web:day")
    return waiting_at(day, seat.as_actor(), timezone.localdate())


THREADS = (
    "pathways_stay",
    "pathways_contract",
    "pathways_interview",
    "pathways_action",
    "employers_placement",
)


def of_the_threads(statements):
    return [each for each in statements if any(f'"{table}"' in each for table in THREADS)]


def test_a_page_that_shows_nothing_of_the_threads_reads_nothing_of_them(seat, stay):
    client = sign_in(Client(), seat.user, seat=seat.seat_key)
    assert of_the_threads(statements_of(lambda: client.get(reverse("web:tokens")))) == []


def test_the_menu_is_counted_after_the_page_and_known_to_the_next(seat, stay):
    client = sign_in(Client(), seat.user, seat=seat.seat_key)
    with time_machine.travel(NOW, tick=False):
        AppointmentFactory(
            beneficiary=stay.beneficiary,
            organisation=seat.organisation,
            advisor=seat.user,
            starts_at=timezone.now() + timedelta(hours=2),
        )
        asked, expected = reverse("web:waiting"), waiting(seat)
        counts.forget()
        first = client.get(reverse("web:tokens")).content.decode()
        after = client.get(asked).content.decode()
        then = client.get(reverse("web:tokens")).content.decode()
    assert expected > 0
    assert f'hx-get="{asked}"' in first
    assert shown("rail", first) == shown("tab", first) == 0
    assert (
        shown("rail", after) == shown("tab", after) == shown("rail", then) == shown("tab", then) == expected
    )
    assert asked not in then


def test_the_page_of_a_place_says_at_once_what_waits_there(seat, stay):
    client = sign_in(Client(), seat.user, seat=seat.seat_key)
    with time_machine.travel(NOW, tick=False):
        page = client.get(reverse("web:day")).content.decode()
        assert shown("rail", page) == waiting(seat) > 0


def test_nobody_asks_for_counts_where_nothing_is_counted():
    seat = MembershipFactory(role=Role.SUPERVISOR)
    client = sign_in(Client(), seat.user, seat=seat.seat_key)
    assert reverse("web:waiting") not in client.get(reverse("web:account")).content.decode()
    assert client.get(reverse("web:waiting")).status_code == 404


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
