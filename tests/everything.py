"""`make test`: every check CI runs, in the order that fails fastest, with one line per check at the end.

A check that cannot run here (no PostgreSQL, no browser) is named as not run on a laptop; under CI it fails.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
POSTGRES_URL = os.environ.get("TEST_POSTGRES_URL", "postgres://postgres@127.0.0.1:5432/postgres")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
IN_CI = bool(os.environ.get("CI"))
PYTEST = [sys.executable, "-m", "pytest", "--quiet", "--no-header"]
# Pure engines: no table is read there, and a second database would prove nothing more.
WITHOUT_BASE = (
    "tests/employers/recomposition",
    "tests/employers/matching",
    "tests/backend/demo",
    "tests/pathways/rules",
    "tests/reports/compute",
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
    no_browser = "" if CHROMIUM else "Chromium n’est pas installé"
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
        Check("suite on SQLite", [*PYTEST, "-n", "2", "-m", "not browser"]),
        Check(
            "suite on PostgreSQL",
            [*PYTEST, "-n", "2", "-m", "not browser", *(f"--ignore={folder}" for folder in WITHOUT_BASE)],
            {"DATABASE_URL": POSTGRES_URL},
            postgres_missing(),
        ),
        Check("browser", [*PYTEST, "-m", "browser"], {"CHROMIUM": CHROMIUM or ""}, no_browser),
    ]


COMPOSE = ["docker-compose", "--file", "docker-compose.yml"]
COMPOSE_SECRETS = dict.fromkeys(
    ("HOST_NAME", "SECRET_KEY", "FIELD_KEY", "PSEUDONYM_KEY", "POSTGRES_PASSWORD", "REDIS_PASSWORD"),
    "checked",
)
TESTING = {"DJANGO_SETTINGS_MODULE": "backend.settings.testing"}


def run(check: Check) -> tuple[str, bool]:
    """Run one check; what happened to it in a word, and whether that is acceptable here."""
    if check.missing:
        return f"not run: {check.missing}", not IN_CI
    print(f"\n── {check.name}", flush=True)
    begun = time.monotonic()
    code = subprocess.run(
        check.command, cwd=ROOT, env={**os.environ, **check.environment}, check=False
    ).returncode
    return f"{'passed' if code == 0 else 'FAILED'} in {time.monotonic() - begun:.0f} s", code == 0


def main() -> int:
    """Run the checks to the end, even after a failure, and sum up."""
    wanted = sys.argv[1:]
    outcomes = [(check.name, *run(check)) for check in checks() if not wanted or check.name in wanted]
    print("\n" + "\n".join(f"{name:22} {outcome}" for name, outcome, _ in outcomes))
    return 0 if all(fine for _, _, fine in outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
