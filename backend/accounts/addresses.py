"""Whose an address is, as far as can be told."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.utils import timezone

from backend.accounts.models import User


def mailbox_of(address: str) -> str:
    """The mailbox behind an address: case aside, and without the « +label » that leads to the same one."""
    local, at, domain = address.strip().lower().rpartition("@")
    return local.partition("+")[0] + at + domain


def prove_address(user: User) -> None:
    """Remember that a link sent to the address of this account was opened by whoever signs in with it."""
    if user.address_proven_at is None:
        user.address_proven_at = timezone.now()
        user.save(update_fields=["address_proven_at"])


def is_proven_address(user_id: int | None, address: str) -> bool:
    """Whether an address is somebody's own, and they have shown that they read what is sent to theirs."""
    proven = User.objects.filter(pk=user_id or 0, address_proven_at__isnull=False)
    return proven.exists() and is_own_address(user_id, address)


def is_own_address(user_id: int | None, address: str) -> bool:
    """Whether an address leads to somebody's own mailbox: the one they sign in with, or another tied to their account."""
    known = [*User.objects.filter(pk=user_id or 0).values_list("email", flat=True)]
    known += EmailAddress.objects.filter(user_id=user_id or 0).values_list("email", flat=True)
    return mailbox_of(address) in {mailbox_of(each) for each in known}
