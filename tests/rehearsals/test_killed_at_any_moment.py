"""Processes killed at random while somebody writes: the short form of `python -m tests.rehearsals kill`."""

from __future__ import annotations

import pytest

from tests.rehearsals import killing
from tests.rehearsals.installed import installed, texts
from tests.rehearsals.servers import servers


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


@pytest.mark.rehearsal
def test_a_base_restarted_and_a_broker_that_goes_away_lose_and_double_nothing(tmp_path):
    """SEC-50, SEC-54: a territory; PostgreSQL restarted and cut, Redis gone and back with nothing, while somebody writes."""
    with servers(tmp_path) as (told, befalls):
        env, link = installed(tmp_path, **told)
        service = killing.Service(env)
        try:
            writer = killing.play(service, link, seconds=20, seed=54, every=4, say=print, beside=befalls)
        finally:
            service.end()
        assert texts(env) == writer.written
        assert writer.sent_again > 0, "nothing was under way when the base went: this proves nothing"
