"""A relay from the proposal to the welcome, and each way it may end."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import time_machine

from backend.accounts.models import User
from backend.audit.models import Entry
from backend.core.errors import DomainError, NotPermitted, OutOfReach
from backend.mail.models import Message
from pathways import services
from pathways.enums import RelayHand, RelayPart, RelayStatus
from pathways.models import Relay, Stay
from pathways.rules.exits.motives import MOTIVE_CHOICES
from pathways.selectors.between import between_steps
from tests.factories import ExitFactory, StayFactory
from tests.worlds.relays import Relayed

TODAY = date(2026, 11, 22)
ENOUGH = (RelayPart.IDENTITY, RelayPart.CONTACT)


@pytest.fixture
def world(db):
    return Relayed.build()


def refused(code, act, **asked):
    with pytest.raises(DomainError) as refusal:
        act(**asked)
    assert refusal.value.code == code
    return refusal.value


def test_the_whole_story_leads_to_a_stay_and_the_sender_keeps_theirs(world, trail_of):
    relay = world.welcomed()
    stay = Stay.objects.get(beneficiary=world.person, organisation=world.there)
    assert (relay.status, relay.stay, relay.holds) == (RelayStatus.WELCOMED, stay, True)
    assert Stay.objects.get(beneficiary=world.person, organisation=world.here).ended_on is None
    assert trail_of(relay) == [
        f"relay.{each}" for each in ("proposed", "agreed", "accepted", "met", "welcomed")
    ]


def test_the_trail_keeps_no_word_of_the_message(world):
    world.welcomed()
    details = " ".join(
        map(str, Entry.objects.filter(action__startswith="relay").values_list("detail", flat=True))
    )
    assert "aimerait" not in details
    assert "example.org" not in details


def test_the_structure_of_an_address_is_known_once_it_answers(world):
    relay = world.agreed()
    assert relay.receiver is None
    assert not Relay.objects.visible_to(world.colleague).exists()
    services.accept_relay(actor=world.receiver, relay=relay, version=relay.version)
    assert Relay.objects.visible_to(world.colleague).get().receiver == world.there


def test_an_address_nobody_proved_reads_nothing(world):
    world.agreed()
    assert Relay.objects.visible_to(world.receiver).exists()
    User.objects.filter(pk=world.receiver.user_id).update(address_proven_at=None)
    assert not Relay.objects.visible_to(world.receiver).exists()


@pytest.mark.django_db
def test_in_ones_own_group_the_whole_team_reads_it_at_once():
    world = Relayed.build(same_group=True)
    world.agreed(receiver=world.there)
    assert Relay.objects.visible_to(world.colleague).exists()
    assert not Relay.objects.visible_to(world.outsider).exists()


def test_a_structure_of_another_group_cannot_be_named_by_its_number(world):
    with pytest.raises(OutOfReach):
        world.proposed(receiver=world.there)


def test_one_proposes_to_another_structure_than_ones_own(world):
    refused("relay_to_oneself", world.proposed, receiver=world.here)
    refused("relay_to_whom", world.proposed, to_email="")


def test_the_same_place_is_asked_once_at_a_time(world):
    relay = world.proposed()
    refused("relay_twice", world.proposed)
    with time_machine.travel("2027-01-20T10:00:00+01:00", tick=False):
        assert relay.state_on(date(2027, 1, 20)).is_lapsed
        world.proposed(meets_at=datetime(2027, 2, 1, 10, tzinfo=UTC), planned_on=date(2027, 2, 8))


def test_nobody_answers_for_another_hand(world):
    relay = world.proposed()
    asked = {"relay": relay, "version": relay.version}
    for actor in (world.receiver, world.colleague, world.outsider):
        with pytest.raises(NotPermitted):
            services.agree_to_relay(actor=actor, parts=ENOUGH, **asked)
    relay = services.agree_to_relay(actor=world.oneself, parts=ENOUGH, **asked)
    for actor in (world.sender, world.oneself, world.outsider):
        with pytest.raises(NotPermitted):
            services.accept_relay(actor=actor, relay=relay, version=relay.version)


def test_an_answer_told_to_the_adviser_is_said_and_dated(world):
    relay = world.proposed()
    relay = services.agree_to_relay(
        actor=world.sender, relay=relay, version=relay.version, parts=ENOUGH, agreed_on=TODAY
    )
    assert (relay.agreed_with_id, relay.agreed_on) == (world.sender.user_id, TODAY)
    asked = {"relay": relay, "version": relay.version, "parts": ENOUGH, "agreed_on": date(2026, 11, 23)}
    refused("relay_agreed_another_day", services.change_agreement, actor=world.sender, **asked)


def test_ones_own_answer_is_of_today_and_needs_no_witness(world):
    relay = world.agreed(*ENOUGH)
    assert (relay.agreed_with_id, relay.agreed_on) == (None, TODAY)


def test_another_date_goes_back_and_forth(world):
    relay = world.agreed()
    relay = services.suggest_meeting_day(
        actor=world.receiver,
        relay=relay,
        version=relay.version,
        meets_at=datetime(2026, 12, 16, 9, tzinfo=UTC),
    )
    assert (relay.status, relay.planned_on) == (RelayStatus.RESCHEDULED, date(2026, 12, 16))
    relay = services.confirm_meeting_day(actor=world.sender, relay=relay, version=relay.version)
    assert relay.status == RelayStatus.ACCEPTED


@pytest.mark.django_db
def test_home_help_asks_for_its_four_conditions():
    world = Relayed.build("ASP-SAP")
    relay = world.agreed()
    relay = services.accept_relay(actor=world.receiver, relay=relay, version=relay.version)
    assert {(each.subject, each.hand) for each in relay.steps.all()} == {
        ("SOUHAIT", RelayHand.SENDER),
        *((each, RelayHand.RECEIVER) for each in ("APTITUDES", "CONDITIONS", "FORMATION")),
    }
    relay = services.record_relay_meeting(
        actor=world.receiver, relay=relay, version=relay.version, met_on=TODAY
    )
    welcome = {"actor": world.receiver, "relay": relay, "version": relay.version, "started_on": TODAY}
    refused("relay_conditions_open", services.welcome_by_relay, **welcome)
    for step in relay.steps.all():
        services.settle_relay_step(actor=world.sender, step=step, version=step.version, is_done=True)
    assert services.welcome_by_relay(**welcome).status == RelayStatus.WELCOMED


def test_nobody_is_welcomed_without_their_name(world):
    relay = world.met(RelayPart.GOALS)
    asked = {"relay": relay, "version": relay.version, "started_on": TODAY, "actor": world.receiver}
    refused("relay_name_missing", services.welcome_by_relay, **asked)


@pytest.mark.parametrize("end", ["deny_relay", "withdraw_agreement", "decline_relay", "cancel_relay"])
def test_after_a_no_the_other_structure_finds_nothing(world, end):
    relay = world.proposed() if end == "deny_relay" else world.agreed()
    actor = {
        "deny_relay": world.oneself,
        "withdraw_agreement": world.oneself,
        "decline_relay": world.receiver,
    }
    said = {"decline_relay": {"refusal_reason": "PAS_DE_PLACE"}, "cancel_relay": {"reason": "Changé d’avis"}}
    getattr(services, end)(
        actor=actor.get(end, world.sender), relay=relay, version=relay.version, **said.get(end, {})
    )
    assert not Relay.objects.visible_to(world.receiver).exists()
    assert not Relay.objects.visible_to(world.colleague).exists()
    assert Relay.objects.visible_to(world.sender).exists()
    assert Relay.objects.visible_to(world.oneself).exists()


def test_a_message_leaves_once_the_person_agreed_and_names_nobody(world):
    world.proposed()
    assert not Message.objects.exists()
    relay = Relay.objects.get()
    services.agree_to_relay(
        actor=world.oneself, relay=relay, version=relay.version, parts=tuple(RelayPart.values)
    )
    message = Message.objects.get()
    assert message.recipient == "accueil@example.org"
    assert "Sentinelle" not in message.subject
    for secret in ("Marjolaine", "aimerait", "0639980123"):
        assert secret not in f"{message.subject} {message.text}"


@pytest.mark.parametrize("end", ["withdraw_agreement", "cancel_relay"])
def test_what_has_not_left_does_not_leave_after_a_no(world, end):
    relay = world.agreed()
    said = {"reason": "Changé d’avis"} if end == "cancel_relay" else {}
    actor = world.sender if end == "cancel_relay" else world.oneself
    getattr(services, end)(actor=actor, relay=relay, version=relay.version, **said)
    assert not Message.objects.exists()


def test_two_who_write_at_once_are_told(world):
    relay = world.proposed()
    services.correct_relay(actor=world.sender, relay=relay, version=relay.version, message="Autrement dit.")
    refused("conflict", services.deny_relay, actor=world.oneself, relay=relay, version=1)


def test_once_answered_a_proposal_is_not_rewritten(world):
    relay = world.agreed()
    refused(
        "relay_move",
        services.correct_relay,
        actor=world.sender,
        relay=relay,
        version=relay.version,
        message="Autre",
    )


def test_nothing_moves_after_the_delay(world):
    relay = world.agreed()
    with time_machine.travel("2026-12-23T10:00:00+01:00", tick=False):
        assert not Relay.objects.visible_to(world.receiver).exists()
        refused(
            "relay_lapsed",
            services.withdraw_agreement,
            actor=world.oneself,
            relay=relay,
            version=relay.version,
        )


def test_who_left_for_nothing_is_still_proposed_by_the_structure_that_watches(world):
    Stay.objects.filter(beneficiary=world.person).update(ended_on=date(2026, 10, 30))
    assert world.proposed().organisation == world.here


def test_who_waits_behind_a_closed_door_answers_alone(world):
    """Whoever reads somebody no more may propose them; they give to read themselves."""
    Stay.objects.filter(beneficiary=world.person).update(ended_on=date(2026, 10, 30))
    relay = world.proposed()
    for team in (world.sender, world.manager):
        with pytest.raises(NotPermitted):
            services.agree_to_relay(actor=team, relay=relay, version=relay.version, parts=ENOUGH)
    agreed = services.agree_to_relay(actor=world.oneself, relay=relay, version=relay.version, parts=ENOUGH)
    assert agreed.status == RelayStatus.AGREED


@pytest.mark.parametrize("motive", [code for code, _ in MOTIVE_CHOICES])
@pytest.mark.parametrize("left_on", [date(2026, 10, 30), date(2024, 12, 23)])
def test_only_who_is_between_two_steps_is_proposed_after_they_left(world, motive, left_on):
    """« Entre deux » and the relay ask one question, whatever the motive and the day."""
    stay = Stay.objects.get(beneficiary=world.person)
    Stay.objects.filter(pk=stay.pk).update(started_on=date(2024, 3, 1), ended_on=left_on)
    ExitFactory(stay=stay, occurred_on=left_on, motive=motive)
    waits = {row.beneficiary for row in between_steps(world.sender, TODAY)}
    if world.person in waits:
        assert world.proposed().organisation == world.here
    else:
        with pytest.raises(NotPermitted):
            world.proposed()
    assert left_on.year == 2026 or not waits


def test_who_is_accompanied_elsewhere_is_not(world):
    Stay.objects.filter(beneficiary=world.person).update(ended_on=date(2026, 10, 30))
    StayFactory(beneficiary=world.person, started_on=date(2026, 11, 2))
    with pytest.raises(NotPermitted):
        world.proposed()


@pytest.mark.django_db
def test_another_structures_door_is_opened_by_no_other_way():
    world = Relayed.build(same_group=True)
    with pytest.raises(NotPermitted):
        services.open_stay(
            actor=world.sender,
            beneficiary=world.person,
            organisation=world.there,
            started_on=date(2026, 12, 1),
        )


def test_steps_are_planned_corrected_settled_and_removed(world, trail_of):
    relay = world.agreed()
    step = services.plan_relay_step(
        actor=world.sender, relay=relay, label="Visiter", hand=RelayHand.PERSON, due_on=date(2026, 12, 1)
    )
    step = services.correct_relay_step(actor=world.receiver, step=step, version=1, label="Visiter l’atelier")
    step = services.settle_relay_step(actor=world.receiver, step=step, version=2, is_done=True)
    assert (step.label, step.done_on) == ("Visiter l’atelier", TODAY)
    assert trail_of(step) == ["relay.step_planned", "relay.step_corrected", "relay.step_settled"]
    services.remove_relay_step(actor=world.sender, step=step, version=3)
    assert not relay.steps.exists()
    with pytest.raises(NotPermitted):
        services.plan_relay_step(
            actor=world.oneself, relay=relay, label="Visiter", hand=RelayHand.PERSON, due_on=date(2026, 12, 1)
        )
