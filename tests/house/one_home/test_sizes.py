"""A module is read in one sitting, a folder is seen in one look."""

from __future__ import annotations

from collections import Counter
from pathlib import PurePosixPath

from tests.house.tree import ROOT, modules, source, templates

MOST_LINES = 400
MOST_MODULES = 18
MOST_TEMPLATES = 16
LONGER: dict[str, str] = {}


TESTS = [path.relative_to(ROOT).as_posix() for path in (ROOT / "tests").rglob("*.py")]
OURS = [*(path for path, _ in modules()), *TESTS]


def test_no_module_is_longer_than_one_sitting():
    long = {path for path in OURS if len(source(path).splitlines()) > MOST_LINES}
    assert sorted(long - set(LONGER)) == [], f"more than {MOST_LINES} lines: one module per subject"
    assert set(LONGER) <= long, "short again: take it out of LONGER"


def test_no_folder_is_crowded():
    floors = Counter(
        PurePosixPath(path).parent.as_posix() for path in OURS if not path.endswith("__init__.py")
    )
    crowded = sorted(folder for folder, many in floors.items() if many > MOST_MODULES)
    assert crowded == [], f"more than {MOST_MODULES} modules on one floor: give it rooms"


def test_no_folder_of_templates_is_crowded():
    floors = Counter(path.parent.relative_to(ROOT).as_posix() for path in templates().values())
    crowded = sorted(folder for folder, many in floors.items() if many > MOST_TEMPLATES)
    assert crowded == [], f"more than {MOST_TEMPLATES} templates on one floor: give it rooms"
