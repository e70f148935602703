"""Invite into a team; when whoever invites does not read what the role reads, a second person agrees first."""

from __future__ import annotations

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from backend.accounts.models import User
from backend.audit import trail
from backend.core.actor import TEAM_ROLES, Actor, Role
from backend.core.errors import Conflict, DomainError, ensure
from backend.core.steps import lock, within_reach
from backend.mail import outbox
from backend.mail.enums import MessageKind
from backend.organisations.models import Group, Invitation, Membership, Organisation
from backend.organisations.permissions import may_approve
from backend.organisations.rules.groups import head_of
from backend.organisations.rules.roles import ROLES_THAT_AGREE_FOR, may_grant, may_grant_alone
from backend.organisations.services.invitations import (
    LinkTo,
    check_not_oneself,
    prepare,
    send_invitation,
    send_link,
)
from backend.organisations.services.members import NOT_YOURS_TO_GIVE

NOBODY_TO_APPROVE = (
    "Ce rôle lit des dossiers que vous ne lisez pas, et cette structure n’a personne qui puisse donner son accord. "
    "Demandez à l’exploitation d’y inviter une personne responsable (passerelles invite --role responsable, ou invite-manager)."
)


@transaction.atomic
def invite_head(*, actor: Actor, email: str, link_to: LinkTo, group: Group | None = None) -> Invitation:
    """Invite an address at the head of a group, or of the network when no group is said.

    A head names a second one for their own group, who reads what they read; the network's seats are given by the
    installation.
    """
    group = None if group is None else within_reach(actor, group)
    role = Role.NETWORK_HEAD if group is None else head_of(group.kind)
    allowed = may_grant_alone(actor, role, group_id=None if group is None else group.pk)
    ensure(allowed, "not_yours_to_give", NOT_YOURS_TO_GIVE)
    _check_not_there(email, role, group=group)
    return send_invitation(
        actor=actor, organisation=None, group=group, email=email, role=role, link_to=link_to
    )


@transaction.atomic
def invite_member(
    *, actor: Actor, organisation: Organisation, email: str, role: Role, link_to: LinkTo
) -> Invitation:
    """Invite an address into a team, for one role in one structure; the link is that of `send_invitation`.

    When the role reads what the actor does not, nothing is sent before somebody who reads it agrees.
    """
    organisation = within_reach(actor, organisation)
    ensure(may_grant(actor, role, organisation_id=organisation.pk), "not_yours_to_give", NOT_YOURS_TO_GIVE)
    _check_not_there(email, role, organisation=organisation)
    if may_grant_alone(actor, role, organisation_id=organisation.pk):
        return send_invitation(
            actor=actor, organisation=organisation, email=email, role=role, link_to=link_to
        )
    return _ask_approval(actor, organisation, email, role)


def _check_not_there(email: str, role: Role, **place: Organisation | Group | None) -> None:
    there = Membership.objects.filter(role=role, user__email__iexact=email.strip(), **place)
    if there.live(timezone.now()).exists():
        where = "dans la structure" if role in TEAM_ROLES else "ici"
        raise DomainError("already_member", f"Cette personne a déjà ce rôle {where}.", field="email")


def _ask_approval(actor: Actor, organisation: Organisation, email: str, role: Role) -> Invitation:
    """Keep the invitation without sending it, and say to those who may agree that it waits for them."""
    readers = _readers(organisation, role)
    if not readers:
        raise DomainError("nobody_to_approve", NOBODY_TO_APPROVE, field="role")
    invitation = prepare(actor, organisation, email, role)
    invitation.needs_approval = True
    invitation.save()
    trail.record(actor, "invitation.submitted", invitation, role=role)
    _tell(invitation, readers)
    return invitation


def _readers(organisation: Organisation, role: Role) -> list[User]:
    seated = Membership.objects.filter(organisation=organisation, role__in=ROLES_THAT_AGREE_FOR[role])
    return list(User.objects.filter(memberships__in=seated.live(timezone.now()), is_active=True).distinct())


def _tell(invitation: Invitation, readers: list[User]) -> None:
    text = render_to_string(
        "organisations/invitations/email/invitation_to_approve.txt", {"invitation": invitation}
    )
    for reader in readers:
        outbox.write(
            to=reader.email,
            subject="Passerelles : une invitation attend votre accord",
            text=text,
            kind=MessageKind.AGREEMENT,
            about=invitation,
            good_until=invitation.expires_at,
        )


@transaction.atomic
def approve_invitation(*, actor: Actor, invitation: Invitation, link_to: LinkTo) -> Invitation:
    """Agree that somebody reads what one reads oneself: the link leaves now, good for seven days.

    Neither the person who asked nor the person invited agrees for themselves.
    """
    invitation = lock(actor, invitation)
    ensure(
        may_approve(actor, invitation),
        "not_yours_to_approve",
        "Cet accord revient à une personne responsable de la structure, autre que celle qui invite.",
    )
    check_not_oneself(actor, invitation.email)
    if not Invitation.objects.pending(timezone.now()).awaiting_approval().filter(pk=invitation.pk).exists():
        raise Conflict("approval_over", "Cette invitation n’attend plus d’accord. Rechargez la page.")
    invitation.approved_at, invitation.approved_by_id = timezone.now(), actor.user_id
    trail.record(actor, "invitation.approved", invitation, role=invitation.role)
    send_link(invitation, link_to)
    return invitation
