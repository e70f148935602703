"""Goals, actions, appointments: where they may go, and who moves them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from backend.core.actor import Role
from backend.core.errors import Conflict, DomainError, NotPermitted
from pathways.enums import AppointmentStatus, GoalOrigin, ProgressStatus
from pathways.models import Appointment
from pathways.services import (
    change_goal,
    plan_action,
    plan_appointment,
    set_goal,
    settle_action,
    settle_appointment,
)
from tests.factories import ActionFactory, AppointmentFactory, GoalFactory, MembershipFactory

TOMORROW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def goal(house):
    return set_goal(
        actor=house.advisor, beneficiary=house.person, label="Passer le permis", origin=GoalOrigin.PERSON
    )


@pytest.fixture
def action(house):
    return plan_action(actor=house.advisor, beneficiary=house.person, label="Appeler l’auto-école")


@pytest.fixture
def appointment(house):
    return plan_appointment(actor=house.advisor, beneficiary=house.person, starts_at=TOMORROW)


def test_a_goal_is_set_in_the_persons_words(house, goal, trail_of):
    assert (goal.origin, goal.status, goal.organisation) == ("PERSONNE", "EN_COURS", house.structure)
    assert trail_of(goal) == ["goal.set"]


def test_a_goal_moves_along(house, goal, trail_of):
    done = change_goal(actor=house.manager, goal=goal, version=1, status=ProgressStatus.DONE)

    assert (done.status, done.version) == ("REALISE", 2)
    assert trail_of(goal) == ["goal.set", "goal.changed"]


def test_moving_a_goal_where_it_is_changes_nothing(house, goal, trail_of):
    same = change_goal(actor=house.advisor, goal=goal, version=9, status=ProgressStatus.DOING)

    assert same.version == 1
    assert trail_of(goal) == ["goal.set"]


def test_a_goal_is_dropped_for_a_reason(house, goal):
    asked = {"actor": house.advisor, "goal": goal, "version": 1, "status": ProgressStatus.DROPPED}

    with pytest.raises(DomainError) as refusal:
        change_goal(**asked, dropped_because=" ")
    assert refusal.value.field == "dropped_because"
    assert change_goal(**asked, dropped_because="Changement de projet").dropped_because


def test_the_reason_of_a_goal_dropped_is_corrected_and_goes_when_it_starts_again(house, goal, trail_of):
    asked = {"actor": house.advisor, "goal": goal, "status": ProgressStatus.DROPPED}
    change_goal(**asked, version=1, dropped_because="Changement de projet")
    assert change_goal(**asked, version=9, dropped_because="Changement de projet ").version == 2
    with pytest.raises(Conflict):
        change_goal(**asked, version=1, dropped_because="Autre chose")

    assert change_goal(**asked, version=2, dropped_because="Autre chose").dropped_because == "Autre chose"
    again = change_goal(
        actor=house.advisor, goal=goal, version=3, status=ProgressStatus.DOING, dropped_because="Autre chose"
    )
    assert again.dropped_because == ""
    assert trail_of(goal) == ["goal.set", "goal.changed", "goal.changed", "goal.changed"]


def test_a_goal_done_is_not_dropped(house, goal):
    change_goal(actor=house.advisor, goal=goal, version=1, status=ProgressStatus.DONE)

    with pytest.raises(DomainError) as refusal:
        change_goal(
            actor=house.advisor,
            goal=goal,
            version=2,
            status=ProgressStatus.DROPPED,
            dropped_because="Plus utile",
        )
    assert refusal.value.code == "transition"


def test_an_old_version_of_a_goal_is_a_conflict(house, goal):
    change_goal(actor=house.manager, goal=goal, version=1, status=ProgressStatus.DONE)

    with pytest.raises(Conflict):
        change_goal(actor=house.advisor, goal=goal, version=1, status=ProgressStatus.DOING)


def test_whoever_plans_an_action_follows_it_unless_they_say_who(house, action, trail_of):
    colleague = MembershipFactory(role=Role.ADVISOR, organisation=house.structure).user
    other = plan_action(actor=house.advisor, beneficiary=house.person, label="Appeler", assignee=colleague)

    assert (action.assignee_id, other.assignee) == (house.advisor.user_id, colleague)
    assert trail_of(action) == ["action.planned"]


def test_an_action_is_followed_by_a_colleague_of_the_group(house):
    with pytest.raises(DomainError) as refusal:
        plan_action(
            actor=house.advisor,
            beneficiary=house.person,
            label="Appeler",
            assignee=MembershipFactory().user,
        )
    assert refusal.value.field == "assignee"


def test_an_action_serves_a_goal_of_the_same_person(house):
    with pytest.raises(DomainError) as refusal:
        plan_action(actor=house.advisor, beneficiary=house.person, label="Appeler", goal=GoalFactory())
    assert refusal.value.code == "another_person"


def test_an_action_is_settled_with_what_came_of_it(house, action, trail_of):
    settled = settle_action(
        actor=house.advisor, action=action, version=1, status=ProgressStatus.DONE, outcome="Inscrite."
    )

    assert (settled.status, settled.outcome, settled.version) == ("REALISE", "Inscrite.", 2)
    assert trail_of(action) == ["action.planned", "action.settled"]


def test_the_outcome_of_a_settled_action_can_be_completed(house, action):
    settle_action(actor=house.advisor, action=action, version=1, status=ProgressStatus.DONE)
    settled = settle_action(
        actor=house.advisor, action=action, version=2, status=ProgressStatus.DONE, outcome="Inscrite."
    )

    assert settled.outcome == "Inscrite."


def test_an_action_is_dropped_for_a_reason(house, action):
    with pytest.raises(DomainError) as refusal:
        settle_action(actor=house.advisor, action=action, version=1, status=ProgressStatus.DROPPED)
    assert refusal.value.field == "outcome"


def test_an_appointment_asked_twice_is_one_appointment(house, appointment, trail_of):
    again = plan_appointment(actor=house.advisor, beneficiary=house.person, starts_at=TOMORROW)

    assert again == appointment
    assert Appointment.objects.count() == 1
    assert trail_of(appointment) == ["appointment.planned"]


def test_an_appointment_is_for_later(house):
    with pytest.raises(DomainError) as refusal:
        plan_appointment(
            actor=house.advisor,
            beneficiary=house.person,
            starts_at=datetime(2026, 11, 22, 8, 59, tzinfo=UTC),
        )
    assert refusal.value.field == "starts_at"


def test_an_absence_may_be_excused_the_day_after(house, appointment, trail_of):
    for status in (AppointmentStatus.MISSED, AppointmentStatus.EXCUSED):
        settled = settle_appointment(actor=house.advisor, appointment=appointment, status=status)

    assert settled.status == AppointmentStatus.EXCUSED
    assert trail_of(appointment).count("appointment.settled") == 2


def test_a_cancelled_appointment_stays_cancelled(house, appointment):
    settle_appointment(actor=house.advisor, appointment=appointment, status=AppointmentStatus.CANCELLED)

    with pytest.raises(DomainError) as refusal:
        settle_appointment(actor=house.advisor, appointment=appointment, status=AppointmentStatus.HELD)
    assert refusal.value.code == "transition"


@pytest.mark.parametrize("who", ["neighbour", "supervisor"])
def test_who_does_not_accompany_changes_nothing(house, who):
    actor = getattr(house, who)
    row = {"beneficiary": house.person, "organisation": house.structure}
    attempts = [
        lambda: set_goal(actor=actor, beneficiary=house.person, label="X", origin=GoalOrigin.SHARED),
        lambda: change_goal(actor=actor, goal=GoalFactory(**row), version=1, status=ProgressStatus.DONE),
        lambda: plan_action(actor=actor, beneficiary=house.person, label="X"),
        lambda: settle_action(
            actor=actor, action=ActionFactory(**row), version=1, status=ProgressStatus.DONE
        ),
        lambda: plan_appointment(actor=actor, beneficiary=house.person, starts_at=TOMORROW),
        lambda: settle_appointment(
            actor=actor, appointment=AppointmentFactory(**row), status=AppointmentStatus.HELD
        ),
    ]
    for attempt in attempts:
        with pytest.raises(NotPermitted):
            attempt()
