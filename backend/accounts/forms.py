"""The sign-in forms: our words, and a second factor that serves only once."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account_forms
from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from axes.handlers.proxy import AxesProxyHandler
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from backend.accounts import lockout, second_factor
from backend.accounts.models import User
from backend.core.sealing.encryption import Undecipherable

CODE_HELP = "Le nombre à six chiffres affiché par votre application, ou un code de secours."
RECOVERY_HELP = "L’un de ceux que vous avez imprimés ou recopiés ; chacun sert une fois."
CANNOT_BE_CHECKED = (
    "Votre second facteur ne peut plus être vérifié : il a été chiffré avec une clé que le service n’a plus. Prévenez "
    "l’exploitation, qui la remettra ou réinitialisera votre second facteur."
)
DEMO_HELP = "Démonstration : le code est déjà rempli."
LONG_ENOUGH = "Au moins 15 caractères : une phrase que vous retenez convient très bien."


def say(form: forms.BaseForm, labels: dict[str, str]) -> None:
    """Give fields our labels and looks, and take away the placeholders, which vanish as one types."""
    for name, form_field in form.fields.items():
        form_field.widget.attrs.pop("placeholder", None)
        form_field.widget.attrs["class"] = "form-control"
        form_field.error_messages["required"] = "Ce champ est nécessaire."
        form_field.label = labels.get(name, form_field.label)


def refuse_while_resting(user: User) -> None:
    """Look at no second factor while the door of this account, or of this address, rests."""
    if not AxesProxyHandler.is_allowed(context.request, {"login": user.email}):
        context.request.axes_locked_out = True
        raise get_adapter().validation_error("incorrect_code")
    if wait := lockout.seconds_to_wait(context.request, lockout.mark_of(user.email)):
        raise ValidationError(lockout.too_soon(wait), "too_soon")


class LoginForm(account_forms.LoginForm):
    """Address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self, {"login": "Adresse électronique", "password": "Mot de passe"})
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class ReauthenticateForm(account_forms.ReauthenticateForm):
    """The password once more, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self, {"password": "Mot de passe"})


class ChangePasswordForm(account_forms.ChangePasswordForm):
    """A new password for somebody who knows the old one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(
            self,
            {
                "oldpassword": "Mot de passe actuel",
                "password1": "Nouveau mot de passe",
                "password2": "Nouveau mot de passe, encore une fois",
            },
        )
        self.fields["password1"].help_text = LONG_ENOUGH


class ResetPasswordKeyForm(account_forms.ResetPasswordKeyForm):
    """A new password for somebody who followed the link."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(
            self,
            {"password1": "Nouveau mot de passe", "password2": "Nouveau mot de passe, encore une fois"},
        )
        self.fields["password1"].help_text = LONG_ENOUGH


class ResetPasswordForm(account_forms.ResetPasswordForm):
    """Ask for a link; a known and an unknown address get the same answer and one e-mail each."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self, {"email": "Adresse électronique"})

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """Send the link, or say to an unknown address that it has no account here."""
        if self.users:
            return str(super().save(request, **kwargs))
        email = str(self.cleaned_data["email"])
        get_account_adapter(request).send_mail("account/email/unknown_account", email, {})
        return email


class _SpendsOnce(mfa_forms.BaseAuthenticateForm):
    """A code of the application serves once, whatever the worker; failures lock like passwords."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = second_factor.kinds_of(self.user)
        has_application = Authenticator.Type.TOTP in kinds
        say(self, {"code": "Code à six chiffres" if has_application else "Code de secours"})
        code = self.fields["code"]
        code.help_text = CODE_HELP if has_application else RECOVERY_HELP
        code.widget.attrs.update(inputmode="numeric", autofocus=Authenticator.Type.WEBAUTHN not in kinds)
        if settings.DEMO and has_application:
            code.initial, code.help_text = second_factor.current_code(self.user), DEMO_HELP

    def clean_code(self) -> str:
        """Refuse while the door rests, then check the code, then use it up."""
        refuse_while_resting(self.user)
        try:
            code: str = super().clean_code()
        except Undecipherable as error:
            raise ValidationError(CANNOT_BE_CHECKED, "unreadable_factor") from error
        is_totp = self.authenticator.type == Authenticator.Type.TOTP
        if is_totp and not second_factor.spend(self.authenticator, code):
            self._emit_authentication_failed(self.authenticator)
            raise get_adapter().validation_error("incorrect_code")
        return code


class AuthenticateForm(_SpendsOnce, mfa_forms.AuthenticateForm):
    """The second step of signing in."""


class CodeReauthenticateForm(_SpendsOnce, mfa_forms.ReauthenticateForm):
    """A code once more, before something that matters."""


class ActivateForm(ActivateTOTPForm):
    """The first code of a new application, which proves that it was set up right."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self, {"code": "Code à six chiffres"})
        self.fields["code"].help_text = "Le nombre que votre application affiche pour Passerelles."
        self.fields["code"].widget.attrs["inputmode"] = "numeric"
        if settings.DEMO:
            self.fields["code"].initial = second_factor.next_code(self.secret)
            self.fields["code"].help_text = DEMO_HELP
