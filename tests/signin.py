"""Sessions for tests: with the real forms when sign-in is the subject, at once when it is not."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from django.urls import reverse

from backend.accounts.models import User
from backend.organisations.middleware import SEAT_SESSION_KEY
from tests.factories import PASSWORD


def give_second_factor(user: User) -> Authenticator:
    """An application of codes already set up."""
    return TOTP.activate(user, generate_totp_secret()).instance


def sign_in(client: Client, user: User, *, seat: str | None = None) -> Client:
    """A signed-in session, second factor included, sitting in `seat` (a seat key) or the first one."""
    if not Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists():
        give_second_factor(user)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    if seat is not None:
        session = client.session
        session[SEAT_SESSION_KEY] = seat
        session.save()
    return client


def type_password(client: Client, email: str, password: str = PASSWORD, **extra: str):
    """The first step of signing in, as typed."""
    return client.post(reverse("account_login"), {"login": email, "password": password}, **extra)


def type_code(client: Client, code: str):
    """The second step, as typed."""
    return client.post(reverse("mfa_authenticate"), {"code": code})
