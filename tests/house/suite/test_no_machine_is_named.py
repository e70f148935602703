"""What is committed, and what commits say, names no folder of anybody's machine."""

from __future__ import annotations

import re
import subprocess

from tests.house.tree import ROOT, tracked

MACHINE = re.compile(r"(?<![\w.~-])/(?:home|root|Users|work|mnt|private)/[A-Za-z0-9_.-]+|[A-Z]:\\\\Users")
TEXTS = {".md", ".py", ".toml", ".yml", ".yaml", ".txt", ".html", ".css", ".js", ".cfg", ".sh", ""}
IN_THE_CONTAINER = {"Dockerfile", "docker-compose.yml"}
"""Where a folder is that of the image, the same for everybody."""


def test_no_file_names_a_folder_of_a_machine():
    named = {
        str(path.relative_to(ROOT)): found
        for path in tracked()
        if path.suffix in TEXTS and path.name not in IN_THE_CONTAINER
        and (found := MACHINE.findall(path.read_text("utf-8", errors="ignore")))
    }  # fmt: skip
    assert named == {}, "name it from the root of the project, or by a variable of the settings"


def test_no_commit_names_one():
    log = subprocess.run(
        ["git", "log", "--format=%h %B"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert MACHINE.findall(log.stdout) == [], (
        "a commit names a machine or a folder of somebody: write its message again"
    )


def test_a_folder_of_a_machine_is_recognised():
    folder = "/".join(("", "home", "odile"))
    assert MACHINE.findall(f"lancez {folder}/passerelles")
    assert not MACHINE.findall("https://example.org/home/page et docs/home/page")
