"""Open to a person their own thread, and close that door."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from backend.accounts.models import User
from backend.audit import trail
from backend.core import steps
from backend.core.actor import Actor, Role
from backend.core.errors import DomainError, NotPermitted, ensure
from backend.organisations.models import Invitation, Organisation
from backend.organisations.services import send_invitation
from backend.organisations.services.invitations import LinkTo
from pathways.models import Beneficiary, BeneficiaryAccess
from pathways.permissions import may_open_thread

NOT_YOURS = "Seule l’équipe qui accompagne la personne ouvre ou ferme son accès."


@transaction.atomic
def offer_person_access(*, actor: Actor, beneficiary: Beneficiary, email: str, link_to: LinkTo) -> Invitation:
    """Invite the person to read their own thread and to answer for themselves.

    The invitation comes from the structure of theirs where the actor sits; the person may refuse by doing nothing.
    """
    beneficiary = steps.within_reach(actor, beneficiary)
    ensure(may_open_thread(actor, beneficiary), "not_yours", NOT_YOURS)
    now = timezone.now()
    if BeneficiaryAccess.objects.filter(beneficiary=beneficiary).live(now).exists():
        raise DomainError(
            "already_has_access",
            "Cette personne a déjà un accès. Fermez-le avant d’en ouvrir un autre, par exemple si elle a changé d’adresse.",
            field="email",
        )
    trail.record(actor, "person.access_offered", beneficiary)
    return send_invitation(
        actor=actor,
        organisation=_host(actor, beneficiary),
        email=email,
        role=Role.BENEFICIARY,
        subject_id=beneficiary.pk,
        link_to=link_to,
    )


def _host(actor: Actor, beneficiary: Beneficiary) -> Organisation:
    """The structure that invites: the actor's, where the person stayed last."""
    here = Organisation.objects.covered_by(actor).filter(stays__beneficiary=beneficiary)
    host = here.order_by("-stays__started_on", "-stays__pk").first()
    if host is None:
        raise NotPermitted("not_yours", NOT_YOURS)
    return host


def may_offer(actor: Actor, beneficiary_id: int) -> bool:
    """Whether the actor may send that invitation today, again as the first time."""
    beneficiary = Beneficiary.objects.visible_to(actor).filter(pk=beneficiary_id).first()
    return beneficiary is not None and may_open_thread(actor, beneficiary)


def sit(user: User, beneficiary_id: int) -> BeneficiaryAccess:
    """The seat of an accepted invitation; refused when the account already opens somebody else's thread."""
    live = BeneficiaryAccess.objects.filter(user=user).live(timezone.now()).first()
    if live is None:
        return steps.save(BeneficiaryAccess(user=user, beneficiary_id=beneficiary_id))
    if live.beneficiary_id != beneficiary_id:
        raise DomainError(
            "another_thread",
            "Cette adresse ouvre déjà le parcours d’une autre personne. Donnez la vôtre à votre structure.",
        )
    return live


@transaction.atomic
def end_person_access(*, actor: Actor, access: BeneficiaryAccess) -> BeneficiaryAccess:
    """Close the door now; the thread itself stays whole."""
    access = steps.lock(actor, access)
    ensure(may_open_thread(actor, access.beneficiary), "not_yours", NOT_YOURS)
    if access.ended_at is None:
        access.ended_at = timezone.now()
        access.save(update_fields=["ended_at"])
        trail.record(actor, "person.access_ended", access)
    return access
