"""A module is read in one sitting, a folder is seen in one look."""

from __future__ import annotations

from collections import Counter
from pathlib import PurePosixPath

from tests.house.tree import modules, source

MOST_LINES = 400
MOST_MODULES = 18
LONGER: dict[str, str] = {}
CROWDED = {
    "backend/core": "2026-11: the ground floor, one idea per module; exports and jobs could have their room",
    "backend/demo": "2026-11: the invented territory is being furnished",
    "pathways/rules": "2026-11: one text of law per module; the book and its rows could have their room",
}
"""Folders above the bound: since when, and what would give them rooms."""


def test_no_module_is_longer_than_one_sitting():
    long = {path for path, _ in modules() if len(source(path).splitlines()) > MOST_LINES}
    assert sorted(long - set(LONGER)) == [], f"more than {MOST_LINES} lines: one module per subject"
    assert set(LONGER) <= long, "short again: take it out of LONGER"


def test_no_folder_is_crowded():
    floors = Counter(
        PurePosixPath(path).parent.as_posix() for path, _ in modules() if not path.endswith("__init__.py")
    )
    crowded = {folder for folder, many in floors.items() if many > MOST_MODULES}
    assert sorted(crowded - set(CROWDED)) == [], (
        f"more than {MOST_MODULES} modules on one floor: give it rooms"
    )
    assert set(CROWDED) <= crowded, "it has its rooms: take it out of CROWDED"
