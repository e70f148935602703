"""The bakery and everyone around it; what the process keeps of a referential is forgotten between tests."""

from __future__ import annotations

import pytest

from employers.selectors import referential
from tests.worlds.bakery import Bakery


@pytest.fixture
def fresh_referential():
    """Tests write competences one by one: what the process keeps of a referential is forgotten between them."""
    referential._built.cache_clear()
    yield
    referential._built.cache_clear()


@pytest.fixture
def bakery(db, today, fresh_referential) -> Bakery:
    """A job made of a task of the bakery, and everyone who may knock."""
    return Bakery.build()
