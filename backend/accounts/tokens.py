"""Give a tool its key to the API, and take it back."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from backend.accounts.models import SeatToken, User
from backend.audit import trail
from backend.core.actor import Actor
from backend.core.errors import DomainError

MAX_DAYS = 365
MAX_TOKENS_PER_SEAT = 20


@transaction.atomic
def create_token(*, actor: Actor, name: str, days: int) -> tuple[SeatToken, str]:
    """A token of the actor's own seat, and its text, which is never readable again.

    `days`: 1 to 365; after that the tool needs a new one.
    """
    user = User.objects.filter(pk=actor.user_id or 0).first()
    if user is None:
        raise DomainError("no_account", "Un jeton appartient à un compte : connectez-vous.")
    if not 1 <= days <= MAX_DAYS:
        raise DomainError("token_duration", f"Choisissez une durée de 1 à {MAX_DAYS} jours.", field="days")
    if SeatToken.objects.visible_to(actor).count() >= MAX_TOKENS_PER_SEAT:
        raise DomainError(
            "too_many_tokens",
            f"Ce rôle a déjà {MAX_TOKENS_PER_SEAT} jetons. Retirez ceux qui ne servent plus.",
        )
    token, text = SeatToken.objects.create(
        user=user, expiry=timedelta(days=days), name=name.strip(), seat_key=actor.seat
    )
    trail.record(actor, "token.created", days=days, token=token.digest[:12])
    return token, text


@transaction.atomic
def revoke_token(*, actor: Actor, token: SeatToken) -> None:
    """Close the door to the tool that holds it, at its next call."""
    token = SeatToken.objects.visible_to(actor).get(pk=token.pk)
    trail.record(actor, "token.revoked", token=token.digest[:12])
    token.delete()
