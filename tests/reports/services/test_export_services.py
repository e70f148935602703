"""Asking for an export, preparing it, taking it away: rights at each step, one effect each."""

from __future__ import annotations

import csv
import os
from datetime import date, timedelta

import openpyxl
import pytest
from celery import current_app
from django.conf import settings as django_settings
from django.utils import timezone
from kombu.exceptions import OperationalError

import backend.exchange.tasks
import reports.tasks
from backend.audit.models import Entry
from backend.core import jobs
from backend.core.actor import Role
from backend.core.errors import DomainError, NotPermitted
from backend.organisations.models import Membership
from pathways.models import Stay
from reports import services
from reports.models import ExportJob
from reports.models.export_job import ExportStatus
from reports.services import exports as export_services
from tests.factories import OrganisationFactory, actor_of
from tests.worlds.worked_set import leave

pytestmark = pytest.mark.django_db
YEAR = {"start": "2025-01-01", "end": "2025-12-31"}


@pytest.fixture(autouse=True)
def export_dir(tmp_path, settings):
    settings.EXPORT_DIR = tmp_path / "exports"
    return settings.EXPORT_DIR


@pytest.fixture
def here():
    place = OrganisationFactory(kind="AI", name="Vallées Services")
    leave(place, motive="3", hours=200, on=date(2025, 5, 2))
    leave(place, motive="7", hours=96, on=date(2025, 6, 2))
    leave(OrganisationFactory(kind="AI"), motive="7")
    return place


@pytest.fixture
def manager(here):
    return actor_of(Role.MANAGER, here)


def ask(actor, **changes):
    return services.request_export(
        **{"actor": actor, "kind": "exits", "format": "csv", "parameters": YEAR, **changes}
    )


def prepared(actor, **changes) -> ExportJob:
    job = ask(actor, **changes)
    services.prepare_export(job_id=str(job.pk))
    job.refresh_from_db()
    return job


def visible_files(folder) -> list[str]:
    return [file.name for file in folder.iterdir()] if folder.exists() else []


def test_a_message_carries_the_number_of_the_job_only(manager, sent, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        job = ask(manager)
    assert sent == [("reports.prepare_export", [str(job.pk)])]
    assert job.status == ExportStatus.QUEUED
    entry = Entry.objects.get(action="export.requested")
    assert entry.subject_id == str(job.pk)
    assert entry.detail == {"kind": "exits", "format": "csv", **YEAR, "organisation": None}


def test_nothing_is_sent_when_the_transaction_is_undone(manager, sent, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks, pytest.raises(DomainError):
        ask(manager, parameters={"start": "2025-12-31", "end": "2025-01-01"})
    assert callbacks == []
    assert not ExportJob.objects.exists()


def test_asking_again_while_it_is_on_its_way_gives_the_same_job_back(manager):
    assert ask(manager).pk == ask(manager).pk
    assert ask(manager, format="xlsx").pk != ask(manager).pk


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.NETWORK_HEAD, Role.ADMINISTRATOR, Role.EMPLOYER])
def test_only_those_who_see_the_people_may_export(role):
    with pytest.raises(NotPermitted):
        ask(actor_of(role))


def test_unknown_kinds_formats_and_other_structures_are_refused(manager):
    stranger = OrganisationFactory()
    for changes in (
        {"kind": "everything"},
        {"format": "exe"},
        {"parameters": {**YEAR, "organisation": stranger.pk}},
    ):
        with pytest.raises(DomainError):
            ask(manager, **changes)


def test_csv_has_one_row_per_exit_of_the_actors_own_people_with_its_reason(manager, here, export_dir):
    job = prepared(manager)
    assert (job.status, job.rows_done, job.rows_total) == (ExportStatus.READY, 2, 2)
    with (export_dir / job.file_name).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert [row["Comment elle est comptée"] for row in rows] == [
        "non comptée : 96 h < 150 h en AI",
        "comptée : 200 h en AI → emploi durable",
    ]
    assert rows[1]["Sortie"] == "02/05/2025"
    assert rows[1]["Confiance dans la catégorie"] == "confirmé"
    assert {row["Structure"] for row in rows} == {here.name}


def test_xlsx_has_the_people_the_figures_and_the_rules(manager, export_dir):
    job = prepared(manager, format="xlsx")
    book = openpyxl.load_workbook(export_dir / job.file_name)
    assert book.sheetnames == ["Sorties", "Synthèse", "Règles"]
    assert book["Sorties"].max_row == 3
    heading, total = list(book["Synthèse"].iter_rows(max_row=2, values_only=True))
    figures = dict(zip(heading, total, strict=True))
    assert (figures["Sorties examinées"], figures["Sous le seuil"]) == (1, 1)
    assert figures["Taux de sorties dynamiques"] == 1
    rules = [row[:2] for row in book["Règles"].iter_rows(values_only=True)]
    assert ("Présence minimale en ACI et en EI", "81 jours") in rules


def test_an_advisor_exports_their_own_people_only(here, export_dir):
    advisor = actor_of(Role.ADVISOR, here)
    other = actor_of(Role.ADVISOR, here)
    mine, theirs = Stay.objects.filter(organisation=here).order_by("pk")
    Stay.objects.filter(pk=mine.pk).update(advisor=advisor.user_id)
    Stay.objects.filter(pk=theirs.pk).update(advisor=other.user_id)
    assert prepared(advisor).rows_total == 1


def test_a_name_that_looks_like_a_formula_only_shows(manager, here, export_dir):
    person = Stay.objects.filter(organisation=here).first().beneficiary
    person.last_name = "=HYPERLINK('x')"
    person.save()
    job = prepared(manager)
    assert "\"'=HYPERLINK('x')\"" in (export_dir / job.file_name).read_text("utf-8-sig")


def test_SEC_53_the_same_message_delivered_three_times_acts_once(manager, export_dir):
    job = ask(manager)
    assert [services.prepare_export(job_id=str(job.pk)) for _ in range(3)] == [True, False, False]
    assert len(visible_files(export_dir)) == 1
    assert Entry.objects.filter(action="export.prepared").count() == 1


@pytest.mark.parametrize("forged", ["", "12", "../../etc", "00000000-0000-4000-8000-000000000000"])
def test_SEC_28_a_forged_message_does_nothing(forged, export_dir):
    assert services.prepare_export(job_id=forged) is False
    assert visible_files(export_dir) == []


def test_SEC_11_rights_are_checked_again_when_the_job_runs(manager, export_dir):
    job = ask(manager)
    Membership.objects.filter(user_id=manager.user_id).update(ended_at=timezone.now())
    services.prepare_export(job_id=str(job.pk))
    job.refresh_from_db()
    assert job.status == ExportStatus.FAILED
    assert "Vos droits ont changé" in job.message
    assert visible_files(export_dir) == []


def test_another_seat_of_the_same_user_does_not_stand_in(manager, here):
    """Who lost the seat of a manager does not get their export through another seat."""
    job = ask(manager)
    membership = Membership.objects.get(user_id=manager.user_id)
    Membership.objects.create(user=membership.user, role=Role.MANAGER, organisation=OrganisationFactory())
    membership.ended_at = timezone.now()
    membership.save()
    services.prepare_export(job_id=str(job.pk))
    job.refresh_from_db()
    assert job.status == ExportStatus.FAILED


def test_an_unforeseen_failure_is_said_without_detail_and_leaves_no_file(manager, monkeypatch, export_dir):
    def broken(*arguments):
        raise RuntimeError("Solange Fictive")

    monkeypatch.setattr(export_services, "write_csv", broken)
    job = prepared(manager)
    assert (job.status, job.message) == (ExportStatus.FAILED, export_services.FAILED)
    assert visible_files(export_dir) == []


def test_progress_is_written_as_rows_are(manager, monkeypatch):
    seen = []
    plain = jobs.checkpoint

    def watched(job, **progress):
        plain(job, **progress)
        seen.append(ExportJob.objects.values_list("rows_done", "rows_total").get(pk=job.pk))

    monkeypatch.setattr(jobs, "checkpoint", watched)
    monkeypatch.setattr(export_services, "CHECKPOINT_ROWS", 1)
    prepared(manager)
    assert seen == [(0, 2), (1, 2), (2, 2), (2, 2)]


def test_SEC_55_a_job_that_went_silent_waits_for_another_worker_and_ends_with_a_reason_if_it_always_does(
    manager, export_dir
):
    job = ask(manager)
    export_dir.mkdir()
    silent_since = timezone.now() - timedelta(minutes=5)
    for turn in range(jobs.MOST_RESTARTS + 1):
        ExportJob.objects.filter(pk=job.pk).update(status=ExportStatus.RUNNING, heartbeat_at=silent_since)
        (export_dir / f".{job.pk}-{turn}.part").write_text("à moitié")
        job.refresh_from_db()
        assert job.restarts == turn
        assert services.give_up_on_lost_exports() == (turn == jobs.MOST_RESTARTS)
        assert list(export_dir.iterdir()) == []
    job.refresh_from_db()
    assert job.status == ExportStatus.FAILED
    assert "Relancez l’export" in job.message
    assert visible_files(export_dir) == []


def test_a_job_given_up_while_it_is_written_never_appears(manager, monkeypatch, export_dir):
    plain = jobs.checkpoint

    def given_up(job, **progress):
        ExportJob.objects.filter(pk=job.pk).update(status=ExportStatus.FAILED, message="abandonné")
        plain(job, **progress)

    monkeypatch.setattr(jobs, "checkpoint", given_up)
    job = prepared(manager)
    assert (job.status, job.message) == (ExportStatus.FAILED, "abandonné")
    assert visible_files(export_dir) == []


def test_an_export_written_while_somebody_is_erased_never_appears(manager, monkeypatch, export_dir):
    write = export_services._write

    def erased_meanwhile(*args):
        name = write(*args)
        export_services.forget_exports()
        return name

    monkeypatch.setattr(export_services, "_write", erased_meanwhile)
    job = prepared(manager)
    assert (job.status, job.message) == (ExportStatus.FAILED, export_services.WORDS.interrupted)
    assert visible_files(export_dir) == []


def test_SEC_54_without_broker_the_job_is_kept_and_sent_later(
    manager, monkeypatch, sent, django_capture_on_commit_callbacks
):
    def down(name, args):
        raise OperationalError("connection refused")

    deliver = current_app.send_task
    monkeypatch.setattr(current_app, "send_task", down)
    with django_capture_on_commit_callbacks(execute=True):
        job = ask(manager)
    job.refresh_from_db()
    assert job.status == ExportStatus.QUEUED
    assert "dès que possible" in job.message
    later = timezone.now() + timedelta(minutes=2)
    services.give_up_on_lost_exports(now=later)
    monkeypatch.setattr(current_app, "send_task", deliver)
    services.give_up_on_lost_exports(now=later)
    assert sent == [("reports.prepare_export", [str(job.pk)])]


def test_a_file_can_be_taken_by_its_owner_from_the_same_seat_for_seven_days(manager, here, export_dir):
    job = prepared(manager)
    file = services.download_export(actor=manager, job=job)
    assert file == export_dir / job.file_name
    assert Entry.objects.get(action="export.downloaded").subject_id == str(job.pk)
    assert services.download_export(actor=actor_of(Role.MANAGER, here), job=job) is None
    other_seat = actor_of(Role.GROUP_HEAD, here, user=job.user)
    assert services.download_export(actor=other_seat, job=job) is None
    job.finished_at = timezone.now() - timedelta(days=7, seconds=1)
    assert services.download_export(actor=manager, job=job) is None


def test_names_of_files_cannot_be_guessed(manager):
    names = {prepared(manager).file_name, prepared(manager).file_name}
    assert len(names) == 2
    assert all(len(name) > 32 for name in names)


def test_old_and_unknown_files_are_purged_and_the_others_kept(manager, export_dir):
    old, fresh = prepared(manager), prepared(manager, format="xlsx")
    ExportJob.objects.filter(pk=old.pk).update(finished_at=timezone.now() - timedelta(days=8))
    (export_dir / "inconnu.csv").write_text("")
    (export_dir / ".en-cours.part").write_text("")
    long_ago = (timezone.now() - timedelta(days=8)).timestamp()
    for name in (old.file_name, fresh.file_name, "inconnu.csv"):
        os.utime(export_dir / name, (long_ago, long_ago))
    assert services.purge_old_exports() == 2
    assert sorted(visible_files(export_dir)) == sorted([fresh.file_name, ".en-cours.part"])


def test_the_schedule_names_tasks_that_exist():
    current_app.loader.import_default_modules()  # as a worker does when it starts
    scheduled = {line["task"] for line in django_settings.CELERY_BEAT_SCHEDULE.values()}
    assert scheduled <= set(current_app.tasks)
    assert reports.tasks.prepare_export.name == "reports.prepare_export"
    assert backend.exchange.tasks.run_import.name == "exchange.run_import"
