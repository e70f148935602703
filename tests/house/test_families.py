"""Tests that run once are there, and those without a second database really ask for none."""

from __future__ import annotations

import re

import pytest

from tests.everything import READ_ON_SQLITE, ROOT, WITHOUT_BASE, WRITTEN_ON_POSTGRES


@pytest.mark.parametrize("folder", WITHOUT_BASE)
def test_a_pure_folder_exists_and_touches_no_base(folder):
    place = ROOT / folder
    files = [place] if place.is_file() else list(place.rglob("*.py"))
    asks = re.compile(r"mark\.(django_db|browser)|\((?:[^()]*, )?(?:db|transactional_db|client)[,)]")
    assert files
    assert [path.name for path in files if asks.search(path.read_text())] == []


def test_a_walk_made_on_one_base_is_made_on_that_one():
    assert [path for path in (*READ_ON_SQLITE, *WRITTEN_ON_POSTGRES) if not (ROOT / path).is_file()] == []
    assert set(READ_ON_SQLITE).isdisjoint(WRITTEN_ON_POSTGRES)
