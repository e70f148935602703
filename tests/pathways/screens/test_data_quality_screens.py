"""« Qualité des données »: what the rules would refuse stays visible until it is settled, and leads to where it is."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.test import Client

from backend.core.actor import Role
from pathways.models import Contract, IaePass
from pathways.selectors.data_quality import reserves_to_settle
from tests import factories as make
from tests.pages import text_of
from tests.signin import sign_in

pytestmark = pytest.mark.django_db
PAGE = "/equipe/qualite/"
TODAY = date(2026, 11, 26)


@pytest.fixture(autouse=True)
def _day():
    with time_machine.travel("2026-11-26T10:00:00+01:00", tick=False):
        yield


@pytest.fixture
def stay():
    """Somebody of a work site, whose contract is three days long."""
    stay = make.StayFactory(organisation=make.OrganisationFactory(kind="ACI"), started_on=date(2026, 9, 1))
    Contract.objects.create(
        stay=stay, kind="CDDI", started_on=date(2026, 9, 1), planned_end_on=date(2026, 9, 3)
    )
    return stay


def reader(role, stay):
    seat = make.MembershipFactory(role=role, organisation=stay.organisation)
    return seat, sign_in(Client(), seat.user, seat=seat.seat_key)


def codes(seat):
    return [each.finding.code for each in reserves_to_settle(seat.as_actor(), today=TODAY)]


def test_a_reserve_stays_until_it_is_settled(stay):
    seat, client = reader(Role.MANAGER, stay)
    page = text_of(client.get(PAGE))
    assert "le minimum est de 4 mois" in page
    assert f"/personnes/{stay.beneficiary_id}/#etapes" in page
    Contract.objects.update(planned_end_on=date(2027, 2, 28))
    assert codes(seat) == []
    assert "Rien n’est à régler." in text_of(client.get(PAGE))


def test_one_number_of_pass_for_two_people_is_a_reserve_of_both(stay):
    seat, _ = reader(Role.MANAGER, stay)
    Contract.objects.all().delete()
    other = make.StayFactory(organisation=stay.organisation)
    for each in (stay.beneficiary, other.beneficiary):
        make.IaePassFactory(beneficiary=each, number="999991234567")
    assert codes(seat) == ["pass_of_another"] * 2
    make.IaePassFactory(number="999990000042")
    IaePass.objects.filter(beneficiary=other.beneficiary).update(number="999990000042")
    assert codes(seat) == [], "what somebody elsewhere holds is not told"


def test_every_kind_of_row_is_looked_at(stay):
    seat, _ = reader(Role.MANAGER, stay)
    person, contract = stay.beneficiary, Contract.objects.get()
    contract.monthly_hours.create(month=date(2026, 12, 1), hours=Decimal(1))
    for number in (1, 2):
        IaePass.objects.create(
            beneficiary=person,
            number=f"99999000000{number}",
            starts_on=date(2026, 1, 1),
            ends_on=date(2027, 12, 30),
        )
    make.ExitFactory(stay=stay, occurred_on=date(2026, 9, 3), motive="9", contract_months=2)
    assert sorted(codes(seat)) == [
        "cddi_minimum", "month_outside_contract", "month_to_come", "motive_and_length", "pass_overlap",
    ]  # fmt: skip


def test_only_who_answers_for_the_structure_reads_it(stay):
    for role in (Role.ADVISOR, Role.SUPERVISOR):
        assert reader(role, stay)[1].get(PAGE).status_code == 404
    elsewhere = make.MembershipFactory(role=Role.MANAGER)
    assert codes(elsewhere) == []


def test_it_costs_the_same_reads_whatever_the_people(stay, django_assert_max_num_queries):
    seat, _ = reader(Role.MANAGER, stay)
    actor = seat.as_actor()
    for _ in range(12):
        other = make.StayFactory(organisation=stay.organisation, started_on=date(2026, 9, 1))
        Contract.objects.create(
            stay=other, kind="CDDI", started_on=date(2026, 9, 1), planned_end_on=date(2026, 9, 3)
        )
    # One of them asks once who else holds the numbers of the PASS; derogations, what changed a PASS, immersions, trainings,
    # diagnoses of eligibility and the birth dates an immersion is judged by: one each.
    with django_assert_max_num_queries(19):
        assert len(reserves_to_settle(actor, today=TODAY)) == 13
