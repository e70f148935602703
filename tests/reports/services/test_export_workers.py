"""Exports through real workers: on folders as the embedded install runs, and on Redis as production does."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from celery import Celery
from django.conf import settings as django_settings
from django.db import connection
from django.utils import timezone

from backend.audit.models import Entry
from backend.core import jobs
from backend.core.actor import Role
from reports import services
from reports.models import ExportJob
from reports.models.export_job import ExportStatus
from tests.conftest import ROOT
from tests.factories import OrganisationFactory, actor_of
from tests.needed import not_here
from tests.worlds.worked_set import leave

pytestmark = [pytest.mark.chaos, pytest.mark.usefixtures("shared_base")]
REDIS_URL = os.environ.get("PASSERELLES_TEST_REDIS", "redis://127.0.0.1:6379/9")
PATIENCE = 90.0
YEAR = {"start": "2025-01-01", "end": "2025-12-31"}


def require_redis() -> None:
    import redis

    try:
        redis.Redis.from_url(REDIS_URL, socket_connect_timeout=2).ping()
    except redis.RedisError:
        not_here(f"no Redis answers on {REDIS_URL}: set PASSERELLES_TEST_REDIS")


def database_url() -> str:
    """The address of the test base, for another process."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))


def environment(data_dir: Path, broker_url: str) -> dict[str, str]:
    return {
        **os.environ,
        "DATA_DIR": str(data_dir),
        "DATABASE_URL": database_url(),
        "BROKER_URL": broker_url,
        "DJANGO_SETTINGS_MODULE": "backend.settings.testing",
        # Kept beside the data otherwise, and the worker has a folder of its own.
        "FIELD_KEY": django_settings.FIELD_KEYS[0],
        "PSEUDONYM_KEY": django_settings.PSEUDONYM_KEY,
    }


class Place:
    """A broker of its own, the way to start a worker on it, and where files appear."""

    def __init__(self, data_dir: Path, broker_url: str) -> None:
        self.exports = data_dir / "exports"
        self.queue = f"test-{uuid.uuid4().hex}"
        self._environment = environment(data_dir, broker_url)
        self._workers: list[subprocess.Popen[bytes]] = []

    def start_worker(self) -> None:
        command = [sys.executable, "-m", "celery", "-A", "backend.celery", "worker", "-Q", self.queue]
        options = ["--pool", "solo", "--loglevel", "ERROR", "--without-gossip", "--without-mingle"]
        self._workers.append(
            subprocess.Popen([*command, *options], cwd=ROOT, env=self._environment, start_new_session=True)
        )

    def run(self, script: str) -> subprocess.Popen[str]:
        """A Python script with the product loaded, on the same base and folders."""
        started = "import django; django.setup()\n" + script
        return subprocess.Popen(
            [sys.executable, "-c", started],
            cwd=ROOT,
            env=self._environment,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def stop(self) -> None:
        for worker in self._workers:
            os.killpg(worker.pid, signal.SIGTERM)
        for worker in self._workers:
            worker.wait(timeout=60)


def sender(url: str, options: dict[str, object], queue: str) -> Celery:
    """What this process sends its messages with: our settings, another broker."""
    app = Celery("sender", broker=url, set_as_current=False)
    app.conf.update(
        broker_transport_options=options,
        task_default_queue=queue,
        task_publish_retry_policy=django_settings.CELERY_TASK_PUBLISH_RETRY_POLICY,
    )
    return app


both_brokers = pytest.mark.parametrize("place", ["filesystem", "redis"], indirect=True)


@pytest.fixture
def place(request, tmp_path, settings, monkeypatch) -> Iterator[Place]:
    """A broker of the kind asked for, folders unless said otherwise."""
    if getattr(request, "param", "filesystem") == "redis":
        require_redis()
        url, options = REDIS_URL, {"visibility_timeout": 3600, "socket_connect_timeout": 2}
    else:
        folder = tmp_path / "broker"
        folder.mkdir()
        url = "filesystem://"
        options = {
            "data_folder_in": str(folder),
            "data_folder_out": str(folder),
            "control_folder": str(folder / "control"),
        }
    found = Place(tmp_path, url)
    settings.EXPORT_DIR = found.exports
    monkeypatch.setattr(jobs, "current_app", sender(url, options, found.queue))
    yield found
    found.stop()
    jobs.current_app.close()


def wait_for(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "the worker did not answer in time"
        time.sleep(0.1)


def status_of(job: ExportJob) -> str:
    return ExportJob.objects.values_list("status", flat=True).get(pk=job.pk)


def ask(format: str = "csv") -> ExportJob:
    here = OrganisationFactory(kind="AI")
    leave(here, motive="3", hours=200)
    return services.request_export(
        actor=actor_of(Role.MANAGER, here), kind="exits", format=format, parameters=YEAR
    )


@both_brokers
def test_a_real_worker_prepares_an_export_once_whatever_the_number_of_messages(place):
    job = ask()
    assert status_of(job) == ExportStatus.QUEUED
    for _ in range(2):
        services.dispatch(job)
    place.start_worker()
    wait_for(lambda: status_of(job) == ExportStatus.READY)
    second = ask("xlsx")
    wait_for(lambda: status_of(second) == ExportStatus.READY)
    job.refresh_from_db()
    second.refresh_from_db()
    assert "comptée : 200 h en AI" in (place.exports / job.file_name).read_text("utf-8-sig")
    assert {file.name for file in place.exports.iterdir()} == {job.file_name, second.file_name}
    assert Entry.objects.filter(action="export.prepared").count() == 2


@pytest.mark.parametrize("place", ["redis"], indirect=True)
def test_SEC_54_broker_down_then_back(place, monkeypatch):
    working = jobs.current_app
    down = sender("redis://127.0.0.1:1/0", {"socket_connect_timeout": 2}, place.queue)
    monkeypatch.setattr(jobs, "current_app", down)
    start = time.monotonic()
    job = ask()
    assert time.monotonic() - start < 20, "asking for an export waited for the broker"
    job.refresh_from_db()
    assert (job.status, "dès que possible" in job.message) == (ExportStatus.QUEUED, True)
    monkeypatch.setattr(jobs, "current_app", working)
    services.give_up_on_lost_exports(now=timezone.now() + timedelta(minutes=2))
    place.start_worker()
    wait_for(lambda: status_of(job) == ExportStatus.READY)


@pytest.mark.parametrize("moment", ["_write", "_publish"])
def test_SEC_55_a_killed_preparation_leaves_no_visible_file_and_is_begun_again_by_itself(place, moment):
    """Killed while rows are written, then between the last row and the rename: once there, whole, prepared once."""
    job = ask()
    stop = f"exports.{moment} = lambda *a: (print('there', flush=True), time.sleep(600))\n"
    if moment == "_write":
        stop = "exports.write_csv = lambda file, *a: (file.write('à moitié'), print('there', flush=True), time.sleep(600))\n"
    killed = place.run(
        f"import time\nfrom reports.services import exports\n{stop}exports.prepare_export(job_id='{job.pk}')\n"
    )
    assert killed.stdout.readline().strip() == "there"
    os.killpg(killed.pid, signal.SIGKILL)
    killed.communicate()
    assert status_of(job) == ExportStatus.RUNNING
    assert [file.suffix for file in place.exports.iterdir()] == [".part"]
    assert services.prepare_export(job_id=str(job.pk)) is False, "the message delivered again finds it taken"
    assert services.give_up_on_lost_exports(now=timezone.now() + timedelta(minutes=5)) == 0
    assert (status_of(job), list(place.exports.iterdir())) == (ExportStatus.QUEUED, [])
    for _ in range(2):
        place.start_worker()
    services.dispatch(job)
    wait_for(lambda: status_of(job) == ExportStatus.READY)
    job.refresh_from_db()
    assert [file.name for file in place.exports.iterdir()] == [job.file_name]
    assert "comptée : 200 h en AI" in (place.exports / job.file_name).read_text("utf-8-sig")
    assert Entry.objects.filter(action="export.prepared").count() == 1
