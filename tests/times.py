"""What each family of tests costs: printed at the end of every run, so that what grows is seen while it is small."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

MOST_TOLD = 12
WORTH_TELLING = 2.0
"""Seconds under which a family is not told."""


def family_of(nodeid: str) -> str:
    """The folder of a test, two floors at most: `tests/pathways/rules/…` gives `pathways/rules`."""
    return "/".join(nodeid.partition("::")[0].split("/")[1:-1][:2]) or "tests"


def times_of(reports: Iterable[tuple[str, float]]) -> list[tuple[str, float]]:
    """Seconds of each family, set-ups included, the longest first."""
    spent: Counter[str] = Counter()
    for nodeid, seconds in reports:
        spent[family_of(nodeid)] += seconds
    return spent.most_common()


def pytest_terminal_summary(terminalreporter) -> None:
    """The longest families of this run, in seconds of one processor."""
    reports = [
        (report.nodeid, report.duration)
        for found in terminalreporter.stats.values()
        for report in found
        if hasattr(report, "duration") and hasattr(report, "nodeid")
    ]
    told = [(family, spent) for family, spent in times_of(reports) if spent >= WORTH_TELLING][:MOST_TOLD]
    if told:
        terminalreporter.section("time per family")
        terminalreporter.write_line(", ".join(f"{family} {spent:.0f} s" for family, spent in told))
