"""What any test may ask for by name: the day, what the trail says, a signed-in browser, a small territory."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.test import Client

from backend.audit.models import Entry
from competences.selectors import trades
from tests.factories import TODAY
from tests.signin import BACKEND, pass_second_factor
from tests.worlds.three_valleys import Territory, territory
from tests.worlds.workshop import WORKSHOP_DAY, Workshop


@pytest.fixture
def today():
    """The day of most tests, at ten in the morning; asked for by those that look at the calendar."""
    with time_machine.travel(f"{TODAY}T10:00:00+01:00", tick=False):
        yield TODAY


@pytest.fixture
def trail_of(db) -> Callable[..., list[str]]:
    """Actions written about an object, oldest first."""

    def actions(subject) -> list[str]:
        return list(Entry.objects.about(subject).order_by("id").values_list("action", flat=True))

    return actions


@pytest.fixture
def place(db) -> Territory:
    """One advisor, a few people, years of steps."""
    return territory()


@pytest.fixture
def sign_in() -> Callable[..., Client]:
    """A browser where this account is signed in."""

    def _sign_in(user) -> Client:
        client = Client()
        client.force_login(user, backend=BACKEND)
        pass_second_factor(client, user)
        return client

    return _sign_in


@pytest.fixture
def advisor(place, sign_in) -> Client:
    """The advisor's browser."""
    return sign_in(place.advisor)


@pytest.fixture
def fresh_trades() -> Iterator[None]:
    """Tests write trades one by one: what the process keeps of a referential is forgotten between them."""
    trades._built.cache_clear()
    yield
    trades._built.cache_clear()


@pytest.fixture
def workshop(db: None, fresh_trades: None) -> Iterator[Workshop]:
    """Two invented trades, and a team of six."""
    with time_machine.travel(f"{WORKSHOP_DAY}T10:00:00+01:00", tick=False):
        yield Workshop()
