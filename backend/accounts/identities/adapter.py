"""Who comes in by the provider: somebody who linked it to their account from the inside, and nobody else."""

from __future__ import annotations

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.shortcuts import redirect, render
from django.urls import reverse

from backend.accounts import lockout
from backend.accounts.allauth_seams import prove_by_provider
from backend.accounts.forms import refuse_while_resting
from backend.accounts.identities.contact import OnlyTheProvider
from backend.accounts.identities.named import the_provider
from backend.accounts.lockout import failures

PROVIDER_ID = "identite"
WAY_OUT = "identity_way_out"
UNKNOWN = (
    "Aucun compte n’est relié à cette identité. Connectez-vous d’abord avec votre mot de passe, puis reliez-la depuis « Mon "
    "compte ». Les comptes s’ouvrent par invitation."
)
SILENT = "{name} n’a pas répondu, ou sa réponse n’a pas pu être vérifiée. Réessayez, ou connectez-vous avec votre mot de passe."
CANCELLED = "Vous avez renoncé à vous connecter avec {name}."


def app_of_the_settings() -> SocialApp | None:
    """The provider, as the library describes one; None when the settings name none."""
    if settings.IDENTITY_PROVIDER is None:
        return None
    told = the_provider()
    return SocialApp(
        provider="openid_connect",
        provider_id=PROVIDER_ID,
        name=told.name,
        client_id=told.client_id,
        secret=told.client_secret,
        settings={"server_url": told.issuer.rstrip("/")},
    )


class LinkedIdentities(DefaultSocialAccountAdapter):
    """No account is opened nor found by what a provider says of somebody: only by a link made by its holder."""

    error_messages = {
        **DefaultSocialAccountAdapter.error_messages,
        "connected_other": "Cette identité est déjà reliée à un autre compte.",
    }

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Closed: a manager or an administrator invites."""
        return False

    def list_apps(self, request: Any, provider: Any = None, client_id: Any = None) -> list[SocialApp]:
        """That of the settings: a row of the base names no other."""
        app = app_of_the_settings()
        return [app] if app is not None else []

    def authenticate_by_email(self, sociallogin: SocialLogin) -> None:
        """An address said by a provider finds nobody."""

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Let in whoever is linked, while the door of their account does not rest; the others read why."""
        sociallogin.token = None  # nothing is asked of the provider afterwards
        if sociallogin.state.get("process") == "connect":
            if not request.user.is_authenticated or getattr(request, "session_gap", None):
                raise ImmediateHttpResponse(redirect(settings.LOGIN_URL))
            return
        user = sociallogin.user
        if not sociallogin.is_existing or user is None:
            failures.write_down(__name__, {}, request)
            raise ImmediateHttpResponse(_refused(request, UNKNOWN, status=403))
        try:
            refuse_while_resting(user)
        except ValidationError as error:
            resting = getattr(request, "axes_locked_out", False)
            page = (
                lockout.locked_out(request) if resting else _refused(request, str(error.message), status=429)
            )
            raise ImmediateHttpResponse(page) from error
        if sociallogin.identity.levels & the_provider().two_factors:
            request.provider_proved_two_factors = True  # type: ignore[attr-defined]
            prove_by_provider(request, user, sociallogin.account)
        request.session[WAY_OUT] = sociallogin.way_out

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Any = None,
        extra_context: Any = None,
    ) -> None:
        """One page, whatever went wrong: the password stays a way in."""
        name = the_provider().name
        if error == "cancelled":
            raise ImmediateHttpResponse(_refused(request, CANCELLED.format(name=name), status=200))
        failures.write_down(__name__, {}, request)
        raise ImmediateHttpResponse(_refused(request, SILENT.format(name=name), status=502))

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: Any) -> str:
        """Back to the page of one’s own account."""
        return reverse("mfa_index")

    def get_requests_session(self) -> OnlyTheProvider:
        """Towards the provider of the settings and nowhere else."""
        return OnlyTheProvider(the_provider().issuer)


def _refused(request: HttpRequest, why: str, *, status: int) -> Any:
    return render(request, "socialaccount/refused.html", {"why": why}, status=status)
