"""« Mon compte »: the one page that leads to everything about oneself, not about people."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from django.urls import reverse

from backend.accounts import second_factor
from backend.accounts.browsers.listing import sessions_of
from backend.accounts.models import User
from backend.core.actor import Actor


@dataclass(frozen=True, slots=True)
class Door:
    """Where a line of the page leads, and what stands behind."""

    label: str
    icon: str
    note: str
    url: str


def security_doors(user: User) -> list[Door]:
    """Password, second factor, recovery codes: each with how it stands today."""
    factors = list(Authenticator.objects.filter(user=user))
    kinds = Counter(each.type for each in factors)
    codes = next((each.wrap() for each in factors if each.type == Authenticator.Type.RECOVERY_CODES), None)
    doors = [
        Door(
            "Mot de passe",
            "key",
            "Le changer ; vos autres sessions se ferment.",
            reverse("account_change_password"),
        ),
        Door(
            "Second facteur",
            "phone",
            _second_factors(
                has_app=Authenticator.Type.TOTP in kinds, keys=kinds[Authenticator.Type.WEBAUTHN]
            ),
            reverse("mfa_index"),
        ),
    ]
    if kinds.keys() & set(second_factor.PROVING):
        doors.append(_recovery_codes(len(codes.get_unused_codes()) if codes else 0, exist=codes is not None))
    return doors


def _second_factors(*, has_app: bool, keys: int) -> str:
    held = ["l’application de codes est active"] if has_app else []
    if keys:
        held.append("une clé" if keys == 1 else f"{keys} clés")
    if not held:
        return "Ni application de codes ni clé. En activer une."
    said = " ; ".join(held)
    return f"{said[0].upper()}{said[1:]}. Ajouter une clé, changer de téléphone."


def _recovery_codes(left: int, *, exist: bool) -> Door:
    note = (
        f"Il vous en reste {left}, si votre téléphone ou votre clé manque."
        if left
        else "Il ne vous en reste pas. En créer."
    )
    page = "mfa_view_recovery_codes" if exist and left else "mfa_generate_recovery_codes"
    return Door("Codes de secours", "life-preserver", note, reverse(page))


def tool_doors(actor: Actor | None) -> list[Door]:
    """Tokens and documentation of the API: for professionals, whose tools may enter in their place."""
    if actor is None or not actor.is_professional:
        return []
    return [
        Door(
            "Jetons d’API",
            "plug",
            "Laisser un outil entrer à votre place, ou lui fermer la porte.",
            reverse("web:tokens"),
        ),
        Door(
            "Documentation de l’API",
            "braces",
            "Ce qu’un outil peut lire et écrire, à essayer en ligne.",
            reverse("api:docs"),
        ),
    ]


def account_page(user: User, actor: Actor | None, seats: list[Any], *, here: str | None) -> dict[str, Any]:
    """What the page shows; `here` is the key of the session that asks."""
    return {
        "security": security_doors(user),
        "sessions": sessions_of(user.pk, here=here),
        "tools": tool_doors(actor),
        "seats": seats,
    }
