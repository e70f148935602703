"""SEC-25: none of our regular expressions stalls on a long text made to stall it."""

from __future__ import annotations

import re
import signal
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest

from tests.house.tree import modules

LONG = 50_000
LIMIT = 0.05  # seconds of processor
SEEDS = ("a", " ", "0", "-", "a ", "a-", ".", "<", "<a", '"', "'", "\n", "\t ", "/", "a.", "a@", "é", ",", ";", "0,", "=", "()", "{{", "A1")  # fmt: skip


def our_patterns() -> dict[str, re.Pattern[str]]:
    """Every compiled expression that a module of ours keeps, by its module and name."""
    found = {}
    for path, _ in modules():
        if "/management/" in path or path.endswith(("manage.py", "wsgi.py")) or "/settings/" in path:
            continue
        name = path.removesuffix(".py").replace("/", ".").removesuffix(".__init__")
        module = sys.modules.get(name) or import_module(name)
        for word, value in vars(module).items():
            if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
                found[f"{name}.{word}"] = value
    return found


PATTERNS = our_patterns()


def is_searched(name: str) -> bool:
    """Whether its module looks for it anywhere in a text, and not from the first sign only."""
    module, _, word = name.rpartition(".")
    text = Path(str(sys.modules[module].__file__)).read_text("utf-8")
    return re.search(rf"\b{word}\.(search|sub|subn|findall|finditer|split)\b", text) is not None


def seconds(pattern: re.Pattern[str], text: str, *, searched: bool = True) -> float:
    """The best of two readings, so that a busy machine accuses nobody; a stall is cut after a second."""
    ways = [pattern.search] if searched else [pattern.match, pattern.fullmatch]
    return min(_once(ways, text) for _ in range(2))


def _once(ways: list[Callable[[str], object]], text: str) -> float:
    before = time.process_time()
    former = signal.signal(signal.SIGALRM, _too_long)
    signal.setitimer(signal.ITIMER_REAL, 1)
    try:
        for way in ways:
            way(text)
    except Stalled:
        return 1.0
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, former)
    return time.process_time() - before


class Stalled(Exception):
    """The second is over."""


def _too_long(*told: object) -> None:
    raise Stalled


@pytest.mark.parametrize("name", sorted(PATTERNS))
def test_no_text_makes_it_stall(name):
    slow, searched = {}, is_searched(name)
    for seed in SEEDS:
        text = seed * (LONG // len(seed)) + "!"
        if (taken := seconds(PATTERNS[name], text, searched=searched)) > LIMIT:
            slow[seed] = round(taken, 2)
    assert slow == {}


def test_there_are_patterns_and_a_stalling_one_would_be_seen():
    assert len(PATTERNS) > 30
    assert seconds(re.compile(r"(a*)*b"), "a" * 40) > LIMIT
