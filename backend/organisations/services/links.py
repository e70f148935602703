"""An invitation whose message did not do: sent again, or its link handed over by whoever could give the seat alone."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from backend.audit import trail
from backend.core.actor import Actor
from backend.core.errors import Conflict, DomainError, ensure
from backend.core.steps import lock
from backend.mail.brake import BETWEEN_TWO
from backend.mail.enums import MessageKind, MessageState
from backend.mail.selectors import latest_about
from backend.organisations.models import Invitation
from backend.organisations.permissions import may_resend, may_show_link
from backend.organisations.services.invitations import LinkTo, check_not_oneself, draw_link, send_link

NOT_YOURS_TO_SEND = (
    "Ce rôle dépasse le vôtre, ou cette invitation est à refaire : invitez à nouveau cette adresse, "
    "ou demandez à votre responsable."
)


@transaction.atomic
def resend_invitation(*, actor: Actor, invitation: Invitation, link_to: LinkTo) -> Invitation:
    """Send another link in the place of the former one, good for seven days; one that had closed opens again."""
    invitation = lock(actor, invitation)
    ensure(may_resend(actor, invitation), "not_yours_to_send", NOT_YOURS_TO_SEND)
    _check_it_waits(actor, invitation)
    _check_not_just_sent(invitation)
    send_link(invitation, link_to)
    trail.record(actor, "invitation.resent", invitation, role=invitation.role)
    return invitation


@transaction.atomic
def take_link(*, actor: Actor, invitation: Invitation, link_to: LinkTo) -> str:
    """Another link in the place of the former one, to be handed over by the actor; the trail keeps that they read it."""
    invitation = lock(actor, invitation)
    ensure(may_show_link(actor, invitation), "not_yours_to_read", NOT_YOURS_TO_SEND)
    _check_it_waits(actor, invitation)
    link = draw_link(invitation, link_to, handed_over=True)
    trail.record(actor, "invitation.link_taken", invitation, role=invitation.role)
    return link


def _check_it_waits(actor: Actor, invitation: Invitation) -> None:
    check_not_oneself(actor, invitation.email)
    if invitation.awaits_approval:
        raise Conflict("awaits_approval", "Cette invitation attend un accord : rien ne part avant.")
    if invitation.accepted_at is not None or invitation.withdrawn_at is not None:
        raise Conflict("invitation_over", "Cette invitation est déjà acceptée ou retirée. Rechargez la page.")


def _check_not_just_sent(invitation: Invitation) -> None:
    last = latest_about(invitation._meta.label_lower, [invitation.pk], MessageKind.INVITATION).get(
        invitation.pk
    )
    if last is None or last.state != MessageState.SENT or last.settled_at is None:
        return
    if timezone.now() - last.settled_at < BETWEEN_TWO:
        raise DomainError(
            "just_sent",
            "Un message vient de partir à cette adresse. Attendez une minute avant d’en envoyer un autre.",
        )
