"""The hours of forty people, typed by hand from a list of paper, without a mouse."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils import timezone

from backend.core.actor import Role
from backend.core.values.dates import month_start, months_after
from pathways.models import MonthlyHours
from tests.chromium import Visitor, browser, trail_can_be_emptied  # noqa: F401
from tests.committing import committing
from tests.factories import BeneficiaryFactory, ContractFactory, MembershipFactory, StayFactory

pytestmark = [pytest.mark.browser, committing]
PEOPLE, MINUTES = 40, 5
SLOW_HAND = 1.5
"""Keys a second of somebody who types with two fingers and reads a sheet of paper meanwhile."""


def read_on_paper(rank: int) -> str:
    """The hours of one person, quarters included."""
    return f"{100 + rank % 7},{('0', '25', '5', '75')[rank % 4]}"


def test_a_month_of_forty_people_is_typed_in_less_than_five_minutes(browser, live_server):  # noqa: F811
    month = months_after(month_start(timezone.localdate()), -1)
    seat = MembershipFactory(role=Role.MANAGER)
    for rank in range(PEOPLE):
        person = BeneficiaryFactory(last_name=f"Songe {rank:02d}")
        stay = StayFactory(
            organisation=seat.organisation, beneficiary=person, started_on=months_after(month, -3)
        )
        ContractFactory(stay=stay, planned_end_on=months_after(month, 6))
    visitor = Visitor(browser, live_server.url, seat.user, seat=seat.seat_key)
    page = visitor.open(f"/heures/?mois={month:%Y-%m}")
    page.locator("input[data-column]").first.focus()

    keys = 0
    for rank in range(PEOPLE):
        page.keyboard.type(read_on_paper(rank))
        page.keyboard.press("Enter")
        keys += len(read_on_paper(rank)) + 1
    with page.expect_navigation():
        page.keyboard.press("Enter")  # the last one leads to the button

    assert keys / SLOW_HAND < MINUTES * 60
    told = MonthlyHours.objects.filter(month=month).order_by("contract__stay__beneficiary__last_name")
    hours = [Decimal(read_on_paper(rank).replace(",", ".")) for rank in range(PEOPLE)]
    assert list(told.values_list("hours", flat=True)) == hours

    page.goto(f"/etp/?annee={month.year}")
    said = page.inner_text("main").replace("\u202f", "").replace("\u00a0", " ")
    reference = Decimal(1820)
    assert f"{round(sum(hours) * 12 / reference, 3):.3f} ETP".replace(".", ",") in said
    assert f"{round(sum(hours) / reference, 3):.3f} ETP".replace(".", ",") in said
    assert (visitor.elsewhere, visitor.complaints) == ([], [])
