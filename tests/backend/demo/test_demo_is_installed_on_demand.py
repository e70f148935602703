"""The demonstration is there for whoever asks for it, and never in production."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.apps import apps

from backend.core.pages.front_page import our_commands
from backend.manage import demo_commands
from tests.backend.settings.test_production_settings import ROOT, SAFE

ASK = "import django; django.setup(); from django.apps import apps; from django.core.management import get_commands; print(apps.is_installed('backend.demo'), 'demo' in get_commands(), 'demo_data' in get_commands())"


def ask(tmp_path, *words, **changes):
    environment = {**os.environ, "DATA_DIR": str(tmp_path), **changes}
    environment.pop("PASSERELLES_DEMO", None)
    return subprocess.run(
        [sys.executable, *words], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


def test_an_ordinary_installation_does_not_hold_the_demonstration():
    assert not apps.is_installed("backend.demo")


def test_its_commands_are_told_all_the_same():
    assert demo_commands() == {"demo", "demo_data"}
    assert {"demo", "demo-data"} <= set(our_commands())


@pytest.mark.parametrize("words", [["demo", "--help"], ["help", "demo-data"], ["demo_data", "--help"]])
def test_asking_about_one_installs_it(tmp_path, words):
    told = ask(tmp_path, "-m", "backend.manage", *words, DJANGO_SETTINGS_MODULE="backend.settings.embedded")
    assert told.returncode == 0, told.stderr
    assert "territoire inventé" in told.stdout


def test_demo_data_fills_an_empty_base(tmp_path):
    filled = ask(
        tmp_path, "-m", "backend.manage", "demo-data", "--people", "3", "--structures", "2",
        DJANGO_SETTINGS_MODULE="backend.settings.embedded", DATABASE_URL=f"sqlite:///{tmp_path / 'base.sqlite3'}",
    )  # fmt: skip
    assert (filled.returncode, filled.stdout) == (
        0,
        "3 personnes inventées dans 2 structures, sur 3 ans.\n",
    ), filled.stderr


def test_production_has_neither_the_app_nor_its_commands(tmp_path):
    assert ask(tmp_path, "-c", ASK, **SAFE).stdout.split() == ["False", "False", "False"]
    page = ask(tmp_path, "-m", "backend.manage", **SAFE)
    assert page.returncode == 0, page.stderr
    assert "demo" not in page.stdout


@pytest.mark.parametrize("name", sorted(demo_commands()))
def test_production_refuses_each_of_its_commands_with_a_sentence(tmp_path, name):
    refused = ask(tmp_path, "-m", "backend.manage", name, **SAFE)
    assert refused.returncode == 2
    assert "ne s’emploie jamais en production" in refused.stderr
    assert "Traceback" not in refused.stderr
