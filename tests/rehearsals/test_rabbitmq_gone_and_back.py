"""RabbitMQ refuses, is held still, is killed and comes back: what was asked is done once, and the service says the truth.

On SQLite: the broker alone is ill-treated here; the base has its turn in `test_killed_at_any_moment.py`.
"""

from __future__ import annotations

import json
import os
import re
import signal
import time
from dataclasses import replace
from urllib.parse import urlsplit

import kombu
import pytest
from celery import Celery
from django.conf import settings as django_settings

from backend.core import jobs
from backend.core.health import checks
from backend.mail import outbox
from backend.web.views.health import KEPT_SECONDS
from tests.backend.operations.installations import done
from tests.rehearsals.installed import installed
from tests.rehearsals.killing import EMAIL, HOST, Service
from tests.rehearsals.rabbit import Rabbit, needs_rabbitmq
from tests.rehearsals.visitor import Visitor, come_in, fine, note, welcome

pytestmark = [pytest.mark.chaos, needs_rabbitmq]
YEARS = (2021, 2022, 2023, 2024, 2025)
WRITTEN = "Écrit pendant que la file manque."
ON_PAGE = re.compile(r"/sorties/exports/([0-9a-f-]{36})/")
COUNTED = """
import json
from backend.audit.models import Entry
from reports.models import ExportJob
jobs = [(str(job.pk), job.status, job.restarts) for job in ExportJob.objects.order_by("created_at")]
print(json.dumps([jobs, sorted(Entry.objects.filter(action="export.prepared").values_list("subject_id", flat=True))]))
"""
SWEPT = """
from datetime import timedelta
from django.utils import timezone
from reports import services
services.give_up_on_lost_exports(now=timezone.now() + timedelta(minutes=2))
"""
"""What the clock does every five minutes, two minutes from now: nobody waits for it here."""


@pytest.fixture(scope="module")
def rabbit(tmp_path_factory):
    found = Rabbit(tmp_path_factory.mktemp("broker") / "rabbit")
    yield found
    found.end()


def sends_a_job(url: str) -> bool:
    app = Celery("sender", broker=url, set_as_current=False)
    app.conf.update(
        broker_transport_options={"socket_connect_timeout": 2, "socket_timeout": 5},
        task_publish_retry_policy=django_settings.CELERY_TASK_PUBLISH_RETRY_POLICY,
        task_default_queue="nobody-reads-this-one",
    )
    try:
        app.send_task("nobody.knows.it")
    except jobs.silence_of(app):
        return False
    finally:
        kombu.pools.reset()
        app.close()
    return True


def trouble_of(url: str, settings) -> str:
    settings.CELERY_BROKER_URL = url
    found = checks.broker()
    return found.code if found else ""


def test_a_refusal_a_silence_and_an_absence_are_one_thing_to_whoever_asks(rabbit, settings):
    """Neither an error on a page nor a service that is said ready: what is asked waits in the base."""
    assert (sends_a_job(rabbit.url), trouble_of(rabbit.url, settings)) == (True, "")
    another = rabbit.url_with("celui-d-un-autre")
    assert (sends_a_job(another), trouble_of(another, settings)) == (False, "file_des_travaux")
    rabbit.hold_still()
    try:
        begun = time.monotonic()
        assert (sends_a_job(rabbit.url), trouble_of(rabbit.url, settings)) == (False, "file_des_travaux")
        assert time.monotonic() - begun < 15, "a page waited for a broker that is held still"
    finally:
        rabbit.let_go()
    rabbit.kill()
    try:
        assert (sends_a_job(rabbit.url), trouble_of(rabbit.url, settings)) == (False, "file_des_travaux")
    finally:
        rabbit.start()
    assert (sends_a_job(rabbit.url), trouble_of(rabbit.url, settings)) == (True, "")


@pytest.mark.django_db
def test_a_message_that_rabbitmq_refuses_waits_for_the_sweep(rabbit, monkeypatch):
    app = Celery("sender", broker=rabbit.url_with("celui-d-un-autre"), set_as_current=False)
    monkeypatch.setattr(outbox, "current_app", app)
    assert outbox.hand_over(987_654_321) is False


def test_SEC_54_rabbitmq_killed_and_back_loses_and_doubles_nothing(rabbit, tmp_path):
    """Asked before, while it is away, and after: each prepared once; the web answers and says the truth all along."""
    env, link = installed(tmp_path, BROKER_URL=rabbit.url)
    service = Service(env)
    try:
        service.wait_until_ready(120)
        odile = Visitor(f"https://{HOST}", port=service.port)
        come_in(odile, urlsplit(link).path, EMAIL)
        person = welcome(odile, "Solange", "Fictive")

        # Given to a worker that has not answered for them yet: RabbitMQ will give them again.
        os.kill(service.children["travaux"], signal.SIGSTOP)
        try:
            asked = [ask_export(odile, year) for year in YEARS[:3]]
            rabbit.kill()
        finally:
            os.kill(service.children["travaux"], signal.SIGCONT)
        asked.append(ask_export(odile, YEARS[3]))
        fine(note(odile, person, WRITTEN))
        assert service.wait_until_it_complains_of("file_des_travaux", 2 * KEPT_SECONDS) == "degrade"

        rabbit.start()
        service.wait_until_ready(120)
        done(env, "shell", "--no-imports", "-c", SWEPT)
        asked.append(ask_export(odile, YEARS[4]))
        assert wait_until_all_are_ready(env, len(asked)) == sorted(asked), "prepared twice, or not at all"
        assert [file_of(odile, number) for number in asked] == [200] * len(asked)
        assert len(list((tmp_path / "data" / "exports").iterdir())) == len(asked)
        assert WRITTEN in fine(odile.open(person)).text
        assert left_in_the_queue(rabbit.url) == 0
    finally:
        rabbit.kill()
        begun = time.monotonic()
        service.end()
        ended_in = time.monotonic() - begun
        rabbit.start()
    assert ended_in < 60, "a worker that has lost its broker does not end"


def ask_export(visitor: Visitor, year: int) -> str:
    """Asked as the page does when there is something to take; the number of the job."""
    page = fine(visitor.open("/sorties/"))
    token = dict(page.forms[-1].values)["csrfmiddlewaretoken"]
    told = {"csrfmiddlewaretoken": token, "start": f"{year}-01-01", "end": f"{year}-12-31", "format": "csv"}
    fields = "".join(f'<input name="{name}" value="{value}">' for name, value in told.items())
    form = f'<form method="post" action="/sorties/exporter/">{fields}</form>'
    asked = fine(visitor.send(replace(page, text=form)), at="/exports/")
    return ON_PAGE.search(asked.url)[1]


def wait_until_all_are_ready(env: dict[str, str], count: int) -> list[str]:
    """The exports that the trail says prepared, as many times as it says so."""
    end = time.monotonic() + 120
    while True:
        found, prepared = json.loads(done(env, "shell", "--no-imports", "-c", COUNTED).splitlines()[-1])
        if len(found) == count and {status for _, status, _ in found} == {"PRET"}:
            return prepared
        assert time.monotonic() < end, found
        time.sleep(1)


def file_of(visitor: Visitor, number: str) -> int:
    return visitor.open(f"/sorties/exports/{number}/fichier/").status


def left_in_the_queue(url: str) -> int:
    with kombu.Connection(url) as line, line.channel() as channel:
        return int(channel.queue_declare("celery", passive=True).message_count)
