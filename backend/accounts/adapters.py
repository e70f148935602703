"""Sign-in follows allauth; accounts are opened by invitation only."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from backend.accounts import lockout
from backend.accounts.allauth_seams import SECOND_STEP, proofs_of
from backend.core.sealing.encryption import decrypt, encrypt
from backend.mail import outbox
from backend.mail.enums import MessageKind

FRESH_SECONDS = 300
"""How long a proof of identity is good enough to change the second factor or the password."""

_ANSWERS_TO_A_RESET = frozenset({"account/email/password_reset_key", "account/email/unknown_account"})
"""What a known and an unknown address receive: told apart by nothing but their words."""
SEALED_COLUMN = "mfa_authenticator.secret"


class ClosedAccountAdapter(DefaultAccountAdapter):
    """Nobody signs up by themselves; messages are ours."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "Adresse ou mot de passe incorrect. Vérifiez-les, puis réessayez.",
        "enter_current_password": "Ce n’est pas votre mot de passe actuel.",
        "incorrect_password": "Mot de passe incorrect.",
        "incorrect_code": "Code incorrect. Attendez le suivant, puis réessayez.",
        "invalid_password_reset": "Ce lien n’est plus valable. Demandez-en un nouveau.",
        "too_many_login_attempts": "Trop d’essais. Attendez quelques minutes, puis réessayez.",
        "rate_limited": "Trop de demandes. Attendez quelques minutes, puis réessayez.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Closed: a manager or an administrator invites."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write it in the outbox: the page answers in the same time whether the address is known or not."""
        told = {"request": allauth_context.request, "email": email, **context}
        is_answer = template_prefix in _ANSWERS_TO_A_RESET
        mail = self.render_mail(template_prefix, email, told)
        outbox.write(
            to=email,
            subject=mail.subject,
            text=str(mail.body),
            kind=MessageKind.ACCOUNT,
            good_until=timezone.now() + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
            if is_answer
            else None,
        )

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Look at no password before the wait is over: what is typed then costs nothing and tells nothing."""
        super().pre_authenticate(request, **credentials)
        if wait := lockout.seconds_to_wait(request, lockout.mark_of_typed_address(request, credentials)):
            raise ValidationError(lockout.too_soon(wait), "too_soon")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to the page of one's own account."""
        return reverse("mfa_index")

    def get_login_stages(self) -> list[str]:
        """The second factor is asked of everybody, but those for whom a provider we believe has just verified two."""
        stages: list[str] = super().get_login_stages()
        if getattr(self.request, "provider_proved_two_factors", False):
            stages.remove(SECOND_STEP)
        return stages

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Ask again for a proof of identity unless one was given in the last minutes."""
        proofs = proofs_of(self.request)
        return not proofs or time.time() - proofs[-1]["at"] > FRESH_SECONDS


class SealedMfaAdapter(DefaultMFAAdapter):
    """Secrets of second factors are sealed in the database; keys are named in French, for the address one is on."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "Ce code est incorrect ou a déjà servi. Attendez le suivant, puis réessayez.",
        "cannot_generate_recovery_codes": "Activez d’abord l’application de codes, ou ajoutez une clé.",
        "incorrect_key": "Cette clé n’a pas été reconnue. Réessayez, ou employez un autre moyen.",
        "copied_key": (
            "Cette clé a servi ailleurs depuis : elle a peut-être été copiée. Employez un autre moyen, puis retirez-la de "
            "votre compte."
        ),
    }

    def encrypt(self, text: str) -> str:
        """Seal a secret on its way to the database."""
        return encrypt(text, context=SEALED_COLUMN)

    def decrypt(self, encrypted_text: str) -> str:
        """Open a sealed secret."""
        return decrypt(encrypted_text, context=SEALED_COLUMN)

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:
        """What a key is called when nobody named it."""
        others = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return f"Clé {others + 1}" if others else "Clé"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The name of the service that one is on, among those of ALLOWED_HOSTS: a key answers to no other."""
        host = str(allauth_context.request.get_host())
        return {"id": urlsplit(f"//{host}").hostname or host, "name": settings.MFA_TOTP_ISSUER}
