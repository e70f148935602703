"""A web worker starts with what every page needs; engines are loaded by the first who uses them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
HEAVY = (
    "numpy",
    "openbadgeslib",
    "openpyxl",
    "pandas",
    "pyld",
    "python_calamine",
    "scipy",
    "sklearn",
    "xlsxwriter",
)
START = """
import sys, django
django.setup()
import backend.urls, backend.wsgi
print(" ".join(name for name in sys.argv[1:] if name in sys.modules))
"""


LAST = """
import gc, sys
import backend.wsgi
print(gc.get_freeze_count(), "pathways.screens.person.views" in sys.modules)
"""


def started(code, folder, *words):
    """What a process of the service says once it has started."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "backend.settings.embedded",
        "DATA_DIR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder / 'base.sqlite3'}",
    }
    done = subprocess.run(
        [sys.executable, "-c", code, *words],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.split()


def test_the_addresses_are_known_without_loading_any_engine(tmp_path):
    assert started(START, tmp_path, *HEAVY) == [], (
        "import it inside the function that needs it: a command must not wait for it"
    )


def test_what_is_loaded_before_the_first_visitor_is_left_out_of_the_sweeps(tmp_path):
    left_out, has_views = started(LAST, tmp_path)
    assert int(left_out) > 100_000
    assert has_views == "True"
