"""The door: who is acting, from which seat; nothing opens without it unless the page says it is public."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django_htmx.http import HttpResponseClientRedirect

from backend.accounts import second_factor
from backend.audit import trail
from backend.core.actor import Actor
from backend.core.middleware import SAFE_METHODS
from backend.core.pages.keepers import SessionGap, kept_at_the_door, public
from backend.core.wall.reach import reach_of, within
from backend.organisations import seats

__all__ = [
    "SEAT_SESSION_KEY",
    "ActorMiddleware",
    "choose_seat",
    "public",
    "record_factor_added",
    "record_factor_removed",
    "record_factor_reset",
    "record_identity_linked",
    "record_identity_unlinked",
    "record_sign_in",
]

SEAT_SESSION_KEY = "seat"
_NOT_DONE = "Votre connexion s’était fermée : votre dernier geste n’est pas enregistré. Connectez-vous, puis refaites-le."


class ActorMiddleware:
    """Builds `request.actor` at each request, so that an ended membership closes every door at once.

    A session that has not proved all it must is nobody: `request.session_gap` says what it lacks.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Attach the actor of the session, None when nobody signed in, the session is half open or the seat ended."""
        is_in = request.user.is_authenticated and request.user.is_active
        actor = _actor_of(request) if is_in else None
        gap = second_factor.gap_of(request, actor) if is_in else None
        request.session_gap = gap  # type: ignore[attr-defined]
        request.actor = None if gap else actor  # type: ignore[attr-defined]
        with within(reach_of(request.actor)):  # type: ignore[attr-defined]
            return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Send strangers to the sign-in page; the API guards itself, with its own words."""
        if getattr(view, "is_public", False) or request.path.startswith("/api/"):
            return None
        if not request.user.is_authenticated:
            return _to_sign_in(request)
        gap: SessionGap | None = request.session_gap  # type: ignore[attr-defined]
        if gap is not None:
            return _mind(gap, request, view)
        if request.actor is None:  # type: ignore[attr-defined]
            return None if getattr(view, "opens_without_seat", False) else _seat_ended(request)
        return None


def _actor_of(request: HttpRequest) -> Actor | None:
    """The actor of the seat this session sits in; the first page of a session chooses the first seat."""
    key = request.session.get(SEAT_SESSION_KEY)
    actor = seats.actor_for(request.user, key)
    if actor is not None and key is None:
        choose_seat(request, actor.seat)
    return actor


def choose_seat(request: HttpRequest, seat_key: str) -> None:
    """Remember where this session sits."""
    request.session[SEAT_SESSION_KEY] = seat_key


def _mind(gap: SessionGap, request: HttpRequest, view: Callable[..., Any]) -> HttpResponse | None:
    """Lead a half-open session to what it lacks: set the second factor up, or sign in again and prove it."""
    if gap is SessionGap.SECOND_FACTOR_MISSING:
        opens = getattr(view, "opens_before_second_factor", False)
        return None if opens else redirect("mfa_activate_totp")
    logout(request)
    return _to_sign_in(request)


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page, then back to where the person was reading, or to the form they were sending."""
    kept = None
    if request.method not in SAFE_METHODS and (kept := kept_at_the_door(request)) is None:
        messages.warning(request, _NOT_DONE)
    if getattr(request, "htmx", False):
        here = kept or request.htmx.current_url_abs_path or resolve_url(settings.LOGIN_REDIRECT_URL)  # type: ignore[attr-defined]
        return HttpResponseClientRedirect(redirect_to_login(here, resolve_url(settings.LOGIN_URL)).url)
    here = (
        request.get_full_path()
        if request.method in SAFE_METHODS
        else kept or resolve_url(settings.LOGIN_REDIRECT_URL)
    )
    return redirect_to_login(here, resolve_url(settings.LOGIN_URL))


def _seat_ended(request: HttpRequest) -> HttpResponse:
    """Say that the role has ended, without any data; another seat may be chosen when there is one."""
    page = (
        "organisations/account/seat_ended.html" if seats.seats_of(request.user) else "web/errors/no_seat.html"
    )
    return render(request, page, status=403)


def record_sign_in(sender: Any, request: HttpRequest, user: Any, **kwargs: Any) -> None:
    """The trail says who signed in, and from which seat they start."""
    actor = seats.actor_for(user)
    if actor is not None:
        trail.record(actor, "session.opened")


def record_factor_added(
    sender: Any, request: HttpRequest, user: Any, authenticator: Any, **kwargs: Any
) -> None:
    """The trail says that an account has one more second factor, and of which kind."""
    _record_factor("second_factor.added", request, user, authenticator)


def record_factor_removed(
    sender: Any, request: HttpRequest, user: Any, authenticator: Any, **kwargs: Any
) -> None:
    """The same for one that its account removed."""
    _record_factor("second_factor.removed", request, user, authenticator)


def record_factor_reset(
    sender: Any, request: HttpRequest, user: Any, authenticator: Any, **kwargs: Any
) -> None:
    """The same for recovery codes drawn anew."""
    _record_factor("second_factor.renewed", request, user, authenticator)


def record_identity_linked(sender: Any, request: HttpRequest, sociallogin: Any, **kwargs: Any) -> None:
    """The trail says that a provider opens this account from now on."""
    _record_own("identity.linked", request, sociallogin.user)


def record_identity_unlinked(sender: Any, request: HttpRequest, socialaccount: Any, **kwargs: Any) -> None:
    """And that it no longer does."""
    _record_own("identity.unlinked", request, socialaccount.user)


def _record_factor(action: str, request: HttpRequest, user: Any, authenticator: Any) -> None:
    _record_own(action, request, user, kind=authenticator.type)


def _record_own(action: str, request: HttpRequest, user: Any, **detail: str) -> None:
    actor = seats.actor_for(user, request.session.get(SEAT_SESSION_KEY))
    if actor is not None:
        trail.record(actor, action, user, **detail)
