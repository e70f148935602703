"""Closing a stay, completing its exit."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from backend.core.errors import Conflict, DomainError, NotPermitted
from pathways.models import Exit, Stay
from pathways.services import close_stay, complete_exit
from tests.factories import ContractFactory, ExitFactory, StayFactory

LAST_DAY = date(2026, 11, 20)


@pytest.fixture
def exit_(house):
    return close_stay(actor=house.advisor, stay=house.stay, on=LAST_DAY)


def test_closing_a_stay_ends_its_contracts_and_writes_the_exit(house, trail_of):
    over = ContractFactory(stay=house.stay, planned_end_on=date(2026, 6, 30))
    running = ContractFactory(stay=house.stay, started_on=date(2026, 7, 1))

    exit_ = close_stay(
        actor=house.advisor,
        stay=house.stay,
        on=LAST_DAY,
        motive="9",
        employer_name="Brioches du Val",
        contract_months=7,
    )

    for row in (house.stay, over, running):
        row.refresh_from_db()
    assert (house.stay.ended_on, exit_.occurred_on, exit_.motive) == (LAST_DAY, LAST_DAY, "9")
    assert (over.ended_on, running.ended_on) == (None, LAST_DAY)
    assert exit_.recorded_by_id == house.advisor.user_id
    assert trail_of(house.stay) == ["stay.closed"]


def test_the_motive_may_come_later(house, exit_, trail_of):
    completed = complete_exit(actor=house.manager, exit_=exit_, version=1, motive="3")

    assert (completed.motive, completed.version) == ("3", 2)
    assert trail_of(exit_) == ["exit.completed", "post_hire.opened"]


def test_closing_twice_the_same_way_records_one_exit(house, exit_):
    assert close_stay(actor=house.advisor, stay=house.stay, on=LAST_DAY) == exit_
    assert Exit.objects.count() == 1


def test_closing_again_another_way_is_a_conflict(house, exit_):
    with pytest.raises(Conflict):
        close_stay(actor=house.advisor, stay=house.stay, on=date(2026, 11, 21))


def test_the_exit_comes_on_or_after_the_entry(house):
    with pytest.raises(DomainError) as refusal:
        close_stay(actor=house.advisor, stay=house.stay, on=date(2026, 1, 4))
    assert refusal.value.code == "exit_before_entry"
    assert close_stay(actor=house.advisor, stay=house.stay, on=date(2026, 1, 5)).pk


def test_a_contract_worked_later_refuses_the_exit(house):
    ContractFactory(stay=house.stay, ended_on=date(2026, 11, 21))

    with pytest.raises(DomainError) as refusal:
        close_stay(actor=house.advisor, stay=house.stay, on=LAST_DAY)
    assert refusal.value.code == "contract_after_exit"
    assert Stay.objects.get(pk=house.stay.pk).ended_on is None


def test_an_unknown_motive_is_refused_and_the_stay_stays_open(house):
    with pytest.raises(ValidationError):
        close_stay(actor=house.advisor, stay=house.stay, on=LAST_DAY, motive="77")
    assert Stay.objects.get(pk=house.stay.pk).ended_on is None


def test_six_months_exactly_is_the_long_motive(house, exit_):
    with pytest.raises(DomainError) as refusal:
        complete_exit(actor=house.advisor, exit_=exit_, version=1, motive="10", contract_months=6)
    assert refusal.value.field == "contract_months"
    assert complete_exit(actor=house.advisor, exit_=exit_, version=1, motive="9", contract_months=6).pk


def test_an_exit_completed_in_between_is_not_overwritten(house, exit_):
    complete_exit(actor=house.manager, exit_=exit_, version=1, motive="3")

    with pytest.raises(Conflict):
        complete_exit(actor=house.advisor, exit_=exit_, version=1, motive="7")


@pytest.mark.parametrize("who", ["neighbour", "supervisor"])
def test_who_does_not_answer_for_the_stay_closes_nothing(house, who):
    actor = getattr(house, who)

    with pytest.raises(NotPermitted):
        close_stay(actor=actor, stay=house.stay, on=LAST_DAY)
    with pytest.raises(NotPermitted):
        complete_exit(actor=actor, exit_=ExitFactory(), version=1, motive="7")


def test_another_structures_stay_is_read_but_not_closed(house):
    elsewhere = StayFactory(beneficiary=house.person)

    with pytest.raises(NotPermitted) as refusal:
        close_stay(actor=house.advisor, stay=elsewhere, on=LAST_DAY)
    assert refusal.value.code == "not_yours"
