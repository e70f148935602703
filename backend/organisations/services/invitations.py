"""Invite a colleague, an employer's contact or a person, and let them in."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from backend.accounts.addresses import is_own_address, prove_address
from backend.accounts.invitations import draw, fits
from backend.accounts.models import User
from backend.audit import trail
from backend.core.actor import Actor, Role
from backend.core.errors import DomainError, ensure
from backend.mail import outbox
from backend.mail.enums import MessageKind
from backend.mail.transport import mail_leaves
from backend.organisations import seats
from backend.organisations.models import Group, Invitation, Organisation
from backend.organisations.models.invitation import VALID_FOR
from backend.organisations.seats import Seat
from backend.organisations.services.members import seat
from backend.organisations.services.withdrawals import withdraw_each

PURPOSE = "invitation"
LinkTo = Callable[[int, str], str]

_SIGN_IN_FIRST = (
    "Cette adresse a déjà un compte. Connectez-vous avec ce compte, puis ouvrez à nouveau le lien."
)
_NO_LONGER_VALID = "Ce lien n’est plus valable. Demandez une nouvelle invitation à votre structure."


@transaction.atomic
def send_invitation(
    *,
    actor: Actor,
    organisation: Organisation | None,
    email: str,
    role: Role,
    link_to: LinkTo,
    subject_id: int | None = None,
    group: Group | None = None,
) -> Invitation:
    """Send a link to one address, good for seven days and one use; who may ask for it is checked before.

    `link_to(invitation_id, secret)` gives the address of the page where it is accepted. Asking again
    replaces the former link. Nothing tells whether the address already has an account elsewhere.
    """
    invitation = prepare(actor, organisation, email, role, subject_id, group)
    send_link(invitation, link_to)
    trail.record(actor, "invitation.sent", invitation, role=role)
    return invitation


def prepare(
    actor: Actor,
    organisation: Organisation | None,
    email: str,
    role: Role,
    subject_id: int | None = None,
    group: Group | None = None,
) -> Invitation:
    """The invitation and its promise, in the place of any former one; nobody holds its link yet."""
    email = email.strip().lower()
    check_not_oneself(actor, email)
    now = timezone.now()
    same = Invitation.objects.filter(
        organisation=organisation, group=group, email=email, role=role, subject_id=subject_id
    )
    withdraw_each(same.unanswered(), now)
    invitation = Invitation(
        organisation=organisation,
        group=group,
        email=email,
        role=role,
        subject_id=subject_id,
        invited_by_id=actor.user_id,
        expires_at=now + VALID_FOR,
    )
    invitation.token_digest = draw(PURPOSE, **_promise(invitation)).seal
    invitation.full_clean(exclude=["invited_by", "approved_by"])  # nobody, when it is the installation itself
    return invitation


def draw_link(invitation: Invitation, link_to: LinkTo, *, handed_over: bool = False) -> str:
    """A new link, which opens for seven days; the former one no longer opens, and leaves no more if it had not.

    `handed_over`: somebody else than the address reads it, which then proves nothing of the address.
    """
    invitation.is_link_handed_over = handed_over
    ticket = draw(PURPOSE, **_promise(invitation))
    invitation.token_digest, invitation.expires_at = ticket.seal, timezone.now() + VALID_FOR
    invitation.save()
    outbox.drop(invitation._meta.label_lower, [invitation.pk])
    return link_to(invitation.pk, ticket.secret)


def send_link(invitation: Invitation, link_to: LinkTo) -> None:
    """Draw a link and write the message that carries it, with the invitation itself."""
    link = draw_link(invitation, link_to)
    text = {"invitation": invitation, "link": link}
    outbox.write(
        to=invitation.email,
        subject="Passerelles : votre invitation",
        text=render_to_string("organisations/invitations/email/invitation.txt", text),
        kind=MessageKind.INVITATION,
        about=invitation,
        good_until=invitation.expires_at,
    )


def _promise(invitation: Invitation) -> dict[str, str | int | None]:
    promise = {
        "email": invitation.email,
        "role": invitation.role,
        "organisation": invitation.organisation_id,
        "subject": invitation.subject_id,
    }
    return promise if invitation.group_id is None else {**promise, "group": invitation.group_id}


def check_not_oneself(actor: Actor, email: str) -> None:
    """Refuse an address that leads to the actor's own mailbox."""
    if is_own_address(actor.user_id, email):
        raise DomainError(
            "own_address",
            "Cette adresse est la vôtre : on ne se confie pas un rôle à soi-même. Demandez-le à une autre "
            "personne qui en a le droit.",
            field="email",
        )


def open_invitation(invitation_id: int, secret: str) -> Invitation | None:
    """The invitation behind a link; None alike when unknown, altered, used, withdrawn, not agreed or out of date."""
    waiting = Invitation.objects.select_related("organisation", "group").pending(timezone.now()).sent()
    invitation = waiting.filter(pk=invitation_id).first()
    return invitation if invitation is not None and _opens(invitation, secret) else None


def _opens(invitation: Invitation, secret: str) -> bool:
    return fits(secret, invitation.token_digest, PURPOSE, **_promise(invitation))


@transaction.atomic
def accept_invitation(
    *,
    invitation: Invitation,
    secret: str,
    signed_in: User | None = None,
    first_name: str = "",
    last_name: str = "",
    password: str = "",
) -> Seat:
    """Take the seat, once: with a new account and its password, or with the account already held.

    Somebody who has an account signs in first: the link alone never opens nor changes an account, and tells of none
    before what is typed could open one.
    """
    invitation = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    ensure(open_invitation(invitation.pk, secret) is not None, "invitation_over", _NO_LONGER_VALID)
    user = _account_for(invitation, signed_in) or _open_account(invitation, first_name, last_name, password)

    invitation.accepted_at = timezone.now()
    invitation.save(update_fields=["accepted_at"])
    outbox.drop(invitation._meta.label_lower, [invitation.pk])
    if not (invitation.is_link_handed_over and mail_leaves()):
        prove_address(user)
    taken = _seat(user, invitation)
    trail.record(taken.as_actor(), "invitation.accepted", invitation, role=invitation.role)
    return taken


def _seat(user: User, invitation: Invitation) -> Seat:
    if invitation.subject_id is not None:
        return seats.sit(invitation.known_role, user, invitation.subject_id)
    return seat(
        user=user, role=invitation.known_role, organisation=invitation.organisation, group=invitation.group
    )


def _account_for(invitation: Invitation, signed_in: User | None) -> User | None:
    """The account of the invited address, when it is the one signed in."""
    account = User.objects.filter(email__iexact=invitation.email).first()
    if account is None or signed_in is None or signed_in.pk != account.pk:
        return None
    return account if account.has_usable_password() else None


def _open_account(invitation: Invitation, first_name: str, last_name: str, password: str) -> User:
    """A new account for that address; what was typed is judged before the one already there is met.

    Otherwise a faulty password would tell, without opening anything, whether the address has an account.
    """
    user = User(email=invitation.email, first_name=first_name.strip(), last_name=last_name.strip())
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise ValidationError({"password": error.messages}) from error
    known = User.objects.filter(email__iexact=invitation.email).first()
    if known is not None:
        if known.has_usable_password():
            raise DomainError("sign_in_first", _SIGN_IN_FIRST)
        known.first_name, known.last_name = user.first_name, user.last_name
        user = known
    user.set_password(password)
    user.full_clean(exclude=["password"])
    user.save()
    return user
