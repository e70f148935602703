"""What was typed is corrected or taken back: what it said stays in the trail, what rests on it is told."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from backend.audit.models import Entry
from backend.core.actor import Role
from backend.core.errors import Conflict, DomainError, OutOfReach
from backend.core.steps import seen
from pathways.models import Action, Beneficiary, Contract, Exit, Goal, IaePass, MonthlyHours, Stay
from pathways.services import (
    cancel_action,
    cancel_appointment,
    cancel_contract,
    cancel_exit,
    cancel_goal,
    cancel_hours,
    cancel_pass,
    cancel_stay,
    close_stay,
    correct_action,
    correct_appointment,
    correct_contract,
    correct_goal,
    correct_pass,
    correct_stay,
    move_exit,
)
from tests import factories as make
from tests.worlds.two_houses import House

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(today):
    return House()


def last_line():
    return Entry.objects.order_by("-id").first()


def of(house, **named):
    """The actor, a row under its name, and the print its form carries."""
    ((name, row),) = named.items()
    return {"actor": house.advisor, name: row, "seen": seen(row)}


def test_a_contract_is_corrected_and_the_trail_keeps_what_it_said(house):
    contract = house["contracts"]
    correct_contract(**of(house, contract=contract), started_on=date(2026, 1, 12), weekly_hours=Decimal(24))
    contract.refresh_from_db()
    assert (contract.started_on, contract.weekly_hours) == (date(2026, 1, 12), Decimal(24))
    line = last_line()
    assert line.action == "contract.corrected"
    assert line.detail["was"] == {"started_on": "2026-01-05", "weekly_hours": "26.00"}


def test_nothing_changed_writes_nothing(house):
    before = Entry.objects.count()
    correct_contract(**of(house, contract=house["contracts"]), kind=house["contracts"].kind)
    assert Entry.objects.count() == before


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"started_on": date(2025, 12, 1)}, "contract_outside_stay"),
        ({"started_on": date(1950, 1, 1)}, "contract_outside_stay"),
        ({"kind": "CTT"}, "contract_kind"),
        ({"planned_end_on": date(2026, 2, 1)}, "cddi_minimum"),
        ({"planned_end_on": None}, "cddi_needs_an_end"),
        ({"ended_on": date(2026, 2, 20)}, "hours_outside_contract"),
        ({"ended_on": date(2027, 3, 1)}, "end_too_far_ahead"),
    ],
)
def test_a_correction_passes_the_rules_of_a_creation(house, changes, code):
    with pytest.raises(DomainError) as refusal:
        correct_contract(**of(house, contract=house["contracts"]), **changes)
    assert refusal.value.code == code
    assert Contract.objects.get(pk=house["contracts"].pk).started_on == date(2026, 1, 5)


def test_a_renewal_must_still_follow_the_contract_it_renews(house):
    first = house["contracts"]
    make.ContractFactory(
        stay=house.stay, initial=first, started_on=date(2027, 1, 5), planned_end_on=date(2027, 6, 4)
    )
    with pytest.raises(DomainError) as refusal:
        correct_contract(**of(house, contract=first), planned_end_on=date(2026, 11, 4))
    assert refusal.value.code == "renewal_with_a_hole"
    with pytest.raises(DomainError) as refusal:
        cancel_contract(**of(house, contract=first), reason="DOUBLE")
    assert refusal.value.code == "something_rests_on_it"


def test_an_old_fault_one_does_not_touch_is_not_asked_again(house):
    """A contract of the past kept with its réserve: its hours are corrected without settling it first."""
    Contract.objects.filter(pk=house["contracts"].pk).update(planned_end_on=date(2026, 3, 31))
    contract = Contract.objects.get(pk=house["contracts"].pk)
    assert correct_contract(**of(house, contract=contract), weekly_hours=Decimal(30)).weekly_hours == 30


def test_a_contract_goes_with_its_hours_and_both_are_told(house):
    cancel_contract(**of(house, contract=house["contracts"]), reason="DOUBLE")
    assert not Contract.objects.filter(pk=house["contracts"].pk).exists()
    assert not MonthlyHours.objects.filter(pk=house["monthly-hours"].pk).exists()
    gone, hours = Entry.objects.order_by("-id")[:2]
    assert (gone.action, hours.action) == ("contract.cancelled", "hours.cancelled")
    assert gone.detail["reason"] == "DOUBLE"
    assert gone.detail["was"]["started_on"] == "2026-01-05"
    assert hours.detail["was"] == {"2026-03": "110.00"}


def test_the_hours_of_a_month_are_taken_back(house):
    cancel_hours(**of(house, line=house["monthly-hours"]), reason="AUTRE")
    assert not MonthlyHours.objects.exists()
    assert last_line().detail["was"]["hours"] == "110.00"


def test_the_day_of_entry_is_corrected_within_what_took_place(house):
    with pytest.raises(DomainError) as refusal:
        correct_stay(**of(house, stay=house.stay), started_on=date(2026, 2, 1))
    assert refusal.value.code == "contract_before_entry"
    with pytest.raises(DomainError) as refusal:
        correct_stay(**of(house, stay=house.stay), started_on=date(2025, 1, 10))
    assert refusal.value.code == "stays_overlap"
    assert correct_stay(**of(house, stay=house.stay), started_on=date(2026, 1, 2)).started_on.day == 2


def test_a_stay_with_contracts_does_not_vanish_in_silence(house):
    with pytest.raises(DomainError) as refusal:
        cancel_stay(**of(house, stay=house.stay), reason="DOUBLE")
    assert "1 contrat" in refusal.value.message
    cancel_contract(**of(house, contract=house["contracts"]), reason="DOUBLE")
    cancel_stay(**of(house, stay=house.stay), reason="DOUBLE")
    assert not Stay.objects.filter(pk=house.stay.pk).exists()
    assert Beneficiary.objects.filter(pk=house.person.pk).exists(), "another stay tells of them"


def test_somebody_welcomed_by_mistake_goes_with_their_only_stay(house):
    stay = make.StayFactory(organisation=house.structure, advisor_id=house.advisor.user_id)
    goal = make.GoalFactory(beneficiary=stay.beneficiary, organisation=house.structure)
    with pytest.raises(DomainError) as refusal:
        cancel_stay(**of(house, stay=stay), reason="AUTRE_PERSONNE")
    assert "1 objectif" in refusal.value.message
    goal.delete()
    cancel_stay(**of(house, stay=stay), reason="AUTRE_PERSONNE")
    assert not Beneficiary.objects.filter(pk=stay.beneficiary_id).exists()
    line = last_line()
    assert line.action == "beneficiary.cancelled"
    assert line.detail == {"reason": "AUTRE_PERSONNE", "was": {}}, "the trail holds nothing of them"


def closed(house, **said):
    exit_ = close_stay(actor=house.advisor, stay=house.stay, on=date(2026, 11, 18), motive="13", **said)
    return Exit.objects.get(pk=exit_.pk)


def test_the_day_of_an_exit_moves_with_the_contracts_that_ended_that_day(house):
    exit_ = closed(house)
    move_exit(actor=house.advisor, exit_=exit_, version=exit_.version, on=date(2026, 11, 10))
    house.stay.refresh_from_db()
    assert (house.stay.ended_on, Contract.objects.get(pk=house["contracts"].pk).ended_on) == (
        date(2026, 11, 10),
        date(2026, 11, 10),
    )
    assert last_line().detail["was"] == "2026-11-18"
    with pytest.raises(Conflict):
        move_exit(actor=house.advisor, exit_=exit_, version=exit_.version, on=date(2026, 11, 11))


def test_an_exit_taken_back_lets_the_stay_and_its_contracts_go_on(house):
    exit_ = closed(house)
    cancel_exit(actor=house.advisor, exit_=exit_, version=exit_.version, reason="PAS_EU_LIEU")
    house.stay.refresh_from_db()
    assert house.stay.ended_on is None
    assert Contract.objects.get(pk=house["contracts"].pk).ended_on is None
    assert not Exit.objects.filter(stay=house.stay).exists()
    assert last_line().detail["was"]["motive"] == "…", "some motives speak of health or of justice"


def test_nobody_reopens_from_afar_the_thread_of_somebody_another_structure_accompanies(house):
    exit_ = closed(house)
    make.StayFactory(beneficiary=house.person, started_on=date(2026, 11, 19))
    for gesture in (
        lambda: cancel_exit(actor=house.advisor, exit_=exit_, version=exit_.version, reason="DOUBLE"),
        lambda: move_exit(actor=house.advisor, exit_=exit_, version=exit_.version, on=date(2026, 12, 1)),
    ):
        with pytest.raises(DomainError) as refusal:
            gesture()
        assert refusal.value.code == "not_yours"


def test_an_exit_before_a_come_back_stays(house):
    with pytest.raises(DomainError) as refusal:
        cancel_exit(
            actor=house.advisor, exit_=house["exits"], version=house["exits"].version, reason="DOUBLE"
        )
    assert refusal.value.code == "came_back_since"


def test_the_support_of_a_job_that_never_was_closes_with_its_exit(house):
    exit_ = close_stay(actor=house.advisor, stay=house.stay, on=date(2026, 11, 18), motive="1")
    assert exit_.placement.follow_ups.exists()
    cancel_exit(actor=house.advisor, exit_=exit_, version=exit_.version, reason="PAS_EU_LIEU")
    assert not Exit.objects.filter(pk=exit_.pk).exists()


def test_a_pass_is_corrected_and_taken_back(house):
    iae = house["passes"]
    said = {"number": "999990000077", "starts_on": date(2026, 1, 6), "ends_on": date(2028, 1, 5)}
    correct_pass(**of(house, iae=iae), **said)
    assert last_line().detail["was"] == {
        "number": iae.number,
        "starts_on": "2026-01-05",
        "ends_on": "2028-01-04",
    }
    iae = IaePass.objects.get(pk=iae.pk)
    other = make.IaePassFactory(
        beneficiary=house.person, starts_on=date(2029, 1, 1), ends_on=date(2030, 1, 1)
    )
    with pytest.raises(DomainError) as refusal:
        correct_pass(**of(house, iae=iae), **(said | {"ends_on": date(2029, 6, 1)}))
    assert refusal.value.code == "pass_overlap"
    cancel_pass(**of(house, iae=other), reason="DOUBLE")
    assert not IaePass.objects.filter(pk=other.pk).exists()


def test_goals_actions_and_appointments_are_corrected_and_taken_back(house):
    actor, goal, action, meeting = house.advisor, house["goals"], house["actions"], house["appointments"]
    correct_goal(
        actor=actor, goal=goal, version=1, label="Autre but", origin="PERSONNE", due_on=date(2027, 3, 1)
    )
    assert last_line().detail["was"] == {"label": "…", "origin": "ENSEMBLE", "due_on": None}
    correct_action(actor=actor, action=action, version=1, label="Autre pas", due_on=action.due_on, goal=goal)
    action = Action.objects.get(pk=action.pk)
    assert (action.label, action.goal_id, action.version) == ("Autre pas", goal.pk, 2)
    correct_appointment(
        **of(house, appointment=meeting), starts_at=meeting.starts_at, purpose="Préparer la suite"
    )
    with pytest.raises(Conflict):
        cancel_goal(actor=actor, goal=goal, version=1, reason="DOUBLE")
    cancel_goal(actor=actor, goal=goal, version=2, reason="DOUBLE")
    assert not Goal.objects.filter(pk=goal.pk).exists()
    action = Action.objects.get(pk=action.pk)
    assert action.goal_id is None
    cancel_action(actor=actor, action=action, version=action.version, reason="DOUBLE")
    meeting.refresh_from_db()
    cancel_appointment(**of(house, appointment=meeting), reason="DOUBLE")
    assert last_line().action == "appointment.cancelled"


def test_what_somebody_changed_meanwhile_is_not_written_over(house):
    contract = house["contracts"]
    before = seen(contract)
    correct_contract(**of(house, contract=contract), weekly_hours=Decimal(24))
    with pytest.raises(Conflict):
        correct_contract(actor=house.advisor, contract=contract, seen=before, weekly_hours=Decimal(25))
    with pytest.raises(Conflict):
        cancel_contract(actor=house.advisor, contract=contract, seen=before, reason="DOUBLE")


def test_a_reason_is_one_of_ours(house):
    with pytest.raises(DomainError) as refusal:
        cancel_pass(**of(house, iae=house["passes"]), reason="parce que")
    assert refusal.value.code == "unknown_reason"


def test_a_neighbour_corrects_nothing(house):
    other = House()
    for role in (Role.ADVISOR, Role.MANAGER):
        with pytest.raises(OutOfReach):
            correct_contract(
                actor=other.actors[role],
                contract=house["contracts"],
                seen=seen(house["contracts"]),
                weekly_hours=Decimal(24),
            )
