"""How long each page takes its server, for each seat, on an invented territory: as shipped, and on ten times less.

    python benchmarks/pages.py [--people 20000] [--fewer 2000] [--rounds 15] [--only WORD] [--database URL]

A base is built once for each size, and kept under var/benchmarks (about a quarter of an hour for 20,000 people).
Printed for each page: median and 95th centile of the time to answer (ms), processor time (ms, PostgreSQL's own included
where it runs on this machine), questions to the base, weight (KB), and the processor time divided by that of the smaller
base. On a busy machine the processor is what to compare. Requests go through the whole of Django, not the network.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]

from benchmarks import history  # noqa: E402

KEPT = ROOT / "var" / "benchmarks"
PEOPLE_OF_A_STRUCTURE = 4_000
YEARS = 10


def main() -> None:
    """Build what is missing, measure each base in a process of its own, print one table."""
    options = arguments()
    if options.measure:
        print(json.dumps(measured(options.rounds, options.only)))
        return
    larger, smaller = (answers_at(people, options) for people in (options.people, options.fewer))
    print(f"{'':46} {'p50':>6} {'p95':>6} {'cpu':>6} {'asked':>5} {'KB':>5} {'ratio':>6}")
    for name, row in larger.items():
        ratio = row["cpu"] / smaller[name]["cpu"] if name in smaller else float("nan")
        print(
            f"{name:46} {row['p50']:6.0f} {row['p95']:6.0f} {row['cpu']:6.0f} {row['asked']:5d} "
            f"{row['weight']:5.0f} {ratio:6.2f}"
        )
    engine = "postgresql" if options.database else "sqlite"
    cpu = {name: round(row["cpu"]) for name, row in larger.items()}
    history.append("pages", {"people": options.people, "engine": engine, "cpu_ms": cpu})


def arguments() -> argparse.Namespace:
    """What was typed."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--people", type=int, default=20_000)
    asked.add_argument("--fewer", type=int, default=2_000)
    asked.add_argument("--rounds", type=int, default=15)
    asked.add_argument("--only", default="", help="pages whose name contains this word")
    asked.add_argument(
        "--database", default="", help="an empty PostgreSQL base for each size, {} for the size"
    )
    asked.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    return asked.parse_args()


def answers_at(people: int, options: argparse.Namespace) -> dict[str, dict[str, float]]:
    """What each page costs on a base of this size."""
    environment = {**os.environ, **environment_of(*base_of(people, options.database))}
    words = ["--measure", "--rounds", str(options.rounds), "--only", options.only]
    done = subprocess.run(
        [sys.executable, __file__, *words], cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE
    )
    return json.loads(done.stdout.splitlines()[-1])


def environment_of(folder: Path, address: str) -> dict[str, str]:
    """What a process needs to serve this base."""
    return {
        "DATA_DIR": str(folder),
        "DATABASE_URL": address,
        "DJANGO_SETTINGS_MODULE": "backend.settings.embedded",
    }


def base_of(people: int, database: str) -> tuple[Path, str]:
    """The folder and the address of a base of this size, built the first time, its tables those of this version."""
    folder = KEPT / str(people)
    folder.mkdir(parents=True, exist_ok=True)
    address = database.format(people) or f"sqlite:///{folder / 'base.sqlite3'}"

    def passerelles(*words: str) -> None:
        environment = {**os.environ, **environment_of(folder, address)}
        subprocess.run(
            [sys.executable, "-m", "backend.manage", *words], cwd=ROOT, env=environment, check=True
        )

    built = folder / f"built-{'postgresql' if database else 'sqlite'}"
    passerelles("migrate", "-v0")
    if not built.exists():
        structures = max(1, people // PEOPLE_OF_A_STRUCTURE)
        passerelles(
            "demo-data", "--people", str(people), "--structures", str(structures), "--years", str(YEARS)
        )
        passerelles("migrate", "-v0")  # looks at the tables again, now that they are full
        built.touch()
    return folder, address


def measured(rounds: int, only: str) -> dict[str, dict[str, float]]:
    """Each page of each seat, asked again and again: {« seat page »: its figures}."""
    import django

    django.setup()
    from benchmarks.seats import pages_by_seat

    found = {}
    for seat, client, pages in pages_by_seat():
        for page, address in pages.items():
            name = f"{seat} {page}"
            if only in name and (figures := figures_of(client, address, rounds)):
                found[name] = figures
                print(f"{name} {figures['p50']:.0f} ms", file=sys.stderr)
    return found


def figures_of(client, address: str, rounds: int) -> dict[str, float]:
    """Milliseconds, questions and kilobytes of one page after a request that warms up; nothing of one this seat has not."""
    import time
    from statistics import median, quantiles

    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    questions = len(asked)  # before the next request empties the list
    if answer.status_code == 404:
        return {}
    if answer.status_code != 200:
        raise SystemExit(f"{address}: {answer.status_code}")
    walls, processors, before = [], [], spent_by_the_base()
    for _ in range(rounds):
        wall, processor = time.perf_counter(), time.process_time()
        client.get(address)
        walls.append((time.perf_counter() - wall) * 1_000)
        processors.append((time.process_time() - processor) * 1_000)
    return {
        "p50": median(walls),
        "p95": quantiles(walls, n=20)[-1],
        "cpu": median(processors) + (spent_by_the_base() - before) / rounds * 1_000,
        "asked": questions,
        "weight": len(answer.content) / 1_000,
    }


def spent_by_the_base() -> float:
    """Processor seconds of the PostgreSQL process that answers this one; 0 for SQLite, which works inside it."""
    from django.db import connection

    if connection.vendor == "sqlite":
        return 0.0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        stat = Path(f"/proc/{cursor.fetchone()[0]}/stat")
    if not stat.exists():
        return 0.0
    fields = stat.read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
