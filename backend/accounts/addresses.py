"""Whose an address is, as far as can be told."""

from __future__ import annotations

from allauth.account.models import EmailAddress

from backend.accounts.models import User


def mailbox_of(address: str) -> str:
    """The mailbox behind an address: case aside, and without the « +label » that leads to the same one."""
    local, at, domain = address.strip().lower().rpartition("@")
    return local.partition("+")[0] + at + domain


def is_own_address(user_id: int | None, address: str) -> bool:
    """Whether an address leads to somebody's own mailbox: the one they sign in with, or another tied to their account."""
    known = [*User.objects.filter(pk=user_id or 0).values_list("email", flat=True)]
    known += EmailAddress.objects.filter(user_id=user_id or 0).values_list("email", flat=True)
    return mailbox_of(address) in {mailbox_of(each) for each in known}
