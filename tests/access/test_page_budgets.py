"""What a page may ask of the base and weigh, whatever the number of people: a page that slips turns this red.

A page made of the panels of every domain asks more than another; its budget is what it asks today, to be lowered.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from backend.core.actor import Role
from tests.factories import (
    TODAY,
    ActionFactory,
    AppointmentFactory,
    BeneficiaryAccessFactory,
    ContractFactory,
    EmployerAccessFactory,
    ExitFactory,
    IaePassFactory,
    InterviewFactory,
    MedicalVisitFactory,
    MembershipFactory,
    MonthlyHoursFactory,
    OrganisationFactory,
    SavedDaysFactory,
    StayFactory,
)
from tests.queries import statements_of
from tests.signin import sign_in

pytestmark = pytest.mark.django_db
SMALL, LARGE = 4, 40
HEAVIEST = 120_000
"""Bytes of HTML."""
ORDINARY = 15

COMPOSED = {"web:day": 42, "web:person": 50, "web:my_pathway": 30}
"""Pages made of the panels of every domain."""
HEAVIER = {"web:skills_team": 16, "web:rights": 19}
ASKED = {
    Role.ADVISOR: (
        "web:day", "web:people", "web:person", "web:note", "web:follow_up_new", "web:between", "web:proposals",
        "web:employers", "web:exits", "web:tokens", "web:polycompetence", "web:rights",
    ),
    Role.MANAGER: ("web:day", "web:people", "web:person", "web:note", "web:between", "web:proposals", "web:exits", "web:skills_team", "web:skills_figures",
    ),
    Role.SUPERVISOR: ("web:observe", "web:observe_person", "web:skills_team", "web:polycompetence"),
    Role.BENEFICIARY: ("web:my_pathway", "web:polycompetence", "web:rights"),
    Role.EMPLOYER: ("web:my_needs",),
}  # fmt: skip
OF_A_PERSON = {"web:person", "web:rights", "web:polycompetence", "web:follow_up_new", "web:observe_person"}


@pytest.fixture(autouse=True)
def _today(today):
    """These tests ask the calendar."""


class Structure:
    """A structure that grows: everybody has something that waits, every fourth one has left."""

    def __init__(self) -> None:
        self.place = OrganisationFactory()
        self.seats = {
            role: MembershipFactory(role=role, organisation=self.place)
            for role in (Role.ADVISOR, Role.MANAGER, Role.SUPERVISOR)
        }
        self.first = None
        self.people = 0

    def grow(self, count: int) -> None:
        """So many people in all."""
        while self.people < count:
            self.people += 1
            self.welcome(has_left=self.people % 4 == 0)

    def welcome(self, *, has_left: bool) -> None:
        """One person more, with what a day is made of."""
        left_on = TODAY - timedelta(days=40) if has_left else None
        stay = StayFactory(
            organisation=self.place, advisor=self.seats[Role.ADVISOR].user, ended_on=left_on, started_on="2026-01-05"
        )  # fmt: skip
        about = {"beneficiary": stay.beneficiary, "organisation": self.place}
        end = left_on or TODAY + timedelta(days=5)
        contract = ContractFactory(stay=stay, planned_end_on=end)
        MonthlyHoursFactory(contract=contract, month=TODAY.replace(day=1) - timedelta(days=61))
        IaePassFactory(beneficiary=stay.beneficiary, ends_on=TODAY + timedelta(days=30))
        InterviewFactory(**about, happened_at=datetime(2026, 2, 3, 9, tzinfo=UTC))
        MedicalVisitFactory(**about, due_on=TODAY + timedelta(days=20))
        SavedDaysFactory(**about)
        ActionFactory(**about, due_on=TODAY - timedelta(days=3))
        AppointmentFactory(**about, starts_at=datetime(2026, 12, 15, 9, tzinfo=UTC))
        if has_left:
            ExitFactory(stay=stay, occurred_on=left_on, motive="7")
        self.first = self.first or stay.beneficiary

    def browser(self, role: Role) -> Client:
        """Somebody of this role, signed in."""
        if role is Role.BENEFICIARY:
            seat = BeneficiaryAccessFactory(beneficiary=self.first)
        elif role is Role.EMPLOYER:
            seat = EmployerAccessFactory()
        else:
            seat = self.seats[role]
        return sign_in(Client(), seat.user, seat=seat.seat_key)


def address(route: str, structure: Structure) -> str:
    return reverse(route, args=[structure.first.pk] if route in OF_A_PERSON else [])


def budget_of(route: str) -> int:
    return COMPOSED.get(route) or HEAVIER.get(route) or ORDINARY


def asked_by(browser: Client, page: str) -> list[str]:
    """What the page asks once what lives for the process is warm."""
    assert browser.get(page).status_code == 200, page
    return statements_of(lambda: browser.get(page))


@pytest.mark.parametrize("role", ASKED)
def test_pages_keep_their_budget_whatever_the_number_of_people(role):
    """SEC-24."""
    structure = Structure()
    structure.grow(SMALL)
    browser = structure.browser(role)
    few = {route: asked_by(browser, address(route, structure)) for route in ASKED[role]}
    structure.grow(LARGE)
    many = {route: asked_by(browser, address(route, structure)) for route in ASKED[role]}

    for route, statements in many.items():
        assert len(statements) <= budget_of(route), (route, "\n".join(statements))
        assert len(statements) <= len(few[route]) + 1, f"{route}: {len(few[route])}, then {len(statements)}"
        weight = len(browser.get(address(route, structure)).content)
        assert weight <= HEAVIEST, (route, weight)
