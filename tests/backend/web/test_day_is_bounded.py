"""« Ma journée » stays a morning page, however many people a structure has: one row a person, in three bands."""

from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from backend.alerts.bands import Band
from backend.core.actor import Role
from backend.web.panels import SHOWN_BY_BAND
from pathways.navigation import PLACES
from tests.factories import (
    ActionFactory,
    ContractFactory,
    ExitFactory,
    IaePassFactory,
    InterviewFactory,
    MembershipFactory,
    StayFactory,
)
from tests.signin import sign_in

pytestmark = pytest.mark.django_db
MORE = 3
TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-11-22T09:00:00+01:00", tick=False):
        yield


@pytest.fixture
def seat():
    return MembershipFactory(role=Role.MANAGER)


@pytest.fixture
def client(seat):
    return sign_in(Client(), seat.user, seat=seat.seat_key)


def panel_of(page):
    return next(
        panel.content for panel in page.context["panels"]["main"] if panel.template.endswith("_alerts.html")
    )


def rows_of(page, band):
    return [row for shown in panel_of(page)["bands"] if shown.band is band for row in shown.rows]


def present(seat, **contract):
    """Somebody met yesterday, so that only what the test adds waits about them."""
    stay = StayFactory(organisation=seat.organisation)
    ContractFactory(stay=stay, **contract)
    InterviewFactory(
        beneficiary=stay.beneficiary, organisation=seat.organisation, happened_at="2026-11-20T09:00:00+01:00"
    )
    return stay


def test_the_most_urgent_people_of_a_band_first_then_all_when_asked(seat, client):
    for week in range(SHOWN_BY_BAND + MORE):
        left_on = date(2026, 3, 2) + timedelta(weeks=week)
        ExitFactory(stay=StayFactory(organisation=seat.organisation, ended_on=left_on), motive="")
    page = client.get(reverse("web:day"))
    oldest = [row.first.due_on for row in rows_of(page, Band.LATE)]
    assert oldest == [date(2026, 3, 2) + timedelta(weeks=week) for week in range(SHOWN_BY_BAND)]
    assert sum(shown.left for shown in panel_of(page)["bands"]) == MORE
    assert 'href="?tout=1"' in page.content.decode()
    whole = client.get(reverse("web:day"), {"tout": "1"})
    assert len(rows_of(whole, Band.LATE)) == SHOWN_BY_BAND + MORE
    assert all(shown.left == 0 for shown in panel_of(whole)["bands"])


def test_each_person_stands_once_with_the_most_urgent_thing_first(seat, client):
    stay = present(seat, planned_end_on=TODAY + timedelta(days=5))
    IaePassFactory(beneficiary=stay.beneficiary, ends_on=TODAY + timedelta(days=60))
    action = ActionFactory(
        beneficiary=stay.beneficiary, organisation=seat.organisation, due_on=TODAY - timedelta(days=3)
    )
    page = client.get(reverse("web:day"))

    (row,) = rows_of(page, Band.LATE)
    assert rows_of(page, Band.WEEK) == rows_of(page, Band.LATER) == []
    assert [alert.kind for alert in (row.first, *row.others)] == [
        "action_overdue",
        "contract_ending",
        "pass_ending",
    ]
    text = page.content.decode()
    assert text.count(action.label) == 1
    assert text.count("Dire où elle en est") == text.count("Préparer la suite") == 1
    assert text.count("Noter la prolongation") == 1


@pytest.mark.parametrize(("days", "band"), [(0, Band.WEEK), (7, Band.WEEK), (8, Band.LATER)])
def test_a_week_is_seven_days_and_what_comes_later_is_folded(seat, client, days, band):
    present(seat, planned_end_on=TODAY + timedelta(days=days))
    page = client.get(reverse("web:day"))

    assert len(rows_of(page, band)) == 1
    folded = [shown.band for shown in panel_of(page)["bands"] if shown.is_folded]
    assert folded == ([Band.LATER] if band is Band.LATER else [])
    assert ("<details" in page.content.decode().split("alerts-heading")[2].split("</section>")[0]) is (
        band is Band.LATER
    )


def test_the_menu_counts_the_people_the_page_shows_unfolded(seat, client):
    for days in (3, 30):
        stay = present(seat, planned_end_on=TODAY + timedelta(days=days))
        IaePassFactory(beneficiary=stay.beneficiary, ends_on=TODAY + timedelta(days=days))
    page = client.get(reverse("web:day"))

    day = next(place for place in PLACES if place.route == "web:day")
    assert day.count(seat.as_actor(), TODAY) == 1
    assert "1 personne à voir" in page.content.decode().replace("\u00a0", " ")
