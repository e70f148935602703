"""Who is calling the API: a session of the browser, or a token that sits in one seat."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from knox.auth import TokenAuthentication
from rest_framework import exceptions
from rest_framework.authentication import CSRFCheck, SessionAuthentication
from rest_framework.request import Request

from backend.core.actor import Actor
from backend.core.pages.keepers import SessionGap
from backend.core.wall.reach import reach_of, work_for

SEAT_ENDED = (
    "Ce rôle a pris fin. Demandez à la personne qui administre votre structure de vous inviter à nouveau."
)
UNKNOWN_KEY = "Ce jeton est inconnu, retiré ou hors délai. Créez-en un nouveau dans « Jetons d’API »."
NO_SECOND_FACTOR = "Activez d’abord votre second facteur : connectez-vous avec un navigateur."
NOT_PROVED = "Cette session n’a pas donné son second facteur. Connectez-vous à nouveau, avec votre code."
CSRF_MISSING = "La demande ne vient pas d’une page ouverte par vous. Rechargez la page, puis réessayez."

ActorOf = Callable[[Any, str | None], Actor | None]
HasFactor = Callable[[Any], bool]
_find_actor: list[ActorOf] = []
_has_factor: list[HasFactor] = []
_GAPS = {SessionGap.SECOND_FACTOR_MISSING: NO_SECOND_FACTOR, SessionGap.SECOND_FACTOR_NOT_PROVED: NOT_PROVED}


def actors_come_from(resolve: ActorOf) -> None:
    """Say how a user and a seat make an actor; called once, by the package that knows the seats."""
    _find_actor[:] = [resolve]


def second_factors_are_known_by(has_factor: HasFactor) -> None:
    """Say how to tell that an account has its second factor; called once, by the package that keeps accounts."""
    _has_factor[:] = [has_factor]


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
        actor = _find_actor[0](user, token.seat_key)
        if actor is not None and actor.is_professional and not _has_factor[0](user):
            raise _incomplete(SessionGap.SECOND_FACTOR_MISSING)
        _attach(request, actor)
        return user, token

    def _cleanup_token(self, auth_token: Any) -> bool:
        """Whether it is out of date; nothing is deleted here, since reading writes nothing."""
        return bool(auth_token.expiry and auth_token.expiry < timezone.now())


class SeatSessionAuthentication(SessionAuthentication):
    """The browser's session, from the seat chosen on the screens; unsafe methods prove their origin."""

    def authenticate(self, request: Request) -> tuple[Any, None] | None:
        """The signed-in user, with the actor that the door built if the session is complete."""
        http: HttpRequest = request._request
        user = getattr(http, "user", None)
        if user is None or not user.is_active:
            return None
        gap: SessionGap | None = getattr(http, "session_gap", None)
        if gap is not None:
            raise _incomplete(gap)
        self.enforce_csrf(request)
        _attach(request, getattr(http, "actor", None))
        return user, None

    def enforce_csrf(self, request: Request) -> None:
        """Refuse, in French, a change that our own page did not send."""
        check = CSRFCheck(lambda _: None)  # type: ignore[arg-type]
        check.process_request(request)
        if check.process_view(request, lambda _: HttpResponse(), (), {}):
            raise exceptions.PermissionDenied(CSRF_MISSING, code="csrf")


def _incomplete(gap: SessionGap) -> exceptions.AuthenticationFailed:
    return exceptions.AuthenticationFailed(_GAPS[gap], code=gap.value)


def _attach(request: Request, actor: Actor | None) -> None:
    """Set the actor on both requests, or refuse with 401 and a reason."""
    if actor is None:
        raise exceptions.AuthenticationFailed(SEAT_ENDED, code="seat_ended")
    request._request.actor = actor  # type: ignore[attr-defined]
    request.actor = actor  # type: ignore[attr-defined]
    work_for(reach_of(actor))
