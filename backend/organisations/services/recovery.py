"""Reset a lost second factor, for somebody whose seats one could give alone."""

from __future__ import annotations

from django.db import transaction
from django.template.loader import render_to_string

from backend.accounts import second_factor
from backend.accounts.models import User
from backend.accounts.recovery import forget_second_factor
from backend.audit import trail
from backend.core.actor import Actor
from backend.core.errors import DomainError, ensure
from backend.core.steps import lock
from backend.mail import outbox
from backend.mail.enums import MessageKind
from backend.organisations.models import Membership
from backend.organisations.permissions import may_reset_second_factor

NOT_YOURS_TO_RESET = (
    "Ce compte lit des dossiers que vous ne lisez pas, ou tient aussi un rôle ailleurs. Demandez à une personne "
    "responsable de la structure ou, à défaut, à l’exploitation (passerelles reset-second-factor)."
)


@transaction.atomic
def reset_second_factor(*, actor: Actor, membership: Membership) -> Membership:
    """Forget a colleague's second factor; they set a new one up at their next sign-in, and are told by e-mail."""
    membership = lock(actor, membership)
    ensure(may_reset_second_factor(actor, membership), "not_yours_to_reset", NOT_YOURS_TO_RESET)
    _reset(actor, membership.user)
    return membership


@transaction.atomic
def reset_second_factor_of(*, actor: Actor, user: User) -> None:
    """The same for any account, from the installation's own command line only."""
    ensure(actor.is_operator, "not_yours_to_reset", NOT_YOURS_TO_RESET)
    _reset(actor, user)


def _reset(actor: Actor, user: User) -> None:
    user = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    if not second_factor.is_set_up(user):
        raise DomainError(
            "no_second_factor",
            "Ce compte n’a pas de second facteur : il sera demandé à sa prochaine connexion.",
        )
    forget_second_factor(user)
    trail.record(actor, "second_factor.reset", user)
    _tell(user, actor)


def _tell(user: User, actor: Actor) -> None:
    by = User.objects.filter(pk=actor.user_id or 0).first()
    text = render_to_string(
        "organisations/account/email/second_factor_reset.txt", {"by": by, "seat": actor.label}
    )
    outbox.write(
        to=user.email,
        subject="Passerelles : votre second facteur est réinitialisé",
        text=text,
        kind=MessageKind.SECOND_FACTOR,
        about=user,
    )
