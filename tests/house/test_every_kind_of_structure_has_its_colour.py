"""A new kind of structure is drawn like the others: its badge and its block have a colour."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from backend.organisations.enums import StructureKind

SHEETS = "".join(
    sheet.read_text() for sheet in (Path(__file__).parents[2] / "backend").glob("**/static/**/*.css")
)


@pytest.mark.parametrize("kind", StructureKind)
def test_each_kind_has_a_badge_and_a_block(kind):
    for name in (f"kind-{kind.lower()}", f"fill-{kind.lower()}"):
        assert re.search(rf"\.{name}\b", SHEETS), name
