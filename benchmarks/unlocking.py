"""La compétence qui débloque, of one person: every trade of the referential and the tasks of 600 analyses.

    python benchmarks/unlocking.py [--rome DIR] [--analyses 600] [--people 60]

Without the official export the referential is invented, of the same shape. Each time is the least of three for a person,
then the median and the worst over the people. The limit is 200 ms for the slowest person.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import time
from decimal import Decimal
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]

from benchmarks import history  # noqa: E402
from competences.enums import Nature, Prominence  # noqa: E402
from competences.rules.polycompetence.person import gains  # noqa: E402
from competences.rules.polycompetence.trades import Trade, Trades, gesture_weight  # noqa: E402
from employers.rules.unlocking import KnownTask, KnownTasks, shared, unlocks  # noqa: E402

TASKS, ASKED, HELD = 5, 4, 12
LIMIT_MS = 200


def main() -> None:
    """Draw, measure, keep a line; fails above the limit."""
    options = arguments()
    trades = official(options.rome) if options.rome else invented()
    tasks = drawn_tasks(trades, options.analyses)
    people = drawn_people(trades, options.people)
    each = [
        least(lambda levels=levels: unlocks(tasks, levels, (), gains(levels, trades))) for levels in people
    ]
    together = least(
        lambda: shared(
            {str(n): unlocks(tasks, levels, (), gains(levels, trades)) for n, levels in enumerate(people)}
        )
    )
    history.append(
        "unlocking",
        {
            "trades": len(trades.by_code),
            "tasks": len(tasks.tasks),
            "referential": "official" if options.rome else "invented",
            "person_median_ms": round(statistics.median(each) * 1000, 1),
            "person_worst_ms": round(max(each) * 1000, 1),
            f"together_{options.people}_people_ms": round(together * 1000),
            "limit": f"{LIMIT_MS} ms for the slowest person",
        },
    )
    assert max(each) * 1000 < LIMIT_MS


def official(folder: Path) -> Trades:
    """The csv export of France Travail."""
    from competences.rome.reader import read_export

    rows = read_export(folder)
    cited: dict[str, dict[str, int]] = {row.rome_code: {} for row in rows.occupations}
    for link in rows.links:
        if weight := gesture_weight(link.nature.value, link.prominence.value):
            cited[link.rome_code][link.competence_code] = weight
    return Trades.build(
        [Trade(row.rome_code, row.label, row.domain_code, tuple(sorted(cited[row.rome_code].items()))) for row in rows.occupations],
        family_of={row.code: row.macro_code for row in rows.competences if row.macro_code},
    )  # fmt: skip


def invented() -> Trades:
    """1,584 fiches of 31 gestures each, more than half of them of one fiche only; 500 families, some of them cited."""
    draw = random.Random(1)
    codes = [f"C{n}" for n in range(17_800)]
    family_of = {code: f"M{draw.randrange(500)}" for code in codes}
    common = draw.sample(codes, 4_000) + [f"M{n}" for n in range(500)] * 3
    trades = []
    for n in range(1_584):
        cited = {*draw.sample(common, 20), *draw.sample(codes, 12)}
        weights = {
            code: gesture_weight(
                Nature.KNOW_HOW, Prominence.CORE if draw.random() < 0.33 else Prominence.ORDINARY
            )
            for code in sorted(cited)
        }
        trades.append(Trade(f"X{n:04}", f"X{n}", f"D{n // 15:03}", tuple(weights.items())))
    return Trades.build(trades, family_of=family_of)


def drawn_tasks(trades: Trades, analyses: int) -> KnownTasks:
    """Five tasks an analysis, one to four gestures of one trade each, at the levels that work asks."""
    draw, codes = random.Random(2), sorted(trades.by_code)
    tasks = []
    for key in range(analyses * TASKS):
        gestures = trades.by_code[draw.choice(codes)].gestures
        asked = draw.sample(gestures, min(len(gestures), draw.randint(1, ASKED)))
        hours = Decimal(draw.randint(1, 40)) / 2
        tasks.append(KnownTask(key, hours, tuple((code, draw.choice((2, 2, 3))) for code, _ in asked)))
    return KnownTasks.build(tasks)


def drawn_people(trades: Trades, people: int) -> list[dict[str, int]]:
    """One to three trades a person, twelve gestures of each."""
    draw, codes = random.Random(3), sorted(trades.by_code)
    found = []
    for _ in range(people):
        levels: dict[str, int] = {}
        for code in draw.sample(codes, draw.randint(1, 3)):
            gestures = trades.by_code[code].gestures
            for gesture, _ in draw.sample(gestures, min(HELD, len(gestures))):
                levels[gesture] = draw.randint(1, 4)
        found.append(levels)
    return found


def least(action) -> float:
    """Seconds of processor, the least of three."""
    times = []
    for _ in range(3):
        start = time.process_time()
        action()
        times.append(time.process_time() - start)
    return min(times)


def arguments() -> argparse.Namespace:
    """What may be asked."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rome", type=Path)
    parser.add_argument("--analyses", type=int, default=600)
    parser.add_argument("--people", type=int, default=60)
    return parser.parse_args()


if __name__ == "__main__":
    main()
