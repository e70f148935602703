"""What the workers do for the mail: each entry calls one function."""

from __future__ import annotations

from celery import shared_task

from backend.mail import delivery

SOFT_LIMIT, HARD_LIMIT = 60, 90  # seconds: a server that speaks one letter at a time does not keep a worker


@shared_task(name="mail.deliver", soft_time_limit=SOFT_LIMIT, time_limit=HARD_LIMIT)
def deliver(number: int) -> None:
    """Try one message."""
    delivery.deliver(number)


@shared_task(name="mail.sweep")
def sweep() -> None:
    """Hand over what waits for its next attempt, or was never given to the broker."""
    delivery.sweep()


@shared_task(name="mail.forget_old_messages")
def forget_old_messages() -> None:
    """Delete the messages whose time is over."""
    delivery.forget_old_messages()
