"""« Noter un suivi », and the note only its author reads."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from backend.audit.models import Entry
from backend.core.actor import Role
from backend.core.errors import Conflict, DomainError, NotPermitted
from pathways.enums import AppointmentStatus, BarrierTheme, InterviewKind, InterviewMode, Topic
from pathways.models import Action, Appointment, BarrierReading, Interview, PrivateNote
from pathways.services import edit_interview, record_follow_up
from tests.factories import AppointmentFactory, StayFactory, actor_of

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def note(house, **changes):
    asked = {
        "actor": house.advisor,
        "beneficiary": house.person,
        "happened_at": NOW,
        "kind": InterviewKind.FOLLOW_UP,
        "mode": InterviewMode.PHONE,
    }
    return record_follow_up(**asked | changes)


def test_one_sheet_writes_everything_at_once(house, trail_of):
    appointment = AppointmentFactory(beneficiary=house.person, organisation=house.structure)

    interview = note(
        house,
        duration_minutes=35,
        topics=[Topic.HOUSING, Topic.WORK, Topic.WORK],
        synthesis="  Horaires tenus.  ",
        private_note="Fatigue.",
        barriers={BarrierTheme.MOBILITY: 1, BarrierTheme.HOUSING: 0},
        next_action="Appeler la mairie",
        next_action_due_on=date(2026, 12, 1),
        next_appointment_at=datetime(2026, 12, 3, 9, 0, tzinfo=UTC),
        next_appointment_purpose="Bilan",
        appointment=appointment,
    )

    interview.refresh_from_db()
    assert (interview.author_id, interview.organisation) == (house.advisor.user_id, house.structure)
    assert (interview.topics, interview.synthesis) == (["TRAVAIL", "LOGEMENT"], "Horaires tenus.")
    assert interview.private_note.text == "Fatigue."
    readings = interview.barrier_readings.values_list("theme", "impact", "read_on")
    assert set(readings) == {("MOBILITE", 1, date(2026, 11, 22)), ("LOGEMENT", 0, date(2026, 11, 22))}
    action = Action.objects.get()
    assert (action.label, action.assignee_id, action.interview) == (
        "Appeler la mairie",
        house.advisor.user_id,
        interview,
    )
    assert Appointment.objects.get(status=AppointmentStatus.PLANNED).purpose == "Bilan"
    appointment.refresh_from_db()
    assert (appointment.status, appointment.interview) == (AppointmentStatus.HELD, interview)
    assert trail_of(interview) == ["interview.recorded"]


def test_a_short_sheet_writes_an_interview_and_nothing_else(house):
    note(house, topics=[Topic.WORK])

    assert Interview.objects.count() == 1
    for model in (PrivateNote, BarrierReading, Action, Appointment):
        assert not model.objects.exists()


@pytest.mark.parametrize(
    "nothing",
    [
        {},
        {"synthesis": "  ", "private_note": "\n", "next_action": " "},
        {"synthesis": "\u200b", "private_note": "\u2800", "next_action": "\u00a0\u2060\u3164"},
        {"duration_minutes": 30},
    ],
)
def test_a_follow_up_that_says_nothing_is_refused(house, nothing):
    with pytest.raises(DomainError) as refusal:
        note(house, **nothing)
    assert (refusal.value.code, refusal.value.field) == ("follow_up_empty", "topics")
    assert not Interview.objects.exists()


@pytest.mark.parametrize(
    "fact",
    [
        {"topics": [Topic.WORK]},
        {"synthesis": "Vu."},
        {"synthesis": "👍"},
        {"private_note": "Fatigue."},
        {"barriers": {BarrierTheme.HOUSING: 0}},
        {"next_action": "Appeler la mairie"},
        {"next_appointment_at": datetime(2026, 12, 3, 9, 0, tzinfo=UTC)},
    ],
    ids=lambda fact: next(iter(fact)),
)
def test_one_fact_is_enough(house, fact):
    assert note(house, **fact).pk


def test_an_interview_is_not_emptied_by_correcting_it(house):
    interview = note(house, synthesis="Vu.")
    with pytest.raises(DomainError) as refusal:
        edit_interview(actor=house.advisor, interview=interview, version=interview.version, synthesis=" ")
    assert refusal.value.code == "follow_up_empty"


def test_a_synthesis_may_go_when_something_else_remains(house):
    interview = note(house, synthesis="Vu.", barriers={BarrierTheme.HOUSING: 0})
    assert not edit_interview(
        actor=house.advisor, interview=interview, version=interview.version, synthesis=""
    ).synthesis


def test_a_refusal_at_the_end_of_the_sheet_writes_nothing(house):
    """SEC-50."""
    with pytest.raises(DomainError) as refusal:
        note(house, synthesis="Vu.", next_appointment_at=datetime(2026, 11, 21, 9, 0, tzinfo=UTC))

    assert (refusal.value.code, refusal.value.field) == ("appointment_in_the_past", "next_appointment_at")
    assert not Interview.objects.exists()
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    ("minutes", "accepted"), [(0, True), (15, True), (16, False)], ids=["now", "clock ahead", "to come"]
)
def test_an_interview_is_noted_once_it_took_place(house, minutes, accepted):
    when = NOW.replace(minute=minutes)
    if accepted:
        assert note(house, happened_at=when, synthesis="Vu.").pk
    else:
        with pytest.raises(DomainError) as refusal:
            note(house, happened_at=when, synthesis="Vu.")
        assert refusal.value.field == "happened_at"


@pytest.mark.parametrize(("field", "value"), [("topics", ["X"]), ("barriers", {"X": 1})])
def test_unknown_topics_and_barriers_are_refused(house, field, value):
    with pytest.raises(DomainError) as refusal:
        note(house, **{field: value})
    assert refusal.value.field == field


def test_an_evening_interview_reads_barriers_on_the_day_of_paris(house):
    note(house, happened_at=datetime(2026, 11, 20, 23, 30, tzinfo=UTC), barriers={BarrierTheme.MONEY: 3})

    assert BarrierReading.objects.get().read_on == date(2026, 11, 21)


@pytest.mark.parametrize("who", ["neighbour", "supervisor"])
def test_who_does_not_accompany_the_person_notes_nothing(house, who):
    with pytest.raises(NotPermitted):
        note(house, actor=getattr(house, who))


def test_the_appointment_of_someone_else_is_not_marked_held(house):
    other = StayFactory(organisation=house.structure, advisor_id=house.advisor.user_id)
    appointment = AppointmentFactory(beneficiary=other.beneficiary, organisation=house.structure)

    with pytest.raises(DomainError):
        note(house, synthesis="Vu.", appointment=appointment)
    appointment.refresh_from_db()
    assert appointment.status == AppointmentStatus.PLANNED


def test_a_private_note_is_read_by_its_author_alone(house):
    StayFactory(
        beneficiary=house.person, organisation=house.structure, ended_on=date(2026, 2, 1), advisor=None
    )
    colleague = actor_of(Role.ADVISOR, house.structure)
    interview = note(house, private_note="Fatigue.")

    assert PrivateNote.objects.visible_to(house.advisor).get().text == "Fatigue."
    assert Interview.objects.visible_to(colleague).get() == interview
    others = (colleague, house.manager, house.supervisor, house.neighbour, actor_of(Role.OPERATOR))
    for actor in others:
        assert not PrivateNote.objects.visible_to(actor).exists()


def test_a_private_note_is_sealed_in_the_database_and_absent_from_the_trail(house):
    """SEC-38."""
    from django.db import connection

    note(house, private_note="Fatigue.")

    with connection.cursor() as cursor:
        cursor.execute("select text from pathways_privatenote")
        assert "Fatigue" not in cursor.fetchone()[0]
    assert not Entry.objects.filter(detail__icontains="Fatigue").exists()


def test_a_manager_keeps_no_private_note(house):
    with pytest.raises(NotPermitted) as refusal:
        note(house, actor=house.manager, private_note="Fatigue.")
    assert refusal.value.code == "no_private_note"


def test_the_author_corrects_their_interview(house, trail_of):
    interview = note(house, synthesis="Vu.", private_note="Fatigue.")

    edited = edit_interview(
        actor=house.advisor, interview=interview, version=1, synthesis="Vu, va mieux.", private_note="Repos."
    )

    assert (edited.version, edited.synthesis) == (2, "Vu, va mieux.")
    assert PrivateNote.objects.get().text == "Repos."
    assert trail_of(interview) == ["interview.recorded", "interview.edited"]


@pytest.mark.parametrize(("private_note", "left"), [(None, ["Fatigue."]), ("", []), (" ", [])])
def test_a_private_note_stays_unless_emptied(house, private_note, left):
    interview = note(house, private_note="Fatigue.")

    edit_interview(
        actor=house.advisor, interview=interview, version=1, synthesis="Vu.", private_note=private_note
    )

    assert [kept.text for kept in PrivateNote.objects.all()] == left


def test_two_people_editing_at_once_do_not_erase_each_other(house):
    interview = note(house, synthesis="Vu.")
    edit_interview(actor=house.advisor, interview=interview, version=1, synthesis="Depuis le téléphone.")

    with pytest.raises(Conflict):
        edit_interview(actor=house.advisor, interview=interview, version=1, synthesis="Depuis le bureau.")
    interview.refresh_from_db()
    assert interview.synthesis == "Depuis le téléphone."


@pytest.mark.parametrize("who", ["manager", "neighbour", "supervisor"])
def test_nobody_rewrites_the_interview_of_another(house, who):
    interview = note(house, synthesis="Vu.")

    with pytest.raises(NotPermitted):
        edit_interview(actor=getattr(house, who), interview=interview, version=1, synthesis="Réécrit.")
