"""Exit statistics: a million exits computed, and a real base read, beside one SQL aggregate and the ORM row by row.

    python benchmarks/exits.py [--exits 1000000] [--people 20000]

The computing is measured on invented frames, in a process of its own: CPU seconds and the most memory held. The base is
that of `pages.py` (built the first time, under var/benchmarks); there the whole report of ten years is compared with
two rivals that give less: one SQL aggregate of counts by status of motive and threshold of hours (no chain, no run, no
replaced exit), and the same rule asked exit by exit through the ORM, on some hundreds of them. Limits: 2 s and 500 MB for
the computing; 2 times the aggregate and 20 times quicker than row by row for the report.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]

from benchmarks import history, pages  # noqa: E402

SAMPLE = 400
LAST_YEAR = date.today().year - 1  # noqa: DTZ011 (a benchmark lives where it runs)


def main() -> None:
    """Measure each part in a process of its own, print both, keep a line."""
    options = arguments()
    if options.part:
        print(json.dumps(computed(options.exits) if options.part == "compute" else read()))
        return
    folder, address = pages.base_of(options.people, "")
    environment = {**os.environ, **pages.environment_of(folder, address)}
    figures = {}
    for part in ("compute", "read"):
        command = [sys.executable, __file__, "--part", part, "--exits", str(options.exits)]
        done = subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE)
        figures |= json.loads(done.stdout.splitlines()[-1])
    history.append("exits", {"people": options.people, **figures})


def computed(exits: int) -> dict[str, object]:
    """CPU seconds and memory of one year's classification and figures."""
    from pathways.rules.dated.rows import BUILT_IN
    from reports.exits.compute.exits import classify
    from reports.exits.compute.period import Period
    from reports.exits.compute.summary import summarise

    *frames, structures = invented(exits)
    before = peak_mb()
    start = time.process_time()
    judged = classify(*frames, book=BUILT_IN, today=date(LAST_YEAR, 12, 31))
    classified = time.process_time() - start
    summarise(judged, structures, period=Period.of_year(LAST_YEAR), book=BUILT_IN)
    return {
        "exits_computed": exits,
        "classify_cpu_s": round(classified, 2),
        "compute_cpu_s": round(time.process_time() - start, 2),
        "compute_limit": "2 s, 500 MB",
        "peak_mb": round(peak_mb()),
        "peak_before_mb": round(before),
    }


def invented(exits: int) -> tuple:
    """Exits, contracts, hours and structures of one year: each person left one of four thousand structures once."""
    import numpy as np
    import pandas as pd

    from pathways.rules.exits.motives import MOTIVES_BY_CODE

    draw = np.random.default_rng(1)
    people, places = np.arange(exits) + 1, draw.integers(1, 4_001, exits)
    kinds = pd.Categorical(["ACI", "AI", "EI", "ETTI"])
    kind_of = draw.integers(0, 4, 4_001)
    left = np.datetime64(f"{LAST_YEAR}-01-01") + draw.integers(0, 365, exits)
    frame = pd.DataFrame(
        {
            "exit_id": people,
            "person_id": people,
            "organisation_id": places,
            "kind": pd.Categorical.from_codes(kind_of[places], dtype=kinds.dtype),
            "occurred_on": left.astype("datetime64[us]"),
            "motive": pd.Categorical.from_codes(
                draw.integers(0, len(MOTIVES_BY_CODE), exits), categories=sorted(MOTIVES_BY_CODE)
            ),
        }
    )
    renewed = np.flatnonzero(draw.random(exits) < 0.4)
    begun = left - draw.integers(30, 700, exits)
    contracts = pd.DataFrame(
        {
            "contract_id": np.arange(exits + len(renewed)) + 1,
            "person_id": np.concatenate([people, people[renewed]]),
            "organisation_id": np.concatenate([places, places[renewed]]),
            "started_on": np.concatenate([begun, left[renewed] - 20]).astype("datetime64[us]"),
            "ended_on": np.concatenate([left, left[renewed]]).astype("datetime64[us]"),
            "chain_id": np.concatenate([people, people[renewed]]),
        }
    )
    hours = pd.DataFrame(
        {
            "person_id": people,
            "organisation_id": places,
            "year": np.full(exits, LAST_YEAR),
            "hours": draw.integers(0, 3_000, exits) / 4,
        }
    )
    structures = pd.DataFrame(
        {"organisation_id": np.arange(1, 4_001), "kind": kinds[kind_of[1:]].astype("str")}
    )
    structures["key"] = structures["organisation_id"].astype("str")
    return frame, contracts, hours, structures


def read() -> dict[str, object]:
    """CPU seconds of ten years of a base, and of its rivals."""
    import django

    django.setup()
    from backend.core.actor import Actor
    from reports.exits.compute.period import Period
    from reports.exits.figures import exit_report

    ten_years = Period(date(LAST_YEAR - 9, 1, 1), date(LAST_YEAR, 12, 31))
    exit_report(Actor.operator(), Period.of_year(LAST_YEAR))  # loads the engine
    report, product = least(lambda: exit_report(Actor.operator(), ten_years, is_kept=False))
    exit_report(Actor.operator(), ten_years)
    _, kept = least(lambda: exit_report(Actor.operator(), ten_years))
    exits = len(report.classified)
    _, aggregate = least(lambda: one_aggregate(ten_years))
    seen, row_by_row = least(lambda: asked_one_by_one(ten_years))
    each = row_by_row / max(1, seen)
    return {
        "exits_read": exits,
        "report_cpu_s": round(product, 3),
        "kept_cpu_s": round(kept, 4),
        "aggregate_cpu_s": round(aggregate, 3),
        "times_the_aggregate": round(product / aggregate, 1),
        "row_by_row_cpu_s": round(each * exits, 1),
        "times_quicker_than_row_by_row": round(each * exits / product, 1),
        "read_limit": "2 times the aggregate, 20 times quicker than row by row",
    }


def one_aggregate(period) -> list[tuple]:
    """Counts by kind, year and motive, above and below 150 hours: what one sentence of SQL can say."""
    from django.db import connection

    year = "strftime('%%Y', {})" if connection.vendor == "sqlite" else "extract(year from {})"
    asked = f"""
        WITH worked AS (
            SELECT s.beneficiary_id AS person, s.organisation_id AS place, {year.format("h.month")} AS year, SUM(h.hours) AS hours
            FROM pathways_monthlyhours h JOIN pathways_contract c ON c.id = h.contract_id JOIN pathways_stay s ON s.id = c.stay_id
            WHERE h.month BETWEEN %s AND %s GROUP BY 1, 2, 3
        ), begun AS (
            SELECT s.beneficiary_id AS person, s.organisation_id AS place, MIN(c.started_on) AS started_on
            FROM pathways_contract c JOIN pathways_stay s ON s.id = c.stay_id GROUP BY 1, 2
        )
        SELECT o.kind, {year.format("e.occurred_on")}, e.motive, COALESCE(w.hours, 0) >= 150, b.started_on IS NULL, COUNT(*)
        FROM pathways_exit e JOIN pathways_stay s ON s.id = e.stay_id JOIN organisations_organisation o ON o.id = s.organisation_id
        LEFT JOIN worked w ON w.person = s.beneficiary_id AND w.place = s.organisation_id
            AND w.year = {year.format("e.occurred_on")}
        LEFT JOIN begun b ON b.person = s.beneficiary_id AND b.place = s.organisation_id
        WHERE e.occurred_on BETWEEN %s AND %s GROUP BY 1, 2, 3, 4, 5
    """  # noqa: S608 (names of ours)
    with connection.cursor() as cursor:
        cursor.execute(asked, [period.start, period.end, period.start, period.end])
        return cursor.fetchall()


def asked_one_by_one(period) -> int:
    """The contracts and the hours of each exit, asked for it alone; how many exits were asked."""
    from django.db.models import Sum

    from pathways.models import Contract, Exit, MonthlyHours

    exits = Exit.objects.between(period.start, period.end).order_by("pk")[:SAMPLE]
    for exit_ in exits:
        stay = exit_.stay
        place = {"stay__beneficiary_id": stay.beneficiary_id, "stay__organisation_id": stay.organisation_id}
        contracts = Contract.objects.filter(started_on__lte=exit_.occurred_on, **place).order_by(
            "-started_on"
        )
        min((contract.started_on for contract in contracts), default=None)
        of_year = (date(exit_.occurred_on.year, 1, 1), date(exit_.occurred_on.year, 12, 31))
        worked = {f"contract__{key}": value for key, value in place.items()}
        MonthlyHours.objects.filter(month__range=of_year, **worked).aggregate(Sum("hours"))
        Exit.objects.filter(occurred_on__range=of_year, occurred_on__gt=exit_.occurred_on, **place).exists()
    return len(exits)


def least(work: Callable[[], object]) -> tuple:
    """What it gives, and its processor seconds, the least of three."""
    found = []
    for _ in range(3):
        start = time.process_time()
        result = work()
        found.append(time.process_time() - start)
    return result, min(found)


def peak_mb() -> float:
    """The most memory this process held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def arguments() -> argparse.Namespace:
    """Options of the command line."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--exits", type=int, default=1_000_000)
    asked.add_argument("--people", type=int, default=20_000)
    asked.add_argument("--part", choices=("compute", "read"), help=argparse.SUPPRESS)
    return asked.parse_args()


if __name__ == "__main__":
    main()
