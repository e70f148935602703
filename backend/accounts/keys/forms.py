"""The forms of keys: ours to word, the library's to verify."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction

from backend.accounts.allauth_seams import sign_count_of
from backend.accounts.forms import CANNOT_BE_CHECKED, refuse_while_resting, say
from backend.accounts.keys.answers import UNREADABLE_ANSWER, AnswerField, comes_from_here, goes_back
from backend.core.sealing.encryption import Undecipherable

NAME_LENGTH = 60
MAX_KEYS = 10
NAME_HELP = "Pour la reconnaître : « Clé du trousseau », « Téléphone »…"
TOO_MANY = f"Un compte a au plus {MAX_KEYS} clés : retirez-en une qui ne sert plus."
_USES = "uses"


def keys_of(user: Any) -> Any:
    """The keys of an account, oldest first."""
    return Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.WEBAUTHN).order_by("pk")


def _read(verify: Callable[[], Any]) -> Any:
    """What the library makes of an answer; one that is not what it should be may fail anywhere in it."""
    try:
        return verify()
    except Undecipherable as error:
        raise ValidationError(CANNOT_BE_CHECKED, "unreadable_factor") from error
    except (TypeError, ValueError, LookupError, AttributeError, OverflowError) as error:
        raise ValidationError(UNREADABLE_ANSWER, "invalid") from error


def _name_field(**options: Any) -> forms.CharField:
    return forms.CharField(max_length=NAME_LENGTH, label="Nom de la clé", help_text=NAME_HELP, **options)


class AddKeyForm(webauthn.AddWebAuthnForm):
    """A new key, under a name that says which one it is."""

    name = _name_field(required=False)
    credential = AnswerField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self, {})

    def clean(self) -> dict[str, Any]:
        """Verified by the library, at this address, for a ring that is not full."""
        answer = self.cleaned_data.get("credential")
        if answer is None:
            return self.cleaned_data
        if keys_of(self.user).count() >= MAX_KEYS:
            raise ValidationError(TOO_MANY, "too_many_keys")
        if not _read(lambda: comes_from_here(context.request, answer)):
            raise get_adapter().validation_error("incorrect_key")
        return _read(super().clean)  # type: ignore[no-any-return]


class RenameKeyForm(webauthn.EditWebAuthnForm):
    """Another name for a key."""

    name = _name_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self, {})


class _ProvesWithAKey(webauthn.AuthenticateWebAuthnForm):
    """An answer of one of the account's own keys, to a question of this session; failures lock like passwords."""

    credential = AnswerField()

    def clean_credential(self) -> Authenticator:
        """Refuse while the door rests, then verify, then see that the key was not copied."""
        refuse_while_resting(self.user)
        answer = self.cleaned_data["credential"]
        try:
            return self._verified(answer)
        except ValidationError as error:
            if error.code != "unreadable_factor":
                self._count()
            raise

    def _verified(self, answer: dict[str, Any]) -> Authenticator:
        if not _read(lambda: comes_from_here(context.request, answer)):
            raise get_adapter().validation_error("incorrect_key")
        key: Authenticator = _read(super().clean_credential)
        with transaction.atomic():
            kept = Authenticator.objects.select_for_update().get(pk=key.pk)
            if _read(lambda: goes_back(answer, kept.data.get(_USES, 0))):
                raise get_adapter().validation_error("copied_key")
            kept.data[_USES] = sign_count_of(answer)
            kept.save(update_fields=["data"])
        return key

    def _count(self) -> None:
        """One more failure for the account and for the address it comes from."""
        first = keys_of(self.user).first()
        authentication_failed.send(
            sender=Authenticator,
            request=context.request,
            user=self.user,
            authenticator=first,
            reauthentication=self.reauthenticated,
        )


class AuthenticateKeyForm(_ProvesWithAKey):
    """The second step of signing in."""


class ReauthenticateKeyForm(_ProvesWithAKey):
    """A key once more, before something that matters."""

    reauthenticated = True
