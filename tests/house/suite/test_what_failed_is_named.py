"""The end of a long output names the tests that failed: it is often all that is read of it."""

from __future__ import annotations

import sys

import tests.everything as everything
from tests.everything import NAMED, Check, not_passed, run

SAID = """\
..F.E                                                                    [100%]
=========================== short test summary info ============================
FAILED tests/one/test_a.py::test_it[x - y] - AssertionError: assert 1 == 2
FAILED tests/one/test_a.py::test_other
ERROR tests/two/test_b.py::test_base - OperationalError: the base is gone
1 failed, 2 passed in 3.00s
"""


def test_failures_and_errors_are_named_without_what_they_printed():
    assert not_passed(SAID) == (
        "FAILED tests/one/test_a.py::test_it[x - y]",
        "FAILED tests/one/test_a.py::test_other",
        "ERROR tests/two/test_b.py::test_base",
    )


def test_a_check_that_fails_says_which(capfd):
    program = f"import sys; print({SAID!r}); sys.exit(1)"
    outcome = run(Check("invented", [sys.executable, "-c", program]))
    assert (outcome.fine, len(outcome.failed)) == (False, 3)
    assert "── invented: FAILED in" in capfd.readouterr().out


def test_a_few_are_named_and_the_others_counted(monkeypatch, capsys):
    failed = tuple(f"FAILED tests/test_{number}.py" for number in range(NAMED + 3))
    monkeypatch.setattr(
        everything,
        "outcomes",
        lambda wanted: iter([everything.Outcome("invented", "FAILED in 1 s", False, failed)]),
    )
    assert everything.main() == 1
    last = capsys.readouterr().out.splitlines()[-NAMED - 1 :]
    assert last[0] == "invented: FAILED tests/test_0.py"
    assert last[-1] == "invented: and 3 more"
