"""How long a check and an import hold SQLite's only writing place, and what they cost.

    python benchmarks/importing.py [--people 2000]

A bundle is written from the base of `pages.py` (2,000 people: some tens of thousands of lines), then checked and taken
into an empty base, twice. Each hold is counted in processor time from BEGIN to its end: on a busy machine, what others
take does not count. The limit is half a second for the longest.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]

from benchmarks import history, pages  # noqa: E402


def main() -> None:
    """Write the bundle, take it in, keep a line."""
    options = arguments()
    if options.bundle:
        print(json.dumps(taken_in(Path(options.bundle))))
        return
    folder, address = pages.base_of(options.people, "")
    with tempfile.TemporaryDirectory() as place:
        bundle, target = Path(place) / "bundle", Path(place) / "target"
        target.mkdir()
        run(["-m", "backend.manage", "export_bundle", str(bundle)], folder, address)
        own = f"sqlite:///{target / 'base.sqlite3'}"
        run(["-m", "backend.manage", "migrate", "-v0"], target, own)
        done = run([__file__, "--bundle", str(bundle)], target, own)
    history.append("import", json.loads(done.splitlines()[-1]))


def run(words: list[str], folder: Path, address: str) -> str:
    """What one process says, on one base."""
    environment = {**os.environ, **pages.environment_of(folder, address)}
    done = subprocess.run(
        [sys.executable, *words], cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout


def taken_in(bundle: Path) -> dict[str, object]:
    """The check, the import, and the import again: processor seconds, the longest hold of each."""
    import django

    django.setup()
    from django.db import connection

    from backend.core.actor import Actor
    from backend.exchange.services import import_bundle

    holds = Holds(connection)
    lines = sum(sum(1 for _ in file.open(encoding="utf-8-sig")) - 1 for file in bundle.glob("*.csv"))
    found: dict[str, object] = {"lines": lines}
    for name, is_dry_run in (("check", True), ("import", False), ("again", False)):
        holds.forget()
        start = time.process_time()
        import_bundle(actor=Actor.operator(), folder=bundle, is_dry_run=is_dry_run)
        found[f"{name}_cpu_s"] = round(time.process_time() - start, 2)
        found[f"{name}_longest_hold_s"] = round(max(holds.lengths, default=0.0), 3)
        found[f"{name}_holds"] = len(holds.lengths)
    return found | {
        "limit_s": 0.5,
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000),
    }


class Holds:
    """How long each transaction of the real base lasted; one on a copy keeps nobody waiting."""

    def __init__(self, connection) -> None:
        self.lengths: list[float] = []
        self._connection, self._began, self._base = connection, 0.0, str(connection.settings_dict["NAME"])
        begin, commit, rollback = (
            connection._start_transaction_under_autocommit,
            connection.commit,
            connection.rollback,
        )

        def started() -> None:
            begin()
            self._began = time.process_time()

        def ended(really):
            def end() -> None:
                really()
                if self._began and str(connection.settings_dict["NAME"]) == self._base:
                    self.lengths.append(time.process_time() - self._began)
                self._began = 0.0

            return end

        connection._start_transaction_under_autocommit = started
        connection.commit, connection.rollback = ended(commit), ended(rollback)

    def forget(self) -> None:
        """Start again."""
        self.lengths.clear()


def arguments() -> argparse.Namespace:
    """Options of the command line."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--people", type=int, default=2_000)
    asked.add_argument("--bundle", help=argparse.SUPPRESS)
    return asked.parse_args()


if __name__ == "__main__":
    main()
