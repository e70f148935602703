"""The pages of signing in by a provider: towards it, back from it, linked, unlinked, left."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from allauth.account.decorators import reauthentication_required
from allauth.account.utils import get_next_redirect_url
from allauth.account.views import LogoutView
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.base.views import IndexView
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET
from django.views.generic import DeleteView

from backend.accounts.allauth_seams import unlink
from backend.accounts.identities.adapter import PROVIDER_ID, WAY_OUT
from backend.accounts.identities.contact import NoAnswer
from backend.accounts.identities.provider import Callback, Exchange

View = Callable[..., HttpResponseBase]


def where_there_is_one(view: View) -> View:
    """These pages do not exist until the settings name a provider."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if settings.IDENTITY_PROVIDER is None:
            raise Http404
        return view(request, *args, **kwargs)

    return wrapped


def _towards(request: HttpRequest, process: str) -> HttpResponse:
    adapter = get_adapter()
    provider = adapter.get_provider(request, PROVIDER_ID)
    try:
        return provider.redirect(request, process, next_url=get_next_redirect_url(request))
    except (NoAnswer, OAuth2Error, TypeError, ValueError, LookupError, AttributeError) as error:
        try:
            adapter.on_authentication_error(request, provider, exception=error)
        except ImmediateHttpResponse as said:
            return said.response
        raise


@never_cache
@where_there_is_one
@require_GET
def login(request: HttpRequest) -> HttpResponse:
    """To the provider; somebody already signed in has nothing to do there."""
    if request.user.is_authenticated:
        return redirect(settings.LOGIN_REDIRECT_URL)
    return _towards(request, "login")


@never_cache
@where_there_is_one
@require_GET
@reauthentication_required(app="allauth.socialaccount")
def link(request: HttpRequest) -> HttpResponse:
    """To the provider, to link it to the account one is signed in with."""
    return _towards(request, "connect")


@never_cache
@where_there_is_one
@require_GET
def callback(request: HttpRequest) -> HttpResponse:
    """Back from the provider."""
    answer: HttpResponse = Callback.adapter_view(Exchange(request, PROVIDER_ID))(request)
    return answer


@method_decorator(reauthentication_required(app="allauth.socialaccount"), name="dispatch")
class UnlinkView(DeleteView):  # type: ignore[type-arg]
    """The provider no longer opens this account."""

    template_name = "socialaccount/unlink.html"

    def get_object(self, queryset: Any = None) -> SocialAccount:
        """One’s own link."""
        return get_object_or_404(SocialAccount, user_id=self.request.user.pk, pk=self.kwargs["pk"])

    def form_valid(self, form: Any) -> HttpResponse:
        """Told and written like any change of how one signs in."""
        unlink(self.request, self.get_object())
        return redirect("mfa_index")


class LeaveView(LogoutView):
    """Sign out; whoever came by the provider is offered to leave it too."""

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """The session of the provider is another one: on a shared computer it must be closed as well."""
        way_out = self.request.session.get(WAY_OUT) or {}
        response: HttpResponse = super().post(*args, **kwargs)
        if settings.IDENTITY_PROVIDER is None or not way_out.get("address"):
            return response
        back = self.request.build_absolute_uri(reverse("account_login"))
        asked = {
            "id_token_hint": way_out["token"],
            "post_logout_redirect_uri": back,
            "state": secrets.token_urlsafe(16),  # some providers insist; nothing of ours hangs on it
        }
        address = f"{way_out['address']}?{urlencode(asked)}"
        return render(self.request, "socialaccount/leave.html", {"address": address})


class SecurityView(IndexView):
    """One’s password, second factors, and the provider linked to the account."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The library’s, and what is linked."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["linked"] = SocialAccount.objects.filter(user_id=self.request.user.pk).first()
        return context


index = SecurityView.as_view()
unlink_identity = never_cache(where_there_is_one(UnlinkView.as_view()))
logout = LeaveView.as_view()
