"""The page of installation, typed word for word on a machine like this one; on a bare Debian by `python -m tests.rehearsals`."""

from __future__ import annotations

import os
import subprocess

import pytest

from tests.needed import needs, needs_that
from tests.rehearsals import bare, visitor
from tests.rehearsals.machines import a_machine, can_make_one
from tests.rehearsals.pages import ROOT

TEN_MINUTES = 600


@pytest.mark.rehearsal
@needs("caddy")
@needs_that(can_make_one(), "only root makes a machine")
def test_a_first_follow_up_is_recorded_over_tls_by_who_types_the_page(capsys):
    with a_machine() as machine:
        seconds = bare.play(machine, "petite", has_program=True, say=print)
    assert seconds < TEN_MINUTES


@needs("caddy")
@pytest.mark.parametrize("form", ["machine", "containers"])
def test_the_proxy_of_debian_reads_both_files_and_both_show_the_same_page(tmp_path, form):
    from backend.core.installation.away import WHILE_AWAY
    from backend.core.installation.files import proxy_file

    ours = proxy_file({"adresse": "passerelles.example.org", "port": "8000"})
    text = ours if form == "machine" else (ROOT / "deploy/Caddyfile").read_text("utf-8")
    assert WHILE_AWAY in text
    (tmp_path / "Caddyfile").write_text(text)
    done = subprocess.run(
        ["caddy", "adapt", "--config", str(tmp_path / "Caddyfile"), "--adapter", "caddyfile"],
        env={"HOST_NAME": "passerelles.example.org", "PATH": os.environ["PATH"], "HOME": str(tmp_path)},
        capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_codes_are_those_of_the_standard():
    """The last six figures of the examples of RFC 6238."""
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    assert [visitor.code_for(secret, at=at) for at in (59, 1111111109, 2000000000)] == [
        "287082",
        "081804",
        "279037",
    ]
