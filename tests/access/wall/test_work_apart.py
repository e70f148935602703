"""SEC-15: workers, clock and commands do behind the second wall what they do without it, and nothing afterwards is reached."""

from __future__ import annotations

import pytest
from celery import current_app
from django.conf import settings
from django.core.management import call_command

from backend.celery import app
from backend.core.actor import Role
from backend.core.jobs import JobStatus
from backend.core.wall.gates import Gate
from backend.core.wall.reach import NOBODY, Reach, lifted, present, within
from backend.exchange.services.structure_copies import prepare_structure_copy
from backend.operations.backups.engines import rows_now
from pathways.models import Beneficiary, Stay
from pathways.services.privacy.copies import prepare_copy
from reports.services import prepare_export
from tests.access.answers import nothing_kept
from tests.access.wall.test_nothing_crosses import actor_of
from tests.backend.exchange import import_jobs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("walled_world")]
app.loader.import_default_modules()
CLOCK = sorted({each["task"] for each in settings.CELERY_BEAT_SCHEDULE.values()})
COMMANDS = [
    ["reseal"],
    ["verify-audit"],
    ["apply-retention"],
    ["outbox"],
    ["export-bundle", "{folder}/tout"],
    ["access-copy", "{person}", "{folder}/copie"],
    ["erase-person", "{person}", "--yes"],
    ["index-people"],
]


def both(wall, gesture):
    """What a gesture gives and leaves in the base, behind the wall and without it; nothing is kept."""
    with nothing_kept():
        given = gesture()
        with lifted(Gate.COMMAND):
            behind = given, rows_now()
    with nothing_kept(), wall.aside():
        return behind, (gesture(), rows_now())


@pytest.mark.parametrize("name", CLOCK)
def test_SEC_15_what_the_clock_asks_is_done_the_same(wall, name):
    behind, without = both(wall, lambda: current_app.tasks[name].apply(throw=True).status)
    assert behind == without
    assert present() == NOBODY


def test_SEC_15_an_export_is_prepared_within_the_reach_of_who_asked(wall, walled_world):
    job = walled_world.objects["export"]["own"]

    def prepared():
        with within(Reach(gate=Gate.WORKER)):
            assert prepare_export(job_id=str(job.pk))
            job.refresh_from_db()
        return job.status, job.rows_done

    behind, without = both(wall, prepared)
    assert behind == without
    assert behind[0] == (JobStatus.READY, behind[0][1])
    assert behind[0][1] > 0


def test_SEC_15_a_copy_of_a_person_is_prepared_within_the_reach_of_who_asked(wall, walled_world):
    job = walled_world.objects["access_copy"]["own"]

    def prepared():
        with within(Reach(gate=Gate.WORKER)):
            type(job).objects.filter(pk=job.pk).update(status=JobStatus.QUEUED)
            assert prepare_copy(job_id=str(job.pk))
            job.refresh_from_db()
        return job.status, job.message

    behind, without = both(wall, prepared)
    assert behind == without
    assert behind[0] == (JobStatus.READY, "")


def test_SEC_15_a_structure_takes_away_within_the_reach_of_who_asked(wall, walled_world):
    job = walled_world.objects["structure_copy"]["own"]

    def prepared():
        with within(Reach(gate=Gate.WORKER)):
            type(job).objects.filter(pk=job.pk).update(status=JobStatus.QUEUED)
            assert prepare_structure_copy(job_id=str(job.pk))
            job.refresh_from_db()
        return job.status, job.rows_done

    behind, without = both(wall, prepared)
    assert behind == without
    assert behind[0][0] == JobStatus.READY
    assert behind[0][1] > 0


def test_SEC_15_spreadsheets_are_taken_in_for_the_structure_that_sent_them_alone(wall, walled_world):
    actor = actor_of(walled_world, Role.MANAGER)

    def brought():
        with within(Reach(gate=Gate.WORKER)):
            before = Beneficiary.objects.count(), Stay.objects.count()
            job = import_jobs.brought(actor)
            return (
                job.status,
                job.counts,
                Beneficiary.objects.count() - before[0],
                Stay.objects.count() - before[1],
            )

    behind, without = both(wall, brought)
    assert behind == without
    assert behind[0][0] == JobStatus.READY
    assert behind[0][2] > 0


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: words[0])
def test_SEC_15_a_command_does_the_same(wall, walled_world, words, tmp_path, settings):
    settings.DATA_DIR = tmp_path / "data"
    settings.DATA_DIR.mkdir()
    tries = iter(("behind", "without"))

    def typed():
        folder = tmp_path / next(tries)
        folder.mkdir()
        with lifted(Gate.COMMAND):
            person = walled_world.objects["waiting"]["own"].pk
        name, *rest = [word.format(folder=folder, person=person) for word in words]
        call_command(name.replace("-", "_"), *rest)
        return sorted(path.name for path in folder.rglob("*"))

    behind, without = both(wall, typed)
    assert behind == without
