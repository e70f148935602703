"""`/sante/pret/` says what is wrong, and only that; `check-install` says the same with what to type."""

from __future__ import annotations

import os
import shutil
import time
from collections import namedtuple

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from backend.core.health import checks, findings, signs
from backend.files import health as drawings
from competences.services import ensure_referential
from tests.house.tree import ROOT

pytestmark = pytest.mark.django_db


@pytest.fixture
def running(settings, tmp_path):
    """An installation where everything is there and lives."""
    settings.DATA_DIR = tmp_path
    for who in signs.Watched:
        signs.show(who, tmp_path)
    ensure_referential()
    return tmp_path


def asked(**headers):
    answer = Client().get("/sante/pret/", headers=headers)
    said = answer.json()
    return answer.status_code, said["etat"], [problem["code"] for problem in said["problemes"]]


def test_ready_when_everything_is_there(running):
    assert asked() == (200, "pret", [])


def test_asked_by_any_name_it_answers(running):
    assert asked(host="10.0.0.7:8000") == (200, "pret", [])
    assert Client().get("/sante/vivant/", headers={"host": "web"}).status_code == 200
    assert Client().get("/compte/connexion/", headers={"host": "web"}).status_code == 400


def no_base(monkeypatch, running):
    def refuse():
        raise DatabaseError("no")

    monkeypatch.setattr(connection, "cursor", refuse)


def no_table(monkeypatch, running):
    MigrationRecorder.Migration.objects.filter(app="pathways").order_by("-id").first().delete()


def no_cache(monkeypatch, running):
    monkeypatch.setattr(checks.cache, "get", lambda key: None)


def no_room(monkeypatch, running):
    usage = namedtuple("usage", "free")
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage(10**6))


@pytest.mark.parametrize(
    ("break_it", "code"),
    [(no_base, "base"), (no_table, "migrations"), (no_cache, "cache"), (no_room, "disque")],
)
def test_not_ready_when_nobody_can_work(monkeypatch, running, break_it, code):
    break_it(monkeypatch, running)
    assert asked() == (503, "indisponible", [code])


def test_a_worker_or_a_clock_that_went_silent_is_said(running):
    old = time.time() - signs.FRESH_SECONDS - 1
    os.utime(running / "signs" / "worker", (old, old))
    signs.forget(signs.Watched.CLOCK, running)
    assert asked() == (200, "degrade", ["travaux", "horloge"])


def test_a_broker_that_does_not_answer_is_said(running, settings):
    settings.CELERY_BROKER_URL = "redis://:CANARI@127.0.0.1:1/0"
    assert asked() == (200, "degrade", ["file_des_travaux"])


def test_an_empty_referential_is_said(settings, tmp_path, running):
    from competences.models import Competence, OccupationCompetence

    OccupationCompetence.objects.all().delete()
    Competence.objects.all().delete()
    assert asked() == (200, "degrade", ["referentiel"])


def test_without_what_draws_a_pdf_it_is_said_with_the_packages_to_install(running, monkeypatch, capsys):
    def missing(library):
        raise OSError(f"{library}: cannot open shared object file")

    monkeypatch.setattr(drawings, "_load", missing)
    assert asked() == (200, "degrade", ["pdf"])
    with pytest.raises(SystemExit):
        call_command("check_install")
    assert "apt-get install -y libpango-1.0-0 libpangoft2-1.0-0" in capsys.readouterr().out


@pytest.mark.parametrize("place", ["Dockerfile", "docs/installer.md", ".ci/run"])
def test_each_place_that_installs_brings_what_draws_a_pdf(place):
    assert [name for name in drawings.PACKAGES if name not in (ROOT / place).read_text()] == []


def test_what_is_wrong_is_told_with_what_to_type(running, capsys):
    signs.forget(signs.Watched.WORKER, running)
    with pytest.raises(SystemExit) as end:
        call_command("check_install")
    said = capsys.readouterr().out
    assert end.value.code == 1
    assert "À rétablir : Les travaux de fond ne donnent plus signe de vie" in said
    assert "→ systemctl restart passerelles" in said
    assert "À compléter : Les pages publiques" in said


def test_what_must_run_is_not_looked_at_before_the_first_start(running, capsys):
    signs.forget(signs.Watched.WORKER, running)
    call_command("check_install", "--before-start")
    assert capsys.readouterr().out.endswith("Tout est prêt.\n")


def test_every_trouble_ends_with_a_remedy_and_names_nothing(running, settings):
    settings.CELERY_BROKER_URL = "redis://:CANARI@127.0.0.1:1/0"
    signs.forget(signs.Watched.WORKER, running)
    found = findings.troubles(is_running=True)
    assert found
    for trouble in found:
        assert trouble.remedy
        assert "CANARI" not in trouble.sentence + trouble.remedy
        assert str(running) not in trouble.sentence + trouble.remedy
