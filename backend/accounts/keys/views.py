"""The pages of keys: add one, name it, remove it, prove who one is with it."""

from __future__ import annotations

import json
from typing import Any

from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import views as webauthn
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse_lazy
from django.views.decorators.cache import never_cache
from django.views.generic.edit import FormView

from backend.accounts import second_factor
from backend.accounts.allauth_seams import prove, question_of_a_new_key, question_of_known_keys
from backend.accounts.keys.forms import keys_of
from backend.accounts.models import User

LAST_ONE = (
    "C’est votre seul second facteur, et votre compte doit en avoir un. Ajoutez d’abord une autre clé ou une application de "
    "codes ; vous retirerez celle-ci ensuite."
)


class AuthenticateWithEitherView(AuthenticateView):
    """The second step of signing in: the key first, for whoever has one, and the code as a way out."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The library asks its question of keys at each page; it is shown to those who have one."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        if keys_of(self.stage.login.user).exists():
            context["question"] = json.dumps(context["js_data"]["request_options"])
        return context


class AddKeyView(webauthn.AddWebAuthnView):
    """A new key; the first one may be the second factor of an account that has none yet."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form as it was judged, and a new question."""
        context = FormView.get_context_data(self, **kwargs)
        context["question"] = json.dumps(question_of_a_new_key(self.request.user))
        return context

    def form_valid(self, form: Any) -> HttpResponse:
        """The key has just answered: this session has proved its second factor."""
        response: HttpResponse = super().form_valid(form)
        prove(self.request, keys_of(self.request.user).latest("pk"))
        return response


class ReauthenticateWithKeyView(webauthn.ReauthenticateWebAuthnView):
    """A key once more, before something that matters."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form as it was judged, and a new question."""
        context: dict[str, Any] = super(webauthn.ReauthenticateWebAuthnView, self).get_context_data(**kwargs)
        context["question"] = json.dumps(question_of_known_keys(self.request.user))
        return context

    def form_invalid(self, form: Any) -> HttpResponse:
        """Said on the page itself."""
        return FormView.form_invalid(self, form)


class _OwnKeys:
    """Only one's own keys are found here."""

    request: HttpRequest

    def get_queryset(self) -> QuerySet[Authenticator]:
        """Those of the account that asks."""
        found: QuerySet[Authenticator] = keys_of(self.request.user)
        return found


class RenameKeyView(_OwnKeys, webauthn.EditWebAuthnView):
    """Another name for one of one's keys."""

    success_url = reverse_lazy("mfa_index")


class RemoveKeyView(_OwnKeys, webauthn.RemoveWebAuthnView):
    """Take one of one's keys away: lost, given back, or no longer used."""

    success_url = reverse_lazy("mfa_index")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Said before one presses, rather than after."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["why_kept"] = "" if self._may() else LAST_ONE
        return context

    def form_valid(self, form: Any) -> HttpResponse:
        """Two keys removed at the same moment do not leave an account without any."""
        with transaction.atomic():
            User.objects.select_for_update().get(pk=self.request.user.pk or 0)
            if not self._may():
                form.add_error(None, LAST_ONE)
                return self.form_invalid(form)
            response: HttpResponse = super().form_valid(form)
        second_factor.stay_proved(self.request)
        return response

    def _may(self) -> bool:
        return second_factor.may_be_removed(getattr(self.request, "actor", None), self.get_object())


authenticate = never_cache(AuthenticateWithEitherView.as_view())
add_key = never_cache(AddKeyView.as_view())
rename_key = never_cache(RenameKeyView.as_view())
remove_key = never_cache(RemoveKeyView.as_view())
reauthenticate_with_key = never_cache(ReauthenticateWithKeyView.as_view())
