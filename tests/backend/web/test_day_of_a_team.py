"""Whoever answers for a large structure reads totals by colleague, and opens one colleague's list."""

from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from backend.alerts.bands import Band, people_waiting
from backend.alerts.registry import alerts_of_the_day
from backend.core.actor import Role
from backend.web import day as days
from backend.web import panels
from tests.factories import ContractFactory, ExitFactory, InterviewFactory, MembershipFactory, StayFactory
from tests.signin import sign_in

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-11-22T09:00:00+01:00", tick=False):
        yield


@pytest.fixture
def seat():
    return MembershipFactory(role=Role.MANAGER)


@pytest.fixture
def colleagues(seat):
    return [MembershipFactory(role=Role.ADVISOR, organisation=seat.organisation).user for _ in range(2)]


@pytest.fixture
def client(seat):
    return sign_in(Client(), seat.user, seat=seat.seat_key)


@pytest.fixture
def team(seat, colleagues, monkeypatch):
    """Two people end this week for one colleague, one is late for the other, one is followed by nobody."""
    monkeypatch.setattr(days, "TEAM_FROM", 2)
    one, other = colleagues
    for _ in range(2):
        present(seat, one, planned_end_on=TODAY + timedelta(days=3))
    gone = StayFactory(organisation=seat.organisation, advisor=other, ended_on=date(2026, 10, 1))
    ExitFactory(stay=gone, motive="", occurred_on=gone.ended_on)
    present(seat, None, planned_end_on=TODAY + timedelta(days=30))
    return one, other, gone


def present(seat, advisor, **contract):
    """Somebody met two days ago, so that only their contract waits."""
    stay = StayFactory(organisation=seat.organisation, advisor=advisor)
    ContractFactory(stay=stay, **contract)
    InterviewFactory(
        beneficiary=stay.beneficiary, organisation=seat.organisation, happened_at="2026-11-20T09:00:00+01:00"
    )
    return stay


def panel(page, name):
    found = [each.content for each in page.context["panels"]["main"] if each.template.endswith(name)]
    return found[0] if found else None


def test_each_person_counts_once_under_whoever_follows_them(seat, client, team):
    one, other, _ = team
    page = client.get(reverse("web:day"))

    assert panel(page, "_alerts.html") is None
    lines = [(line.name, line.late, line.week, line.later) for line in panel(page, "_team.html")["lines"]]
    assert lines == [(str(other), 1, 0, 0), (str(one), 0, 2, 0), ("Personne de désigné", 0, 0, 1)]
    whole = alerts_of_the_day(seat.as_actor(), TODAY)
    assert sum(late + week for _, late, week, _ in lines) == people_waiting(whole, TODAY)


def test_a_name_opens_the_list_of_that_colleague_and_no_other(client, team):
    _, other, gone = team
    page = client.get(reverse("web:day"), {"de": other.pk})

    assert panel(page, "_team.html") is None
    (band,) = panel(page, "_alerts.html")["bands"]
    assert (band.band, [row.first.beneficiary_id for row in band.rows]) == (Band.LATE, [gone.beneficiary_id])
    text = page.content.decode()
    assert f"À ne pas laisser filer · {other}" in text
    assert "Toute l’équipe" in text


@pytest.mark.parametrize("asked", ["999999", "personne", "-1"])
def test_somebody_who_is_no_colleague_opens_nothing_more(client, team, asked):
    page = client.get(reverse("web:day"), {"de": asked})

    assert len(panel(page, "_team.html")["lines"]) == 3


def test_a_small_structure_and_a_single_referent_keep_their_list(seat, client, team, monkeypatch):
    monkeypatch.setattr(days, "TEAM_FROM", 3)
    assert panel(client.get(reverse("web:day")), "_team.html") is None


def test_an_advisor_never_reads_totals_of_colleagues(team):
    one, *_ = team
    seat = one.memberships.get()
    page = sign_in(Client(), one, seat=seat.seat_key).get(reverse("web:day"))

    assert panel(page, "_team.html") is None
    assert len(panel(page, "_alerts.html")["bands"][0].rows) == 2


def test_the_whole_list_comes_page_by_page(seat, client, monkeypatch):
    monkeypatch.setattr(panels, "SHOWN_BY_PAGE", 2)
    for week in range(5):
        left_on = date(2026, 3, 2) + timedelta(weeks=week)
        ExitFactory(stay=StayFactory(organisation=seat.organisation, ended_on=left_on), motive="")
    seen = []
    for number in (1, 2, 3):
        shown = panel(client.get(reverse("web:day"), {"tout": "1", "page": number}), "_alerts.html")
        seen += [row.first.due_on for each in shown["bands"] for row in each.rows]
        assert [each.count for each in shown["bands"]] == [5]
    assert seen == [date(2026, 3, 2) + timedelta(weeks=week) for week in range(5)]
