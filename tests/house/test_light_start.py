"""A web worker starts with what every page needs; engines are loaded by the first who uses them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HEAVY = ("numpy", "openpyxl", "pandas", "python_calamine", "scipy", "sklearn", "xlsxwriter")
START = """
import sys, django
django.setup()
import backend.urls, backend.wsgi
print(" ".join(name for name in sys.argv[1:] if name in sys.modules))
"""


def test_the_addresses_are_known_without_loading_any_engine(tmp_path):
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "backend.settings.embedded",
        "DATA_DIR": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path / 'base.sqlite3'}",
    }
    loaded = subprocess.run(
        [sys.executable, "-c", START, *HEAVY],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert loaded.stdout.split() == []
