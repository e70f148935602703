"""Think better of an invitation: its link no longer opens, and its message no longer leaves."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from backend.audit import trail
from backend.core.actor import Actor
from backend.core.errors import DomainError, ensure
from backend.core.steps import lock
from backend.mail import outbox
from backend.organisations.models import GroupOffer, Invitation
from backend.organisations.permissions import may_withdraw
from backend.organisations.querysets import GroupOfferQuerySet, InvitationQuerySet


@transaction.atomic
def withdraw_invitation(*, actor: Actor, invitation: Invitation) -> Invitation:
    """Make the link useless; one already accepted is no longer an invitation but a seat."""
    invitation = lock(actor, invitation)
    ensure(
        may_withdraw(actor, invitation),
        "not_yours_to_withdraw",
        "Ce rôle dépasse le vôtre. Demandez à votre responsable.",
    )
    if invitation.accepted_at is not None:
        raise DomainError(
            "already_accepted",
            "Cette invitation est déjà acceptée : mettez fin au rôle dans la liste de l’équipe.",
        )
    if invitation.withdrawn_at is None:
        invitation.withdrawn_at = timezone.now()
        invitation.save(update_fields=["withdrawn_at"])
        outbox.drop(invitation._meta.label_lower, [invitation.pk])
        trail.record(actor, "invitation.withdrawn", invitation, role=invitation.role)
    return invitation


def withdraw_offers(offers: GroupOfferQuerySet, now: datetime) -> int:
    """Take these offers back, and keep back the messages that have not left; how many."""
    ids = list(offers.values_list("pk", flat=True))
    outbox.drop(GroupOffer._meta.label_lower, ids)
    return GroupOffer.objects.filter(pk__in=ids).update(withdrawn_at=now)


def withdraw_each(invitations: InvitationQuerySet, now: datetime) -> int:
    """Make these links useless, and keep back the messages that have not left; how many."""
    ids = list(invitations.values_list("pk", flat=True))
    outbox.drop(Invitation._meta.label_lower, ids)
    return Invitation.objects.filter(pk__in=ids).update(withdrawn_at=now)


def withdraw_everything() -> None:
    """Close every link and every offer that waits for an answer: nobody knows any more which ones had been taken back."""
    now = timezone.now()
    withdraw_each(Invitation.objects.unanswered(), now)
    withdraw_offers(GroupOffer.objects.pending(now), now)
