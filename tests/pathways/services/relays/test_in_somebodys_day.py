"""Each hand that is late is in somebody's day, and what another structure proposes is named only as the person gave it."""

from __future__ import annotations

from datetime import date

import pytest

from backend.alerts.registry import alerts_for
from backend.panels.registry import Reader
from pathways.enums import RelayPart, RelayStatus
from pathways.models import Relay, RelayStep
from pathways.panels.relays import ToAnswer
from pathways.screens.relays.page import RelayPage, sorted_relays
from pathways.selectors.relays import relay_marks, relays_awaiting, relays_to_come
from pathways.services import change_agreement, plan_relay_step
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


def test_what_a_welcome_lacks_is_asked_of_who_proposed_until_the_person_gives_it(world):
    """No dead end: no button that is refused, a gesture that asks, a line in the day of who may answer."""
    relay = world.met(RelayPart.GOALS)
    page = RelayPage(world.receiver, relay)
    assert "web:relay_welcome" not in [each.route for each in page.offered]
    assert page.may_ask_missing
    assert not RelayPage(world.sender, relay).may_ask_missing

    plan_relay_step(actor=world.receiver, relay=relay, **page.asking())
    asked = RelayStep.objects.get(relay=relay, hand="ENVOI")
    assert RelayPart.CONTACT.words in asked.label
    assert kinds(world.sender) == kinds(world.manager) == ["relay_missing"]
    assert kinds(world.receiver) == kinds(world.outsider) == []

    relay.refresh_from_db()
    change_agreement(
        actor=world.oneself, relay=relay, version=relay.version, parts=(RelayPart.IDENTITY, RelayPart.CONTACT)
    )
    relay.refresh_from_db()
    page = RelayPage(world.receiver, relay)
    assert kinds(world.sender) == []
    assert (page.misses, page.may_ask_missing) == ("", False)
    assert "web:relay_welcome" in [each.route for each in page.offered]


AFTER_THE_MEETING = {"status": RelayStatus.ACCEPTED, "meets_at": "2026-11-21T10:00:00+01:00"}


@pytest.mark.parametrize(
    ("said", "whose"),
    [
        ({"status": RelayStatus.PROPOSED}, ["oneself"]),
        ({"status": RelayStatus.AGREED}, ["receiver", "colleague"]),
        ({"status": RelayStatus.RESCHEDULED}, ["sender", "manager"]),
        ({"status": RelayStatus.ACCEPTED}, []),
        (AFTER_THE_MEETING, ["sender", "manager", "receiver", "colleague"]),
        ({"status": RelayStatus.MET}, ["receiver", "colleague"]),
        ({"status": RelayStatus.DECLINED}, []),
    ],
)
def test_whose_turn_it_is_and_both_pages_say_so(db, today, said, whose):
    """Ma journée and the list of relays are two windows on one list, for each hand and each state."""
    world = Relayed.build(same_group=True)
    relay = world.agreed(RelayPart.GOALS, receiver=world.there)
    Relay.objects.filter(pk=relay.pk).update(**said)
    found = []
    for name in ("oneself", "sender", "manager", "receiver", "colleague", "outsider"):
        actor = getattr(world, name)
        awaited = relays_awaiting(actor, TODAY)
        assert [each.relay for each in sorted_relays(actor)["waiting"]] == awaited
        card = ToAnswer().load(Reader(actor, TODAY))
        assert [each.relay for each in (card or {"relays": []})["relays"]] == awaited
        found += [name] * len(awaited)
    assert sorted(found) == sorted(whose)


def test_the_line_and_what_comes_show_a_planned_relay_once_the_person_agreed(world):
    relay = world.proposed()
    assert relay_marks(world.sender, world.person) == relays_to_come(world.sender, world.person) == []
    Relay.objects.filter(pk=relay.pk).update(status=RelayStatus.AGREED, parts="IDENTITE", agreed_on=TODAY)
    for reader in (world.sender, world.oneself):
        assert [mark.nature for mark in relay_marks(reader, world.person)] == ["Relais"] * 2
        assert [mark.day for mark in relay_marks(reader, world.person)] == [
            each.on for each in relays_to_come(reader, world.person)
        ]
        assert [each.on for each in relays_to_come(reader, world.person)] == [
            date(2026, 12, 7),
            date(2026, 12, 14),
        ]
    Relay.objects.filter(pk=relay.pk).update(status=RelayStatus.WITHDRAWN)
    assert relay_marks(world.sender, world.person) == []
