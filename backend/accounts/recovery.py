"""A lost phone and lost recovery codes: the second factor is forgotten, and set up anew at the next sign-in."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.utils import timezone

from backend.accounts.models import User


def forget_second_factor(user: User) -> None:
    """Forget application and recovery codes, and end every session: who may ask for it is checked before.

    Sessions end with it because one left open on the lost phone could otherwise set the new factor up. Tokens of
    tools stay and open nothing until the account has a second factor again.
    """
    Authenticator.objects.filter(user=user).delete()
    user.sessions_valid_from = timezone.now()
    user.save(update_fields=["sessions_valid_from"])
