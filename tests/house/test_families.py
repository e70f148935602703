"""Tests that run once, without a second database, really ask for none."""

from __future__ import annotations

import re

import pytest

from tests.everything import ROOT, WITHOUT_BASE


@pytest.mark.parametrize("folder", WITHOUT_BASE)
def test_a_pure_folder_exists_and_touches_no_base(folder):
    files = list((ROOT / folder).rglob("*.py"))
    asks = re.compile(r"mark\.(django_db|browser)|\((?:[^()]*, )?(?:db|transactional_db|client)[,)]")
    assert files
    assert [path.name for path in files if asks.search(path.read_text())] == []
