"""ETP by month and structure: sums, one division, the reference of the year, and who is counted (R30, R31)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from backend.audit.models import Entry
from backend.core.actor import Role
from backend.organisations.models import Convention
from reports.fte.figures import fte_report
from tests.factories import (
    ContractFactory,
    MembershipFactory,
    MonthlyHoursFactory,
    OrganisationFactory,
    StayFactory,
)
from tests.queries import assert_same_queries
from tests.signin import sign_in
from tests.worlds.two_houses import API

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(today):
    """These tests ask the calendar."""


@pytest.fixture
def seat():
    return MembershipFactory(role=Role.MANAGER)


@pytest.fixture
def client(seat):
    return sign_in(Client(), seat.user, seat=seat.seat_key)


def work(place, *figures, year=2026):
    """One person, with hours month after month from January."""
    contract = ContractFactory(stay=StayFactory(organisation=place, started_on=date(year, 1, 1)))
    for number, hours in enumerate(figures, start=1):
        MonthlyHoursFactory(contract=contract, month=date(year, number, 1), hours=Decimal(hours))
    return contract


def test_r30_a_hundred_and_thirty_hours_in_an_aci(seat):
    work(seat.organisation, "100")
    work(seat.organisation, "30")
    (found,) = fte_report(seat.as_actor(), 2026)
    january = found.months[0]
    assert (january.hours, january.fte) == (Decimal(130), Decimal("0.857"))
    assert found.months[1].fte == Decimal("0.000")
    assert found.fte == Decimal("0.071")


def test_r30_the_year_is_divided_once(seat):
    work(seat.organisation, *["0.07"] * 12)
    (found,) = fte_report(seat.as_actor(), 2026)
    assert {month.fte for month in found.months} == {Decimal("0.000")}
    work(seat.organisation, *["0.07"] * 12)
    (found,) = fte_report(seat.as_actor(), 2026)
    assert found.fte == Decimal("0.001")


def test_r30_its_own_convention_wins_over_the_book(seat):
    work(seat.organisation, "130")
    Convention.objects.create(
        organisation=seat.organisation, year=2026, hours_per_fte=Decimal(1560), fte=Decimal("2.5")
    )
    (found,) = fte_report(seat.as_actor(), 2026)
    assert found.months[0].fte == Decimal("1.000")
    assert found.plan.made_months == 1
    assert (found.plan.made, found.plan.agreed_so_far) == (Decimal("0.083"), Decimal("0.208"))
    assert found.gap == Decimal("-0.125")
    assert found.reference.basis.startswith("La convention")


def test_r30_an_eiti_since_2025_has_hours_and_no_posts(seat):
    seat.organisation.kind = "EITI"
    seat.organisation.save()
    work(seat.organisation, "130")
    work(seat.organisation, "130", year=2024)
    assert fte_report(seat.as_actor(), 2026)[0].fte is None
    assert fte_report(seat.as_actor(), 2024)[0].fte == Decimal("0.086")


def test_r31_whoever_made_no_hour_in_the_year_is_not_counted(seat):
    work(seat.organisation, "10", "0")
    work(seat.organisation, "0", "0")
    work(seat.organisation, "12", year=2025)
    (found,) = fte_report(seat.as_actor(), 2026)
    assert found.employees == 1


def test_r31_one_person_with_two_contracts_is_one(seat):
    contract = work(seat.organisation, "10")
    other = ContractFactory(stay=contract.stay)
    MonthlyHoursFactory(contract=other, month=date(2026, 2, 1), hours=Decimal(5))
    assert fte_report(seat.as_actor(), 2026)[0].employees == 1


def test_another_structure_is_not_in_ones_figures(seat):
    work(OrganisationFactory(), "130")
    assert fte_report(seat.as_actor(), 2026) == []


def test_the_page_says_the_arithmetic(client, seat):
    work(seat.organisation, "130")
    page = client.get(reverse("web:fte"), {"annee": "2026"}).content.decode()
    assert "0,857" in page
    assert "1820" in page.replace("\u202f", "").replace("\u00a0", "")
    assert client.get(reverse("web:fte"), {"annee": "abc"}).status_code == 422


def test_the_file_holds_sums_and_leaves_a_line(client, seat):
    contract = work(seat.organisation, "130")
    answer = client.get(reverse("web:fte_file", args=[2026]))
    text = answer.content.decode("utf-8-sig")
    assert '"0,857"' in text
    assert contract.stay.beneficiary.last_name not in text
    assert Entry.objects.filter(action="fte.exported").count() == 1
    assert client.get(reverse("web:fte_file", args=[99999])).status_code == 200


def test_the_API_gives_the_same_figures(client, seat):
    work(seat.organisation, "130")
    (line,) = client.get(f"{API}fte-statistics/?year=2026").json()
    assert line["months"][0] == {"month": "2026-01-01", "hours": "130.00", "fte": "0.857"}
    assert (line["employees"], line["hours_per_fte"]) == (1, "1820.00")


def test_figures_ask_no_more_for_more_people(client, seat):
    assert_same_queries(
        lambda: client.get(reverse("web:fte"), {"annee": "2026"}),
        lambda count: [work(seat.organisation, "100") for _ in range(count)],
    )
