"""What every test may ask for."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from celery import current_app
from django.contrib.auth import get_user_model
from django.db import connection
from hypothesis import HealthCheck, settings

from backend.audit import triggers
from tests.everything import MARK, browser_files
from tests.factories import BeneficiaryFactory
from tests.house.collecting import named_after_a_set, unordered_in
from tests.needed import not_here

pytest_plugins = ["pytester", "tests.bases", "tests.times", "tests.worlds.fixtures"]

ROOT = Path(__file__).resolve().parent.parent
# A machine that is busy draws slowly: that says nothing of the code. Each test keeps its own number of examples.
settings.register_profile("passerelles", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("passerelles")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Refuse parameters without an order: two processes would not collect the same tests."""
    if names := unordered_in(metafunc.definition.iter_markers()):
        raise pytest.UsageError(f"{metafunc.definition.nodeid}: sorted(…) the values of {', '.join(names)}")


def pytest_itemcollected(item: pytest.Item) -> None:
    """A test for a browser says so in its own file, where `make test` looks for it."""
    if item.get_closest_marker("browser") is not None and item.path not in browser_files():
        raise pytest.UsageError(f"{item.nodeid}: write @{MARK} in this file")


def pytest_collection_finish(session: pytest.Session) -> None:
    """What was loaded stays until the end: the collector never walks through it again, a fifth of the time of pages."""
    if named := [item.nodeid for item in session.items if named_after_a_set(item.nodeid)]:
        raise pytest.UsageError(f"{named[0]}: a set has no order, give this test an id of its own")
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def rome_dir() -> Path:
    """The official ROME export: beside the project, or where PASSERELLES_ROME_DIR says."""
    path = Path(os.environ.get("PASSERELLES_ROME_DIR", ROOT.parent / "shared" / "data" / "rome"))
    if not (path / "unix_referentiel_code_rome_v460_utf8.csv").exists():
        not_here(f"the official ROME export is not in {path}, and never committed: set PASSERELLES_ROME_DIR")
    return path


@cache
def _really_committing(session: pytest.Session) -> frozenset[Path]:
    """Files of which a test commits for good, looked for once."""
    marks = ((item.path, item.get_closest_marker("django_db")) for item in session.items)
    return frozenset(path for path, mark in marks if mark is not None and mark.kwargs.get("transaction"))


@pytest.fixture(scope="module", autouse=True)
def _names_begin_anew() -> None:
    """Eight names turn in a circle: where the file before stopped would decide who is a homonym in this one."""
    BeneficiaryFactory.last_name.reset()
    BeneficiaryFactory.first_name.reset()


@pytest.fixture(scope="module", autouse=True)
def _trail_can_be_emptied(request: pytest.FixtureRequest) -> Iterator[None]:
    """Tests that really commit have their tables emptied after them, the trail included, for the tests only."""
    if request.path not in _really_committing(request.session):
        yield
        return
    request.getfixturevalue("django_db_setup")
    blocker = request.getfixturevalue("django_db_blocker")
    with blocker.unblock(), connection.schema_editor() as editor:
        triggers.drop(None, editor)
    yield
    with blocker.unblock(), connection.schema_editor() as editor:
        triggers.create(None, editor)


@pytest.fixture(scope="module", autouse=True)
def _nothing_stays(request: pytest.FixtureRequest) -> Iterator[None]:
    """What a module writes goes with it: the next one, whichever it is, finds no account of somebody else's."""
    from tests.bases import of_a_base  # a plug-in, which pytest loads before anything here imports it

    if not of_a_base(request):
        yield
        return
    yield
    with request.getfixturevalue("django_db_blocker").unblock():
        left = get_user_model()._default_manager.count()
    assert left == 0, f"{left} accounts stay in the base after {request.path.name}"


@pytest.fixture(autouse=True)
def _fresh_counts() -> None:
    """Counts kept by the process for a minute would outlive the test that made them."""
    from backend.core.pages import pace
    from backend.web import counts
    from backend.web.views import health

    for kept in (counts, health, pace):
        kept.forget()


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, list[str]]]:
    """Messages given to the broker; these tests deliver them by hand, `test_export_workers` with real ones."""
    messages: list[tuple[str, list[str]]] = []
    monkeypatch.setattr(current_app, "send_task", lambda name, args: messages.append((name, args)))
    return messages
