"""A person's page asks the alerts of that person, and shows exactly what Ma journée says of them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models.query import ModelIterable
from django.test import Client
from django.urls import reverse

from backend.alerts.registry import alerts_of_the_day
from backend.core.actor import Role
from backend.organisations.enums import StructureKind
from pathways.alerts import APART, PRODUCERS
from tests.factories import (
    TODAY,
    ActionFactory,
    ContractFactory,
    ExitFactory,
    IaePassFactory,
    MembershipFactory,
    MonthlyHoursFactory,
    OrganisationFactory,
    PlacementFactory,
    PostHireFollowUpFactory,
    ProfileConsentFactory,
    StayFactory,
)
from tests.queries import statements_of
from tests.signin import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(today):
    """These tests ask the calendar."""


@pytest.fixture
def seat():
    return MembershipFactory(role=Role.ADVISOR, organisation=OrganisationFactory(kind=StructureKind.AI))


def someone(seat):
    """One person about whom every subject has something to say."""
    mine = {"organisation": seat.organisation, "advisor": seat.user}
    stay = StayFactory(**mine)
    person = stay.beneficiary
    contract = ContractFactory(stay=stay, planned_end_on=TODAY + timedelta(days=10))
    MonthlyHoursFactory(contract=contract, hours=450, client_kind="ENTREPRISE")
    IaePassFactory(beneficiary=person, ends_on=TODAY + timedelta(days=10))
    ActionFactory(beneficiary=person, organisation=seat.organisation, due_on=TODAY - timedelta(days=1))
    before = StayFactory(
        beneficiary=person,
        **mine,
        started_on=TODAY - timedelta(days=900),
        ended_on=TODAY - timedelta(days=800),
    )
    ExitFactory(stay=before, motive="")
    PostHireFollowUpFactory(
        placement=PlacementFactory(beneficiary=person, advisor=seat.user), due_on=TODAY - timedelta(days=2)
    )
    ProfileConsentFactory(beneficiary=person, granted=True, employer_answer="RENCONTRER")
    return person


def test_asked_about_one_person_every_producer_says_what_it_says_of_them_among_all(seat):
    people = [someone(seat) for _ in range(3)]
    actor = seat.as_actor()
    whole = alerts_of_the_day(actor, TODAY)

    assert len({alert.kind for alert in whole}) >= 7
    for person in people:
        theirs = [alert for alert in whole if alert.beneficiary_id == person.pk]
        assert alerts_of_the_day(actor, TODAY, person=person.pk) == theirs
    left = ContractFactory(
        stay=StayFactory(organisation=seat.organisation, advisor=seat.user),
        planned_end_on=TODAY - timedelta(days=9),
    ).stay.beneficiary
    for producer in (*PRODUCERS, *APART):
        asked = [alert.key for alert in producer(actor, TODAY, (left.pk,))]
        assert asked == [a.key for a in producer(actor, TODAY) if a.beneficiary_id == left.pk]


def test_the_page_shows_the_alerts_of_ma_journee_and_a_late_action_once(seat):
    person, _ = someone(seat), someone(seat)
    client = sign_in(Client(), seat.user, seat=seat.seat_key)
    page = client.get(reverse("web:person", args=[person.pk]))

    (panel,) = [each.content for each in page.context["panels"]["next"] if "alerts" in each.content]
    of_the_day = [a for a in alerts_of_the_day(seat.as_actor(), TODAY) if a.beneficiary_id == person.pk]
    assert panel["alerts"] == [alert for alert in of_the_day if alert.kind != "action_overdue"]
    (action,) = panel["actions"]
    assert (
        page.content.decode().count(action.label) <= 3
    )  # its line, and the words of its two buttons for who listens


def test_neither_queries_nor_rows_grow_with_the_perimeter(seat, monkeypatch):
    person = someone(seat)
    client = sign_in(Client(), seat.user, seat=seat.seat_key)
    read = 0
    rows_of = ModelIterable.__iter__

    def counting(self):
        nonlocal read
        for row in rows_of(self):
            read += 1
            yield row

    monkeypatch.setattr(ModelIterable, "__iter__", counting)

    def measure():
        nonlocal read
        address = reverse("web:person", args=[person.pk])
        client.get(address)  # the menu counts what waits, once for many pages
        read = 0
        return len(statements_of(lambda: client.get(address))), read

    before = measure()
    for _ in range(12):
        someone(seat)
    assert measure() == before
