"""A second process that proves, or searches elsewhere, while the first one searches; killing it ends a long proof at once.

It is a plain child process that reads one JSON document and writes one JSON line per finding, so that it works the
same under a terminal, a web server and a background worker.
"""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from types import TracebackType
from typing import Any, Self, TextIO

import numpy as np

from employers.recomposition.documents.reading import read_territory
from employers.recomposition.documents.writing import (
    choices_document,
    jobs_document,
    read_choices,
    read_jobs,
    territory_document,
)
from employers.recomposition.facts.territory import Territory
from employers.recomposition.facts.vocabulary import Choices
from employers.recomposition.proof.exact import PROVED_EMPLOYERS, Proof, employers, is_small, plans
from employers.recomposition.proof.islands import Islands, Jobs, islands_of
from employers.recomposition.proof.quiet import apart_from_the_solver
from employers.recomposition.search.budget import Budget
from employers.recomposition.search.grid import free_grid
from employers.recomposition.search.packing import Collector
from employers.recomposition.search.run import search

SHARE_OF_PROOFS = 0.3  # of the time, when some islands are too large to be proved
SHARE_OF_ONE_MIX = 0.5  # of the time of the proofs, after which other mixes are looked at
LAST_WORD_SECONDS = 0.3  # so that the last finding is read in time


@dataclass(frozen=True)
class Finding:
    """Jobs found (none when there is nothing new), and what no plan of one island exceeds."""

    jobs: Jobs
    island: int | None = None
    ceiling: int | None = None


class Companion:
    """The child process, seen from the parent."""

    def __init__(
        self, territory: Territory, choices: Choices, known: Jobs, *, seconds: float, seed: int
    ) -> None:
        self._request = {
            "territory": territory_document(territory),
            "choices": choices_document(choices),
            "known": jobs_document(known),
            "seconds": seconds,
            "seed": seed,
        }
        self._findings: queue.SimpleQueue[str] = queue.SimpleQueue()

    def __enter__(self) -> Self:
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "employers.recomposition.search.companion"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            text=True,
        )
        self._threads = [
            threading.Thread(target=self._send, daemon=True),
            threading.Thread(target=self._receive, daemon=True),
        ]
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.wait()
        for thread in self._threads:
            thread.join()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None and not pipe.closed:
                pipe.close()

    def news(self) -> Iterator[Finding]:
        """Findings not yet read; never waits."""
        while not self._findings.empty():
            found = json.loads(self._findings.get())
            yield Finding(read_jobs(found["jobs"]), found["island"], found["ceiling"])

    def _send(self) -> None:
        pipe = self._process.stdin
        try:
            if pipe is not None:
                pipe.write(json.dumps(self._request))
                pipe.close()
        except (BrokenPipeError, ValueError):
            return  # stopped before it had read everything

    def _receive(self) -> None:
        for line in self._process.stdout or ():
            self._findings.put(line)


def main() -> None:
    """What the child does: prove the small islands, then search the large ones on a way of its own."""
    request = json.load(sys.stdin)
    budget = Budget(request["seconds"] - LAST_WORD_SECONDS)
    islands = islands_of(free_grid(read_territory(request["territory"]), read_choices(request["choices"])))
    say = partial(_say, apart_from_the_solver())
    large = [part for part in islands.parts if employers(part) > PROVED_EMPLOYERS or not is_small(part)]
    share = SHARE_OF_PROOFS if large else 1.0
    seconds = SHARE_OF_ONE_MIX * share * request["seconds"]
    for finding in _proofs(islands, read_jobs(request["known"]), seconds):
        say(finding)
        if budget.used > share:
            break
    if large:
        grid = islands.grid.with_capacity(np.sum([part.capacity for part in large], axis=0))
        collector = Collector(grid, lambda jobs, _value: say(Finding(jobs)))
        search(grid, collector, budget, np.random.default_rng(request["seed"]))


def _proofs(islands: Islands, known: Jobs, seconds: float) -> Iterator[Finding]:
    """What is proved of the small islands, one step for each of them in turn."""
    at_work: dict[int, Iterator[Proof]] = {
        island: plans(part, known_value=islands.value_of(islands.jobs_of(island, known)), time_limit=seconds)
        for island, part in enumerate(islands.parts)
        if is_small(part)
    }
    while at_work:
        for island, steps in list(at_work.items()):
            proof = next(steps, None)
            if proof is None:
                del at_work[island]
            else:
                yield Finding(proof.jobs or (), island, int(proof.ceiling + 1e-6))


def _say(parent: TextIO, finding: Finding) -> None:
    document: dict[str, Any] = {
        "jobs": jobs_document(finding.jobs),
        "island": finding.island,
        "ceiling": finding.ceiling,
    }
    parent.write(json.dumps(document) + "\n")
    parent.flush()


if __name__ == "__main__":
    main()
