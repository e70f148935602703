"""Contracts of a stay, hours, PASS IAE."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from backend.core.actor import Role
from backend.core.errors import DomainError, NotPermitted
from backend.organisations.enums import StructureKind
from pathways.enums import ClientKind, ContractKind
from pathways.models import Contract, IaePass, MonthlyHours
from pathways.rules.dated.rows import HOURS_480_LIFTED
from pathways.services import (
    end_contract,
    record_contract,
    record_derogation,
    record_hours,
    record_pass,
    set_rule,
)
from tests.factories import (
    BeneficiaryFactory,
    ContractFactory,
    OrganisationFactory,
    StayFactory,
    actor_of,
)


def cddi(house, **changes):
    asked = {
        "kind": ContractKind.CDDI,
        "started_on": date(2026, 1, 5),
        "planned_end_on": date(2027, 1, 4),
        "weekly_hours": Decimal(26),
    }
    return record_contract(**{"actor": house.advisor, "stay": house.stay} | asked | changes)


def test_a_contract_is_recorded_with_its_line_in_the_trail(house, trail_of):
    contract = cddi(house)

    assert (contract.stay, contract.kind, contract.initial) == (house.stay, "CDDI", None)
    assert trail_of(house.stay) == ["contract.recorded"]


def test_a_manager_records_contracts_and_a_supervisor_does_not(house):
    assert cddi(house, actor=house.manager).pk

    with pytest.raises(NotPermitted):
        cddi(house, actor=house.supervisor)


def test_a_neighbour_records_nothing(house):
    with pytest.raises(NotPermitted) as refusal:
        cddi(house, actor=house.neighbour)
    assert refusal.value.code == "out_of_reach"


def test_a_structure_does_not_write_the_contracts_of_another(house):
    elsewhere = StayFactory(beneficiary=house.person)

    with pytest.raises(NotPermitted) as refusal:
        cddi(house, stay=elsewhere)
    assert refusal.value.code == "not_yours"


def test_a_refused_contract_leaves_nothing_behind(house, trail_of):
    with pytest.raises(DomainError):
        cddi(house, planned_end_on=date(2026, 2, 4))

    assert not Contract.objects.exists()
    assert trail_of(house.stay) == []


def test_r01_four_months_do_not_bind_where_a_decision_says_so(house):
    record_derogation(
        actor=house.advisor,
        stay=house.stay,
        motive="CONTRAT_COURT",
        decider="EMPLOYEUR",
        status="ACCORDEE",
        asked_on=date(2026, 1, 5),
        decided_on=date(2026, 1, 5),
        starts_on=date(2026, 1, 5),
    )

    assert cddi(house, planned_end_on=date(2026, 2, 4)).planned_end_on == date(2026, 2, 4)


def test_a_renewal_points_to_the_first_contract_of_its_chain(house):
    first = cddi(house, planned_end_on=date(2026, 7, 4))
    second = cddi(house, started_on=date(2026, 7, 5), planned_end_on=date(2026, 8, 4), initial=first)
    third = cddi(house, started_on=date(2026, 8, 5), planned_end_on=date(2026, 9, 4), initial=second)

    assert {second.initial, third.initial} == {first}


@pytest.mark.parametrize(
    ("end", "accepted"), [((2028, 1, 3), True), ((2028, 1, 4), True), ((2028, 1, 5), False)]
)
def test_renewals_stop_at_twenty_four_months(house, end, accepted):
    first = cddi(house)
    asked = {"started_on": date(2027, 1, 5), "planned_end_on": date(*end), "initial": first}

    if accepted:
        assert cddi(house, **asked).pk
    else:
        with pytest.raises(DomainError) as refusal:
            cddi(house, **asked)
        assert refusal.value.code == "cddi_ceiling"
        assert (
            "enregistrez la dérogation décidée par la structure ou un prescripteur" in refusal.value.message
        )


def test_the_ceiling_counts_earlier_stays_in_the_same_structure(house):
    before = StayFactory(
        beneficiary=house.person,
        organisation=house.structure,
        started_on=date(2023, 1, 1),
        ended_on=date(2024, 8, 31),
    )
    ContractFactory(stay=before, planned_end_on=date(2024, 8, 31))

    with pytest.raises(DomainError) as refusal:
        cddi(house, planned_end_on=date(2026, 5, 7))
    assert refusal.value.code == "cddi_ceiling"
    assert cddi(house, planned_end_on=date(2026, 5, 6)).pk


def test_the_ceiling_leaves_other_structures_aside(house):
    before = StayFactory(beneficiary=house.person, started_on=date(2023, 1, 1), ended_on=date(2024, 12, 31))
    ContractFactory(stay=before, planned_end_on=date(2024, 12, 31))

    assert cddi(house).pk


def test_a_renewal_keeps_the_kind_of_its_contract(house):
    first = cddi(house)

    with pytest.raises(DomainError) as refusal:
        cddi(house, kind=ContractKind.CDD, started_on=date(2027, 1, 5), planned_end_on=None, initial=first)
    assert refusal.value.code == "renewal_of_another_kind"


def test_a_renewal_follows_a_contract_of_the_same_stay(house):
    with pytest.raises(DomainError) as refusal:
        cddi(house, initial=ContractFactory())
    assert refusal.value.field == "initial"


def test_a_contract_begins_within_its_stay(house):
    with pytest.raises(DomainError) as refusal:
        cddi(house, started_on=date(2026, 1, 4))
    assert refusal.value.field == "started_on"


def test_a_mission_is_not_signed_in_a_work_site(house):
    with pytest.raises(DomainError) as refusal:
        cddi(house, kind=ContractKind.CTT)
    assert refusal.value.code == "contract_kind"


def test_a_contract_cannot_end_before_it_starts(house):
    with pytest.raises(ValidationError, match="ne peut pas précéder"):
        cddi(house, planned_end_on=date(2026, 1, 4))


def test_ending_a_contract_twice_the_same_day_records_it_once(house, trail_of):
    contract = cddi(house)
    for _ in range(2):
        contract = end_contract(actor=house.advisor, contract=contract, on=date(2026, 11, 20))

    assert contract.ended_on == date(2026, 11, 20)
    assert trail_of(house.stay) == ["contract.recorded", "contract.ended"]


def test_a_contract_goes_past_its_term_by_a_renewal_only(house):
    contract = cddi(house)

    with pytest.raises(DomainError) as refusal:
        end_contract(actor=house.advisor, contract=contract, on=date(2027, 1, 5))
    assert refusal.value.code == "past_planned_end"


def test_a_neighbour_ends_no_contract(house):
    with pytest.raises(NotPermitted):
        end_contract(actor=house.neighbour, contract=cddi(house), on=date(2026, 11, 20))


def test_hours_of_a_month_replace_those_written_before(house, trail_of):
    contract = cddi(house)
    for hours in (Decimal(100), Decimal(104), Decimal(104)):
        line = record_hours(actor=house.advisor, contract=contract, month=date(2026, 3, 14), hours=hours)

    assert (line.month, line.hours) == (date(2026, 3, 1), Decimal(104))
    assert MonthlyHours.objects.count() == 1
    assert trail_of(house.stay).count("hours.recorded") == 2


@pytest.mark.parametrize("month", [date(2025, 12, 1), date(2027, 2, 1), date(2026, 12, 1)])
def test_hours_belong_to_a_month_of_the_contract_that_has_begun(house, month):
    with pytest.raises(DomainError) as refusal:
        record_hours(actor=house.advisor, contract=cddi(house), month=month, hours=Decimal(10))
    assert refusal.value.field == "month"


def test_negative_hours_are_refused(house):
    with pytest.raises(ValidationError):
        record_hours(actor=house.advisor, contract=cddi(house), month=date(2026, 3, 1), hours=Decimal(-1))


@pytest.fixture
def lent(db):
    """A person lent to companies by an association intermédiaire, 400 hours so far."""
    structure = OrganisationFactory(kind=StructureKind.AI)
    actor = actor_of(Role.ADVISOR, structure)
    contract = ContractFactory(
        stay=StayFactory(organisation=structure), kind=ContractKind.CDDU, planned_end_on=None
    )
    for month in (2, 3, 4, 5):
        record_hours(
            actor=actor,
            contract=contract,
            month=date(2026, month, 1),
            hours=Decimal(100),
            client_kind=ClientKind.COMPANY,
        )
    return {"actor": actor, "contract": contract, "month": date(2026, 6, 1)}


def test_companies_stop_at_480_hours(lent):
    assert record_hours(**lent, hours=Decimal(80), client_kind=ClientKind.COMPANY).pk

    with pytest.raises(DomainError) as refusal:
        record_hours(**lent, hours=Decimal("80.25"), client_kind=ClientKind.COMPANY)
    assert refusal.value.code == "hours_480"


def test_the_prefect_may_let_the_480_hours_be_passed(lent):
    asked = {**lent, "hours": Decimal(120), "client_kind": ClientKind.COMPANY}
    structure = lent["contract"].stay.organisation
    set_rule(
        actor=actor_of(Role.MANAGER, structure),
        name=HOURS_480_LIFTED,
        value="oui",
        valid_from=date(2026, 6, 1),
        valid_to=date(2026, 12, 31),
        basis="Arrêté inventé du 28 mai 2026",
        organisation=structure,
    )
    assert record_hours(**asked).hours == 120
    with pytest.raises(DomainError, match="passerait 480 heures"):
        record_hours(**{**asked, "month": date(2026, 5, 1)})


def test_the_hours_of_all_contracts_of_a_month_fit_in_its_days(lent):
    stay = lent["contract"].stay
    day = ContractFactory(
        stay=stay, kind=ContractKind.CDDU, started_on=date(2026, 7, 1), planned_end_on=date(2026, 7, 1)
    )
    lent["contract"].planned_end_on = date(2026, 6, 30)
    lent["contract"].save()
    asked = {"actor": lent["actor"], "contract": day, "month": date(2026, 7, 1)}
    assert record_hours(**asked, hours=Decimal(14), client_kind=ClientKind.HOUSEHOLD).pk
    with pytest.raises(DomainError) as refusal:
        record_hours(**asked, hours=Decimal("10.25"), client_kind=ClientKind.NON_PROFIT)
    assert (refusal.value.code, refusal.value.field) == ("more_than_a_day", "hours")


def test_a_new_contract_after_the_end_of_the_pass_is_refused_and_an_old_one_is_kept(house):
    IaePass.objects.create(
        beneficiary=house.person, number="999991234567", starts_on=date(2024, 1, 5), ends_on=date(2026, 1, 4)
    )
    assert cddi(house).pk
    with pytest.raises(DomainError) as refusal:
        cddi(house, started_on=date(2026, 11, 22), planned_end_on=date(2027, 6, 21), weekly_hours=None)
    assert refusal.value.code == "contract_after_pass"


@pytest.mark.parametrize("client", [ClientKind.HOUSEHOLD, ClientKind.NON_PROFIT, ClientKind.PUBLIC, ""])
def test_other_clients_do_not_feed_the_480_hours(lent, client):
    assert record_hours(**lent, hours=Decimal(120), client_kind=client).hours == 120


def test_a_pass_without_end_lasts_what_the_state_platform_counts(house, trail_of):
    iae = record_pass(
        actor=house.advisor, beneficiary=house.person, number="99999 12 34567", starts_on=date(2025, 3, 1)
    )

    assert (iae.number, iae.ends_on) == ("999991234567", date(2027, 2, 28))
    assert trail_of(iae) == ["pass.recorded"]


def test_r16_the_end_received_from_the_platform_wins_and_the_same_number_is_one_pass(house):
    asked = {
        "actor": house.advisor,
        "beneficiary": house.person,
        "number": "999991234567",
        "starts_on": date(2025, 3, 1),
    }
    record_pass(**asked)
    iae = record_pass(**asked, ends_on=date(2027, 6, 30))

    assert iae.ends_on == date(2027, 6, 30)
    assert IaePass.objects.count() == 1


def test_two_passes_do_not_overlap(house):
    asked = {"actor": house.advisor, "beneficiary": house.person}
    record_pass(**asked, number="999991234567", starts_on=date(2025, 3, 1))

    with pytest.raises(DomainError) as refusal:
        record_pass(**asked, number="999991234568", starts_on=date(2027, 2, 28))
    assert refusal.value.code == "pass_overlap"
    with pytest.raises(DomainError) as refusal:
        record_pass(**asked, number="999991234568", starts_on=date(2027, 3, 1))
    assert refusal.value.code == "pass_waiting"
    assert IaePass.objects.count() == 1


def held_by(person):
    return IaePass.objects.create(
        beneficiary=person, number="999991234567", starts_on=date(2025, 1, 1), ends_on=date(2026, 12, 31)
    )


def test_the_pass_of_somebody_else_one_accompanies_is_not_taken(house):
    other = StayFactory(organisation=house.structure, advisor_id=house.advisor.user_id).beneficiary
    held_by(other)
    asked = {"actor": house.advisor, "beneficiary": house.person, "starts_on": date(2025, 3, 1)}
    with pytest.raises(DomainError) as refusal:
        record_pass(**asked, number="999991234567")
    assert (refusal.value.code, refusal.value.field) == ("pass_of_another", "number")
    assert record_pass(**asked, number="999991234568").pk


def test_a_number_held_out_of_sight_is_answered_like_one_nobody_holds(house):
    """Otherwise trying numbers would tell who is known on the platform."""
    held_by(BeneficiaryFactory())
    asked = {"actor": house.advisor, "beneficiary": house.person, "starts_on": date(2025, 3, 1)}
    assert record_pass(**asked, number="999991234567").pk


def test_a_neighbour_records_no_pass(house):
    with pytest.raises(NotPermitted):
        record_pass(
            actor=house.neighbour,
            beneficiary=house.person,
            number="999991234567",
            starts_on=date(2025, 3, 1),
        )


@pytest.mark.parametrize(("known", "typed"), [("", ClientKind.HOUSEHOLD), (ClientKind.PUBLIC, "")])
def test_hours_said_with_and_without_a_kind_of_client_are_not_counted_twice(house, known, typed):
    asked = {"actor": house.advisor, "contract": cddi(house), "month": date(2026, 3, 1)}
    record_hours(**asked, hours=Decimal(100), client_kind=known)
    with pytest.raises(DomainError) as refused:
        record_hours(**asked, hours=Decimal(100), client_kind=typed)
    assert refused.value.code == "hours_told_twice"
    assert MonthlyHours.objects.get().client_kind == known
    record_hours(**asked, hours=Decimal(0), client_kind=known)
    assert record_hours(**asked, hours=Decimal(100), client_kind=typed).hours == 100
    with pytest.raises(DomainError):
        record_hours(**asked, hours=Decimal(50), client_kind=known)


def test_two_kinds_of_client_share_a_month(house):
    asked = {"actor": house.advisor, "contract": cddi(house), "month": date(2026, 3, 1)}
    record_hours(**asked, hours=Decimal(60), client_kind=ClientKind.HOUSEHOLD)
    assert record_hours(**asked, hours=Decimal(40), client_kind=ClientKind.PUBLIC).hours == 40
