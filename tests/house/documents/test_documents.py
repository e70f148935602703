"""Every file that a document sends its reader to is there."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_of_a_document_lead_somewhere(document):
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", document.read_text())
    inside = [link for link in links if "://" not in link and not link.startswith("mailto:")]
    assert [link for link in inside if not (document.parent / link).exists()] == [], (
        "the file is gone or renamed: mend the link"
    )


@pytest.mark.parametrize("name", ["LICENSE", "CONTRIBUTING.md", "SECURITY.md"])
def test_the_first_page_leads_to_what_every_visitor_looks_for(name):
    assert f"]({name})" in (ROOT / "README.md").read_text(), "link it from README.md"


WRITES_NOTHING = "import pathlib, runpy, sys; pathlib.Path.write_text = lambda *_, **__: 0; runpy.run_module(sys.argv[1], run_name='__main__')"


@pytest.mark.parametrize("name", sorted(path.stem for path in (ROOT / "tests/house").glob("*_page.py")))
def test_a_page_is_written_again_by_the_command_as_it_is_told(name):
    """`python -m tests.house.rules_page`, typed in a terminal where nothing was set."""
    bare = {key: value for key, value in os.environ.items() if key != "DJANGO_SETTINGS_MODULE"}
    typed = [sys.executable, "-c", WRITES_NOTHING, f"tests.house.{name}"]
    done = subprocess.run(typed, cwd=ROOT, env=bare, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
