"""Processes killed at random while somebody writes: the short form of `python -m tests.rehearsals kill`."""

from __future__ import annotations

import pytest

from tests.rehearsals import killing
from tests.rehearsals.installed import installed, texts


@pytest.mark.rehearsal
def test_nothing_is_lost_and_nothing_is_doubled(tmp_path):
    """SEC-50."""
    env, link = installed(tmp_path)
    service = killing.Service(env)
    try:
        writer = killing.play(service, link, seconds=12, seed=39, every=3, say=print)
    finally:
        service.end()
    assert texts(env) == writer.written
