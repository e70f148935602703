"""How much faster the matching engine ranks than the same formula written plainly, over the official export.

    python benchmarks/matching.py ROME_DIR [--requirements 1500] [--profiles 5000] [--top N] [--no-reasons]

Prints processor seconds (user + system, all threads), the peak memory and the ratio; the plain version runs on a
subsample. Processor time is what a busy machine distorts least.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "employers" / "matching")]

from draws_for_matching import Draws, as_lines  # noqa: E402
from naive_matching import NaiveMatching  # noqa: E402
from rome_for_matching import read_rome, rome_facts  # noqa: E402

from employers.matching.cli import run  # noqa: E402

PLAIN_SAMPLE = 300  # pairs of a requirement and a person


def main() -> None:
    """Draw needs and people, rank them with the engine, then a few with the plain formula."""
    options = arguments()
    referential = read_rome(options.rome)
    draws = Draws(referential, seed=options.seed)
    requirements, profiles = draws.requirements(options.requirements), draws.profiles(options.profiles)
    plain = NaiveMatching(*rome_facts(options.rome))
    with tempfile.TemporaryDirectory() as folder:
        asked, people, output = (
            Path(folder) / name for name in ("besoins.jsonl", "profils.jsonl", "rangs.jsonl")
        )
        asked.write_text("\n".join(as_lines(requirements)))
        people.write_text("\n".join(as_lines(profiles)))
        engine, elapsed = seconds(
            lambda: run(
                asked,
                people,
                referential,
                top=options.top,
                trade_weight=0.0,
                with_reasons=not options.no_reasons,
                output=output,
                stdout=sys.stdout,
                stderr=sys.stderr,
            )
        )
        size = output.stat().st_size
    pairs = [(draws.random.choice(requirements), draws.random.choice(profiles)) for _ in range(PLAIN_SAMPLE)]
    slow, _ = seconds(lambda: [(plain.base(*pair), plain.trade(*pair)) for pair in pairs])
    report(engine, elapsed, slow / PLAIN_SAMPLE, options.requirements * options.profiles, size)


def report(engine: float, elapsed: float, plain_pair: float, pairs: int, size: int) -> None:
    """Figures as one JSON object."""
    figures = {
        "pairs": pairs,
        "engine_cpu_seconds": round(engine, 2),
        "engine_elapsed_seconds": round(elapsed, 2),
        "plain_cpu_seconds_extrapolated": round(plain_pair * pairs),
        "ratio": round(plain_pair * pairs / engine),
        "output_gigabytes": round(size / 1e9, 2),
        "peak_memory_gigabytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6, 2),
    }
    print(json.dumps(figures, indent=2))


def seconds(work: Callable[[], object]) -> tuple[float, float]:
    """Processor seconds and elapsed seconds."""
    processor, clock = time.process_time(), time.perf_counter()
    work()
    return time.process_time() - processor, time.perf_counter() - clock


def arguments() -> argparse.Namespace:
    """Options of the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("rome", type=Path, help="folder of the official csv export")
    parser.add_argument("--requirements", type=int, default=1500)
    parser.add_argument("--profiles", type=int, default=5000)
    parser.add_argument("--top", type=int)
    parser.add_argument("--no-reasons", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    main()
