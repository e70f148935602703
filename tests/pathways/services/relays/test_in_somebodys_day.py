"""Each hand that is late is in somebody's day, and what another structure proposes is named only as the person gave it."""

from __future__ import annotations

from datetime import date

import pytest

from backend.alerts.registry import alerts_for
from pathways.enums import RelayPart, RelayStatus
from pathways.models import Relay, RelayStep
from pathways.selectors.relays import relay_marks, relays_to_come, to_answer_here
from tests.factories import RelayStepFactory
from tests.worlds.relays import Relayed

TODAY = date(2026, 11, 22)
LATE = {
    RelayStatus.PROPOSED: {"moved_on": date(2026, 11, 15)},
    RelayStatus.AGREED: {"moved_on": date(2026, 11, 15)},
    RelayStatus.RESCHEDULED: {"moved_on": date(2026, 11, 15)},
    RelayStatus.ACCEPTED: {"moved_on": date(2026, 11, 15), "meets_at": "2026-11-21T10:00:00+01:00"},
    RelayStatus.MET: {"moved_on": date(2026, 11, 15), "planned_on": date(2026, 11, 21)},
}


@pytest.fixture
def world(db):
    return Relayed.build()


def kinds(actor):
    return [each.kind for each in alerts_for(actor, TODAY) if each.kind.startswith("relay")]


@pytest.mark.parametrize("status", sorted(LATE))
def test_each_hand_that_is_late_is_told_to_the_structure_that_proposed(world, status):
    relay = world.agreed()
    Relay.objects.filter(pk=relay.pk).update(status=status, moved_on=TODAY)
    assert kinds(world.sender) == []
    Relay.objects.filter(pk=relay.pk).update(**LATE[status])
    assert kinds(world.sender) == kinds(world.manager) == ["relay_waiting"]
    assert kinds(world.receiver) == kinds(world.outsider) == []


@pytest.mark.parametrize("status", ["ACCUEILLI", "REFUSE", "RETIRE", "ANNULE", "SANS_ACCORD"])
def test_what_is_over_is_told_to_nobody(world, status):
    relay = world.agreed()
    Relay.objects.filter(pk=relay.pk).update(status=status, moved_on=date(2026, 11, 1))
    assert kinds(world.sender) == []


def test_a_step_whose_day_has_passed_is_told_until_it_is_done(world):
    step = RelayStepFactory(relay=world.agreed(), hand="ENVOI", due_on=date(2026, 11, 21))
    assert kinds(world.sender) == ["relay_step_late"]
    RelayStep.objects.filter(pk=step.pk).update(done_on=TODAY)
    assert kinds(world.sender) == []


def test_what_is_proposed_to_us_waits_for_us_and_no_longer_once_answered(world):
    relay = world.agreed(RelayPart.GOALS)
    assert to_answer_here(world.receiver, TODAY) == [relay]
    assert to_answer_here(world.sender, TODAY) == []
    Relay.objects.filter(pk=relay.pk).update(status=RelayStatus.ACCEPTED)
    assert to_answer_here(world.receiver, TODAY) == []


def test_the_line_and_what_comes_show_a_planned_relay_once_the_person_agreed(world):
    relay = world.proposed()
    assert relay_marks(world.sender, world.person) == relays_to_come(world.sender, world.person) == []
    Relay.objects.filter(pk=relay.pk).update(status=RelayStatus.AGREED, parts="IDENTITE", agreed_on=TODAY)
    for reader in (world.sender, world.oneself):
        assert [mark.nature for mark in relay_marks(reader, world.person)] == ["Relais"]
        assert [each.on for each in relays_to_come(reader, world.person)] == [
            date(2026, 12, 7),
            date(2026, 12, 14),
        ]
    Relay.objects.filter(pk=relay.pk).update(status=RelayStatus.WITHDRAWN)
    assert relay_marks(world.sender, world.person) == []
