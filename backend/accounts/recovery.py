"""Doors that close from elsewhere: a lost phone, whose second factor is set up anew; a base that came back from the past."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.utils import timezone

from backend.accounts.models import OpenSession, SeatToken, User


def forget_second_factor(user: User) -> None:
    """Forget application, keys, recovery codes and linked identity, and end every session: who may ask for it is checked before.

    Sessions end with it because one left open on the lost phone could otherwise set the new factor up. Tokens of
    tools stay and open nothing until the account has a second factor again.
    """
    Authenticator.objects.filter(user=user).delete()
    SocialAccount.objects.filter(user=user).delete()
    user.sessions_valid_from = timezone.now()
    user.save(update_fields=["sessions_valid_from"])


def close_every_door() -> None:
    """End every session, every link that chooses a password and every key of a tool: none of them can be trusted any more."""
    OpenSession.objects.all().delete()
    SeatToken.objects.all().delete()
    User.objects.update(sessions_valid_from=timezone.now())
