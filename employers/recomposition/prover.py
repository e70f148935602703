"""A second process that proves while the first one searches: killing it is how a long proof is stopped at once.

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
from functools import partial
from types import TracebackType
from typing import Any, Self, TextIO

import numpy as np

from .bounds import Ceiling
from .exact import Proof, is_small, plans
from .grid import free_grid
from .measures import job_value
from .quiet import apart_from_the_solver
from .reading import read_territory
from .territory import Territory
from .vocabulary import Choices, Job
from .writing import choices_document, jobs_document, read_choices, read_jobs, territory_document

EXACT_SECONDS = 3_600.0  # the parent decides when to stop
GROUP_SECONDS = 2.0


class Prover:
    """The child process, seen from the parent."""

    def __init__(self, territory: Territory, choices: Choices, known: tuple[Job, ...]) -> None:
        self._request = {
            "territory": territory_document(territory),
            "choices": choices_document(choices),
            "known": jobs_document(known),
        }
        self._findings: queue.SimpleQueue[str] = queue.SimpleQueue()

    def __enter__(self) -> Self:
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "employers.recomposition.prover"],
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

    def news(self) -> Iterator[Proof]:
        """Findings not yet read; never waits."""
        while not self._findings.empty():
            found = json.loads(self._findings.get())
            jobs = None if found["jobs"] is None else read_jobs(found["jobs"])
            yield Proof(jobs, float(found["ceiling"]), bool(found["proved"]))

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
    """What the child does: one proof, or ceilings until it is stopped."""
    request = json.load(sys.stdin)
    territory, choices = read_territory(request["territory"]), read_choices(request["choices"])
    known = read_jobs(request["known"])
    grid = free_grid(territory, choices)
    say = partial(_say, apart_from_the_solver())
    value = sum(job_value(territory, job) for job in known)
    if is_small(grid):
        for proof in plans(grid, known_value=value, time_limit=EXACT_SECONDS):
            say(proof)
        return
    ceiling = Ceiling(grid, np.random.default_rng(0), lambda: False, {"time_limit": GROUP_SECONDS})
    for proved in ceiling.rounds(known):
        say(Proof(None, float(proved), proved=True))


def _say(parent: TextIO, proof: Proof) -> None:
    finding: dict[str, Any] = {
        "jobs": None if proof.jobs is None else jobs_document(proof.jobs),
        "ceiling": proof.ceiling if np.isfinite(proof.ceiling) else 1e15,
        "proved": proof.proved,
    }
    parent.write(json.dumps(finding) + "\n")
    parent.flush()


if __name__ == "__main__":
    main()
