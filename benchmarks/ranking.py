"""One requirement of ten competences before everyone: the index, the plain formula, and a sparse TF-IDF cosine.

    python benchmarks/ranking.py [--rome DIR] [--people 150000] [--requirements 40]

Builds its people, its file and its rival in one run. Without the official export the referential is invented, of the
same shape. Each time is the least of three for a requirement, then the median over the requirements. The limit is 5 ms
for a requirement, 7 times the cosine, 10 s and 1 GB to build.
"""

from __future__ import annotations

import argparse
import gc
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from scipy import sparse

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]

from benchmarks import history  # noqa: E402
from employers.matching.formula import UNSTATED_LEVEL  # noqa: E402
from employers.matching.index.file import keep, mapped  # noqa: E402
from employers.matching.index.people import PeopleIndex  # noqa: E402
from employers.matching.index.ranking import leading, leading_panel  # noqa: E402
from employers.matching.ranking import rank, rank_candidates  # noqa: E402
from employers.matching.referential import CompetenceFact, OccupationFact, Referential  # noqa: E402
from employers.matching.vocabulary import (  # noqa: E402
    HeldCompetence,
    Match,
    Profile,
    RequiredCompetence,
    Requirement,
)

TOP = 20
ASKED = 10
PLAIN_PEOPLE = 5_000


def main() -> None:
    """Build, check that both formulas agree, measure, keep a line."""
    options = arguments()
    referential = official(options.rome) if options.rome else invented()
    people, competences, levels = holdings(referential, options.people)
    gc.collect()
    before = peak_mb()
    index, built = timed(lambda: PeopleIndex.build(people, competences, levels, referential))
    build_peak = peak_mb() - before
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "index"
        _, kept = timed(lambda: keep(path, index, {}))
        found, opened = timed(lambda: mapped(path))
        assert found is not None
        index, size = found.index, path.stat().st_size
        matrix = tf_idf(referential, index)
        asked = requirements(referential, options.requirements)
        agree(asked[:5], index, referential)
        product = [least(lambda each=each: leading(each, index, referential, top=TOP)) for each in asked]
        whole = [least(lambda each=each: rank_index(each, index, referential, top=TOP)) for each in asked]
        rival = [least(lambda each=each: cosine(each, matrix, referential)) for each in asked]
    ms = {
        name: statistics.median(values) * 1000
        for name, values in [("p", product), ("w", whole), ("c", rival)]
    }
    history.append(
        "ranking",
        {
            "people": options.people,
            "held": len(people),
            "referential": "official" if options.rome else "invented",
            "index_ms": round(ms["p"], 3),
            "index_with_reasons_ms": round(ms["w"], 3),
            "cosine_ms": round(ms["c"], 3),
            "times_faster_than_cosine": round(ms["c"] / ms["p"], 1),
            "with_reasons_times_faster": round(ms["c"] / ms["w"], 1),
            "limit": "5 ms, 7 times the cosine",
            "build_cpu_s": round(built, 2),
            "build_peak_mb": round(build_peak),
            "build_limit": "10 s, 1000 MB",
            "keep_cpu_s": round(kept, 2),
            "map_cpu_s": round(opened, 3),
            "file_mb": round(size / 1e6, 1),
        },
    )


def official(folder: Path) -> Referential:
    """The csv export of France Travail."""
    from tests.employers.matching.rome_for_matching import read_rome

    return read_rome(folder)


def invented() -> Referential:
    """1,584 fiches that cite 57 of 33,000 competences each, more than half of them alone; macros and objectives."""
    draw = random.Random(1)
    macros = [f"{objective:03}{n:02}" for objective in range(110) for n in range(5)]
    facts = [CompetenceFact(f"M{macro}", macro, None, macro[:3]) for macro in macros]
    for n in range(17_800):
        macro = draw.choice(macros)
        facts.append(CompetenceFact(f"C{n}", f"C{n}", f"M{macro}", macro[:3]))
    facts += [CompetenceFact(f"S{n}", f"S{n}") for n in range(15_300)]
    codes = [fact.code for fact in facts]
    common = draw.sample(codes, 6_000)
    fiches = [
        OccupationFact(f"F{n:04}", f"F{n}", tuple({*draw.sample(common, 37), *draw.sample(codes, 20)}))
        for n in range(1_584)
    ]
    return Referential.build(facts, fiches)


def holdings(referential: Referential, people: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """One to three trades a person, twelve competences of each, levels known or not."""
    draw = np.random.default_rng(2)
    starts, cited = referential.citations.indptr, referential.citations.indices
    owners, held = [], []
    for person in range(people):
        for fiche in draw.integers(0, len(starts) - 1, draw.integers(1, 4)):
            own = cited[starts[fiche] : starts[fiche + 1]]
            chosen = own if len(own) <= 12 else own[draw.permutation(len(own))[:12]]
            owners.append(np.full(len(chosen), person + 1, dtype=np.int32))
            held.append(chosen.astype(np.int32))
    pairs = np.unique((np.concatenate(owners).astype(np.int64) << 32) | np.concatenate(held))
    levels = draw.integers(1, UNSTATED_LEVEL + 1, len(pairs)).astype(np.uint8)
    return (pairs >> 32).astype(np.int32), (pairs & 0xFFFFFFFF).astype(np.int32), levels


def requirements(referential: Referential, number: int) -> list[Requirement]:
    """Ten competences of one fiche each, as a job asks them."""
    draw = random.Random(3)
    starts, cited = referential.citations.indptr, referential.citations.indices
    rich = [n for n in range(len(starts) - 1) if starts[n + 1] - starts[n] >= ASKED]
    chosen = [
        draw.sample(cited[starts[f] : starts[f + 1]].tolist(), ASKED) for f in draw.choices(rich, k=number)
    ]
    return [
        Requirement(
            f"r{n}", tuple(RequiredCompetence(referential.codes[c], draw.choice([0.5, 1, 2])) for c in codes)
        )
        for n, codes in enumerate(chosen)
    ]


def tf_idf(referential: Referential, index: PeopleIndex) -> sparse.csr_array:
    """The rival: what each person holds, weighed by idf, each row of length one."""
    rows = np.repeat(np.arange(len(index.keys)), np.diff(index.own_starts))
    weights = referential.idf[index.own_competences]
    lengths = np.sqrt(np.bincount(rows, weights**2, minlength=len(index.keys)))
    values = weights / lengths[rows]
    shape = (len(index.keys), len(referential.codes))
    return sparse.csr_array((values, (rows, index.own_competences)), shape=shape)


def cosine(requirement: Requirement, matrix: sparse.csr_array, referential: Referential) -> np.ndarray:
    """The twenty nearest people, as scikit-learn's cosine does it with a sparse table and one dense question."""
    question = np.zeros(matrix.shape[1])
    for asked in requirement.competences:
        question[referential.index[asked.code]] = referential.weight(asked.code) * asked.importance
    question /= np.linalg.norm(question)
    scores = matrix @ question
    best = np.argpartition(scores, -TOP)[-TOP:]
    return best[np.argsort(-scores[best])]


def agree(asked: list[Requirement], index: PeopleIndex, referential: Referential) -> None:
    """The same people, ranks, scores and reasons as the plain formula, over a part of everyone."""
    rows = np.arange(min(PLAIN_PEOPLE, len(index.keys)))
    people = profiles(index, rows, referential)
    for each in asked:
        assert rank_index(each, index, referential, among=rows, top=TOP) == rank(
            each, people, referential, top=TOP
        )


def rank_index(
    requirement: Requirement, index: PeopleIndex, referential: Referential, **within
) -> list[Match]:
    """As pages do: whom the index names, then the plain formula with its reasons and trades."""
    first = leading_panel(requirement, index, referential, **within)
    return rank_candidates([requirement], first, top=within.get("top"))[0].matches()


def profiles(index: PeopleIndex, rows: np.ndarray, referential: Referential) -> list[Profile]:
    """What people of these rows hold, as the plain formula reads them."""
    held = index.holdings(rows)
    theirs: list[list[HeldCompetence]] = [[] for _ in held.ids]
    for row, competence, level in zip(held.rows, held.competences, held.levels, strict=True):
        stated = None if level == UNSTATED_LEVEL else int(level)
        theirs[row].append(HeldCompetence(referential.codes[competence], stated))
    return [Profile(person, tuple(own)) for person, own in zip(held.ids, theirs, strict=True)]


def timed(work: Callable[[], object]) -> tuple:
    """What it gives, and its processor seconds."""
    start = time.process_time()
    result = work()
    return result, time.process_time() - start


def least(work: Callable[[], object]) -> float:
    """Processor seconds, the least of three."""
    return min(timed(work)[1] for _ in range(3))


def peak_mb() -> float:
    """The most memory this process held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def arguments() -> argparse.Namespace:
    """Options of the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rome", type=Path, help="folder of the official csv export")
    parser.add_argument("--people", type=int, default=150_000)
    parser.add_argument("--requirements", type=int, default=40)
    return parser.parse_args()


if __name__ == "__main__":
    main()
