"""A new kind of structure is drawn and told like the others: its badge and its block have a colour, help explains it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from backend.organisations.enums import StructureKind
from backend.web.help import GLOSSARY

SHEETS = "".join(
    sheet.read_text() for sheet in (Path(__file__).parents[3] / "backend").glob("**/static/**/*.css")
)


@pytest.mark.parametrize("kind", StructureKind)
def test_each_kind_has_a_badge_and_a_block(kind):
    for name in (f"kind-{kind.lower()}", f"fill-{kind.lower()}"):
        assert re.search(rf"\.{name}\b", SHEETS), f".{name}: backend/web/static/web/passerelles.css"


@pytest.mark.parametrize("kind", StructureKind)
def test_each_kind_is_explained_in_the_help(kind):
    assert kind.short in GLOSSARY, "one line of GLOSSARY in backend/web/help.py, under the words of the badge"
