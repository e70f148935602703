"""`make test`: every check CI runs, in the order that fails fastest, with one line and one time per check at the end.

The two databases are tried side by side, one half of the processors each: every base is then built once. What asks no
base runs once, on the half that is free first; a walk over every page asks the two bases the same questions as the
tests of each domain, and is made on one of them.

A check that cannot run here (no PostgreSQL, no browser) is named as not run on a laptop; under CI it fails.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TESTS = ROOT / "tests"
MARK = "pytest.mark.browser"
BIN = Path(sys.executable).parent
POSTGRES_URL = os.environ.get("TEST_POSTGRES_URL", "postgres://postgres@127.0.0.1:5432/postgres")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
IN_CI = bool(os.environ.get("CI"))
PYTEST = [
    sys.executable,
    "-m",
    "pytest",
    "--quiet",
    "--no-header",
    "--durations",
    "8",
    "--durations-min",
    "2",
]
# They start with a base of their own, whatever the base of the suite is.
INSTALLATIONS = (
    "tests/backend/settings",
    "tests/backend/operations",
    "tests/backend/containers",
    "tests/rehearsals",
    "tests/backend/core/test_command_line.py",
    "tests/backend/core/test_install_command.py",
    "tests/backend/exchange/test_bundle_reliability.py",
)
# Walks over every page, column or door: the same SQL as the tests of each domain, which run on both bases, thousands of
# times. Every page is opened, and every form sent, on PostgreSQL by the walks below.
READ_ON_SQLITE = (
    "tests/access/doors/test_doors.py",
    "tests/access/test_an_edit_form_shows_what_is_held.py",
    "tests/access/doors/test_no_door_opens_again.py",
    "tests/access/hostile_input/test_pages_survive_what_is_stored.py",
    "tests/attacks/canary",
    "tests/backend/demo",
    "tests/backend/exchange/lines/test_every_column.py",
    "tests/backend/exchange/readers/test_rows_enter_whole.py",
    "tests/backend/exchange/lines/test_random_edits.py",
    "tests/backend/web",
    "tests/employers/profiles",
    "tests/employers/screens",
    "tests/house",
    "tests/journeys/test_a_file_writes_what_its_team_may.py",
    "tests/journeys/test_every_link_keeps_its_word.py",
    "tests/journeys/test_every_page_is_reached.py",
    "tests/journeys/test_same_verdict_by_every_door.py",
    "tests/journeys/verdicts",
    "tests/pathways/screens",
    "tests/reports/screens",
    "tests/test_openapi.py",
)
# Every form sent and every object written: the base that is the stricter about a transaction gone wrong.
WRITTEN_ON_POSTGRES = (
    "tests/access/hostile_input/test_a_late_refusal_is_a_sentence.py",
    "tests/access/hostile_input/test_every_mistake_is_said_at_once.py",
    "tests/access/hostile_input/test_nothing_typed_breaks_a_page.py",
    "tests/access/test_api_access_matrix.py",
    "tests/access/test_both_windows_give_the_same.py",
    "tests/access/test_web_access_matrix.py",
    "tests/access/wall",
    "tests/attacks/test_bodies_of_others.py",
    "tests/backend/accounts/test_half_open_sessions.py",
    "tests/backend/core/api/test_refusals_api.py",
    "tests/journeys/test_screen_and_api_refuse_alike.py",
)
TYPED = ["backend", "pathways", "competences", "employers", "reports"]
TEMPLATES = [
    str(folder.relative_to(ROOT)) for house in TYPED for folder in (ROOT / house).glob("**/templates")
]


@dataclass(frozen=True)
class Check:
    """One thing to run; `missing` says what this machine lacks for it."""

    name: str
    command: list[str]
    environment: dict[str, str] = field(default_factory=dict)
    missing: str = ""


def postgres_missing() -> str:
    """Empty when a PostgreSQL server answers at the test address."""
    import psycopg

    try:
        psycopg.connect(POSTGRES_URL.replace("postgres://", "postgresql://"), connect_timeout=3).close()
    except psycopg.OperationalError:
        return "aucun PostgreSQL ne répond (TEST_POSTGRES_URL)"
    return ""


def checks() -> list[Check]:
    """Everything, cheapest first."""
    no_compose = "" if shutil.which("docker-compose") else "docker-compose n’est pas installé"
    return [
        Check("formatting", [f"{BIN}/ruff", "format", "--check", "."]),
        Check("lint", [f"{BIN}/ruff", "check", "."]),
        Check("layers", [f"{BIN}/lint-imports", "--no-logo"]),
        Check("dependencies", [f"{BIN}/deptry", "."]),
        Check("types", [f"{BIN}/mypy", *TYPED]),
        Check("templates", [f"{BIN}/djlint", "--quiet", "--lint", *TEMPLATES]),
        Check(
            "migrations",
            [sys.executable, "-m", "backend.manage", "makemigrations", "--check", "--dry-run"],
            TESTING,
        ),
        Check(
            "compose file",
            [*COMPOSE, "config", "--quiet"],
            COMPOSE_SECRETS,
            no_compose,
        ),
    ]


def halves() -> int:
    """How many suites run side by side: one per database, else one alone."""
    return 1 if postgres_missing() else 2


def suites() -> list[Check]:
    """The suites on both databases, the longest first: each takes the half of the processors that is free."""
    missing = postgres_missing()
    processors = (os.cpu_count() or 2) // halves()
    spread = ["-n", str(processors) if processors > 1 else "0", "-m", "not browser and not rehearsal"]

    def but(*paths: str, base: str = "asked") -> list[str]:
        return [*PYTEST, *spread, "--base", base, *(f"--ignore={path}" for path in (*INSTALLATIONS, *paths))]

    redis, _, number = os.environ.get("PASSERELLES_TEST_REDIS", "redis://127.0.0.1:6379/9").rpartition("/")
    beside = f"{redis}/{(int(number) + 1) % 16}"  # two suites never read each other's messages
    return [
        Check(
            "database on PostgreSQL",
            but(*READ_ON_SQLITE),
            {"DATABASE_URL": POSTGRES_URL, "PASSERELLES_TEST_REDIS": beside},
            missing,
        ),
        Check("database on SQLite", but(*(() if missing else WRITTEN_ON_POSTGRES))),
        Check("installations", [*PYTEST, *spread, *INSTALLATIONS]),
        Check("without a base", but(base="not-asked")),
    ]


def browser() -> Check:
    """Last, one browser for each half and nothing else: a page that waits for a processor is a page that fails."""
    missing = "" if CHROMIUM else "Chromium n’est pas installé"
    spread = ["-n", str(halves()), "--dist", "worksteal", "-m", "browser"]
    files = [str(path.relative_to(ROOT)) for path in browser_files()]
    return Check("browser", [*PYTEST, *spread, *files], {"CHROMIUM": CHROMIUM or ""}, missing)


@cache
def browser_files() -> tuple[Path, ...]:
    """Files that mark a test for a browser: three processes then read twenty files, not twelve hundred."""
    return tuple(
        path for path in sorted(TESTS.rglob("test_*.py")) if MARK in path.read_text(encoding="utf-8")
    )


COMPOSE = ["docker-compose", "--file", "docker-compose.yml"]
COMPOSE_SECRETS = dict.fromkeys(
    re.findall(r"\$\{(\w+):\?", (ROOT / "docker-compose.yml").read_text(encoding="utf-8")), "checked"
)
"""Every variable the compose file refuses to start without."""
TESTING = {"DJANGO_SETTINGS_MODULE": "backend.settings.testing"}


@dataclass(frozen=True)
class Outcome:
    """What happened to a check in a word, whether that is acceptable here, and which tests did not pass."""

    name: str
    word: str
    fine: bool
    failed: tuple[str, ...] = ()


def run(check: Check) -> Outcome:
    """Run one check, which says all it has to say at its end: others may run beside it."""
    if check.missing:
        return Outcome(check.name, f"not run: {check.missing}", not IN_CI)
    print(f"\n── {check.name} (begun)", flush=True)
    begun = time.monotonic()
    done = subprocess.run(
        check.command,
        cwd=ROOT,
        env={**os.environ, **check.environment},
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    word = f"{'passed' if done.returncode == 0 else 'FAILED'} in {time.monotonic() - begun:.0f} s"
    print(f"\n── {check.name}: {word}\n{done.stdout}", flush=True)
    return Outcome(check.name, word, done.returncode == 0, not_passed(done.stdout))


_NOT_PASSED = re.compile(r"(?:FAILED|ERROR) [^[]*?(?:\[.*?\])?(?= - |$)")


def not_passed(said: str) -> tuple[str, ...]:
    """The tests that pytest sums up as failed or in error, without what each of them printed."""
    return tuple(found[0] for line in said.splitlines() if (found := _NOT_PASSED.match(line)))


def outcomes(wanted: list[str]) -> Iterator[Outcome]:
    """What happens to each check asked for, or to all."""

    def asked(found: list[Check]) -> list[Check]:
        return [check for check in found if not wanted or check.name in wanted]

    with ThreadPoolExecutor(halves()) as pool:
        yield from pool.map(run, asked([*checks(), *suites()]))
    yield from map(run, asked([browser()]))


def main() -> int:
    """Run the checks to the end, even after a failure, and sum up: the last lines name what failed, a few of each."""
    begun = time.monotonic()
    found = list(outcomes(sys.argv[1:]))
    print("\n" + "\n".join(f"{one.name:24} {one.word}" for one in found))
    print(f"{'all':24} in {time.monotonic() - begun:.0f} s")
    for one in found:
        for test in one.failed[:NAMED]:
            print(f"{one.name}: {test}")
        if len(one.failed) > NAMED:
            print(f"{one.name}: and {len(one.failed) - NAMED} more")
    return 0 if all(one.fine for one in found) else 1


NAMED = 6
"""Tests named for each check after the table: whoever reads only the end of a long output knows where to look."""

if __name__ == "__main__":
    sys.exit(main())
