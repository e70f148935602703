"""SEC-13: The structure that may welcome reads what the person gave and nothing else: by role, state, group, page and API."""

from __future__ import annotations

from datetime import date

import pytest
from django.apps import apps
from django.test import Client

from backend.accounts.models import User
from backend.core.actor import Role
from competences.models import Assessment
from pathways import given, services
from pathways.enums import RelayPart, RelayStatus
from pathways.models import (
    BarrierReading,
    Beneficiary,
    Contract,
    EntryProfile,
    Goal,
    HoursWish,
    Immersion,
    Interview,
    MedicalVisit,
    PrivateNote,
    Relay,
    SavedDays,
    Stay,
    Training,
)
from pathways.selectors.relays import sheet_of
from tests import factories as make
from tests.signin import sign_in
from tests.worlds.relays import SENTINELS, Relayed

PARTS = list(RelayPart)
NEEDED = {RelayPart.IDENTITY, RelayPart.CONTACT}
OF_THE_THREAD = {
    RelayPart.STEPS: (Stay, Contract, Immersion, Training),
    RelayPart.SITUATION: (EntryProfile,),
    RelayPart.BARRIERS: (BarrierReading,),
    RelayPart.GOALS: (Goal, HoursWish),
    RelayPart.INTERVIEWS: (Interview,),
    RelayPart.SKILLS: (Assessment,),
    RelayPart.RIGHTS: (MedicalVisit, SavedDays),
}


@pytest.fixture
def world(db):
    return Relayed.build()


def browser(actor):
    return sign_in(Client(), User.objects.get(pk=actor.user_id), seat=actor.seat)


def told(relay, actor):
    """Everything the page and the API say of a relay to this reader."""
    client = browser(actor)
    page = client.get(f"/relais/{relay.pk}/")
    listed = client.get("/relais/")
    row, sheet = (client.get(f"/api/v1/relays/{relay.pk}/{end}") for end in ("", "sheet/"))
    rows = client.get("/api/v1/relays/")
    day = client.get("/ma-journee/", follow=True)
    answers = (page, row, sheet)
    words = "\n".join(each.content.decode().replace("\u00a0", " ") for each in (*answers, listed, rows, day))
    return [each.status_code for each in answers], words


@pytest.mark.parametrize("part", PARTS)
def test_the_sheet_holds_each_group_only_when_it_was_given(world, part):
    """Each of the nine groups alone: its own sentinel is read, none of the others, on the page and by the API alike."""
    relay = world.agreed(part)
    statuses, words = told(relay, world.receiver)
    assert statuses == [200, 200, 200]
    for other, sentinel in SENTINELS.items():
        assert (sentinel in words) is (other == part), (part, other)
    assert "note privée" not in words


@pytest.mark.parametrize("part", PARTS)
def test_all_but_one(world, part):
    relay = world.agreed(*(each for each in PARTS if each != part))
    _, words = told(relay, world.receiver)
    assert SENTINELS[part] not in words


def test_a_manager_reads_that_an_interview_was_held_and_not_its_text(world):
    relay = world.met(*PARTS)
    relay.status = RelayStatus.ACCEPTED
    relay.save()
    lines = {each.part: each.lines for each in sheet_of(world.colleague, relay)}
    assert lines[RelayPart.INTERVIEWS][0].text == ""
    assert SENTINELS[RelayPart.INTERVIEWS] in {
        each.text for each in _lines(world.receiver, relay, RelayPart.INTERVIEWS)
    }


def _lines(actor, relay, part):
    return next(each.lines for each in sheet_of(actor, relay) if each.part == part)


@pytest.mark.parametrize("before", ["proposed", "denied", "declined", "withdrawn", "cancelled", "lapsed"])
def test_nothing_is_read_before_a_yes_nor_after_a_no(world, before):
    relay = world.proposed() if before in {"proposed", "denied"} else world.agreed()
    asked = {"relay": relay, "version": relay.version}
    match before:
        case "denied":
            services.deny_relay(actor=world.oneself, **asked)
        case "declined":
            services.decline_relay(actor=world.receiver, refusal_reason="HORAIRES", **asked)
        case "withdrawn":
            services.withdraw_agreement(actor=world.oneself, **asked)
        case "cancelled":
            services.cancel_relay(actor=world.sender, reason="Finalement non", **asked)
        case "lapsed":
            Relay.objects.update(expires_on=date(2026, 11, 21))
    for reader in (world.receiver, world.colleague):
        statuses, words = told(relay, reader)
        assert statuses == [404, 404, 404]
        assert not [each for each in SENTINELS.values() if each in words]
        assert "Une proposition de relais" not in words


def test_the_person_is_nobody_in_the_receivers_lists_before_the_welcome(world):
    """Given everything, the person is still found nowhere: not by their page, not by search, not in the people of the API."""
    world.met(*PARTS)
    client = browser(world.receiver)
    assert client.get(f"/personnes/{world.person.pk}/").status_code == 404
    assert client.get(f"/api/v1/people/{world.person.pk}/").status_code == 404
    assert client.get("/api/v1/people/?q=sentinelle").json()["results"] == []
    for model in (Beneficiary, Stay, Goal, Interview, Assessment):
        assert not model.objects.visible_to(world.receiver).exists()


def test_the_number_of_the_person_is_not_told_before_the_welcome(world):
    relay = world.met(*PARTS)
    client = browser(world.receiver)
    assert client.get(f"/api/v1/relays/{relay.pk}/").json()["beneficiary"] is None
    services.welcome_by_relay(
        actor=world.receiver, relay=relay, version=relay.version, started_on=date(2026, 11, 22)
    )
    assert client.get(f"/api/v1/relays/{relay.pk}/").json()["beneficiary"] == world.person.pk


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.OPERATOR])
@pytest.mark.parametrize("status", ["AGREED", "MET", "WELCOMED"])
def test_who_reads_a_relay_by_role(world, role, status):
    """In the two structures, who accompanies; the person; nobody else, whatever the state."""
    make_it = {"AGREED": world.agreed, "MET": world.met, "WELCOMED": world.welcomed}[status]
    relay = make_it()
    if relay.receiver is None:
        Relay.objects.update(receiver=world.there)
    reads = {Role.ADVISOR, Role.MANAGER}
    for place in (world.here, world.there):
        if role not in {Role.EMPLOYER, Role.BENEFICIARY}:
            actor = make.actor_of(role, place)
            sees = Relay.objects.visible_to(actor).filter(pk=relay.pk).exists()
            # A colleague of the sender reads those of people somebody else follows only where the caseload is shared.
            expected = role in reads and (place == world.there or role is Role.MANAGER)
            assert sees is expected
    other = make.actor_of(role)
    assert not Relay.objects.visible_to(other).exists()


@pytest.mark.parametrize("part", sorted(OF_THE_THREAD))
def test_after_the_welcome_the_thread_is_what_was_given(world, part):
    """Welcomed with one group beside the name and the contact: that one is read from the other structure, no other."""
    world.welcomed(*NEEDED, part)
    for each, models in OF_THE_THREAD.items():
        for model in models:
            rows = model.objects.visible_to(world.receiver)
            theirs = rows.exclude(organisation=world.there) if model is Stay else rows
            theirs = theirs.exclude(stay__organisation=world.there) if model is Contract else theirs
            assert theirs.exists() is (each == part), (part, model)
    assert not PrivateNote.objects.visible_to(world.receiver).exists()


def test_in_one_group_too_the_thread_is_what_was_given(db):
    world = Relayed.build(same_group=True)
    relay = world.agreed(*NEEDED, RelayPart.GOALS, receiver=world.there)
    relay = services.accept_relay(actor=world.colleague, relay=relay, version=relay.version)
    relay = services.record_relay_meeting(
        actor=world.sender, relay=relay, version=relay.version, met_on=date(2026, 11, 22)
    )
    services.welcome_by_relay(
        actor=world.receiver, relay=relay, version=relay.version, started_on=date(2026, 11, 22)
    )
    assert Goal.objects.visible_to(world.receiver).exists()
    assert not Interview.objects.visible_to(world.receiver).exists()
    assert not Assessment.objects.visible_to(world.receiver).exists()
    assert Interview.objects.visible_to(world.sender).exists()


def test_withdrawn_after_the_welcome_the_next_request_knows_it(world):
    relay = world.welcomed(*PARTS)
    client = browser(world.receiver)
    address = f"/api/v1/interviews/{Interview.objects.get().pk}/"
    assert SENTINELS[RelayPart.INTERVIEWS] in client.get(address).content.decode()
    own = make.GoalFactory(beneficiary=world.person, organisation=world.there, label="Notre objectif")
    services.withdraw_agreement(actor=world.oneself, relay=relay, version=relay.version)
    assert client.get(address).status_code == 404
    assert list(Goal.objects.visible_to(world.receiver)) == [own]
    assert client.get(f"/personnes/{world.person.pk}/").status_code == 200
    page = client.get(f"/personnes/{world.person.pk}/").content.decode()
    for part in OF_THE_THREAD:
        assert SENTINELS[part] not in page


def test_given_later_the_next_request_reads_it(world):
    relay = world.welcomed(*NEEDED)
    assert not Goal.objects.visible_to(world.receiver).exists()
    services.change_agreement(
        actor=world.oneself, relay=relay, version=relay.version, parts=[*NEEDED, RelayPart.GOALS]
    )
    assert Goal.objects.visible_to(world.receiver).exists()


def test_a_situation_that_was_not_given_is_not_written_over(world):
    world.welcomed(*NEEDED)
    with pytest.raises(Exception, match="pas donné à lire") as refusal:
        services.record_entry(actor=world.receiver, beneficiary=world.person, version=0, rqth=True)
    assert refusal.value.code == "not_given"


def test_a_direct_welcome_opens_the_door_as_it_always_did(world):
    """Somebody who comes back by themselves later: the former relay bounds nothing any more."""
    world.welcomed(*NEEDED)
    Stay.objects.filter(beneficiary=world.person).update(ended_on=date(2026, 11, 22))
    services.open_stay(
        actor=world.receiver,
        beneficiary=world.person,
        organisation=world.there,
        started_on=date(2026, 11, 23),
    )
    assert EntryProfile.objects.visible_to(world.receiver).exists()


def test_the_sender_learns_nothing_of_the_structure_it_wrote_to(world):
    """Before it answers, an address that is known and one that is not read the same."""
    known = world.proposed()
    services.cancel_relay(actor=world.sender, relay=known, version=known.version, reason="Une autre adresse")
    relays = [world.proposed(to_email=address) for address in ("accueil@example.org", "personne@example.org")]
    client = browser(world.sender)
    pages = [client.get(f"/relais/{each.pk}/").content.decode() for each in relays]
    assert "Maison d’à côté" not in pages[0]
    rows = [client.get(f"/api/v1/relays/{each.pk}/").json() for each in relays]
    same = [{name: value for name, value in row.items() if name not in {"id", "to_email"}} for row in rows]
    assert same[0] == same[1]


NOT_GIVEN_BY_A_RELAY = {
    "competences.Cv": "made to be shown to any employer; its lines come from what who opens it reads, and from nothing else",
    "pathways.AccessCopy": "a copy the person asked for, which holds what they read themselves",
    "pathways.DataRequest": "what the person asks of their data, answered by who accompanies them",
    "pathways.Retention": "until when a file is kept, decided by who answers for a structure",
    "pathways.BeneficiaryAccess": "the person’s own door, which the team that accompanies them opens and closes",
    "pathways.IaePass": "a right of the person that every contract is judged by; the State platform shows it to the employer",
    "pathways.Relay": "read by its two structures and the person",
    "employers.Placement": "a hire, read by who accompanies the person in it",
    "employers.ProfileConsent": "the person’s answers to employers, which go on with who accompanies them",
}
"""What a relay neither gives nor keeps back once the stay is open, each with the reason."""


def test_every_table_about_a_person_is_given_by_groups_or_says_why_not(world):
    """A table added tomorrow is red until a welcome by relay, with nothing but the name, keeps it back."""
    world.welcomed(*NEEDED)
    others = world.person, world.here
    make.ActionFactory(beneficiary=others[0], organisation=others[1])
    bounded, open_ones = set(), set()
    for model in apps.get_models():
        label = model._meta.label
        about = [field for field in model._meta.fields if field.name == "beneficiary"]
        if not about or not hasattr(model._default_manager.all(), "visible_to"):
            continue
        sql = str(model._default_manager.all().visible_to(world.receiver).query)
        (bounded if "pathways_relay" in sql else open_ones).add(label)
    assert open_ones == set(NOT_GIVEN_BY_A_RELAY) - {"pathways.Relay"}
    assert given.kept_back_from(world.receiver, RelayPart.GOALS).exists()
    assert {"pathways.Interview", "competences.Assessment"} <= bounded
