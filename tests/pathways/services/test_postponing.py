"""What was planned takes place another day: the former date is never lost, the new one is always plausible."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.audit.models import Entry
from backend.core.actor import Role
from backend.core.errors import Conflict, DomainError, NotPermitted
from backend.core.values.dates import LAST_DAY, in_calendar
from pathways.enums import AppointmentStatus, ProgressStatus
from pathways.models import Action, Appointment
from pathways.selectors.moves import with_moves
from pathways.services import (
    plan_appointment,
    postpone_action,
    postpone_appointment,
    settle_action,
    settle_appointment,
)
from tests.factories import TODAY, ActionFactory, AppointmentFactory, actor_of
from tests.queries import queries_of

THE_12TH = datetime(2026, 12, 12, 8, 30, tzinfo=UTC)
THE_19TH = datetime(2026, 12, 19, 8, 30, tzinfo=UTC)


@pytest.fixture
def appointment(house):
    return plan_appointment(actor=house.advisor, beneficiary=house.person, starts_at=THE_12TH)


@pytest.fixture
def action(house):
    return ActionFactory(
        beneficiary=house.person, organisation=house.structure, due_on=date(2026, 12, 12), status="A_FAIRE"
    )


def moves_of(row):
    """Every pair of dates the trail holds, oldest first."""
    found = Entry.objects.about(row).filter(action__endswith=".postponed").order_by("id")
    return [(entry.detail["was"], entry.detail["now"]) for entry in found]


def test_an_appointment_moves_and_says_from_when_to_when(house, appointment):
    moved = postpone_appointment(actor=house.manager, appointment=appointment, starts_at=THE_19TH)

    assert (moved.starts_at, moved.status) == (THE_19TH, AppointmentStatus.PLANNED)
    assert with_moves([moved])[0].moved == "reporté du 12 au 19\u00a0décembre"
    assert moves_of(moved) == [(THE_12TH.isoformat(), THE_19TH.isoformat())]


def test_an_action_moves_and_counts_its_version(house, action):
    moved = postpone_action(actor=house.advisor, action=action, version=1, due_on=date(2027, 1, 4))

    assert (moved.due_on, moved.version, moved.status) == (date(2027, 1, 4), 2, ProgressStatus.TO_DO)
    assert (
        with_moves([moved])[0].moved == "reportée du 12\u00a0décembre\u00a02026 au 4\u00a0janvier\u00a02027"
    )


def test_what_is_planned_of_both_kinds_is_asked_together_and_never_mixed_up(house, appointment, action):
    Action.objects.filter(pk=action.pk).update(id=appointment.pk)  # the same number, on two tables
    action = Action.objects.get(pk=appointment.pk)
    postpone_appointment(actor=house.advisor, appointment=appointment, starts_at=THE_19TH)
    postpone_action(actor=house.advisor, action=action, version=1, due_on=date(2026, 12, 26))
    both = [Appointment.objects.get(), Action.objects.get()]

    assert queries_of(lambda: with_moves(both)) == 1
    assert [each.moved for each in both] == [
        "reporté du 12 au 19\u00a0décembre",
        "reportée du 12 au 26\u00a0décembre",
    ]


def test_several_moves_are_counted_and_another_hour_is_said_in_hours(house, appointment):
    later = THE_19TH + timedelta(hours=2)
    for at in (THE_19TH, later):
        postpone_appointment(actor=house.advisor, appointment=appointment, starts_at=at)

    [moved] = with_moves([Appointment.objects.get()])
    assert moved.moved == "reporté 2 fois, en dernier de 09:30 à 11:30"


def test_a_first_date_is_no_postponement(house, action):
    Action.objects.update(due_on=None)
    postpone_action(actor=house.advisor, action=action, version=1, due_on=date(2026, 12, 1))
    assert with_moves([Action.objects.get()])[0].moved == ""


def test_the_date_it_already_has_changes_nothing(house, appointment, action):
    postpone_appointment(actor=house.advisor, appointment=appointment, starts_at=THE_12TH)
    postpone_action(actor=house.advisor, action=action, version=99, due_on=date(2026, 12, 12))
    assert moves_of(appointment) == moves_of(action) == []


def test_an_old_version_of_an_action_is_refused(house, action):
    with pytest.raises(Conflict):
        postpone_action(actor=house.advisor, action=action, version=7, due_on=date(2026, 12, 19))


@pytest.mark.parametrize("status", [status for status in AppointmentStatus if status != "PREVU"])
def test_what_became_of_an_appointment_keeps_its_date(house, appointment, status):
    settle_appointment(actor=house.advisor, appointment=appointment, status=status)
    with pytest.raises(DomainError) as refusal:
        postpone_appointment(actor=house.advisor, appointment=appointment, starts_at=THE_19TH)
    assert refusal.value.code == "postponed_too_late"


@pytest.mark.parametrize("status", [ProgressStatus.DONE, ProgressStatus.DROPPED])
def test_an_action_done_or_dropped_keeps_its_date(house, action, status):
    settle_action(actor=house.advisor, action=action, version=1, status=status, outcome="Fait.")
    with pytest.raises(DomainError) as refusal:
        postpone_action(actor=house.advisor, action=action, version=2, due_on=date(2026, 12, 19))
    assert refusal.value.code == "postponed_too_late"


def test_two_people_do_not_meet_twice_at_the_same_hour(house, appointment):
    other = plan_appointment(actor=house.advisor, beneficiary=house.person, starts_at=THE_19TH)
    with pytest.raises(DomainError) as refusal:
        postpone_appointment(actor=house.advisor, appointment=other, starts_at=THE_12TH)
    assert refusal.value.code == "appointment_twice"


@pytest.mark.parametrize("who", ["supervisor", "neighbour", "head"])
def test_only_who_accompanies_the_person_postpones(house, appointment, action, who):
    actor = actor_of(Role.GROUP_HEAD, house.structure) if who == "head" else getattr(house, who)
    with pytest.raises(NotPermitted):
        postpone_appointment(actor=actor, appointment=appointment, starts_at=THE_19TH)
    with pytest.raises(NotPermitted):
        postpone_action(actor=actor, action=action, version=1, due_on=date(2026, 12, 19))


ANY_DAY = st.dates(date(1, 1, 2), date(9999, 12, 30)) | st.dates(
    TODAY - timedelta(60), TODAY + timedelta(400)
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(days=st.lists(ANY_DAY, min_size=1, max_size=5))
def test_postponing_never_loses_a_date_nor_leaves_the_calendar(house, days):
    action = ActionFactory(beneficiary=house.person, organisation=house.structure, status="A_FAIRE")
    meeting = AppointmentFactory(
        beneficiary=house.person,
        organisation=house.structure,
        advisor=house.advisor_user,
        starts_at=THE_12TH + timedelta(minutes=action.pk),
    )
    held = {action: [action.due_on.isoformat()], meeting: [meeting.starts_at.isoformat()]}
    for day in days:
        at = datetime(day.year, day.month, day.day, 9, action.pk % 60, tzinfo=UTC)
        version = Action.objects.get(pk=action.pk).version
        with suppress(DomainError):
            row = postpone_action(actor=house.advisor, action=action, version=version, due_on=day)
            held[action] += [row.due_on.isoformat()] * (held[action][-1] != row.due_on.isoformat())
        with suppress(DomainError):
            row = postpone_appointment(actor=house.advisor, appointment=meeting, starts_at=at)
            held[meeting] += [row.starts_at.isoformat()] * (held[meeting][-1] != row.starts_at.isoformat())

    for row in (action, meeting):
        assert moves_of(row) == list(zip(held[row], held[row][1:], strict=False))
        row.refresh_from_db()
    assert in_calendar(action.due_on)
    assert meeting.starts_at.date() <= LAST_DAY
    assert (action.due_on.isoformat(), meeting.starts_at.isoformat()) == (held[action][-1], held[meeting][-1])
