"""What a backup must not bring back to life: what was open that day may have been closed since, for good reasons."""

from __future__ import annotations

from backend.accounts.recovery import close_every_door
from backend.core.jobs import UNFINISHED, fail, kinds
from backend.mail.outbox import forget_waiting
from backend.organisations.services import withdraw_everything

UNREVIVED = "Une sauvegarde est revenue entre-temps : recommencez si vous en avez encore besoin."


def close_what_was_open() -> None:
    """Sessions, keys of tools, links, offers, messages to send and unfinished jobs: each is asked for again."""
    close_every_door()
    withdraw_everything()
    forget_waiting()
    for kind in kinds():
        for job in kind._default_manager.filter(status__in=UNFINISHED):
            fail(job, UNREVIVED)
