"""Who is calling the API: a session of the browser, or a token that sits in one seat."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from knox.auth import TokenAuthentication
from rest_framework import exceptions
from rest_framework.authentication import CSRFCheck, SessionAuthentication
from rest_framework.request import Request

from backend.core.actor import Actor

SEAT_ENDED = (
    "Ce rôle a pris fin. Demandez à la personne qui administre votre structure de vous inviter à nouveau."
)
UNKNOWN_KEY = "Ce jeton est inconnu, retiré ou hors délai. Créez-en un nouveau dans « Jetons d’API »."
NO_SECOND_FACTOR = "Activez d’abord votre second facteur : connectez-vous avec un navigateur."
CSRF_MISSING = "La demande ne vient pas d’une page ouverte par vous. Rechargez la page, puis réessayez."

ActorOf = Callable[[Any, str | None], Actor | None]
_find_actor: list[ActorOf] = []


def actors_come_from(resolve: ActorOf) -> None:
    """Say how a user and a seat make an actor; called once, by the package that knows the seats."""
    _find_actor[:] = [resolve]


class SeatTokenAuthentication(TokenAuthentication):
    """`Authorization: Token …`: refused within the second when the seat ends or the token is revoked."""

    def authenticate(self, request: Request) -> tuple[Any, Any] | None:
        """User and token, with the actor of the token's own seat attached to the request."""
        try:
            found = super().authenticate(request)
        except (exceptions.AuthenticationFailed, UnicodeDecodeError) as error:
            raise exceptions.AuthenticationFailed(UNKNOWN_KEY, code="bad_token") from error
        if found is None:
            return None
        user, token = found
        _attach(request, user, _find_actor[0](user, token.seat_key))
        return user, token

    def _cleanup_token(self, auth_token: Any) -> bool:
        """Whether it is out of date; nothing is deleted here, since reading writes nothing."""
        return bool(auth_token.expiry and auth_token.expiry < timezone.now())


class SeatSessionAuthentication(SessionAuthentication):
    """The browser's session, from the seat chosen on the screens; unsafe methods prove their origin."""

    def authenticate(self, request: Request) -> tuple[Any, None] | None:
        """The signed-in user, with the actor that the door already built."""
        http: HttpRequest = request._request
        user = getattr(http, "user", None)
        if user is None or not user.is_active:
            return None
        self.enforce_csrf(request)
        _attach(request, user, getattr(http, "actor", None))
        return user, None

    def enforce_csrf(self, request: Request) -> None:
        """Refuse, in French, a change that our own page did not send."""
        check = CSRFCheck(lambda _: None)  # type: ignore[arg-type]
        check.process_request(request)
        if check.process_view(request, lambda _: HttpResponse(), (), {}):
            raise exceptions.PermissionDenied(CSRF_MISSING, code="csrf")


def _attach(request: Request, user: Any, actor: Actor | None) -> None:
    """Set the actor on both requests, or refuse with 401 and a reason."""
    if actor is None:
        raise exceptions.AuthenticationFailed(SEAT_ENDED, code="seat_ended")
    if actor.is_professional and not _has_second_factor(user):
        raise exceptions.AuthenticationFailed(NO_SECOND_FACTOR, code="second_factor_missing")
    request._request.actor = actor  # type: ignore[attr-defined]
    request.actor = actor  # type: ignore[attr-defined]


def _has_second_factor(user: Any) -> bool:
    return bool(Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists())
