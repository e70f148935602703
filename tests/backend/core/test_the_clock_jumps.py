"""SEC-57: the clock of the machine jumps a day ahead and comes back: nothing is lost, done twice, stuck, nor wrongly well."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from backend.accounts.lockout import LONGEST_WAIT_SECONDS
from backend.audit import chain, trail
from backend.audit.models import Entry
from backend.core import jobs
from backend.core.actor import Actor, Role
from backend.core.health import signs
from backend.core.jobs import JobStatus
from backend.mail.delivery import deliver
from backend.mail.enums import MessageKind, MessageState
from backend.mail.models import Message
from backend.mail.outbox import write
from reports.models import ExportJob
from reports.services import exports
from tests.factories import MembershipFactory, StayFactory
from tests.signin import sign_in

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
AHEAD, BACK = NOW + timedelta(days=1), NOW + timedelta(minutes=1)
PASSWORD = "une-phrase-inventee-et-fausse"


def at(moment):
    return time_machine.travel(moment, tick=False)


@pytest.fixture
def export():
    seat = MembershipFactory(role=Role.MANAGER)
    return lambda **held: ExportJob.objects.create(
        user=seat.user, seat=seat.seat_key, kind="exits", format="csv", **held
    )


def test_a_job_whose_worker_died_in_the_hour_that_never_was_is_begun_again(export, settings, tmp_path, sent):
    settings.EXPORT_DIR = tmp_path
    with at(AHEAD):
        dead = jobs.take(ExportJob, str(export().pk))
    with at(BACK):
        exports.give_up_on_lost_exports()
        dead.refresh_from_db()
        assert (dead.status, dead.restarts) == (JobStatus.QUEUED, 1)
        assert sent == [(exports.TASK, [str(dead.pk)])]
        assert jobs.take(ExportJob, str(dead.pk)) is not None
        exports.give_up_on_lost_exports()
        dead.refresh_from_db()
        assert (dead.status, dead.restarts) == (JobStatus.RUNNING, 1), "one that lives is left to live"


def test_a_worker_that_lives_through_the_jump_ends_its_job_once(export, settings, tmp_path, sent):
    settings.EXPORT_DIR = tmp_path
    with at(NOW):
        job = jobs.take(ExportJob, str(export().pk))
    with at(AHEAD):
        jobs.checkpoint(job, rows_done=1)
    with at(BACK):
        jobs.checkpoint(job, rows_done=2)
        exports.give_up_on_lost_exports()
        jobs.finish(job)
    job.refresh_from_db()
    assert (job.status, job.restarts, sent) == (JobStatus.READY, 0, [])


@pytest.mark.usefixtures("sent")
def test_a_message_written_meanwhile_leaves_once_and_does_not_wait_a_day():
    with at(AHEAD):
        message = write(to="odile@example.org", subject="Objet", text="Texte", kind=MessageKind.ACCOUNT)
    with at(BACK):
        assert [deliver(message.pk) for _ in range(2)] == [MessageState.SENT, None]
    assert Message.objects.get().attempts == 1


def test_a_sign_of_life_from_later_than_now_is_none(tmp_path):
    signs.show(signs.Watched.CLOCK, tmp_path)
    later = time.time() + 3600
    os.utime(tmp_path / "signs" / "clock", (later, later))
    assert not signs.is_alive(signs.Watched.CLOCK, tmp_path)
    signs.show(signs.Watched.CLOCK, tmp_path)
    assert signs.is_alive(signs.Watched.CLOCK, tmp_path)


def test_failures_at_the_door_are_counted_and_nobody_waits_for_their_hour_to_come(client):
    user = MembershipFactory().user
    typed = {"login": user.email, "password": PASSWORD}
    with at(AHEAD):
        for _ in range(4):
            client.post(reverse("account_login"), typed)
    with at(BACK):
        assert "Réessayez dans" not in client.post(reverse("account_login"), typed).content.decode()
        assert "Réessayez dans" in client.post(reverse("account_login"), typed).content.decode()
    statuses = []
    for turn in range(1, 12):
        with at(BACK + turn * timedelta(seconds=LONGEST_WAIT_SECONDS + 1)):
            statuses.append(client.post(reverse("account_login"), typed).status_code)
    assert 429 in statuses, "ten failures still close the door"


def test_a_session_goes_on_through_the_jump_back_and_idles_by_the_new_time(settings):
    seat = MembershipFactory(role=Role.ADVISOR)
    with at(AHEAD):
        client = sign_in(Client(), seat.user, seat=seat.seat_key)
        assert client.get(reverse("web:people")).status_code == 200
    with at(BACK):
        assert client.get(reverse("web:people")).status_code == 200
    with at(BACK + timedelta(seconds=settings.SESSION_IDLE_SECONDS + 1)):
        assert client.get(reverse("web:people")).status_code == 302


def test_the_trail_is_in_the_order_of_its_lines_and_stays_whole():
    stay = StayFactory()
    for moment in (NOW, AHEAD, BACK):
        with at(moment):
            trail.record(Actor.operator(), "beneficiary.read", stay.beneficiary)
            chain.bind()
    assert chain.verify().faults == ()
    assert list(Entry.objects.order_by("pk").values_list("at", flat=True))[-3:] == [NOW, AHEAD, BACK]
