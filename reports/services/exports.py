"""Exports prepared in the background: asked for, written apart, shown whole or not at all."""

from __future__ import annotations

import os
import secrets
from collections.abc import Generator, Mapping
from contextlib import closing
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from backend.audit import trail
from backend.audit.answers import numbers_of_people
from backend.core import jobs
from backend.core.actor import Actor
from backend.core.errors import DomainError, NotPermitted
from backend.core.tables.exports import CSV_ENCODING, write_csv, write_xlsx
from backend.core.wall.reach import reach_of, within
from backend.organisations import seats
from reports.exports import EXPORT_KINDS, Prepared
from reports.models import ExportJob
from reports.models.export_job import ExportFormat, ExportStatus

CHECKPOINT_ROWS = 500
"""Progress and life are written down each time this many rows are."""
LOST_AFTER = timedelta(minutes=4)
"""A preparation silent for this long is over: with a look every five minutes, it ends in less than ten."""

NO_LONGER_YOURS = "Vos droits ont changé depuis la demande : l’export n’a pas été préparé."
FAILED = "La préparation a échoué. Relancez l’export ; si cela recommence, prévenez l’administration."
WORDS = jobs.Words(
    waiting="Le service de préparation ne répond pas : l’export sera préparé dès que possible.",
    interrupted="La préparation s’est interrompue. Relancez l’export.",
    too_long="La préparation a pris trop de temps. Choisissez une période plus courte.",
    failed=FAILED,
)
TASK = "reports.prepare_export"


@transaction.atomic
def request_export(*, actor: Actor, kind: str, format: str, parameters: Mapping[str, Any]) -> ExportJob:
    """Record the wish, then tell the workers once it is sure to be kept.

    Asking again while the same export is on its way gives it back.
    """
    found = EXPORT_KINDS.get(kind)
    if found is None or format not in ExportFormat.values:
        raise DomainError(
            "unknown_export", "Cet export n’existe pas. Choisissez CSV ou Excel.", field="format"
        )
    if actor.user_id is None or not found.may(actor):
        raise NotPermitted(
            "not_yours", "Seule l’équipe qui accompagne ces personnes peut exporter leurs sorties."
        )
    kept = found.check(actor, parameters)
    same = ExportJob.objects.visible_to(actor).filter(kind=kind, format=format, parameters=kept)
    on_its_way: ExportJob | None = same.filter(status__in=jobs.UNFINISHED).first()
    if on_its_way is not None:
        return on_its_way
    job = ExportJob(user_id=actor.user_id, seat=actor.seat, kind=kind, format=format, parameters=kept)
    job.full_clean()
    job.save()
    trail.record(actor, "export.requested", job, kind=kind, format=format, **kept)
    transaction.on_commit(partial(dispatch, job))
    return job


def dispatch(job: ExportJob) -> bool:
    """Send the number of the job to the workers; False when the broker does not answer."""
    return jobs.send(TASK, job, WORDS)


def prepare_export(*, job_id: str) -> bool:
    """Write the file of a waiting job; False when there is nothing (or nothing any more) to do."""
    job = jobs.take(ExportJob, job_id)
    if job is None:
        return False
    partial_file = _partial(job)
    try:
        with jobs.end_always_said(job, WORDS):
            actor = _actor_again(job)
            with within(reach_of(actor)):
                name = _write(actor, job, partial_file)
            _publish(actor, job, partial_file, name)
    finally:
        partial_file.unlink(missing_ok=True)
    return True


def give_up_on_lost_exports(*, now: datetime | None = None) -> int:
    """Begin again the preparations that went silent, end those that always stop, send what nobody took; how many ended."""
    now = now or timezone.now()
    again = jobs.restart_lost(ExportJob, silent_for=LOST_AFTER, now=now)
    ended = jobs.end_lost(ExportJob, WORDS, silent_for=LOST_AFTER, now=now)
    for job in [*again, *ended]:
        _partial(job).unlink(missing_ok=True)
    jobs.send_waiting(ExportJob, TASK, WORDS, now=now)
    return len(ended)


def purge_old_exports(*, now: datetime | None = None) -> int:
    """Delete the files that can no longer be downloaded, and those no job knows; how many."""
    now = now or timezone.now()
    live = ExportJob.objects.filter(status=ExportStatus.READY, finished_at__gte=now - jobs.FILES_KEPT_FOR)
    kept = set(live.values_list("file_name", flat=True))
    kept |= {_partial(job).name for job in ExportJob.objects.filter(status=ExportStatus.RUNNING)}
    deleted = 0
    for file in _folder().iterdir():
        if file.name not in kept and file.stat().st_mtime < (now - LOST_AFTER).timestamp():
            file.unlink(missing_ok=True)
            deleted += 1
    return deleted


def forget_exports() -> None:
    """Take away every file, those being made too: made before somebody was erased, it may name them."""
    jobs.interrupt(ExportJob, WORDS)  # first: one that ends meanwhile is among those taken away
    made = ExportJob.objects.filter(status=ExportStatus.READY).exclude(file_name="")
    names = list(made.values_list("file_name", flat=True))
    made.update(file_name="", message="Une personne a été effacée depuis : demandez cet export à nouveau.")
    for name in names:
        (_folder() / name).unlink(missing_ok=True)


def download_export(*, actor: Actor, job: ExportJob) -> Path | None:
    """The file of a finished export, recorded in the trail; None when it may not, or no longer, be taken."""
    kind = EXPORT_KINDS.get(job.kind)
    if kind is None or not kind.may(actor) or not is_available(job):
        return None
    if not ExportJob.objects.visible_to(actor).filter(pk=job.pk).exists():
        return None
    file = _folder() / job.file_name
    if not file.is_file():
        return None
    people = kind.people(actor, kind.check(actor, job.parameters))
    trail.record(
        actor, "export.downloaded", job, kind=job.kind, rows=job.rows_done, **numbers_of_people(people)
    )
    return file


def is_available(job: ExportJob, *, now: datetime | None = None) -> bool:
    """Whether the file is there to be taken."""
    if job.status != ExportStatus.READY or job.finished_at is None or not job.file_name:
        return False
    return job.finished_at >= (now or timezone.now()) - jobs.FILES_KEPT_FOR


def _folder() -> Path:
    folder = Path(settings.EXPORT_DIR)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _partial(job: ExportJob) -> Path:
    """What is being written by this very try: a worker thought dead that comes back finds its own, not the next one's."""
    return _folder() / f".{job.pk}-{job.restarts}.part"


def _actor_again(job: ExportJob) -> Actor:
    """The seat that asked, as it is now; refused when it has ended or may no longer export."""
    actor = seats.actor_again(job.user, job.seat)
    kind = EXPORT_KINDS.get(job.kind)
    if actor is None or kind is None or not kind.may(actor):
        raise DomainError("no_longer_authorised", NO_LONGER_YOURS)
    return actor


def _write(actor: Actor, job: ExportJob, file: Path) -> str:
    """Write the partial file row by row, leaving signs of life; the random name it will be published under."""
    kind = EXPORT_KINDS[job.kind]
    prepared = kind.prepare(actor, kind.check(actor, job.parameters))
    jobs.checkpoint(job, rows_total=prepared.rows)
    with closing(_rows_written(job, prepared, file)) as written:
        for done, _ in enumerate(written, start=1):
            if done % CHECKPOINT_ROWS == 0:
                jobs.checkpoint(job, rows_done=min(done, prepared.rows))
    jobs.checkpoint(job, rows_done=prepared.rows)
    return f"{kind.file_stem}-{secrets.token_urlsafe(24)}.{job.format}"


def _rows_written(job: ExportJob, prepared: Prepared, file: Path) -> Generator[None]:
    if job.format == ExportFormat.XLSX:
        yield from write_xlsx(file, prepared.sheets)
        return
    sheet = prepared.sheets[0]
    with file.open("w", encoding=CSV_ENCODING, newline="") as written:
        yield from write_csv(written, sheet.columns, sheet.rows)


@transaction.atomic
def _publish(actor: Actor, job: ExportJob, partial_file: Path, name: str) -> None:
    """Show the finished file: one rename, and one row, or neither."""
    file = _folder() / name
    with partial_file.open("rb") as written:
        os.fsync(written.fileno())
    jobs.finish(job, file_name=name)
    partial_file.replace(file)
    trail.record(actor, "export.prepared", job, kind=job.kind, format=job.format)
