"""What the object one comes from already says is not asked again."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse

from backend.core.pages.addresses import Gesture, address_of
from pathways.enums import ContractKind
from tests.factories import ContractFactory, IaePassFactory, StayFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(datetime.fromisoformat("2026-11-22T10:30:00+01:00"), tick=True):
        yield


@pytest.fixture
def chain(place):
    """A first contract and its renewal, at the chantier."""
    stay = StayFactory(
        organisation=place.structures["aci"],
        started_on=date(2026, 1, 5),
        advisor=place.advisor,
    )
    said = {"stay": stay, "kind": ContractKind.CDDI, "rome_code": "K2204", "weekly_hours": Decimal("26.5")}
    first = ContractFactory(**said, started_on=date(2026, 1, 5), planned_end_on=date(2026, 6, 30))
    second = ContractFactory(
        **said, started_on=date(2026, 7, 1), planned_end_on=date(2026, 12, 20), initial=first
    )
    return first, second


@pytest.mark.parametrize("which", [0, 1], ids=["first", "renewal"])
def test_a_renewal_starts_the_day_after_the_last_of_its_chain_with_the_same_work(advisor, chain, which):
    form = advisor.get(address_of(chain[which], Gesture.PROLONG)).context["form"]
    assert {name: form[name].value() for name in ("kind", "started_on", "rome_code", "initial_contract")} == {
        "kind": ContractKind.CDDI,
        "started_on": date(2026, 12, 21),
        "rome_code": "K2204",
        "initial_contract": chain[0].pk,
    }
    assert form["weekly_hours"].value() == Decimal("26.5")
    assert not form["planned_end_on"].value()


@pytest.mark.parametrize("asked", ["²", "9" * 40, "-1", "abc", "987654321"])
def test_a_contract_that_does_not_exist_prolongs_nothing(advisor, chain, asked):
    answer = advisor.get(reverse("web:contract_new", args=[chain[0].stay_id]), {"prolonge": asked})
    assert answer.status_code == 200
    assert not answer.context["form"]["initial_contract"].value()


def test_a_second_contract_that_prolongs_nothing_does_not_begin_with_the_stay(advisor, chain):
    address = reverse("web:contract_new", args=[chain[0].stay_id])
    assert not advisor.get(address).context["form"]["started_on"].value()


def test_a_pass_is_prolonged_from_its_page(advisor, chain):
    iae = IaePassFactory(beneficiary=chain[0].stay.beneficiary)
    page = advisor.get(address_of(iae, Gesture.OPEN)).content.decode()
    assert reverse("web:prolongation_new", args=[iae.pk]) in page


@pytest.mark.parametrize("where", ["day", "person"])
def test_a_pass_that_ends_opens_its_page_never_a_page_inside_a_sheet(advisor, chain, where):
    iae = IaePassFactory(
        beneficiary=chain[0].stay.beneficiary, starts_on=date(2024, 12, 20), ends_on=date(2026, 12, 19)
    )
    args = [iae.beneficiary_id] if where == "person" else []
    page = advisor.get(reverse(f"web:{where}", args=args)).content.decode()
    address = address_of(iae, Gesture.OPEN)
    assert f'href="{address}"' in page
    assert f'hx-get="{address}"' not in page


def test_a_row_of_the_day_opens_the_sheet_that_settles_it(advisor, chain):
    page = advisor.get(reverse("web:day")).content.decode()
    address = address_of(chain[1], Gesture.PROLONG)
    assert f'hx-get="{address}"' in page
    assert f'href="{address}"' in page
