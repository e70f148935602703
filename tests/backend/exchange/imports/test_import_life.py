"""An import from its request to its end: rights, confirmation, messages, faults, and files that go away."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from celery import current_app
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from kombu.exceptions import OperationalError

from backend.audit.models import Entry
from backend.core.actor import Role
from backend.core.errors import DomainError, NotPermitted
from backend.core.jobs import MOST_RESTARTS, JobStatus
from backend.exchange import services
from backend.exchange.guide import guide, model_workbook
from backend.exchange.models import ImportJob
from backend.exchange.scope import sent_layouts
from backend.exchange.services import imports as import_services
from backend.organisations.models import Membership
from pathways.models import Beneficiary
from tests.backend.exchange.import_jobs import SENT, ask, brought, checked, run, sent_files
from tests.backend.exchange.sheets import PEOPLE, usual, workbook
from tests.factories import actor_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("import_dir", "sent")]


def test_a_message_carries_the_number_of_the_job_only(manager, sent, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        job = ask(manager)
    assert sent == [("exchange.run_import", [str(job.pk)])]


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.MANAGER, Role.GROUP_HEAD)])
def test_only_who_answers_for_the_structure_imports(role, here):
    with pytest.raises(NotPermitted):
        ask(actor_of(role, here), place=here)


def test_a_neighbours_structure_is_refused(manager, there):
    with pytest.raises(NotPermitted):
        ask(manager, place=there)


def test_a_group_head_imports_for_a_structure_of_the_group(here):
    head = actor_of(Role.GROUP_HEAD, here)
    brought(head, place=here)
    assert Beneficiary.objects.visible_to(head).count() == 1


def test_SEC_53_the_same_message_delivered_three_times_acts_once(manager):
    job = ask(manager)
    assert [services.run_import(job_id=str(job.pk)) for _ in range(3)] == [True, False, False]
    assert Entry.objects.filter(action="import.checked").count() == 1


@pytest.mark.parametrize("forged", ["", "12", "../../etc", "00000000-0000-4000-8000-000000000000"])
def test_SEC_28_a_forged_message_does_nothing(forged):
    assert services.run_import(job_id=forged) is False


@pytest.mark.parametrize("is_confirmed", [False, True])
def test_SEC_11_rights_are_checked_again_when_the_job_runs(manager, is_confirmed, import_dir):
    job = checked(manager) if is_confirmed else ask(manager)
    if is_confirmed:
        services.confirm_import(actor=manager, job=job)
    Membership.objects.filter(user_id=manager.user_id).update(ended_at=timezone.now())
    run(job)
    assert (job.status, job.message) == (JobStatus.FAILED, import_services.NO_LONGER_YOURS)
    assert not Beneficiary.objects.exists()
    assert sent_files(import_dir, job) == []


def test_what_is_confirmed_is_what_was_checked_once(manager):
    job = checked(manager)
    for _ in range(2):
        services.confirm_import(actor=manager, job=job)
    assert [services.run_import(job_id=str(job.pk)) for _ in range(2)] == [True, False]
    assert Entry.objects.filter(action="import.confirmed").count() == 1
    services.confirm_import(actor=manager, job=job)
    job.refresh_from_db()
    assert job.status == JobStatus.READY


def test_nobody_else_confirms_nor_reads(manager, here):
    job = checked(manager)
    colleague = actor_of(Role.MANAGER, here)
    assert services.download_report(actor=colleague, job=job) is None
    with pytest.raises(NotPermitted):
        services.confirm_import(actor=colleague, job=job)


def test_files_not_confirmed_within_a_day_are_gone_and_said(manager, import_dir):
    job = checked(manager)
    tomorrow = timezone.now() + timedelta(hours=25)
    services.purge_old_imports(now=tomorrow)
    assert sent_files(import_dir, job) == []
    with pytest.raises(DomainError) as refusal:
        services.confirm_import(actor=manager, job=job)
    assert refusal.value.code == "nothing_to_import"
    assert services.download_report(actor=manager, job=job)
    services.purge_old_imports(now=timezone.now() + timedelta(days=8))
    assert list(import_dir.iterdir()) == []
    assert services.download_report(actor=manager, job=job) is None


def test_folders_and_files_are_readable_by_us_alone(manager, import_dir):
    job = checked(manager)
    modes = {path.name: oct(path.stat().st_mode & 0o777) for path in (import_dir / str(job.pk)).rglob("*")}
    assert modes == {
        SENT: "0o700",
        "classeur-1.xlsx": "0o600",
        "rapport.csv": "0o600",
        "premiers.csv": "0o600",
        "avis.csv": "0o600",
        "noms.json": "0o600",
        "diagnostic.json": "0o600",
        "changements.json": "0o600",
        "rapport.xlsx": "0o600",
    }
    assert oct((import_dir / str(job.pk)).stat().st_mode & 0o777) == "0o700"


def test_an_import_always_silent_ends_with_a_reason_and_its_files_go(manager, import_dir):
    job = ask(manager)
    silent = timezone.now() - timedelta(minutes=8)
    ImportJob.objects.filter(pk=job.pk).update(
        status=JobStatus.RUNNING, heartbeat_at=silent, restarts=MOST_RESTARTS
    )
    assert services.give_up_on_lost_imports() == 1
    job.refresh_from_db()
    assert (job.status, job.message) == (JobStatus.FAILED, import_services.WORDS.interrupted)
    assert sent_files(import_dir, job) == []


def test_SEC_54_without_broker_the_job_waits_and_is_sent_later(
    manager, monkeypatch, sent, django_capture_on_commit_callbacks
):
    def down(name, args):
        raise OperationalError("connection refused")

    deliver = current_app.send_task
    monkeypatch.setattr(current_app, "send_task", down)
    with django_capture_on_commit_callbacks(execute=True):
        job = ask(manager)
    job.refresh_from_db()
    assert "dès que possible" in job.message
    monkeypatch.setattr(current_app, "send_task", deliver)
    services.give_up_on_lost_imports(now=timezone.now() + timedelta(minutes=2))
    assert sent == [("exchange.run_import", [str(job.pk)])]


def test_an_unforeseen_failure_is_said_without_any_detail(manager, monkeypatch, caplog, import_dir):
    def broken(**options):
        raise RuntimeError("Solange Fictive")

    monkeypatch.setattr(import_services, "import_bundle", broken)
    job = checked(manager)
    assert (job.status, job.message) == (JobStatus.FAILED, import_services.WORDS.failed)
    assert "Solange" not in caplog.text
    assert sent_files(import_dir, job) == []


def test_nothing_personal_leaves_the_files(manager, sent, caplog, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        brought(manager, usual(sorties=[["salarie_id", "date_sortie", "motif"], ["1", "Solange", 7]]))
    job = ImportJob.objects.values().get()
    details = list(Entry.objects.values_list("detail", flat=True))
    for text in (repr(job), repr(details), repr(sent), caplog.text):
        assert "Solange" not in text
        assert "Fictive" not in text


def test_progress_is_written_as_lines_are(manager, monkeypatch):
    job = checked(manager)
    services.confirm_import(actor=manager, job=job)
    seen = []
    plain = import_services.jobs.checkpoint

    def watched(job, **progress):
        plain(job, **progress)
        seen.append(ImportJob.objects.values_list("rows_done", "rows_total").get(pk=job.pk))

    monkeypatch.setattr(import_services.jobs, "checkpoint", watched)
    run(job)
    assert seen[0] == (0, 2)
    assert seen[-1] == (2, 2)


# What the screen tells


def test_every_column_is_explained_and_the_empty_workbook_is_read_back(manager):
    assert [file.name for file in guide()] == [layout.name.removesuffix(".csv") for layout in sent_layouts()]
    assert all(column.note for file in guide() for column in file.columns)
    job = checked(manager, SimpleUploadedFile("modele.xlsx", model_workbook()))
    assert (job.status, job.faults) == (JobStatus.READY, 0)
    assert set(job.counts) == {layout.name for layout in sent_layouts()}


def test_the_folder_holds_nothing_that_names_what_was_sent(manager, import_dir):
    job = ask(manager, workbook("Solange Fictive.xlsx", salaries=PEOPLE))
    assert sent_files(import_dir, job) == ["classeur-1.xlsx"]
    assert Path(import_dir).stat().st_mode & 0o077 == 0
