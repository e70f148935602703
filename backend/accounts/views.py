"""allauth's pages, with our manners: a refused form says so in its status, a new factor counts at once."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from django.http import HttpRequest, HttpResponse
from django.urls import reverse_lazy
from django.views.decorators.cache import never_cache

from backend.accounts import second_factor
from backend.accounts.allauth_seams import prove

View = Callable[..., HttpResponse]


def refusals_are_422(view: View) -> View:
    """Answer 422 instead of 200 when the form was refused."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        shown = getattr(response, "context_data", None) or {}
        forms = [form for form in (shown.get("form"), shown.get("webauthn_form")) if form is not None]
        if request.method == "POST" and response.status_code == 200 and any(form.errors for form in forms):
            response.status_code = 422
        return response

    return wrapped


class ActivateView(ActivateTOTPView):
    """Set up the application of codes."""

    def form_valid(self, form: Any) -> HttpResponse:
        """The code just typed is spent, and this session has proved its second factor."""
        response: HttpResponse = super().form_valid(form)
        application = {"user_id": self.request.user.pk, "type": Authenticator.Type.TOTP}
        authenticator = Authenticator.objects.get(**application)
        second_factor.spend(authenticator, form.cleaned_data["code"])
        prove(self.request, authenticator)
        return response


class DeactivateView(DeactivateTOTPView):
    """Change phone: the old application stops, and the next page sets up the new one."""

    success_url = reverse_lazy("mfa_activate_totp")

    def form_valid(self, form: Any) -> HttpResponse:
        """With a key beside, this session goes on."""
        response: HttpResponse = super().form_valid(form)
        second_factor.stay_proved(self.request)
        return response


activate_totp = never_cache(ActivateView.as_view())
deactivate_totp = never_cache(DeactivateView.as_view())
