"""Links that choose a new password: good for an hour, and never past the moment when an account's doors were closed."""

from __future__ import annotations

from django.contrib.auth.tokens import PasswordResetTokenGenerator

from backend.accounts.models import User


class ResetLinks(PasswordResetTokenGenerator):
    """Django's own, bound besides to the moment since which sessions hold."""

    def _make_hash_value(self, user: User, timestamp: int) -> str:  # type: ignore[override]
        """What a link is bound to: when any of it changes, the link opens nothing."""
        since = user.sessions_valid_from
        return f"{super()._make_hash_value(user, timestamp)}{'' if since is None else since.timestamp()}"
