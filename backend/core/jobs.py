"""Work done apart, while the person does something else: taken once, begun again when its worker dies, its end always said.

A message carries the number of a job and nothing else. Whoever receives it rebuilds the seat that asked and
checks its rights again; a message delivered twice finds the job already taken and does nothing.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Self, TypeVar

from celery import Celery, current_app
from celery.exceptions import SoftTimeLimitExceeded
from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from kombu.exceptions import OperationalError

from backend.core.actor import Actor
from backend.core.errors import DomainError

logger = logging.getLogger(__name__)

SEND_AGAIN_AFTER = timedelta(minutes=1)
FORGET_AFTER = timedelta(days=2)
MOST_RESTARTS = 3
"""Beyond, it is no accident: what stops its worker each time would stop it for ever."""
FILES_KEPT_FOR = timedelta(days=7)
"""How long what a job made (an export, the report of an import) can be read before it is deleted."""


class JobStatus(models.TextChoices):
    """Where a job stands."""

    QUEUED = "EN_ATTENTE", "En attente"
    RUNNING = "EN_COURS", "En préparation"
    READY = "PRET", "Prêt"
    FAILED = "ECHEC", "Échec"


UNFINISHED = (JobStatus.QUEUED, JobStatus.RUNNING)
FINISHED = (JobStatus.READY, JobStatus.FAILED)


class JobQuerySet(models.QuerySet[Any]):
    """Jobs asked for."""

    def visible_to(self, actor: Actor) -> Self:
        """One's own, asked from the same seat."""
        if actor.is_operator:
            return self
        if actor.user_id is None:
            return self.none()
        return self.filter(user_id=actor.user_id, seat=actor.seat)


class BackgroundJob(models.Model):
    """Asked from one seat; the worker rebuilds that seat and checks its rights again before it starts."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="demandé par", on_delete=models.PROTECT, related_name="+"
    )
    seat = models.CharField("siège", max_length=60)
    status = models.CharField("état", max_length=10, choices=JobStatus, default=JobStatus.QUEUED)
    rows_done = models.PositiveIntegerField("lignes écrites", default=0)
    rows_total = models.PositiveIntegerField("lignes à écrire", default=0)
    message = models.CharField("message", max_length=300, blank=True)
    created_at = models.DateTimeField("demandé le", auto_now_add=True)
    heartbeat_at = models.DateTimeField("dernier signe de vie", null=True, blank=True)
    finished_at = models.DateTimeField("terminé le", null=True, blank=True)
    restarts = models.PositiveSmallIntegerField("reprises après un arrêt", default=0, db_default=0)

    class Meta:
        abstract = True

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen by itself."""
        return self.status in FINISHED


def kinds() -> list[type[BackgroundJob]]:
    """Every table of jobs."""
    return [model for model in apps.get_models() if issubclass(model, BackgroundJob)]


J = TypeVar("J", bound=BackgroundJob)


class GivenUp(Exception):
    """The job was given up while it was under way: nothing of it must appear."""


@dataclass(frozen=True, slots=True)
class Words:
    """What the person reads when their job could not be sent, or did not end well."""

    waiting: str
    interrupted: str
    too_long: str
    failed: str


def _rows(job: J) -> models.QuerySet[J]:
    """The row, as long as this worker holds it: one thought dead that comes back finds it taken by another."""
    return type(job)._default_manager.filter(pk=job.pk, restarts=job.restarts)


def silence_of(app: Celery) -> tuple[type[Exception], ...]:
    """Whatever keeps a broker from taking a message: nobody there, no answer in time, a door closed to us.

    RabbitMQ refuses an account or a full disk by errors of its own, which kombu hands on as they are.
    """
    line = app.connection_for_write()
    return (OperationalError, OSError, *line.connection_errors, *line.channel_errors)


def send(task: str, job: BackgroundJob, words: Words) -> bool:
    """Send the number of the job to the workers; False when the broker does not answer, said on the job."""
    try:
        current_app.send_task(task, args=[str(job.pk)])
    except silence_of(current_app):
        logger.warning("%s %s could not be sent to the broker", job._meta.model_name, job.pk)
        _rows(job).filter(status=JobStatus.QUEUED).update(message=words.waiting)
        return False
    return True


def take(model: type[J], job_id: str) -> J | None:
    """The job, taken by this call alone: of several deliveries, one changes the row and goes on."""
    try:
        number = uuid.UUID(job_id)
    except (ValueError, AttributeError, TypeError):
        logger.error("a job was asked for without its number")
        return None
    taken = model._default_manager.filter(pk=number, status=JobStatus.QUEUED).update(
        status=JobStatus.RUNNING, heartbeat_at=timezone.now(), message="", rows_done=0
    )
    return model._default_manager.select_related("user").get(pk=number) if taken else None


def checkpoint(job: BackgroundJob, **progress: int) -> None:
    """A sign of life; stops the work when someone gave up on it."""
    if not _rows(job).filter(status=JobStatus.RUNNING).update(heartbeat_at=timezone.now(), **progress):
        raise GivenUp


def finish(job: BackgroundJob, **outcome: Any) -> None:
    """End a job well; stops instead when someone gave up on it."""
    ready = _rows(job).filter(status=JobStatus.RUNNING)
    if not ready.update(status=JobStatus.READY, finished_at=timezone.now(), **outcome):
        raise GivenUp


def fail(job: BackgroundJob, message: str) -> int:
    """End a job that waits or runs, saying why; 0 when it had already ended."""
    unfinished = _rows(job).filter(status__in=UNFINISHED)
    return unfinished.update(status=JobStatus.FAILED, message=message, finished_at=timezone.now())


@contextmanager
def end_always_said(job: BackgroundJob, words: Words) -> Generator[None]:
    """Whatever happens inside, the person who waits is told."""
    try:
        yield
    except GivenUp:
        logger.warning("%s %s was given up while it was under way", job._meta.model_name, job.pk)
    except DomainError as error:
        fail(job, error.message)
    except SoftTimeLimitExceeded:
        fail(job, words.too_long)
    except Exception as error:  # noqa: BLE001 (whatever happens, the person who waits is told)
        logger.error("%s %s failed: %s", job._meta.model_name, job.pk, type(error).__name__)
        fail(job, words.failed)


def _silent(model: type[J], silent_for: timedelta, now: datetime) -> models.QuerySet[J]:
    """Jobs under way that said nothing for long; a sign from later than now was made before the clock went back."""
    is_far = Q(heartbeat_at__lt=now - silent_for) | Q(heartbeat_at__gt=now + silent_for)
    return model._default_manager.filter(is_far, status=JobStatus.RUNNING)


def restart_lost(model: type[J], *, silent_for: timedelta, now: datetime) -> list[J]:
    """Have the jobs that went silent wait again for a worker, a few times each; those that do (`send_waiting` sends them).

    What one stored before it died is found again by the next, or made again whole, and never shown twice.
    """
    silent = _silent(model, silent_for, now).filter(restarts__lt=MOST_RESTARTS)
    return [job for job in silent if _restart(job)]


def _restart(job: BackgroundJob) -> bool:
    held = _rows(job).filter(status=JobStatus.RUNNING, heartbeat_at=job.heartbeat_at)
    is_sent_again = bool(held.update(status=JobStatus.QUEUED, restarts=job.restarts + 1))
    if is_sent_again:
        logger.warning("%s %s went silent, and waits for another worker", job._meta.model_name, job.pk)
    return is_sent_again


def end_lost(model: type[J], words: Words, *, silent_for: timedelta, now: datetime) -> list[J]:
    """End the jobs that went silent or that nobody took for days; the ones ended."""
    running = _silent(model, silent_for, now)
    forgotten = model._default_manager.filter(status=JobStatus.QUEUED, created_at__lt=now - FORGET_AFTER)
    return [job for job in [*running, *forgotten] if fail(job, words.interrupted)]


def interrupt(model: type[J], words: Words) -> int:
    """End the jobs under way: what they read a moment ago may no longer be told; how many."""
    return sum(
        fail(job, words.interrupted) for job in model._default_manager.filter(status=JobStatus.RUNNING)
    )


def send_waiting(model: type[J], task: str, words: Words, *, now: datetime) -> None:
    """Send again the jobs nobody took, oldest first, until the broker stops answering."""
    asked = Q(created_at__lt=now - SEND_AGAIN_AFTER) | Q(
        created_at__gt=now + SEND_AGAIN_AFTER
    )  # the clock went back
    waiting = model._default_manager.filter(asked, status=JobStatus.QUEUED)
    for job in waiting.order_by("created_at"):
        if not send(task, job, words):
            break
