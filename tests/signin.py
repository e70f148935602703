"""Sessions for tests: with the real forms when sign-in is the subject, at once when it is not."""

from __future__ import annotations

from datetime import UTC, datetime

from allauth.mfa.models import Authenticator
from django.http import HttpRequest
from django.test import Client
from django.urls import reverse

from backend.accounts.allauth_seams import proofs_of, prove, set_up_application
from backend.accounts.models import User
from backend.organisations.middleware import SEAT_SESSION_KEY
from tests.factories import PASSWORD

LONG_AGO = datetime(2024, 1, 8, tzinfo=UTC)
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def give_second_factor(user: User) -> Authenticator:
    """An application of codes set up long ago, whatever day the clock of the test says."""
    authenticator = set_up_application(user)
    authenticator.created_at = LONG_AGO
    authenticator.save(update_fields=["created_at"])
    return authenticator


def sign_in(client: Client, user: User, *, seat: str | None = None) -> Client:
    """A signed-in session, second factor included, sitting in `seat` (a seat key) or the first one."""
    if not Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists():
        give_second_factor(user)
    client.force_login(user, backend=BACKEND)
    pass_second_factor(client, user)
    if seat is not None:
        session = client.session
        session[SEAT_SESSION_KEY] = seat
        session.save()
    return client


def pass_second_factor(client: Client, user: User) -> None:
    """This browser's session has proved the account's second factor, when it has one; clocks of tests may jump."""
    authenticator = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    if authenticator is None:
        return
    request = HttpRequest()
    request.session, request.user = client.session, user
    prove(request, authenticator)
    proof = proofs_of(request)[-1]
    proof["at"] = max(proof["at"], authenticator.created_at.timestamp())
    request.session.save()


def type_password(client: Client, email: str, password: str = PASSWORD, **extra: str):
    """The first step of signing in, as typed."""
    return client.post(reverse("account_login"), {"login": email, "password": password}, **extra)


def type_code(client: Client, code: str):
    """The second step, as typed."""
    return client.post(reverse("mfa_authenticate"), {"code": code})
