"""`make attacks`: the whole form of every attack, of which the suite plays a quick one; `python -m tests.attacks NAME…` for some.

Each says at its end what failed, the table at the very end how long each took. On the database of `DATABASE_URL`, else SQLite.
"""

from __future__ import annotations

import os
import sys

from tests.everything import PYTEST, Check, run

REQUESTS = "20000"
WHOLE = {"PASSERELLES_ATTACKS": "whole"}
ATTACKS = {
    # Another's number under every address and verb, by every role; what hangs from it; what stands between two groups.
    "identifiers": (
        "tests/access/test_web_access_matrix.py",
        "tests/access/test_api_access_matrix.py",
        "tests/access/doors",
        "tests/attacks/test_the_matrix_is_large.py",
        "tests/attacks/test_every_page_is_protected.py",
    ),
    # Another's number inside a body, a field that nobody sets, a filter that nobody declared.
    "bodies": ("tests/attacks/test_bodies_of_others.py", "tests/backend/core/api/test_refusals_api.py"),
    "files": (
        "tests/backend/files/test_hostile_files.py",
        "tests/backend/exchange/readers/test_workbooks.py",
        "tests/backend/exchange/imports/test_import_bundle.py",
    ),
    "texts": ("tests/attacks/test_hostile_texts.py", "tests/attacks/test_patterns_never_stall.py"),
    "requests": ("tests/access/hostile_input", "tests/test_openapi.py"),
    "others": (
        "tests/attacks/test_what_others_do_changes_nothing.py",
        "tests/attacks/test_nobody_outside_is_called.py",
    ),
    # Who is already in, or tries many times to be: sign-in at one instant, closed sessions, files opened beyond, mass reading.
    "sessions": (
        "tests/attacks/test_tries_at_one_instant.py",
        "tests/attacks/test_a_closed_session_opens_nothing.py",
        "tests/pathways/test_beyond_caseload.py",
        "tests/backend/audit/test_mass_reading.py",
        "tests/backend/core/api/test_pace.py",
    ),
    "canary": ("tests/attacks/canary",),
}


def checks(wanted: list[str]) -> list[Check]:
    """Those asked for, or all."""
    longer = {"PASSERELLES_HOSTILE": os.environ.get("PASSERELLES_HOSTILE", REQUESTS)}
    longer["PASSERELLES_CHANGES"] = os.environ.get("PASSERELLES_CHANGES", "2000")
    return [
        Check(name, [*PYTEST, "--show-capture=no", *paths], WHOLE | longer)
        for name, paths in ATTACKS.items()
        if not wanted or name in wanted
    ]


def main() -> int:
    """Every one to its end, even after a failure."""
    unknown = set(sys.argv[1:]) - set(ATTACKS)
    if unknown:
        sys.stderr.write(f"{', '.join(sorted(unknown))}: one of {', '.join(ATTACKS)}\n")
        return 2
    found = [run(check) for check in checks(sys.argv[1:])]
    sys.stdout.write("\n" + "\n".join(f"{one.name:14} {one.word}" for one in found) + "\n")
    for one in found:
        sys.stdout.writelines(f"{one.name}: {test}\n" for test in one.failed)
    return 0 if all(one.fine for one in found) else 1


if __name__ == "__main__":
    sys.exit(main())
