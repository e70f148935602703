"""Each test of the team starts with a quiet door."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def quiet_door():
    """Forget how many times the doors were tried: the memory of a worker outlives a test."""
    cache.clear()
    yield
    cache.clear()
