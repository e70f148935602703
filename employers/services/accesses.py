"""Open an employer's own door to their contact, and close it."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from backend.accounts.models import User
from backend.audit import trail
from backend.core import steps
from backend.core.actor import Actor, Role
from backend.core.errors import DomainError, ensure
from backend.organisations.models import Invitation
from backend.organisations.services import send_invitation
from backend.organisations.services.invitations import LinkTo
from employers.models import Employer, EmployerAccess
from employers.permissions import may_open_door

NOT_YOURS = "Seule l’équipe de la structure en relation avec cet employeur ouvre ou ferme son accès."


@transaction.atomic
def offer_employer_access(*, actor: Actor, employer: Employer, email: str, link_to: LinkTo) -> Invitation:
    """Invite the employer's contact to read their needs and the profiles people agreed to show them."""
    employer = steps.within_reach(actor, employer)
    ensure(may_open_door(actor, employer), "not_yours", NOT_YOURS)
    there = EmployerAccess.objects.filter(employer=employer, user__email__iexact=email.strip())
    if there.live(timezone.now()).exists():
        raise DomainError(
            "already_has_access", "Cette adresse a déjà un accès chez cet employeur.", field="email"
        )
    trail.record(actor, "employer.access_offered", employer)
    return send_invitation(
        actor=actor,
        organisation=employer.organisation,
        email=email,
        role=Role.EMPLOYER,
        subject_id=employer.pk,
        link_to=link_to,
    )


def may_offer(actor: Actor, employer_id: int) -> bool:
    """Whether the actor may send that invitation today, again as the first time."""
    employer = Employer.objects.visible_to(actor).filter(pk=employer_id).first()
    return employer is not None and may_open_door(actor, employer)


def sit(user: User, employer_id: int) -> EmployerAccess:
    """The seat of an accepted invitation; the same one when the account already holds it."""
    live = EmployerAccess.objects.filter(user=user, employer_id=employer_id).live(timezone.now()).first()
    return live or steps.save(EmployerAccess(user=user, employer_id=employer_id))


@transaction.atomic
def end_employer_access(*, actor: Actor, access: EmployerAccess) -> EmployerAccess:
    """Close the door now: pages and tokens stop at the next request."""
    access = steps.lock(actor, access)
    ensure(may_open_door(actor, access.employer), "not_yours", NOT_YOURS)
    if access.ended_at is None:
        access.ended_at = timezone.now()
        access.save(update_fields=["ended_at"])
        trail.record(actor, "employer.access_ended", access)
    return access
