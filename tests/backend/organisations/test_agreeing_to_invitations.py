"""Whoever invites to a role that reads more than theirs waits for somebody who reads it to agree."""

import pytest
from django.urls import reverse

from backend.audit.models import Entry
from backend.core.actor import Role
from backend.core.errors import Conflict, DomainError, NotPermitted
from backend.organisations.models import Invitation
from backend.organisations.services import approve_invitation, invite_member, withdraw_invitation
from backend.organisations.services.invitations import open_invitation
from tests.factories import MembershipFactory, OrganisationFactory
from tests.letters import letters
from tests.signin import sign_in

pytestmark = pytest.mark.django_db
EMAIL = "karim.invente@example.org"


@pytest.fixture
def place():
    return OrganisationFactory()


@pytest.fixture
def manager(place):
    return MembershipFactory(role=Role.MANAGER, organisation=place)


@pytest.fixture
def administrator(place):
    return MembershipFactory(role=Role.ADMINISTRATOR, organisation=place)


@pytest.fixture
def asked(administrator, manager, place, django_capture_on_commit_callbacks):
    """An invitation that waits, its secret never given to anybody."""
    with django_capture_on_commit_callbacks(execute=True):
        return ask(administrator, place)


def ask(
    seat, place, email=EMAIL, role=Role.ADVISOR, link_to=lambda pk, secret: f"https://x.example/{secret}"
):
    return invite_member(actor=seat.as_actor(), organisation=place, email=email, role=role, link_to=link_to)


def approve(seat, invitation, link_to=lambda pk, secret: f"https://x.example/{secret}"):
    return approve_invitation(actor=seat.as_actor(), invitation=invitation, link_to=link_to)


def test_nothing_leaves_but_a_word_to_those_who_may_agree(asked, manager):
    assert asked.awaits_approval
    (message,) = letters()
    assert message.to == [manager.user.email]
    assert "attend votre accord" in message.subject
    assert EMAIL not in message.body
    assert Entry.objects.about(asked).get().action == "invitation.submitted"


def test_the_agreement_sends_the_link(asked, manager, django_capture_on_commit_callbacks):
    secrets = []
    with django_capture_on_commit_callbacks(execute=True):
        approve(manager, asked, lambda pk, secret: secrets.append(secret) or "https://x.example/")
    assert letters()[-1].to == [EMAIL]
    assert open_invitation(asked.pk, secrets[0]) == asked
    assert Entry.objects.about(asked).filter(action="invitation.approved", user_id=manager.user_id).exists()
    with pytest.raises(Conflict):
        approve(manager, asked)


def test_neither_who_asked_nor_a_colleague_who_does_not_read_nor_a_neighbour_agrees(
    asked, administrator, place
):
    others = [
        administrator,
        MembershipFactory(role=Role.ADMINISTRATOR, organisation=place),
        MembershipFactory(group_head=True, group=place.group),
        MembershipFactory(role=Role.MANAGER, organisation=OrganisationFactory(group=place.group)),
        MembershipFactory(role=Role.ADVISOR, organisation=place),
    ]
    for seat in others:
        with pytest.raises(NotPermitted):
            approve(seat, asked)


def test_the_invited_person_does_not_agree_for_themselves(administrator, manager, place):
    itself = ask(administrator, place, email=manager.user.email.replace("@", "+ici@"))
    with pytest.raises(DomainError) as refusal:
        approve(manager, itself)
    assert refusal.value.code == "own_address"


def test_a_refused_request_no_longer_waits(asked, manager):
    withdraw_invitation(actor=manager.as_actor(), invitation=asked)
    with pytest.raises(Conflict):
        approve(manager, asked)


def test_without_anybody_to_agree_the_way_is_said(administrator, place):
    with pytest.raises(DomainError, match="invite-manager") as refusal:
        ask(administrator, place)
    assert refusal.value.code == "nobody_to_approve"
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("typed", ["{0}", "{0} ", "plus"])
def test_ones_own_mailbox_is_recognised(administrator, manager, place, typed):
    own = administrator.user.email
    email = own.replace("@", "+autre@") if typed == "plus" else typed.format(own.upper())
    with pytest.raises(DomainError) as refusal:
        ask(administrator, place, email=email)
    assert refusal.value.code == "own_address"


def test_another_address_tied_to_ones_account_is_ones_own(administrator, manager, place):
    administrator.user.emailaddress_set.create(email="second.moi@example.net")
    with pytest.raises(DomainError) as refusal:
        ask(administrator, place, email="Second.Moi@example.net")
    assert refusal.value.code == "own_address"


def test_on_screen_from_the_request_to_the_link(client, administrator, manager, place):
    sign_in(client, administrator.user)
    typed = {"email": EMAIL, "role": Role.ADVISOR, "organisation": place.pk}
    assert client.post(reverse("web:team_invite"), typed).url == reverse("web:team")
    page = client.get(reverse("web:team")).content.decode()
    assert "attend l’accord d’une personne responsable" in page
    assert "À approuver" not in page
    invitation = Invitation.objects.get()
    client.post(reverse("web:team_invitation_approve", args=[invitation.pk]))
    invitation.refresh_from_db()
    assert invitation.awaits_approval

    sign_in(client, manager.user)
    page = client.get(reverse("web:team")).content.decode()
    assert "À approuver" in page
    assert str(administrator.user) in page
    answer = client.post(reverse("web:team_invitation_approve", args=[invitation.pk]), follow=True)
    assert "Votre accord est donné" in answer.content.decode()
    assert "À approuver" not in answer.content.decode()
    invitation.refresh_from_db()
    assert not invitation.awaits_approval


def test_by_the_api(client, asked, manager, administrator):
    address = reverse("api:invitations-approve", args=[asked.pk])
    sign_in(client, administrator.user)
    assert client.post(address, content_type="application/json").status_code == 403
    sign_in(client, manager.user)
    waiting = client.get(reverse("api:invitations-list"), {"awaits_approval": "true"}).json()["results"]
    assert [row["id"] for row in waiting] == [asked.pk]
    answer = client.post(address, content_type="application/json")
    assert answer.status_code == 200
    assert answer.json()["approved_at"] is not None


@pytest.mark.parametrize(("role", "status"), [(Role.MANAGER, True), (Role.ADMINISTRATOR, False)])
def test_only_who_reads_the_files_shares_the_caseload(client, place, manager, role, status):
    sign_in(client, MembershipFactory(role=role, organisation=place).user)
    typed = {"name": place.name, "interview_every_days": "60", "is_caseload_shared": "on"}
    assert client.post(reverse("web:team_structure", args=[place.pk]), typed).status_code == 302
    place.refresh_from_db()
    assert place.is_caseload_shared is status
