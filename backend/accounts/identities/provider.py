"""allauth's OpenID Connect, held tighter: a nonce, a signature always verified, nothing taken from the address typed.

The library leaves the nonce aside, believes a token that it fetched itself without looking at its signature, and lets the
address of the page add scopes and parameters. We ask for « openid » alone: who it is, not what they are called.
"""

from __future__ import annotations

import json
import secrets
from typing import Any

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from backend.accounts.identities.contact import NoAnswer, origin, remembered
from backend.accounts.identities.named import the_provider
from backend.accounts.identities.verified import Identity, NotBelieved, identity_in

DESCRIPTION = "/.well-known/openid-configuration"
NEEDED = ("authorization_endpoint", "token_endpoint", "jwks_uri")


class Exchange(OpenIDConnectOAuth2Adapter):
    """What is said with the provider, from its own description to the identity of somebody."""

    nonce = ""

    @property
    def openid_config(self) -> dict[str, Any]:
        """Its description, when it is that of the issuer of the settings, whose addresses are all its own."""
        if not hasattr(self, "_believed"):
            issuer = the_provider().issuer
            told = remembered(issuer, lambda: super(Exchange, self).openid_config)
            if not isinstance(told, dict) or told.get("issuer") != issuer:
                raise OAuth2Error("issuer")
            if any(origin(str(told.get(name))) != origin(issuer) for name in NEEDED):
                raise OAuth2Error("origin")
            self._believed: dict[str, Any] = told
        return self._believed

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:
        """Where the provider sends people back: declared once with it, at the address of the service."""
        return request.build_absolute_uri(reverse("identity_callback"))

    def complete_login(
        self, request: HttpRequest, app: Any, token: SocialToken, **kwargs: Any
    ) -> SocialLogin:
        """Who it is, verified; nothing else of the answer is kept."""
        given = kwargs["response"].get("id_token")
        identity = identity_in(
            given,
            keys=self._keys(),
            issuer=the_provider().issuer,
            client_id=app.client_id,
            nonce=self.nonce,
        )
        login: SocialLogin = self.get_provider().sociallogin_from_response(request, identity)
        login.identity = identity
        login.way_out = {"token": given, "address": self._way_out()}
        return login

    def _keys(self) -> Any:
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
            return answer.json()

    def _way_out(self) -> str:
        """Where one leaves the provider too; empty when it says none of its own."""
        address = str(self.openid_config.get("end_session_endpoint") or "")
        return address if origin(address) == origin(the_provider().issuer) else ""


class IdentityProvider(OpenIDConnectProvider):
    """The provider of the settings."""

    oauth2_adapter_class = Exchange
    pkce_enabled_default = True

    def get_callback_url(self) -> str:
        """Where the provider sends people back."""
        return reverse("identity_callback")

    def get_login_url(self, request: HttpRequest, **kwargs: Any) -> str:
        """Where signing in with it begins."""
        return reverse("identity_login")

    def get_scope(self) -> list[str]:
        """Who it is, and nothing more."""
        return ["openid"]

    def get_auth_params(self) -> dict[str, str]:
        """Ask how people proved who they are, when that counts here."""
        levels = the_provider().two_factors
        if not levels:
            return {}
        return {"claims": json.dumps({"id_token": {"acr": {"values": sorted(levels)}, "amr": None}})}

    def redirect(self, request: HttpRequest, process: str, **kwargs: Any) -> HttpResponse:  # type: ignore[override]
        """To the provider, with a number that its answer must say again; kept in the session with the rest of the state."""
        nonce = secrets.token_urlsafe(32)
        asked = {**self.get_auth_params(), "nonce": nonce}
        return super().redirect(request, process, auth_params=asked, nonce=nonce, **kwargs)

    def extract_uid(self, data: Identity) -> str:
        """The provider’s own name for somebody, which never changes."""
        return data.subject

    def extract_extra_data(self, data: Identity) -> dict[str, Any]:
        """Nothing is kept beside."""
        return {}

    def extract_common_fields(self, data: Identity) -> dict[str, Any]:
        """Neither name nor address is read."""
        return {}

    def extract_email_addresses(self, data: Identity) -> list[Any]:
        """An address said by somebody else proves nothing here."""
        return []


class Callback(OAuth2CallbackView):
    """Back from the provider."""

    def _get_state(self, request: HttpRequest, provider: Any) -> Any:
        """What was asked, once: the number that the answer must say goes with it."""
        state, refused = super()._get_state(request, provider)
        self.adapter.nonce = (state or {}).get("nonce", "")  # type: ignore[attr-defined]
        return state, refused

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """An answer that is no answer is a refusal, like one that is not believed."""
        try:
            return super().dispatch(request, *args, **kwargs)
        except (
            NotBelieved,
            NoAnswer,
            OAuth2Error,
            TypeError,
            ValueError,
            LookupError,
            AttributeError,
        ) as error:
            return render_authentication_error(request, self.adapter.get_provider(), exception=error)
