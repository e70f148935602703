"""A structure with its team, and a person they accompany, on the day of most tests."""

from __future__ import annotations

import pytest

from tests.worlds.accompanied import Accompanied


@pytest.fixture(autouse=True)
def _today(today):
    """Services ask the calendar."""


@pytest.fixture
def house(db) -> Accompanied:
    """One structure, its team, somebody accompanied there, a stranger next door."""
    return Accompanied.build()
