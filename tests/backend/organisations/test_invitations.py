"""Inviting a colleague: one address, one role, one structure, one use."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from backend.accounts.models import User
from backend.audit.models import Entry
from backend.core.actor import Actor, Role
from backend.core.errors import Conflict, DomainError, NotPermitted
from backend.mail.brake import BETWEEN_TWO
from backend.mail.models import Message
from backend.organisations.models import Invitation, Membership, Organisation
from backend.organisations.services import (
    accept_invitation,
    end_membership,
    grant_membership,
    invite_member,
    withdraw_invitation,
)
from backend.organisations.services.invitations import open_invitation
from tests.factories import MembershipFactory, OrganisationFactory, UserFactory, actor_of
from tests.letters import letters

pytestmark = pytest.mark.django_db
EMAIL = "karim.invente@example.org"
PASSWORD = "une-phrase-bien-assez-longue"


@pytest.fixture
def organisation():
    return OrganisationFactory()


@pytest.fixture
def manager(organisation):
    return actor_of(Role.MANAGER, organisation)


@pytest.fixture
def invite(manager, organisation, django_capture_on_commit_callbacks):
    """Invite, and give back the invitation with the secret its message carried."""

    def send(actor=manager, place=organisation, email=EMAIL, role=Role.ADVISOR):
        with django_capture_on_commit_callbacks(execute=True):
            invitation = invite_member(
                actor=actor,
                organisation=place,
                email=email,
                role=role,
                link_to=lambda pk, secret: f"https://passerelles.example/{pk}/{secret}/",
            )
        link = next(line for line in letters()[-1].body.splitlines() if line.startswith("https"))
        return invitation, link.rstrip("/").rsplit("/", 1)[1]

    return send


def accept(invitation, secret, **changes):
    return accept_invitation(
        invitation=invitation,
        secret=secret,
        **{"first_name": "Karim", "last_name": "Inventé", "password": PASSWORD, **changes},
    )


def test_the_message_says_who_invites_and_to_what(invite, organisation):
    invitation, _ = invite()
    message = letters()[-1]
    assert message.to == [EMAIL]
    assert str(organisation) in message.body
    assert "Accompagnement" in message.body
    assert Entry.objects.about(invitation).get().action == "invitation.sent"


def test_accepting_opens_an_account_with_that_seat_only(invite, organisation):
    membership = accept(*invite())
    assert (membership.role, membership.organisation) == (Role.ADVISOR, organisation)
    assert membership.user.check_password(PASSWORD)
    assert (membership.user.email, membership.user.get_full_name()) == (EMAIL, "Karim Inventé")
    assert Membership.objects.filter(user=membership.user).count() == 1


def test_a_link_serves_once(invite):
    invitation, secret = invite()
    accept(invitation, secret)
    with pytest.raises(DomainError) as refusal:
        accept(invitation, secret)
    assert refusal.value.code == "invitation_over"
    assert open_invitation(invitation.pk, secret) is None


@pytest.mark.parametrize("field", ["email", "role", "organisation_id"])
def test_a_link_is_tied_to_its_address_role_and_structure(invite, field):
    """A06: changing the row does not turn the link into a better one."""
    invitation, secret = invite()
    other = {"email": "autre@example.org", "role": Role.MANAGER, "organisation_id": OrganisationFactory().pk}
    Invitation.objects.filter(pk=invitation.pk).update(**{field: other[field]})
    assert open_invitation(invitation.pk, secret) is None


def test_a_link_dies_after_seven_days(manager, organisation, invite):
    with time_machine.travel("2026-11-22 09:00:00+01:00", tick=False) as clock:
        invitation, secret = invite()
        clock.shift(timedelta(days=7) - timedelta(seconds=1))
        assert open_invitation(invitation.pk, secret) == invitation
        clock.shift(timedelta(seconds=1))
        assert open_invitation(invitation.pk, secret) is None


def test_only_a_digest_is_kept(invite):
    invitation, secret = invite()
    kept = Invitation.objects.filter(pk=invitation.pk).values().get()
    assert not any(secret in str(value) for value in kept.values())


def test_asking_again_replaces_the_former_link(invite):
    first, first_secret = invite()
    Message.objects.update(settled_at=timezone.now() - BETWEEN_TWO)
    second, second_secret = invite()
    assert open_invitation(first.pk, first_secret) is None
    assert open_invitation(second.pk, second_secret) == second


def test_a_withdrawn_link_no_longer_opens(invite, manager):
    invitation, secret = invite()
    withdraw_invitation(actor=manager, invitation=invitation)
    assert open_invitation(invitation.pk, secret) is None


def test_an_accepted_invitation_cannot_be_withdrawn(invite, manager):
    invitation, secret = invite()
    accept(invitation, secret)
    with pytest.raises(DomainError, match="déjà acceptée"):
        withdraw_invitation(actor=manager, invitation=invitation)


@pytest.mark.parametrize("password", ["quatorze-signe", "aaaaaaaaaaaaaaaaaa"[:14], "x" * 129])
def test_a_password_out_of_bounds_is_refused_and_the_link_stays_good(invite, password):
    invitation, secret = invite()
    with pytest.raises(ValidationError) as refusal:
        accept(invitation, secret, password=password)
    assert "password" in refusal.value.message_dict
    assert open_invitation(invitation.pk, secret) == invitation
    assert not User.objects.filter(email=EMAIL).exists()


def test_somebody_who_has_an_account_signs_in_first(invite):
    user = UserFactory(email=EMAIL)
    before = user.password
    invitation, secret = invite()
    with pytest.raises(DomainError) as refusal:
        accept(invitation, secret)
    assert refusal.value.code == "sign_in_first"
    with pytest.raises(DomainError):
        accept(invitation, secret, signed_in=UserFactory())
    membership = accept_invitation(invitation=invitation, secret=secret, signed_in=user)
    user.refresh_from_db()
    assert (membership.user, user.password) == (user, before)


def test_an_advisor_invites_nobody(organisation, invite):
    with pytest.raises(NotPermitted):
        invite(actor=actor_of(Role.ADVISOR, organisation))
    assert not Invitation.objects.exists()


def test_a_neighbours_structure_is_as_if_absent(invite):
    for place in (OrganisationFactory(), Organisation(pk=999_999)):
        with pytest.raises(NotPermitted) as refusal:
            invite(place=place)
        assert refusal.value.code == "out_of_reach"


def test_nobody_gives_themselves_a_role(invite, manager):
    mine = User.objects.get(pk=manager.user_id).email
    with pytest.raises(DomainError) as refusal:
        invite(email=mine.upper(), role=Role.ADMINISTRATOR)
    assert (refusal.value.code, refusal.value.field) == ("own_address", "email")


def test_a_role_already_held_is_not_given_twice(invite, organisation, manager):
    held = MembershipFactory(organisation=organisation, role=Role.ADVISOR)
    with pytest.raises(DomainError) as refusal:
        invite(email=held.user.email)
    assert refusal.value.code == "already_member"
    with pytest.raises(Conflict):
        grant_membership(actor=manager, user=held.user, role=Role.ADVISOR, organisation=organisation)


def test_inviting_an_address_known_elsewhere_looks_the_same(invite):
    UserFactory(email="ailleurs@example.org")
    invite(email="ailleurs@example.org")
    invite(email="nulle-part@example.org")
    known, unknown = (message.body.splitlines()[:5] for message in letters()[-2:])
    assert known == unknown


def test_who_leaves_takes_their_open_invitations_away(invite, organisation, manager):
    leaving = MembershipFactory(organisation=organisation, role=Role.MANAGER)
    invitation, secret = invite(actor=leaving.as_actor())
    end_membership(actor=manager, membership=leaving)
    assert open_invitation(invitation.pk, secret) is None


def test_the_installation_may_invite_the_first_manager(invite, organisation):
    invitation, secret = invite(actor=Actor.operator(), role=Role.MANAGER)
    assert accept(invitation, secret).as_actor().role is Role.MANAGER
