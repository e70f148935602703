"""A new version while somebody writes: the short form of `python -m tests.rehearsals upgrade`."""

from __future__ import annotations

import pytest

from tests.needed import needs
from tests.rehearsals import upgrading


@pytest.mark.rehearsal
@needs("caddy")
def test_who_writes_meanwhile_loses_nothing(tmp_path):
    """SEC-59."""
    upgrading.play(tmp_path, people=0, say=print)
    assert not (tmp_path / "bad").exists(), "it was seen to its end"
