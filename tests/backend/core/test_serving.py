"""The base is replaced when nobody serves from it: each form the service takes is seen."""

from __future__ import annotations

import fcntl
import os
import time

import pytest

from backend.core import serving
from backend.core.errors import DomainError
from backend.core.health import signs


def is_stopped(folder):
    try:
        with serving.nobody_serves(folder):
            return True
    except DomainError:
        return False


@pytest.fixture
def released(monkeypatch):
    """Locks held for good are held until the end of the test."""
    held = []
    monkeypatch.setattr(serving, "_held_for_good", held)
    yield
    for lock in held:
        lock.close()


def test_serve_is_seen_while_it_runs_and_no_longer(tmp_path):
    with serving.alone(tmp_path):
        assert not is_stopped(tmp_path)
    assert is_stopped(tmp_path)


def test_several_webs_serve_together_and_each_is_seen(tmp_path, released):
    serving.serve_pages_from(tmp_path)
    serving.serve_pages_from(tmp_path)
    assert not is_stopped(tmp_path)
    serving._held_for_good.pop().close()
    assert not is_stopped(tmp_path)
    serving._held_for_good.pop().close()
    assert is_stopped(tmp_path)


@pytest.mark.parametrize("who", list(signs.Watched))
def test_a_worker_or_a_clock_on_its_own_is_seen_then_forgotten(tmp_path, who):
    signs.show(who, tmp_path)
    assert not is_stopped(tmp_path)
    long_ago = time.time() - signs.FRESH_SECONDS - 1
    os.utime(tmp_path / "signs" / who.value, (long_ago, long_ago))
    assert is_stopped(tmp_path)


def test_nobody_starts_to_serve_while_the_base_is_replaced(tmp_path):
    with serving.nobody_serves(tmp_path):
        with pytest.raises(DomainError, match="tourne déjà"), serving.alone(tmp_path):
            pass
        with (tmp_path / "web.lock").open("w") as web, pytest.raises(BlockingIOError):
            fcntl.flock(web, fcntl.LOCK_SH | fcntl.LOCK_NB)
