"""« Ne plus suivre, parce que… »: a structure stops watching one wait, says why, and may begin again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection

from backend.audit.models import Entry
from backend.core.actor import Role
from backend.core.errors import DomainError, NotPermitted, OutOfReach
from pathways import services
from pathways.enums import WatchEndReason
from pathways.models import Stay, WatchEnd
from pathways.selectors import between_steps, no_longer_watched
from pathways.services import stop_watching, watch_again
from tests.factories import TODAY, ExitFactory, OrganisationFactory, StayFactory, actor_of

pytestmark = pytest.mark.django_db
WORDS = "Sa sœur dit qu’elle travaille à Dole."


@pytest.fixture(autouse=True)
def _today(today):
    """These tests ask the calendar."""


@pytest.fixture
def place():
    return OrganisationFactory()


@pytest.fixture
def advisor(place):
    return actor_of(Role.ADVISOR, place)


@pytest.fixture
def waiting(place, advisor):
    """Left for nothing a month ago; the door is closed."""
    stay = StayFactory(organisation=place, advisor_id=advisor.user_id, ended_on=TODAY - timedelta(days=30))
    ExitFactory(stay=stay, motive="7", occurred_on=stay.ended_on)
    return stay.beneficiary


def test_whoever_is_no_longer_watched_leaves_the_list_and_is_told_why_who_and_when(waiting, advisor):
    stop_watching(actor=advisor, beneficiary=waiting, reason=WatchEndReason.FOUND_WORK, note=f" {WORDS} ")

    assert between_steps(advisor, TODAY) == []
    (row,) = no_longer_watched(advisor, TODAY)
    end = row.watch_end
    assert (row.beneficiary, end.reason, end.note) == (waiting, "EMPLOI", WORDS)
    assert (end.ended_by_id, end.day) == (advisor.user_id, TODAY)


def test_watched_again_the_person_stands_in_the_list_as_before(waiting, advisor, place):
    before = between_steps(advisor, TODAY)
    end = stop_watching(actor=advisor, beneficiary=waiting, reason=WatchEndReason.MOVED)
    colleague = actor_of(Role.MANAGER, place)

    resumed = watch_again(actor=colleague, watch_end=end)
    assert (
        watch_again(actor=advisor, watch_end=end).resumed_by_id == colleague.user_id == resumed.resumed_by_id
    )
    assert between_steps(advisor, TODAY) == before
    assert no_longer_watched(advisor, TODAY) == []


def test_the_trail_says_neither_the_reason_nor_the_words_which_are_sealed(waiting, advisor, trail_of):
    end = stop_watching(actor=advisor, beneficiary=waiting, reason=WatchEndReason.HEALTH, note=WORDS)
    watch_again(actor=advisor, watch_end=end)

    assert trail_of(end) == ["watching.ended", "watching.resumed"]
    assert not Entry.objects.filter(detail__icontains="Dole").exists()
    assert not Entry.objects.filter(detail__icontains=WatchEndReason.HEALTH).exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT note, reason FROM pathways_watchend")
        note, reason = cursor.fetchone()
        assert "Dole" not in note
        assert reason != WatchEndReason.HEALTH


def test_a_new_step_that_ends_without_a_next_one_is_watched_anew(waiting, advisor, place):
    with time_machine.travel("2026-11-10T09:00:00+01:00", tick=False):
        stop_watching(actor=advisor, beneficiary=waiting, reason=WatchEndReason.NO_WISH)
    again = StayFactory(
        beneficiary=waiting,
        organisation=place,
        advisor_id=advisor.user_id,
        started_on=date(2026, 11, 12),
        ended_on=date(2026, 11, 18),
    )
    ExitFactory(stay=again, motive="7", occurred_on=again.ended_on)

    assert [row.beneficiary for row in between_steps(advisor, TODAY)] == [waiting]
    stop_watching(actor=advisor, beneficiary=waiting, reason=WatchEndReason.MOVED)
    assert between_steps(advisor, TODAY) == []


def test_a_structure_decides_for_itself_only(waiting, advisor, place):
    other = OrganisationFactory(group=place.group)
    stay = StayFactory(
        beneficiary=waiting, organisation=other, started_on=date(2024, 1, 8), ended_on=date(2024, 6, 28)
    )
    here = between_steps(actor_of(Role.MANAGER, place), TODAY)
    stop_watching(actor=advisor, beneficiary=waiting, reason=WatchEndReason.MOVED)

    assert len(here) == 1
    assert between_steps(actor_of(Role.MANAGER, place), TODAY) == []
    end = WatchEnd.objects.get()
    assert stay.beneficiary == waiting
    with pytest.raises((NotPermitted, OutOfReach)):
        watch_again(actor=actor_of(Role.MANAGER, other), watch_end=end)


def test_another_reason_is_said_in_words(waiting, advisor):
    with pytest.raises(ValidationError):
        stop_watching(actor=advisor, beneficiary=waiting, reason=WatchEndReason.OTHER, note="  ")
    assert not WatchEnd.objects.exists()


def test_who_does_not_wait_cannot_be_let_go_nor_twice(waiting, advisor, place):
    present = StayFactory(organisation=place, advisor_id=advisor.user_id).beneficiary
    stop_watching(actor=advisor, beneficiary=waiting, reason=WatchEndReason.MOVED)
    for person in (present, waiting):
        with pytest.raises(DomainError) as refusal:
            stop_watching(actor=advisor, beneficiary=person, reason=WatchEndReason.MOVED)
        assert refusal.value.code == "not_waiting"
    assert WatchEnd.objects.count() == 1


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.GROUP_HEAD, Role.ADVISOR])
def test_nobody_else_decides(waiting, place, role):
    """Not the encadrant, the head of the group, nor a colleague who does not follow the person."""
    with pytest.raises((NotPermitted, OutOfReach)):
        stop_watching(actor=actor_of(role, place), beneficiary=waiting, reason=WatchEndReason.MOVED)
    assert Stay.objects.filter(beneficiary=waiting).exists()


def test_what_can_be_acted_on_comes_first(place, advisor):
    mine = {"organisation": place, "advisor_id": advisor.user_id}
    long_ago = StayFactory(**mine, ended_on=TODAY - timedelta(days=300))
    closed = StayFactory(**mine, ended_on=TODAY - timedelta(days=20))
    for stay in (long_ago, closed):
        ExitFactory(stay=stay, motive="7", occurred_on=stay.ended_on)
    planned = StayFactory(**mine, ended_on=TODAY - timedelta(days=2))
    ExitFactory(stay=planned, motive="7", occurred_on=planned.ended_on)
    services.open_stay(
        actor=advisor,
        beneficiary=planned.beneficiary,
        organisation=place,
        started_on=TODAY + timedelta(days=20),
    )

    found = [row.beneficiary for row in between_steps(advisor, TODAY)]
    assert found == [closed.beneficiary, long_ago.beneficiary, planned.beneficiary]
