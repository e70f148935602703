"""Signing in without typing a password, and a small territory to look at."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.signin import BACKEND, pass_second_factor
from tests.worlds.three_valleys import Territory, territory


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
