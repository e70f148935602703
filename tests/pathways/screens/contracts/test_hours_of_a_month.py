"""« Heures »: a whole structure's month in one table, each refusal beside its cell, nothing typed lost."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from backend.core.actor import Role
from pathways.models import MonthlyHours
from pathways.screens.hours.table import PER_PAGE
from tests.factories import (
    BeneficiaryFactory,
    ContractFactory,
    HoursAmendmentFactory,
    MembershipFactory,
    MonthlyHoursFactory,
    OrganisationFactory,
    StayFactory,
)
from tests.queries import assert_same_queries
from tests.signin import sign_in

pytestmark = pytest.mark.django_db
MONTH = date(2026, 10, 1)


@pytest.fixture(autouse=True)
def _today(today):
    """These tests ask the calendar."""


@pytest.fixture
def seat():
    return MembershipFactory(role=Role.MANAGER)


@pytest.fixture
def client(seat):
    return sign_in(Client(), seat.user, seat=seat.seat_key)


def a_contract(place, name="Fictive", **said):
    stay = StayFactory(organisation=place, beneficiary=BeneficiaryFactory(last_name=name))
    known = {"started_on": date(2026, 9, 1), "planned_end_on": date(2027, 2, 28)}
    return ContractFactory(stay=stay, **known | said)


def cell(contract, kind=""):
    return f"h-{contract.pk}-{kind}"


def send(client, **cells):
    return client.post(reverse("web:hours_month"), {"mois": "2026-10", **cells}, follow=False)


def page_of(client, query="mois=2026-10"):
    return client.get(f"{reverse('web:hours_month')}?{query}")


def hours():
    return {(row.contract_id, row.client_kind): row.hours for row in MonthlyHours.objects.filter(month=MONTH)}


def test_it_opens_on_last_month_with_the_contracts_in_force(client, seat):
    here = a_contract(seat.organisation, "Ici")
    a_contract(seat.organisation, "Finie", ended_on=date(2026, 9, 30))
    a_contract(seat.organisation, "Plus-tard", started_on=date(2026, 11, 2))
    a_contract(OrganisationFactory(), "Ailleurs")
    page = client.get(reverse("web:hours_month")).content.decode()
    assert "Heures de octobre 2026" in page or "octobre 2026" in page
    assert cell(here) in page
    for name in ("Finie", "Plus-tard", "Ailleurs"):
        assert name not in page


def test_every_cell_is_saved_at_once_and_said_in_one_sentence(client, seat):
    one, other, empty = (a_contract(seat.organisation, name) for name in ("Un", "Deux", "Trois"))
    answer = send(client, **{cell(one): "120,5", cell(other): "90", cell(empty): ""})
    assert answer.status_code == 302
    assert hours() == {(one.pk, ""): Decimal("120.5"), (other.pk, ""): Decimal(90)}
    assert "2 cases enregistrées." in client.get(answer.url).content.decode()


def test_a_refusal_stands_beside_its_cell_and_keeps_what_was_typed(client, seat):
    good, wild, text = (a_contract(seat.organisation, name) for name in ("Un", "Deux", "Trois"))
    answer = send(client, **{cell(good): "120", cell(wild): "401", cell(text): "cent"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert hours() == {(good.pk, ""): Decimal(120)}
    assert 'value="401"' in page
    assert 'value="cent"' in page
    assert page.count("hours-error") == 2
    assert "1 case enregistrée ; 2 à revoir" in page


def test_the_same_rules_as_one_by_one(client, seat):
    short = a_contract(seat.organisation, planned_end_on=date(2026, 10, 2), ended_on=date(2026, 10, 2))
    answer = send(client, **{cell(short): "60"})
    assert "24 heures par jour" in answer.content.decode()
    assert hours() == {}


def test_a_figure_changed_meanwhile_is_said_and_not_written_over(client, seat):
    contract = a_contract(seat.organisation)
    MonthlyHoursFactory(contract=contract, month=MONTH, hours=Decimal(80))
    answer = send(client, **{cell(contract): "100", f"w{cell(contract)}": ""})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Quelqu’un a écrit 80 h" in page
    assert 'value="100"' in page
    assert hours() == {(contract.pk, ""): Decimal(80)}
    # Shown again with what is known now, the same figure is a choice.
    assert send(client, **{cell(contract): "100", f"w{cell(contract)}": "80"}).status_code == 302
    assert hours() == {(contract.pk, ""): Decimal(100)}


def test_an_emptied_cell_asks_for_a_zero(client, seat):
    contract = a_contract(seat.organisation)
    MonthlyHoursFactory(contract=contract, month=MONTH, hours=Decimal(80))
    answer = send(client, **{cell(contract): "", f"w{cell(contract)}": "80"})
    assert "écrivez 0" in answer.content.decode()
    assert hours() == {(contract.pk, ""): Decimal(80)}


def test_last_month_is_proposed_and_written_only_once_sent(client, seat):
    contract = a_contract(seat.organisation)
    MonthlyHoursFactory(contract=contract, month=date(2026, 9, 1), hours=Decimal("77.25"))
    assert 'value="77,25"' not in page_of(client).content.decode()
    page = page_of(client, "mois=2026-10&reprendre=1").content.decode()
    assert 'value="77,25"' in page
    assert hours() == {}
    send(client, **{cell(contract): "77,25", f"w{cell(contract)}": ""})
    assert hours() == {(contract.pk, ""): Decimal("77.25")}


def test_an_ai_has_a_cell_for_each_kind_of_client(client, seat):
    seat.organisation.kind = "AI"
    seat.organisation.save()
    contract = a_contract(seat.organisation, kind="CDDU")
    page = page_of(client).content.decode()
    assert all(
        cell(contract, kind) in page for kind in ("PARTICULIER", "ASSOCIATION", "PUBLIC", "ENTREPRISE")
    )
    send(client, **{cell(contract, "PARTICULIER"): "30", cell(contract, "ENTREPRISE"): "20"})
    assert hours() == {(contract.pk, "PARTICULIER"): 30, (contract.pk, "ENTREPRISE"): 20}


def test_somebody_elses_cell_is_not_one_of_the_page(client):
    elsewhere = a_contract(OrganisationFactory())
    assert send(client, **{cell(elsewhere): "100"}).status_code == 302
    assert hours() == {}


def test_an_advisor_types_those_of_their_people(seat):
    place = OrganisationFactory(is_caseload_shared=False)
    advisor = MembershipFactory(role=Role.ADVISOR, organisation=place)
    mine = a_contract(place, "La-mienne")
    mine.stay.advisor = advisor.user
    mine.stay.save()
    theirs = a_contract(place, "Une-autre")
    theirs.stay.advisor = MembershipFactory(role=Role.ADVISOR, organisation=place).user
    theirs.stay.save()
    page = page_of(sign_in(Client(), advisor.user, seat=advisor.seat_key)).content.decode()
    assert cell(mine) in page
    assert cell(theirs) not in page


def test_a_month_that_is_none_shows_last_month(client):
    assert page_of(client, "mois=abc").status_code == 200
    assert page_of(client, "mois=9999-12").status_code == 200


def test_five_hundred_lines_are_paged(client, seat):
    for n in range(PER_PAGE + 1):
        a_contract(seat.organisation, f"Nom{n:03}")
    page = page_of(client).content.decode()
    assert page.count("data-column=") == PER_PAGE
    assert page_of(client, "mois=2026-10&page=2").content.decode().count("data-column=") == 1


def test_the_page_asks_no_more_for_twelve_people(client, seat):
    def grow(count):
        for _ in range(count):
            MonthlyHoursFactory(contract=a_contract(seat.organisation), month=MONTH, hours=Decimal(10))

    assert_same_queries(lambda: page_of(client), grow)


def test_a_month_that_is_none_writes_nothing_elsewhere(client, seat):
    contract = a_contract(seat.organisation)
    answer = client.post(reverse("web:hours_month"), {"mois": "abc", cell(contract): "100"})
    assert answer.status_code == 422
    assert hours() == {}


def test_two_contracts_of_one_person_are_told_apart_in_the_line_and_in_each_cell(client, seat):
    """Same name, same kind, same hours: without their days nobody knows which cell is which."""
    first = a_contract(seat.organisation, planned_end_on=date(2026, 10, 14), ended_on=date(2026, 10, 14))
    ContractFactory(stay=first.stay, started_on=date(2026, 10, 15), planned_end_on=date(2027, 2, 28))
    table = page_of(client).context["table"]
    lines = [f"{line.contract.stay.beneficiary} {line.contract.days_in_words}" for line in table.lines]
    labels = [each.label for each in table.cells]
    assert len(lines) == len(set(lines)) == 2
    assert len(labels) == len(set(labels))
    shown = page_of(client).content.decode()
    assert all(line.contract.days_in_words in shown for line in table.lines)


def test_a_line_says_the_hours_of_its_month_and_what_is_left_of_those_guaranteed(client, seat):
    changed = a_contract(seat.organisation, "Change", weekly_hours=Decimal(24))
    HoursAmendmentFactory(contract=changed, starts_on=date(2026, 10, 12), weekly_hours=Decimal(30))
    HoursAmendmentFactory(contract=changed, starts_on=date(2026, 11, 2), weekly_hours=Decimal(35))
    lent = a_contract(
        seat.organisation, "Promis", kind="CDDU", weekly_hours=None, guaranteed_hours=Decimal(120)
    )
    MonthlyHoursFactory(contract=lent, month=date(2026, 9, 1), hours=Decimal("40.5"))
    page = page_of(client).content.decode().replace("\xa0", " ")
    assert "24 h par semaine, puis 30 h dès le 12 octobre 2026" in page
    assert "35 h" not in page
    assert "120 h garanties en tout, 40,5 h faites" in page
