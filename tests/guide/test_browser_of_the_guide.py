"""A guide that lies is red: each story of docs/guide/ is walked on the demonstration, button by button."""

from __future__ import annotations

import os
import sqlite3
from datetime import date

import pytest
import time_machine
from django.db import connection

from backend.celery import app
from backend.demo.loading.accounts import open_demo_accounts
from backend.demo.loading.cvs import make_cvs
from backend.demo.loading.jobs import propose_jobs
from backend.demo.loading.passports import make_passports
from backend.demo.loading.territory import load_territory
from backend.demo.territory import demo_territory
from competences.services import ensure_referential
from tests.chromium import browser, trail_can_be_emptied  # noqa: F401
from tests.committing import committing
from tests.guide import WANTS_PICTURES
from tests.guide.pictures import take
from tests.guide.reading import pages, stories_of
from tests.guide.walking import Reader
from tests.needed import only_on

pytestmark = [pytest.mark.browser, committing]
TODAY = date(2026, 11, 26)
"""A day of its own for the demonstration: its pictures change when a page changes, never because a night has passed."""
PSEUDONYM_KEY = "a key of the guide: the same names of employers in each picture"
STORIES = [page for page in pages() if stories_of(page.read_text("utf-8"))]


@pytest.fixture(scope="module")
def kept() -> sqlite3.Connection:
    """Where the demonstration waits, loaded once, between two pages."""
    with sqlite3.connect(":memory:") as memory:
        yield memory
    memory.close()


@pytest.fixture
def demonstration(browser, kept, transactional_db, monkeypatch, settings):  # noqa: F811
    """The demonstration as its visitor first opens it, on its own day; what is given to the workers is done at once."""
    only_on("sqlite", because="the demonstration is put back page by page from a copy of its file")
    settings.PSEUDONYM_KEY = PSEUDONYM_KEY
    app.loader.import_default_modules()
    monkeypatch.setattr(app, "send_task", lambda name, args: app.tasks[name](*args))
    with time_machine.travel(f"{TODAY}T10:00:00+01:00", tick=True):
        connection.ensure_connection()
        if kept.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            kept.backup(connection.connection)
        else:
            _load()
            connection.connection.backup(kept)
        yield


def _load() -> None:
    territory = demo_territory(TODAY)
    ensure_referential()
    load_territory([territory])
    open_demo_accounts(territory.accounts)
    propose_jobs(TODAY)
    make_passports(TODAY)
    make_cvs(TODAY)


@pytest.mark.parametrize("page", STORIES, ids=lambda page: page.stem)
def test_a_story_of_the_guide_is_followed_to_its_end(demonstration, browser, live_server, page):  # noqa: F811
    reader = Reader(browser, live_server.url, take if os.environ.get(WANTS_PICTURES) else None)
    assert reader.follow(stories_of(page.read_text("utf-8"))) == [], (
        "the guide names what the page does not show: mend the sentence, or the page"
    )
    assert [visitor.elsewhere for visitor in reader.visitors if visitor.elsewhere] == []
