"""An interview is corrected whole by its author, or taken back with what came from it; the trail tells the rest."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from backend.audit.models import Entry
from backend.core.errors import Conflict, DomainError, NotPermitted
from pathways.enums import CancelReason
from pathways.models import Action, Appointment, BarrierReading, Interview, PrivateNote
from pathways.selectors import rhythms_of, story_of, thread_of
from pathways.services import (
    cancel_interview,
    edit_interview,
    plan_appointment,
    postpone_action,
    record_follow_up,
)
from tests.factories import TODAY

YESTERDAY = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
LAST_WEEK = datetime(2026, 11, 14, 9, 0, tzinfo=UTC)
SECRET = "Un texte que le journal ne tient jamais"


@pytest.fixture
def meeting(house):
    return plan_appointment(
        actor=house.advisor, beneficiary=house.person, starts_at=datetime(2026, 11, 22, 15, 0, tzinfo=UTC)
    )


@pytest.fixture
def interview(house, meeting):
    return record_follow_up(
        actor=house.advisor,
        beneficiary=house.person,
        happened_at=YESTERDAY,
        kind="SUIVI",
        mode="TELEPHONE",
        duration_minutes=30,
        topics=["EMPLOI"],
        synthesis=SECRET,
        private_note=SECRET,
        barriers={"MOBILITE": 2, "LOGEMENT": 1},
        next_action="Appeler la CAF",
        next_action_due_on=date(2026, 12, 12),
        appointment=meeting,
    )


def last_entry(interview_id):
    return Entry.objects.filter(subject_kind="pathways.interview", subject_id=str(interview_id)).latest("id")


def test_everything_an_interview_says_is_corrected_and_the_former_dates_and_codes_are_kept(house, interview):
    edited = edit_interview(
        actor=house.advisor,
        interview=interview,
        version=1,
        happened_at=LAST_WEEK,
        kind="BILAN",
        mode="PRESENTIEL",
        duration_minutes=None,
        topics=["LOGEMENT", "CONTRAT"],
        synthesis="Autre chose.",
        private_note="",
        barriers={"MOBILITE": 0},
    )

    assert (edited.happened_at, edited.kind, edited.duration_minutes) == (LAST_WEEK, "BILAN", None)
    assert (edited.topics, edited.synthesis, edited.version) == (["CONTRAT", "LOGEMENT"], "Autre chose.", 2)
    assert not PrivateNote.objects.exists()
    reading = BarrierReading.objects.get()
    assert (reading.theme, reading.impact, reading.read_on) == ("MOBILITE", 0, date(2026, 11, 14))
    entry = last_entry(interview.pk)
    assert entry.action == "interview.edited"
    assert entry.detail["was"] == {
        "happened_at": YESTERDAY.isoformat(),
        "kind": "SUIVI",
        "mode": "TELEPHONE",
        "duration_minutes": 30,
        "topics": ["EMPLOI"],
        "barriers": 2,
    }


def test_what_is_not_named_stays_and_freins_follow_the_day(house, interview):
    edit_interview(actor=house.advisor, interview=interview, version=1, happened_at=LAST_WEEK)

    interview.refresh_from_db()
    assert (interview.synthesis, interview.kind, interview.topics) == (SECRET, "SUIVI", ["EMPLOI"])
    assert {row.read_on for row in BarrierReading.objects.all()} == {date(2026, 11, 14)}
    assert last_entry(interview.pk).detail["was"] == {"happened_at": YESTERDAY.isoformat()}


@pytest.mark.parametrize(
    ("happened_at", "code"),
    [
        (datetime(2026, 11, 23, 9, 0, tzinfo=UTC), "interview_to_come"),
        (datetime(1921, 1, 1, 12, 0, tzinfo=UTC), "interview_too_old"),
        (datetime(2024, 1, 4, 12, 0, tzinfo=UTC), "interview_too_old"),
        (datetime(2024, 1, 5, 12, 0, tzinfo=UTC), None),
        (datetime(2024, 1, 6, 12, 0, tzinfo=UTC), None),
    ],
)
def test_the_same_window_of_days_for_a_new_interview_and_a_corrected_one(house, interview, happened_at, code):
    """The stay began on 5 January 2026: two years before it, that day included."""

    def write():
        record_follow_up(
            actor=house.advisor,
            beneficiary=house.person,
            happened_at=happened_at,
            kind="SUIVI",
            mode="TELEPHONE",
            topics=["EMPLOI"],
        )

    def correct():
        edit_interview(actor=house.advisor, interview=interview, version=1, happened_at=happened_at)

    for door in (write, correct):
        if code is None:
            door()
            continue
        with pytest.raises(DomainError) as refusal:
            door()
        assert (refusal.value.code, refusal.value.field) == (code, "happened_at")


def test_a_correction_cannot_empty_an_interview(house):
    interview = record_follow_up(
        actor=house.advisor, beneficiary=house.person, happened_at=YESTERDAY, kind="SUIVI", mode="VISIO",
        barriers={"SANTE": 1},
    )  # fmt: skip
    with pytest.raises(DomainError) as refusal:
        edit_interview(actor=house.advisor, interview=interview, version=1, barriers={})
    assert refusal.value.code == "follow_up_empty"
    assert BarrierReading.objects.count() == 1


def test_a_cancelled_interview_is_nowhere_and_the_trail_says_who_when_and_why(house, interview, meeting):
    row = next(row for row in rhythms_of(house.advisor, TODAY) if row.stay.beneficiary_id == house.person.pk)
    assert row.last_on == date(2026, 11, 21)

    left = cancel_interview(actor=house.advisor, interview=interview, version=1, reason=CancelReason.TWICE)

    assert sorted(left.themes) == ["Logement", "Mobilité"]
    for table in (Interview, PrivateNote, BarrierReading, Action):
        assert not table.objects.exists()
    meeting.refresh_from_db()
    assert (meeting.status, meeting.interview_id) == ("PREVU", None)
    assert not [entry for entry in story_of(house.advisor, house.person) if entry.nature == "interview"]
    assert not thread_of(house.advisor, house.person, today=TODAY).marks
    row = next(row for row in rhythms_of(house.advisor, TODAY) if row.stay.beneficiary_id == house.person.pk)
    assert row.last_on is None
    entry = Entry.objects.get(action="interview.cancelled")
    assert (entry.user_id, entry.detail["reason"]) == (house.advisor.user_id, "DOUBLE")
    assert entry.detail["was"]["happened_at"] == YESTERDAY.isoformat()


def test_an_action_already_moved_along_stays_by_itself(house, interview):
    action = Action.objects.get()
    postpone_action(actor=house.advisor, action=action, version=1, due_on=date(2026, 12, 19))

    left = cancel_interview(actor=house.advisor, interview=interview, version=1, reason=CancelReason.OTHER)

    action.refresh_from_db()
    assert (left.actions, left.actions_kept, action.interview_id) == ([], [action], None)


def test_no_text_ever_reaches_the_trail(house, interview):
    edit_interview(
        actor=house.advisor, interview=interview, version=1, synthesis=SECRET + " non plus", topics=[]
    )
    cancel_interview(actor=house.advisor, interview=interview, version=2, reason=CancelReason.SOMEONE_ELSE)
    assert not [entry for entry in Entry.objects.all() if SECRET in str(entry.detail)]


@pytest.mark.parametrize("who", ["manager", "supervisor", "neighbour"])
def test_only_its_author_takes_an_interview_back(house, interview, who):
    with pytest.raises(NotPermitted):
        cancel_interview(actor=getattr(house, who), interview=interview, version=1, reason=CancelReason.TWICE)
    assert Interview.objects.exists()


def test_an_old_version_is_never_taken_back(house, interview):
    edit_interview(actor=house.advisor, interview=interview, version=1, kind="BILAN")
    with pytest.raises(Conflict):
        cancel_interview(actor=house.advisor, interview=interview, version=1, reason=CancelReason.TWICE)
    assert Appointment.objects.get().status == "TENU"
