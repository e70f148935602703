"""A sign-in that failed leaves a line in the trail: which account was aimed at, if there is one, never what was typed."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from backend.accounts.lockout import client_address
from backend.accounts.models import User
from backend.audit.answers import line, write_some

FAILED = "session.refused"


def write_down(
    sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any
) -> None:
    """One question and one line, the same for a known and an unknown address; some a minute for whoever knocks.

    Where it came from stays in memory, to count by: the trail does not keep it.
    """
    typed = str(credentials.get("login") or credentials.get("email") or credentials.get("username") or "")
    aimed_at = User.objects.filter(email=typed.strip().lower()).values_list("pk", flat=True).first()
    knocks = f"door:{client_address(request) if request else ''}"
    write_some(knocks, line(None, FAILED, user_id=aimed_at, known=aimed_at is not None))
