"""Start several processes, start again the one that dies, end them all: what `passerelles serve` is made of.

Each child leads a group of its own, so that whatever it started goes with it, and the kernel tells it when we die. One that
does not hear it, stuck on its way out, is ended by the next start: its environment says whose child it was.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

FIRST_DELAY = 1.0
LONGEST_DELAY = 60.0
STEADY_SECONDS = 60.0
"""A child that held this long had started well: its next fall is the first."""
_GLANCE = 0.3
_LEFTOVERS_GRACE = 5.0
_PR_SET_PDEATHSIG = 1
MARK = "PASSERELLES_SERVED_FROM"
"""In the environment of every child: the folder of data that it serves."""


def delay_after(falls: int) -> float:
    """Seconds to wait before starting again after this many falls in a row: 1, 2, 4… up to a minute."""
    return min(FIRST_DELAY * 2.0 ** (falls - 1), LONGEST_DELAY)


@dataclass
class Child:
    """One process to keep alive; `label` is what the operator reads."""

    label: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    falls: int = 0
    started_at: float = 0.0
    start_again_at: float = 0.0
    former_groups: list[int] = field(default_factory=list)

    @property
    def is_alive(self) -> bool:
        """Whether its process runs."""
        return self.process is not None and self.process.poll() is None


class Supervisor:
    """Keeps children alive until asked to stop."""

    def __init__(
        self, children: Sequence[Child], environment: dict[str, str], tell: Callable[[str], None]
    ) -> None:
        self._children = children
        self._environment = environment
        self._tell = tell
        self._must_stop = False

    def stop(self, *_: object) -> None:
        """What a signal calls: the loop ends at its next glance."""
        self._must_stop = True

    def run(self, *, patience: float) -> None:
        """Watch until stopped; then give the children `patience` seconds to finish what they are at."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self.stop)
        try:
            while not self._must_stop:
                for child in self._children:
                    self._look_after(child)
                time.sleep(_GLANCE)
        finally:
            self._end(patience)

    def _look_after(self, child: Child) -> None:
        now = time.monotonic()
        if child.process is None:
            if now >= child.start_again_at:
                self._start(child, now)
        elif child.process.poll() is not None:
            self._fell(child, now)
        elif child.falls and now - child.started_at > STEADY_SECONDS:
            child.falls = 0

    def _start(self, child: Child, now: float) -> None:
        _kill_groups(child.former_groups)
        child.former_groups.clear()
        child.process = subprocess.Popen(  # noqa: S603 (our own fixed commands)
            child.command, env=self._environment, start_new_session=True, preexec_fn=_end_with_us
        )
        child.started_at = now
        self._tell(f"{child.label} : lancé (processus {child.process.pid})")

    def _fell(self, child: Child, now: float) -> None:
        """What it had started is asked to go at once, and made to before it starts again."""
        if child.process is None:
            return
        child.falls = 1 if now - child.started_at > STEADY_SECONDS else child.falls + 1
        wait = delay_after(child.falls)
        self._tell(f"{child.label} : arrêté (code {child.process.returncode}), relancé dans {wait:.0f} s")
        _signal_group(child.process.pid, signal.SIGTERM)
        child.former_groups.append(child.process.pid)
        child.process, child.start_again_at = None, now + wait

    def _end(self, patience: float) -> None:
        running = [child for child in self._children if child.process is not None]
        self._tell("Arrêt demandé : les travaux en cours se terminent…" if running else "Arrêt.")
        for child in running:
            with contextlib.suppress(ProcessLookupError):
                os.kill(child.process.pid, signal.SIGTERM)  # type: ignore[union-attr]
        give_up_at = time.monotonic() + patience
        while any(child.is_alive for child in running) and time.monotonic() < give_up_at:
            time.sleep(_GLANCE)
        groups = [child.process.pid for child in running if child.process]
        _kill_groups([*groups, *(group for child in self._children for group in child.former_groups)])
        for child in running:
            child.process.wait()  # type: ignore[union-attr]
        self._tell("Tout est arrêté.")


def end_leftovers(folder: str) -> int:
    """End what a service killed outright left behind; how many processes. Who calls it holds the lock of the folder."""
    left = _marked(folder)
    for number in left:
        _signal(number, signal.SIGTERM)
    give_up_at = time.monotonic() + _LEFTOVERS_GRACE
    while _marked(folder) and time.monotonic() < give_up_at:
        time.sleep(_GLANCE)
    for number in _marked(folder):
        _signal(number, signal.SIGKILL)
    return len(left)


def _marked(folder: str) -> list[int]:
    """Processes of this account that serve this folder, ourselves apart; nothing where the kernel does not tell."""
    mark = f"{MARK}={folder}".encode()
    found = []
    for path in Path("/proc").glob("[0-9]*/environ"):
        with contextlib.suppress(OSError):
            if mark in path.read_bytes().split(b"\0") and int(path.parent.name) != os.getpid():
                found.append(int(path.parent.name))
    return found


def _signal(number: int, which: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(number, which)


def _kill_groups(groups: Sequence[int]) -> None:
    """Nothing of these groups is left when this returns."""
    give_up_at = time.monotonic() + _LEFTOVERS_GRACE
    for group in groups:
        while _signal_group(group, signal.SIGTERM) and time.monotonic() < give_up_at:
            time.sleep(_GLANCE)
        _signal_group(group, signal.SIGKILL)


def _signal_group(group: int, number: int) -> bool:
    """Whether anybody of the group was there to hear it."""
    try:
        os.killpg(group, number)
    except ProcessLookupError:
        return False
    return True


def _end_with_us() -> None:
    """In the child, before it becomes what it must: killed outright, we leave nothing behind on Linux."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
