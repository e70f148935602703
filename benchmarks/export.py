"""How much memory an export of exits takes above the resting process, on a base and on one many times larger.

    python benchmarks/export.py [--exits 400000] [--people 20000]

The base is that of `pages.py`; the larger one repeats its people, stays, last contracts and exits under other numbers
(kept under var/benchmarks). Ten years are written as csv, in a process of its own for each base: megabytes above the same
process once a year without exits was exported, processor time a row. The limit is 60 MB above, whatever the rows.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]

from benchmarks import history, pages  # noqa: E402

LAST_YEAR = date.today().year - 1  # noqa: DTZ011 (a benchmark lives where it runs)
STEP = 10_000_000
"""Between the numbers of a person and those of their next repetition."""
LINKS = ("beneficiary_id", "stay_id")


def main() -> None:
    """Measure both bases, print one line, keep it."""
    options = arguments()
    if options.measure:
        print(json.dumps(exported()))
        return
    folder, address = pages.base_of(options.people, "")
    smaller = measured(folder, address)
    larger = measured(*repeated(folder, options.exits))
    history.append(
        "export",
        {
            "rows": larger["rows"],
            "mb_above_rest": larger["mb"],
            "limit_mb": 60,
            "rest_mb": larger["rest_mb"],
            "us_a_row": larger["us_a_row"],
            "smaller_rows": smaller["rows"],
            "smaller_mb_above_rest": smaller["mb"],
            "rows_ratio": round(larger["rows"] / smaller["rows"], 1),
            "memory_ratio": round(larger["mb"] / max(1, smaller["mb"]), 1),
        },
    )


def measured(folder: Path, address: str) -> dict[str, float]:
    """One export in a process of its own."""
    environment = {**os.environ, **pages.environment_of(folder, address)}
    done = subprocess.run(
        [sys.executable, __file__, "--measure"], cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE
    )
    return json.loads(done.stdout.splitlines()[-1])


def repeated(folder: Path, exits: int) -> tuple[Path, str]:
    """A base with at least so many exits, made the first time; its tables are those of this version."""
    larger = folder.parent / f"exits-{exits}"
    base = larger / "base.sqlite3"
    if not base.exists():
        larger.mkdir(parents=True, exist_ok=True)
        for secret in folder.glob("*.secret"):
            shutil.copy(secret, larger)
        shutil.copy(folder / "base.sqlite3", larger / "unfinished")
        with closing(sqlite3.connect(larger / "unfinished", isolation_level=None)) as connection:
            connection.execute("PRAGMA synchronous = OFF")
            (here,) = connection.execute("SELECT COUNT(*) FROM pathways_exit").fetchone()
            for turn in range(1, -(-exits // here)):
                repeat(connection, turn)
        (larger / "unfinished").rename(base)
    return larger, f"sqlite:///{base}"


def repeat(connection: sqlite3.Connection, turn: int) -> None:
    """Everybody once more, under other numbers."""
    first = f"id < {STEP}"
    last_contracts = f"{first} AND id IN (SELECT MAX(id) FROM pathways_contract GROUP BY stay_id)"  # noqa: S608
    connection.execute("BEGIN")
    for table, chosen in (
        ("pathways_beneficiary", first),
        ("pathways_stay", first),
        ("pathways_contract", last_contracts),
        ("pathways_exit", first),
    ):
        names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        values = [
            f"{name} + {turn * STEP}"
            if name == "id" or name in LINKS
            else "NULL"
            if name == "initial_id"
            else "''"
            if name == "external_id"
            else name
            for name in names
        ]
        connection.execute(
            f"INSERT INTO {table} ({', '.join(names)}) SELECT {', '.join(values)} FROM {table} WHERE {chosen}"  # noqa: S608
        )
    connection.execute("COMMIT")


def exported() -> dict[str, float]:
    """Rows, megabytes above rest and microseconds a row of ten years as csv."""
    import django

    django.setup()
    from backend.core.actor import Actor
    from reports.exits.compute.period import Period

    actor = Actor.operator()
    written(actor, Period.of_year(2001))  # loads the engine
    rest = peak_mb()
    start = time.process_time()
    rows = written(actor, Period(date(LAST_YEAR - 9, 1, 1), date(LAST_YEAR, 12, 31)))
    spent = time.process_time() - start
    return {
        "rows": rows,
        "rest_mb": round(rest),
        "mb": round(peak_mb() - rest),
        "us_a_row": round(spent / rows * 1e6),
    }


def written(actor, period) -> int:
    """How many rows the csv of this period holds."""
    from backend.core.tables.exports import CSV_ENCODING, write_csv
    from reports.exports import EXPORT_KINDS

    prepared = EXPORT_KINDS["exits"].prepare(actor, period.as_dict())
    sheet = prepared.sheets[0]
    with open(os.devnull, "w", encoding=CSV_ENCODING, newline="") as file:
        return sum(1 for _ in write_csv(file, sheet.columns, sheet.rows))


def peak_mb() -> float:
    """The most memory this process held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def arguments() -> argparse.Namespace:
    """Options of the command line."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--exits", type=int, default=400_000)
    asked.add_argument("--people", type=int, default=20_000)
    asked.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    return asked.parse_args()


if __name__ == "__main__":
    main()
