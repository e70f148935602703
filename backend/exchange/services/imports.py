"""Spreadsheets brought in from the screen: received, checked without keeping anything, then taken in.

What was sent stays in a folder of the job, readable by nobody else, and leaves it as soon as the import is done.
"""

from __future__ import annotations

import csv
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from backend.audit import trail
from backend.core import jobs
from backend.core.actor import Actor
from backend.core.errors import DomainError, NotPermitted, ensure
from backend.core.jobs import JobStatus
from backend.core.tables import rehearsal
from backend.core.wall.reach import reach_of, within
from backend.exchange.importing import memory
from backend.exchange.matching.applying import Choice
from backend.exchange.matching.sending import Matched, Sent, sent_tables, to_match
from backend.exchange.models import ImportJob
from backend.exchange.permissions import may_import
from backend.exchange.report import Report, in_reading_order, said_once
from backend.exchange.scope import Scope
from backend.exchange.services import columns, folders
from backend.exchange.services.bundles import import_bundle
from backend.exchange.services.line_by_line import tables_of, write_workbook
from backend.exchange.services.sent_files import checked_names
from backend.exchange.services.their_words import in_their_words
from backend.organisations import seats
from backend.organisations.models import Organisation

TASK = "exchange.run_import"
LOST_AFTER = timedelta(minutes=7)
"""A check keeps nothing, signs of life included: longer than the hard limit of any task, so that nobody works any more."""
TO_CONFIRM_FOR = timedelta(hours=24)
"""How long what was checked waits for its owner."""
SHOWN_FAULTS = 50
SENT, REPORT, FIRST_FAULTS, NOTICES = "recus", "rapport.csv", "premiers.csv", "avis.csv"

NOT_YOURS = "Seule la personne responsable de cette structure peut y reprendre des tableurs."
NO_LONGER_YOURS = "Vos droits ont changé depuis la demande : rien n’a été enregistré."
WORDS = jobs.Words(
    waiting="Le service de préparation ne répond pas : vos fichiers seront lus dès que possible.",
    interrupted=(
        "La lecture s’est interrompue plusieurs fois. Envoyez à nouveau les mêmes fichiers : ce qui est déjà enregistré "
        "ne le sera pas deux fois."
    ),
    too_long=(
        "La lecture a pris trop de temps. Envoyez moins de lignes à la fois : ce qui est déjà enregistré "
        "ne le sera pas deux fois."
    ),
    failed=(
        "La lecture a échoué. Envoyez à nouveau les mêmes fichiers ; si cela recommence, prévenez "
        "l’administration."
    ),
)


def request_import(
    *, actor: Actor, organisation: Organisation, files: Sequence[UploadedFile], is_dry_run: bool = True
) -> ImportJob:
    """Receive the files, then tell the workers once they are sure to be kept."""
    if actor.user_id is None or not may_import(actor, organisation):
        raise NotPermitted("not_yours", NOT_YOURS)
    names = checked_names(files)
    job = ImportJob(user_id=actor.user_id, seat=actor.seat, organisation=organisation, is_dry_run=is_dry_run)
    try:
        _receive(job, dict(zip(names, files, strict=True)))
        folders.write(
            job,
            folders.NAMES,
            {kept: Path(file.name or kept).name for kept, file in zip(names, files, strict=True)},
        )
        with transaction.atomic():
            job.full_clean()
            job.save()
            trail.record(actor, "import.requested", job, structure=organisation.pk, files=len(files))
            transaction.on_commit(partial(jobs.send, TASK, job, WORDS))
    except BaseException:
        _forget(job)
        raise
    return job


@transaction.atomic
def confirm_import(*, actor: Actor, job: ImportJob, decisions: Mapping[str, str] | None = None) -> ImportJob:
    """Take in for real the files just checked, known values changed or kept as decided; asked twice, it is done once.

    `decisions`: « fichier » or « ici » for a line and a column (« salaries.csv:12:telephone ») or a whole column
    (« salaries.csv::telephone »).
    """
    job = _own(actor, job)
    if not job.is_dry_run:
        return job
    ensure(may_import(actor, job.organisation), "not_yours", NOT_YOURS)
    if not can_be_confirmed(job):
        raise DomainError(
            "nothing_to_import",
            "Ces fichiers ne sont plus là. Envoyez-les à nouveau : rien n’a été enregistré.",
        )
    job.is_dry_run, job.status, job.finished_at, job.rows_done = False, JobStatus.QUEUED, None, 0
    job.save(update_fields=["is_dry_run", "status", "finished_at", "rows_done"])
    folders.write(job, folders.DECISIONS, dict(decisions or {}))
    trail.record(
        actor, "import.confirmed", job, structure=job.organisation_id, decisions=len(decisions or {})
    )
    transaction.on_commit(partial(jobs.send, TASK, job, WORDS))
    return job


def run_import(*, job_id: str) -> bool:
    """Check, or take in, what a waiting job received; False when there is nothing (or nothing more) to do."""
    job = jobs.take(ImportJob, job_id)
    if job is None:
        return False
    try:
        with jobs.end_always_said(job, WORDS):
            actor = _actor_again(job)
            sent = sent_tables(_folder(job) / SENT, folders.names_of(job))
            asked = to_match(sent)
            if asked:
                columns.ask(job, sent)
            choices = columns.choices_of(job, asked)
            if choices is None:
                jobs.finish(job, needs_columns=True)
            else:
                with within(replace(reach_of(actor), sender=Scope(job.organisation_id).prefix)):
                    report = _run(actor, job, sent, choices)
                _publish(actor, job, report, sent, choices)
    finally:
        left = ImportJob.objects.get(pk=job.pk)
        if left.is_over and not is_kept(left):
            _forget_sent(job)
    return True


def give_up_on_lost_imports(*, now: datetime | None = None) -> int:
    """Send again the imports that went silent and the ones nobody took, end those that always stop; how many ended.

    What one stored before it was killed is found again by the next, which keeps it as it is and stores the rest.
    """
    now = now or timezone.now()
    jobs.restart_lost(ImportJob, silent_for=LOST_AFTER, now=now)
    ended = jobs.end_lost(ImportJob, WORDS, silent_for=LOST_AFTER, now=now)
    for job in ended:
        _forget_sent(job)
    jobs.send_waiting(ImportJob, TASK, WORDS, now=now)
    return len(ended)


def purge_old_imports(*, now: datetime | None = None) -> int:
    """Delete what waited too long for its owner, and the reports whose time is over; how many folders."""
    now = now or timezone.now()
    known = {
        str(job.pk): job for job in ImportJob.objects.filter(created_at__gte=now - 2 * jobs.FILES_KEPT_FOR)
    }
    memory.forget_the_gone()
    rehearsal.sweep()
    deleted = 0
    for folder in _root().iterdir():
        job = known.get(folder.name)
        if job is None or (job.finished_at and job.finished_at < now - jobs.FILES_KEPT_FOR):
            deleted += _deleted_if_old(folder, now)
        elif job.is_over and not is_kept(job, now=now):
            _forget_sent(job)
    return deleted


def forget_files_sent() -> int:
    """Take away the files and reports of every import that is over; how many. One under way keeps its own."""
    running = {
        str(pk) for pk in ImportJob.objects.filter(status__in=jobs.UNFINISHED).values_list("pk", flat=True)
    }
    over = [folder for folder in _root().iterdir() if folder.name not in running]
    return sum(_deleted_if_old(folder, timezone.now()) for folder in over)


def can_be_confirmed(job: ImportJob, *, now: datetime | None = None) -> bool:
    """Whether what was checked is still there to be taken in."""
    return not job.needs_columns and is_kept(job, now=now)


def is_kept(job: ImportJob, *, now: datetime | None = None) -> bool:
    """Whether what was sent still waits for an answer: its columns, or the yes."""
    if not job.is_dry_run or job.status != JobStatus.READY or job.finished_at is None:
        return False
    is_fresh = job.finished_at >= (now or timezone.now()) - TO_CONFIRM_FOR
    return is_fresh and (_folder(job) / SENT).is_dir()


def has_report(job: ImportJob, *, now: datetime | None = None) -> bool:
    """Whether the report is there to be read."""
    if job.status != JobStatus.READY or job.finished_at is None:
        return False
    return (
        job.finished_at >= (now or timezone.now()) - jobs.FILES_KEPT_FOR and (_folder(job) / REPORT).is_file()
    )


def first_faults(job: ImportJob) -> list[dict[str, str]]:
    """The first lines to mend, by the columns of the report."""
    return _read(job, FIRST_FAULTS)


def notices(job: ImportJob) -> list[dict[str, str]]:
    """What was noticed and prevents nothing, said once per file and subject, with the first line it speaks of."""
    # The page ends each sentence itself; those of the rules come with their full stop.
    return [row | {"probleme": row["probleme"].removesuffix(".")} for row in _read(job, NOTICES)]


def _read(job: ImportJob, name: str) -> list[dict[str, str]]:
    if not has_report(job) or not (_folder(job) / name).is_file():
        return []
    with (_folder(job) / name).open(encoding="utf-8-sig", newline="") as written:
        return list(csv.DictReader(written, delimiter=";"))


def download_report(*, actor: Actor, job: ImportJob) -> Path | None:
    """The whole report, recorded in the trail; None when it may not, or no longer, be read."""
    if not has_report(job) or not ImportJob.objects.visible_to(actor).filter(pk=job.pk).exists():
        return None
    if not may_import(actor, job.organisation):
        return None
    trail.record(actor, "import.report_downloaded", job, faults=job.faults)
    return _folder(job) / REPORT


def download_lines(*, actor: Actor, job: ImportJob) -> Path | None:
    """Every line sent, with what became of it, as a workbook; None when it may not, or no longer, be read."""
    path = _folder(job) / folders.WORKBOOK
    return path if path.is_file() and download_report(actor=actor, job=job) else None


def diagnosis(job: ImportJob) -> list[dict[str, Any]]:
    """What was read of each table sent, in words."""
    found: list[dict[str, Any]] = folders.read(job, folders.DIAGNOSIS) or []
    return found


def left_to_mend(actor: Actor) -> ImportJob | None:
    """The last import one did, while it tells of rows that were refused: they are nowhere else to be seen."""
    done = ImportJob.objects.visible_to(actor).filter(is_dry_run=False, status=JobStatus.READY)
    last: ImportJob | None = done.first()
    return last if last is not None and last.faults and has_report(last) else None


def changes(job: ImportJob) -> list[dict[str, Any]]:
    """The values known here that the files say otherwise."""
    found: list[dict[str, Any]] = folders.read(job, folders.CHANGES) or []
    return found


def choose_columns(
    *, actor: Actor, job: ImportJob, choices: Mapping[str, Choice], is_shared: bool = False
) -> ImportJob:
    """See `columns.choose_columns`: what each column is, then the check goes on."""
    return columns.choose_columns(
        actor=actor, job=job, choices=choices, is_shared=is_shared, task=TASK, words=WORDS
    )


def _own(actor: Actor, job: ImportJob) -> ImportJob:
    seen = ImportJob.objects.visible_to(actor).select_for_update(of=("self",))
    found: ImportJob | None = seen.filter(pk=job.pk).first()
    if found is None:
        raise NotPermitted("not_yours", NOT_YOURS)
    return found


def _receive(job: ImportJob, files: dict[str, UploadedFile]) -> None:
    folder = _folder(job) / SENT
    folder.mkdir(mode=0o700, parents=True)
    _folder(job).chmod(0o700)
    for name, file in files.items():
        with (folder / name).open("wb") as kept:
            (folder / name).chmod(0o600)
            kept.writelines(file.chunks())


def _actor_again(job: ImportJob) -> Actor:
    """The seat that asked, as it is now; refused when it has ended or no longer answers for the structure."""
    actor = seats.actor_again(job.user, job.seat)
    if actor is None or not may_import(actor, job.organisation):
        raise DomainError("no_longer_authorised", NO_LONGER_YOURS)
    return actor


def _run(actor: Actor, job: ImportJob, sent: list[Sent], choices: Mapping[str, Choice]) -> Report:
    progress = _Progress(job)
    return import_bundle(
        actor=actor,
        folder=_folder(job) / SENT,
        is_dry_run=job.is_dry_run,
        scope=Scope(job.organisation_id),
        matched=Matched({each.table.key: each.table for each in sent}, choices),
        decisions=folders.read(job, folders.DECISIONS) or {},
        on_read=progress.begin,
        # A check writes nothing that is kept, its own progress included.
        on_progress=(lambda file, done, total: None) if job.is_dry_run else progress.advance,
    )


class _Progress:
    """Lines done so far, all files together, written down as they are."""

    def __init__(self, job: ImportJob) -> None:
        self._job = job
        self._lines: dict[str, int] = {}
        self._done: dict[str, int] = {}

    def begin(self, report: Report) -> None:
        """Every line is read: how many there are."""
        self._lines = {file: tally.read for file, tally in report.tallies.items()}
        jobs.checkpoint(self._job, rows_total=sum(self._lines.values()))

    def advance(self, file: str, done: int, total: int) -> None:
        """A part of a file is stored: people, for their contracts, are counted in lines."""
        lines = self._lines.get(file, 0) * done // max(total, 1)
        self._done[file] = max(lines, self._done.get(file, 0))
        jobs.checkpoint(self._job, rows_done=sum(self._done.values()))


def _publish(
    actor: Actor, job: ImportJob, report: Report, sent: list[Sent], choices: Mapping[str, Choice]
) -> None:
    """Show the figures and the report: both, or neither."""
    tables = tables_of(report, sent, choices)
    folders.write(job, folders.DIAGNOSIS, [each.diagnosis() for each in tables])
    folders.write(job, folders.CHANGES, [asdict(change) for change in report.changes])
    write_workbook(_folder(job) / folders.WORKBOOK, tables)
    first = replace(
        report, faults=in_reading_order(report.faults)[:SHOWN_FAULTS], notices=said_once(report.notices)
    )
    read = in_their_words(first)
    written = {
        REPORT: in_their_words(report),
        FIRST_FAULTS: Report(faults=read.faults),
        NOTICES: Report(notices=read.notices),
    }
    for name, its_report in written.items():
        its_report.write(_folder(job) / f".{name}")
        (_folder(job) / f".{name}").chmod(0o600)
    with transaction.atomic():
        jobs.finish(
            job,
            counts=report.counts(),
            faults=len(report.faults),
            rows_done=sum(tally.read for tally in report.tallies.values()),
        )
        for name in written:
            (_folder(job) / f".{name}").replace(_folder(job) / name)
        action = "import.checked" if job.is_dry_run else "import.done"
        trail.record(actor, action, job, structure=job.organisation_id, faults=len(report.faults))


_root, _folder = folders.root, folders.folder_of


def _forget_sent(job: ImportJob) -> None:
    """What was sent goes, and what was copied of it."""
    shutil.rmtree(_folder(job) / SENT, ignore_errors=True)
    for name in folders.HOLDING_VALUES:
        (_folder(job) / name).unlink(missing_ok=True)


def _forget(job: ImportJob) -> None:
    shutil.rmtree(_folder(job), ignore_errors=True)


def _deleted_if_old(folder: Path, now: datetime) -> bool:
    """Delete a folder no longer needed, unless it is only being received."""
    is_old = folder.stat().st_mtime < (now - LOST_AFTER).timestamp()
    if is_old:
        shutil.rmtree(folder, ignore_errors=True)
    return is_old
