"""What a job prepares and seals: a file of a few days whose bytes are read with a key that only its own row holds."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypeVar

from django.db import models, transaction
from django.utils import timezone

from backend.core import jobs
from backend.core.jobs import FILES_KEPT_FOR, BackgroundJob, JobStatus
from backend.core.sealing.encryption import EncryptedTextField
from backend.core.values.dates import instant_after
from backend.files import vault

J = TypeVar("J", bound="SealedJob")


class SealedJob(BackgroundJob):
    """A file prepared apart; the bytes stand sealed, their key in this row."""

    place = models.CharField("emplacement", max_length=80, blank=True, editable=False)
    sealed_key = EncryptedTextField("clé de ce fichier", blank=True, editable=False)
    size = models.PositiveIntegerField("octets", default=0, editable=False)

    class Meta:
        abstract = True

    @property
    def kept_until(self) -> datetime | None:
        """The instant from which it can no longer be taken; None while it is not ready."""
        return None if self.finished_at is None else instant_after(self.finished_at, FILES_KEPT_FOR)

    @property
    def is_available(self) -> bool:
        """Whether it can be taken now."""
        until = self.kept_until
        return (
            self.status == JobStatus.READY
            and bool(self.place)
            and until is not None
            and timezone.now() < until
        )


def publish(job: SealedJob, content: bytes, **outcome: Any) -> None:
    """Seal the file and end its job well: both, or neither; in the caller’s transaction."""
    place, key = vault.put(content)
    try:
        jobs.finish(job, place=place, sealed_key=key, size=len(content), **outcome)
    except BaseException:
        vault.drop(place)
        raise


def bytes_of(job: SealedJob) -> bytes | None:
    """The file; None when it is not, or no longer, there."""
    if not job.is_available:
        return None
    try:
        return vault.get(job.place, str(job.sealed_key))
    except vault.Lost:
        return None


def forget(files: models.QuerySet[J]) -> int:
    """Take these files away once that is kept, their rows stay; how many."""
    places = list(files.exclude(place="").values_list("place", flat=True))
    for place in places:
        files.model._default_manager.filter(place=place).update(place="", sealed_key="", size=0)
        transaction.on_commit(partial(vault.drop, place))
    return len(places)


def forget_old(model: type[J]) -> int:
    """Take away the files whose time is over; how many."""
    return forget(model._default_manager.filter(finished_at__lt=timezone.now() - FILES_KEPT_FOR))


def give_up_on_lost(model: type[J], task: str, words: jobs.Words, *, silent_for: timedelta) -> int:
    """Begin again the preparations that went silent, end those that always stop, send what nobody took; how many ended."""
    now = timezone.now()
    jobs.restart_lost(model, silent_for=silent_for, now=now)
    ended = jobs.end_lost(model, words, silent_for=silent_for, now=now)
    jobs.send_waiting(model, task, words, now=now)
    return len(ended)
