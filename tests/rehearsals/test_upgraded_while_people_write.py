"""A new version while somebody writes: the short form of `python -m tests.rehearsals upgrade`."""

from __future__ import annotations

import shutil

import pytest

from tests.rehearsals import upgrading


@pytest.mark.rehearsal
@pytest.mark.skipif(not shutil.which("caddy"), reason="the proxy is needed")
def test_who_writes_meanwhile_loses_nothing(tmp_path):
    upgrading.play(tmp_path, people=0, say=print)
    assert not (tmp_path / "bad").exists(), "it was seen to its end"
