"""Two structures opened apart become one group when both sides say so, and a group has as many heads as it names."""

from __future__ import annotations

import json
import re

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from backend.core.actor import Actor, Role
from backend.core.errors import Conflict, DomainError, NotPermitted
from backend.organisations.models import GroupOffer, Invitation, Membership
from backend.organisations.services import accept_group_offer, offer_group, withdraw_group_offer
from pathways.models import Beneficiary
from tests.factories import MembershipFactory, OrganisationFactory, StayFactory
from tests.letters import letters
from tests.pages import text_of
from tests.worlds.two_houses import API, client_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(today):
    """These tests ask the calendar."""


@pytest.fixture
def head():
    """The head of a group of one structure."""
    return MembershipFactory(group_head=True, group=OrganisationFactory().group)


@pytest.fixture
def manager():
    """Who answers for a structure opened apart."""
    return MembershipFactory(role=Role.MANAGER, organisation=OrganisationFactory(group=None))


def test_the_head_offers_on_screen_and_the_manager_accepts(
    head, manager, trail_of, django_capture_on_commit_callbacks
):
    person = StayFactory(organisation=manager.organisation).beneficiary
    theirs = client_of(head.as_actor())
    with django_capture_on_commit_callbacks(execute=True):
        sent = theirs.post(reverse("web:group_offer_new"), {"email": manager.user.email.upper()})
    assert sent.status_code == 302
    assert [message.to for message in letters()] == [[manager.user.email]]
    assert manager.user.email in text_of(theirs.get(reverse("web:groups")))
    assert not Beneficiary.objects.visible_to(head.as_actor()).filter(pk=person.pk).exists()

    mine, offer = client_of(manager.as_actor()), GroupOffer.objects.get()
    assert str(head.group) in text_of(mine.get(reverse("web:groups")))
    address = reverse("web:group_offer_accept", args=[offer.pk])
    assert "La tête du groupe lit" in text_of(mine.get(address))
    assert mine.post(address).status_code == 302
    assert [tie.group for tie in manager.organisation.belongings.all()] == [head.group]
    assert trail_of(manager.organisation)[-1] == "group.joined"
    assert trail_of(offer) == ["group.offered"]
    assert Beneficiary.objects.visible_to(head.as_actor()).filter(pk=person.pk).exists()
    assert mine.get(address).status_code == 404


def test_the_manager_asks_and_the_head_accepts_through_the_api(head, manager):
    asked = client_of(manager.as_actor()).post(
        f"{API}group-offers/", json.dumps({"email": head.user.email}), "application/json"
    )
    assert asked.status_code == 201, asked.content
    assert (asked.json()["group"], asked.json()["organisation"]) == (None, manager.organisation_id)
    answered = client_of(head.as_actor()).post(
        f"{API}group-offers/{asked.json()['id']}/accept/", "{}", "application/json"
    )
    assert answered.status_code == 200, answered.content
    assert answered.json()["id"] == manager.organisation_id
    assert [tie.group for tie in manager.organisation.belongings.all()] == [head.group]


def test_an_offer_says_nothing_of_whether_the_address_is_known(head):
    browser = client_of(head.as_actor())
    for email in ("personne@example.org", MembershipFactory(role=Role.MANAGER).user.email):
        assert browser.post(reverse("web:group_offer_new"), {"email": email}).status_code == 302


@pytest.mark.parametrize("role", [Role.ADVISOR, Role.SUPERVISOR, Role.ADMINISTRATOR])
def test_only_who_reads_the_structure_says_yes_for_it(head, manager, role):
    other = MembershipFactory(role=role, organisation=manager.organisation)
    offer = offer_group(actor=head.as_actor(), email=other.user.email)
    with pytest.raises(NotPermitted):
        accept_group_offer(actor=other.as_actor(), offer=offer)
    with pytest.raises(NotPermitted):
        offer_group(actor=other.as_actor(), email=head.user.email)


def test_an_offer_is_answered_by_its_address_alone_while_it_stands(head, manager):
    other = MembershipFactory(role=Role.MANAGER, organisation=OrganisationFactory(group=None))
    offer = offer_group(actor=head.as_actor(), email=manager.user.email)
    for stranger in (other, MembershipFactory(group_head=True)):
        with pytest.raises(NotPermitted):
            accept_group_offer(actor=stranger.as_actor(), offer=offer)
        with pytest.raises(NotPermitted):
            withdraw_group_offer(actor=stranger.as_actor(), offer=offer)
    with pytest.raises(NotPermitted):
        accept_group_offer(actor=head.as_actor(), offer=offer)
    GroupOffer.objects.update(expires_at=timezone.now())
    with pytest.raises(DomainError) as refusal:
        accept_group_offer(actor=manager.as_actor(), offer=offer)
    assert refusal.value.code == "offer_over"
    for side in (head, manager):
        again = offer_group(actor=head.as_actor(), email=manager.user.email)
        withdraw_group_offer(actor=side.as_actor(), offer=again)
    assert not GroupOffer.objects.pending(timezone.now()).exists()


def test_a_structure_joins_several_groups_and_each_one_once(head, manager):
    other = MembershipFactory(group_head=True)
    for side in (head, other):
        offer = offer_group(actor=side.as_actor(), email=manager.user.email)
        accept_group_offer(actor=manager.as_actor(), offer=offer)
    again = offer_group(actor=head.as_actor(), email=manager.user.email)
    with pytest.raises(Conflict):
        accept_group_offer(actor=manager.as_actor(), offer=again)
    assert {tie.group for tie in manager.organisation.belongings.all()} == {head.group, other.group}


def test_the_installation_offers_in_the_name_of_a_group(head, manager, capsys):
    call_command("join_group", head.group.name, "--email", manager.user.email)
    assert "attend la réponse" in capsys.readouterr().out
    offer = GroupOffer.objects.get()
    assert offer.group == head.group
    accept_group_offer(actor=manager.as_actor(), offer=offer)
    with pytest.raises(DomainError):
        withdraw_group_offer(actor=Actor.operator(), offer=offer)


def test_a_head_names_another_who_enters_by_the_link(head, client, django_capture_on_commit_callbacks):
    browser = client_of(head.as_actor())
    with django_capture_on_commit_callbacks(execute=True):
        assert (
            browser.post(reverse("web:group_head_invite"), {"email": "seconde@example.org"}).status_code
            == 302
        )
    told = text_of(browser.get(reverse("web:group", args=[head.group.pk])))
    assert "seconde@example.org" in told
    path = re.search(r"http://testserver(/\S+)", letters()[0].body)[1]
    form = client.get(path).context["form"]
    password = "une-phrase-inventee-et-longue"
    assert client.post(path, {n: "Noé" if "name" in n else password for n in form.fields}).status_code == 302
    assert Membership.objects.filter(group=head.group, role=Role.GROUP_HEAD).count() == 2
    again = browser.post(reverse("web:group_head_invite"), {"email": "seconde@example.org"})
    assert again.status_code == 422
    assert Invitation.objects.get().group == head.group


def test_an_invitation_to_head_a_group_is_withdrawn_by_its_head_only(head):
    browser = client_of(head.as_actor())
    browser.post(reverse("web:group_head_invite"), {"email": "seconde@example.org"})
    invitation = Invitation.objects.get()
    address = reverse("web:invitation_withdraw", args=[invitation.pk])
    elsewhere = client_of(MembershipFactory(group_head=True).as_actor())
    assert elsewhere.post(address).status_code == 404
    assert browser.post(address).status_code == 302
    invitation.refresh_from_db()
    assert invitation.withdrawn_at is not None
