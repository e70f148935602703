"""SEC-49: an import sent by the screen, whose process is killed, goes on by itself: the same contents, said, done once."""

from __future__ import annotations

import logging
import os
import signal
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from backend.audit.models import Entry
from backend.core import jobs
from backend.core.actor import Role
from backend.core.jobs import MOST_RESTARTS, GivenUp, JobStatus
from backend.exchange import services
from backend.exchange.models import ImportJob
from backend.exchange.services import imports
from pathways.models import Beneficiary, Contract, MonthlyHours
from tests.backend.exchange.import_jobs import run, sent_files
from tests.backend.exchange.sheets import workbook
from tests.factories import MembershipFactory
from tests.reports.conftest import shared_base  # noqa: F401 - fixture
from tests.reports.services.test_export_workers import place, wait_for  # noqa: F401 - fixture
from tests.signin import sign_in

PEOPLE = 60
LATER = timedelta(minutes=8)
STOPPING = """
import time
from backend.core import jobs
from backend.exchange.services import imports
real = jobs.checkpoint
def checkpoint(job, **progress):
    real(job, **progress)
    if progress.get("rows_done", 0) >= {rows}:
        print("there", flush=True)
        time.sleep(600)
jobs.checkpoint = checkpoint
imports.run_import(job_id="{job}")
"""


def sheets():
    """Sixty people, their contracts and their hours."""
    numbers = range(1, PEOPLE + 1)
    people = [[n, f"Fictive{n}", "Solange", date(1988, 5, 17)] for n in numbers]
    contracts = [[100 + n, n, "CDI", date(2026, 2, 2)] for n in numbers]
    hours = [[100 + n, f"2026-{month:02d}", 100] for n in numbers for month in (3, 4)]
    return workbook(
        salaries=[["id", "nom", "prenom", "date_naissance"], *people],
        contrats=[["id", "salarie_id", "type", "date_debut"], *contracts],
        heures=[["contrat_id", "mois", "heures"], *hours],
    )


def contents(seat):
    """What this structure holds, numbers of rows aside."""
    here = {"stay__organisation": seat.organisation_id}
    people = Beneficiary.objects.filter(stays__organisation=seat.organisation_id)
    return {
        "people": sorted(people.values_list("last_name", "first_name", "birth_date")),
        "contracts": sorted(Contract.objects.filter(**here).values_list("stay__beneficiary__last_name", "kind", "started_on")),
        "hours": sorted(
            MonthlyHours.objects.filter(contract__stay__organisation=seat.organisation_id).values_list(
                "contract__stay__beneficiary__last_name", "month", "hours"
            )
        ),
    }  # fmt: skip


def sent_by_screen(client, seat):
    """Sent, checked, and the yes given; the job that waits to be taken in."""
    sign_in(client, seat.user)
    sent = {"organisation": seat.organisation_id, "spreadsheets": sheets()}
    address = client.post(reverse("web:imports"), sent).url
    job = ImportJob.objects.get(user=seat.user)
    run(job)
    assert client.post(reverse("web:import_confirm", args=[job.pk])).status_code == 302
    return job, address


def killed_at(place, job, rows):  # noqa: F811 - the fixture
    """A process of its own takes it, and is killed once so many lines are stored."""
    process = place.run(STOPPING.format(job=job.pk, rows=rows))
    assert process.stdout.readline().strip() == "there"
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


@pytest.mark.chaos
@pytest.mark.usefixtures("shared_base")
def test_SEC_49_killed_again_and_again_it_ends_as_if_nothing_had_happened(place, client, settings, tmp_path):  # noqa: F811
    settings.IMPORT_DIR = tmp_path / "imports"
    quiet, cut = (MembershipFactory(role=Role.MANAGER) for _ in range(2))
    run(sent_by_screen(client, quiet)[0])
    job, address = sent_by_screen(client, cut)
    for rows in (1, PEOPLE + 1):
        killed_at(place, job, rows)
        job.refresh_from_db()
        assert (job.status, contents(cut) == contents(quiet)) == (JobStatus.RUNNING, False)
        assert services.give_up_on_lost_imports(now=timezone.now() + LATER) == 0
        assert "elle reprend d’elle-même" in client.get(address).content.decode()
    services.give_up_on_lost_imports(
        now=timezone.now() + LATER
    )  # whoever waits is sent again, delivered twice
    for _ in range(2):
        place.start_worker()
    wait_for(lambda: ImportJob.objects.get(pk=job.pk).is_over)
    job.refresh_from_db()
    assert (job.status, job.restarts, job.faults) == (JobStatus.READY, 2, 0)
    assert contents(cut) == contents(quiet)
    assert len(contents(cut)["hours"]) == 2 * PEOPLE
    assert Entry.objects.filter(action="import.done", subject_id=str(job.pk)).count() == 1
    assert "a repris d’elle-même" in client.get(address).content.decode()
    assert sent_files(settings.IMPORT_DIR, job) == []


@pytest.fixture
def taken(db):
    """An import that a worker just took."""
    seat = MembershipFactory(role=Role.MANAGER)
    job = ImportJob.objects.create(user=seat.user, seat=seat.seat_key, organisation=seat.organisation)
    return jobs.take(ImportJob, str(job.pk))


def test_SEC_49_a_worker_thought_dead_that_comes_back_writes_nothing_more(taken, sent):
    assert imports.give_up_on_lost_imports(now=timezone.now() + LATER) == 0
    assert sent == [(imports.TASK, [str(taken.pk)])]
    other = jobs.take(ImportJob, str(taken.pk))
    assert jobs.take(ImportJob, str(taken.pk)) is None
    with pytest.raises(GivenUp):
        jobs.checkpoint(taken, rows_done=3)
    with pytest.raises(GivenUp):
        jobs.finish(taken)
    assert jobs.fail(taken, "Trop tard.") == 0
    jobs.finish(other)
    taken.refresh_from_db()
    assert (taken.status, taken.rows_done, taken.message) == (JobStatus.READY, 0, "")


def test_SEC_49_what_stops_its_worker_each_time_ends_and_is_said(taken, sent):
    for _ in range(MOST_RESTARTS):
        assert imports.give_up_on_lost_imports(now=timezone.now() + LATER) == 0
        jobs.take(ImportJob, str(taken.pk))
    assert imports.give_up_on_lost_imports(now=timezone.now() + LATER) == 1
    taken.refresh_from_db()
    assert (taken.status, taken.message) == (JobStatus.FAILED, imports.WORDS.interrupted)


def test_a_restart_is_logged_by_its_number_alone(taken, sent, caplog):
    with caplog.at_level(logging.WARNING):
        imports.give_up_on_lost_imports(now=timezone.now() + LATER)
    assert str(taken.pk) in caplog.text
