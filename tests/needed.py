"""What a test needs of the machine: a laptop without it is told so; in CI, where `.ci/run` installs it, the test fails.

The only place of the suite where a test may be left out.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from functools import cache
from typing import NoReturn

import pytest
from django.db import connection

IN_CI = bool(os.environ.get("CI"))


def not_here(what: str) -> NoReturn:
    """Stop this test: what it plays with cannot be reached."""
    if IN_CI:
        pytest.fail(what)
    pytest.skip(what)


def needs(*programs: str) -> pytest.MarkDecorator:
    """A mark: the test starts these programs."""
    missing = [program for program in programs if not shutil.which(program)]
    return pytest.mark.skipif(bool(missing) and not IN_CI, reason=f"not installed: {', '.join(missing)}")


def needs_that(is_possible: bool, what: str) -> pytest.MarkDecorator:
    """A mark: the test does what this account may, or not."""
    return pytest.mark.skipif(not is_possible and not IN_CI, reason=what)


@cache
def as_root() -> tuple[str, ...] | None:
    """What to type before a command so that root runs it; None when this account may not ask."""
    if os.geteuid() == 0:
        return ()
    asked = ("sudo", "-n")
    may_ask = shutil.which("sudo") and subprocess.run([*asked, "true"], capture_output=True).returncode == 0
    return asked if may_ask else None


def only_on(vendor: str, *, because: str) -> None:
    """Stop this test on the other database, which does not do what it looks at; the suite is played on both."""
    if connection.vendor != vendor:
        pytest.skip(because)
