"""What an outsider could work out from the masked table, proved by a solver written apart."""

from __future__ import annotations

import random
import signal
from itertools import product

import numpy as np
import pytest
from scipy.optimize import linprog

from reports.exits.compute import masking
from reports.exits.compute.layouts import EXIT_LAYOUT, TOTAL, Published
from reports.exits.compute.masking import mask, masked_rate
from reports.exits.compute.told import Table

K = 11
KINDS = ("AI", "ETTI", "ACI", "EI", "EITI")
LEAVES = EXIT_LAYOUT.columns
COLUMNS = {
    **{leaf: (leaf,) for leaf in LEAVES},
    "other": ("no_news", "other_news"),
    "dynamic": ("durable", "transition", "positive"),
    "examined": LEAVES[:5],
    "all_exits": LEAVES,
}


@pytest.fixture(autouse=True)
def _that_ends():
    """A masking that would never end is red at once: eight seconds of computing, where the longest test takes one."""

    def stop(*_):
        raise AssertionError("masking does not end")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, 8)
    yield
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    signal.signal(signal.SIGVTALRM, before)


def drawn(seed: int, scale: int) -> dict[str, dict[str, int]]:
    """A table as a territory could have it: many small cells."""
    draw = random.Random(seed)
    kinds = draw.sample(KINDS, draw.randint(1, 5))
    return {kind: {leaf: int(draw.expovariate(1 / scale)) for leaf in LEAVES} for kind in kinds}


def truth(lines, key) -> int:
    line, column = key
    kept = lines if line == TOTAL else (line,)
    return sum(lines[kind][leaf] for kind in kept for leaf in COLUMNS[column])


def row_of(lines, key) -> np.ndarray:
    line, column = key
    return np.array(
        [float(leaf in COLUMNS[column] and line in (TOTAL, kind)) for kind, leaf in product(lines, LEAVES)]
    )


def span(lines, published, target) -> tuple[float, float]:
    """Least and most that a count may be, knowing every published one and that nobody is negative."""
    a = np.array([row_of(lines, key) for key in published]).reshape(-1, len(target))
    b = np.array(list(published.values()), dtype=float)
    known = {"A_eq": a, "b_eq": b} if len(a) else {}
    low = linprog(target, bounds=(0, None), **known)
    high = linprog(-target, bounds=(0, None), **known)
    return low.fun, -high.fun if high.success else float("inf")


def disclosures(lines, masked) -> list[str]:
    """Everything the table gives away; empty when it may be released."""
    published = {key: value for key, value in masked.items() if value is not None}
    found = [f"{key} = {value}" for key, value in published.items() if 0 < value < K]
    for key in masked.keys() - published.keys():
        low, high = span(lines, published, row_of(lines, key))
        if high - low < K - 1e-6 or high < K - 1e-6:
            found.append(f"{key} is within {low}–{high}")
    for line in (*lines, TOTAL):
        for whole, part in (
            ("examined", name) for name in ("dynamic", "durable", "transition", "positive", "no_news")
        ):
            rest = truth(lines, (line, whole)) - truth(lines, (line, part))
            if 0 < rest < K and None not in (masked[line, whole], masked[line, part]):
                found.append(f"{line}: {whole} − {part} = {rest}")
    return found


def test_the_table_names_every_count_once():
    masked = mask(drawn(1, 30), EXIT_LAYOUT)
    assert {column for _, column in masked} == set(COLUMNS)


@pytest.mark.parametrize("scale", [4, 15, 60])
def test_SEC_35_nothing_from_1_to_10_can_be_read_nor_worked_out(scale):
    for seed in range(5):
        lines = drawn(seed, scale)
        assert disclosures(lines, mask(lines, EXIT_LAYOUT)) == []


def test_SEC_36_masking_turned_into_the_identity_would_be_seen(monkeypatch):
    """The same proof fails as soon as suppression does nothing, and as soon as it stops at small cells."""
    lines = drawn(3, 15)
    assert disclosures(lines, {key: truth(lines, key) for key in mask(lines, EXIT_LAYOUT)})
    monkeypatch.setattr(masking, "_protect", lambda table, outsider, small: None)
    assert any(disclosures(drawn(seed, 15), mask(drawn(seed, 15), EXIT_LAYOUT)) for seed in range(5))
    monkeypatch.setattr(masking, "_primary", lambda table: set())
    assert disclosures(lines, mask(lines, EXIT_LAYOUT))


def test_what_is_published_is_exact():
    lines = drawn(5, 60)
    masked = mask(lines, EXIT_LAYOUT)
    shown = {key: value for key, value in masked.items() if value is not None}
    assert shown == {key: truth(lines, key) for key in shown}


def test_a_large_table_is_published_whole():
    lines = {kind: dict.fromkeys(LEAVES, 400 + rank) for rank, kind in enumerate(KINDS)}
    assert None not in mask(lines, EXIT_LAYOUT).values()


def test_a_breakdown_where_everyone_ended_alike_is_hidden():
    lines = {"ACI": {**dict.fromkeys(LEAVES, 0), "other_news": 40}, "AI": dict.fromkeys(LEAVES, 50)}
    masked = mask(lines, EXIT_LAYOUT)
    assert masked["ACI", "other_news"] is None
    assert masked["ACI", "durable"] is None


def test_a_breakdown_of_a_part_where_everyone_ended_alike_is_hidden_and_the_rest_told():
    lines = {"ACI": {**dict.fromkeys(LEAVES, 40), "no_news": 0}, "AI": dict.fromkeys(LEAVES, 50)}
    masked = mask(lines, EXIT_LAYOUT)
    assert masked["ACI", "no_news"] is masked["ACI", "other_news"] is None
    assert (masked["ACI", "other"], masked["ACI", "all_exits"]) == (40, 240)


def test_that_everyone_was_examined_says_nothing_of_anyone():
    lines = {"ACI": {**dict.fromkeys(LEAVES, 40), "withdrawn": 0, "below_threshold": 0}}
    assert None not in mask(lines, EXIT_LAYOUT).values()


def test_structures_that_are_not_named_are_those_of_no_former_table():
    """A line is not taken for the structure that another table numbers as it is ranked here."""
    former = {"AI": dict.fromkeys(LEAVES, 30)}
    earlier = [Published({"AI": frozenset({1})}, mask(former, EXIT_LAYOUT, members={"AI": frozenset({1})}))]
    lines = {"ACI": dict.fromkeys(LEAVES, 40)}
    assert mask(lines, EXIT_LAYOUT, earlier=earlier) == mask(lines, EXIT_LAYOUT)


def test_the_finest_is_hidden_first_then_the_smallest_then_what_is_empty_and_totals_last():
    counts = {
        "durable": 14,
        "transition": 60,
        "positive": 0,
        "no_news": 12,
        "other_news": 13,
        "withdrawn": 90,
    }
    lines = {"ACI": {**counts, "below_threshold": 11}}
    table = Table(lines, {"ACI": frozenset({1})}, EXIT_LAYOUT)
    waiting, hidden = set(table.keys), []
    while waiting:
        hidden.append(masking._next_to_hide(table, frozenset(waiting)))
        waiting.discard(hidden[-1])
    leaves = [
        "below_threshold", "no_news", "other_news", "durable", "transition", "withdrawn", "positive",
    ]  # fmt: skip
    order = [*leaves, "other", "dynamic", "examined", "all_exits"]
    assert hidden == [(line, column) for line in ("ACI", TOTAL) for column in order]
    assert masking._next_to_hide(table, frozenset()) is None


def test_what_is_left_of_a_sum_without_a_part_is_watched_when_it_is_of_few():
    lines = {"ACI": {**dict.fromkeys(LEAVES, 40), "no_news": 4}}
    table = Table(lines, {"ACI": frozenset({1})}, EXIT_LAYOUT)
    left = [dict(zip(LEAVES, row, strict=True)) for row in masking._small_differences(table)]
    assert left
    assert all(each == {**dict.fromkeys(LEAVES, 0), "no_news": 1} for each in left)


def test_a_rate_needs_both_its_counts():
    masked = {
        ("ACI", "durable"): 24,
        ("ACI", "examined"): 90,
        ("AI", "durable"): None,
        ("AI", "examined"): 90,
    }
    masked |= {("EI", "durable"): 0, ("EI", "examined"): 0}
    assert masked_rate(masked, "ACI", "durable", "examined") == pytest.approx(0.26667, abs=1e-5)
    assert masked_rate(masked, "AI", "durable", "examined") is None
    assert masked_rate(masked, "EI", "durable", "examined") is None


def test_an_empty_table_publishes_zeros():
    assert set(mask({}, EXIT_LAYOUT).values()) == {0}


def alone(seed: int) -> dict[str, dict[str, int]]:
    """One structure where few columns hold somebody: a part often holds everyone of its sum."""
    draw = random.Random(seed)
    held = draw.sample(LEAVES, draw.randint(1, 2))
    return {"AI": {leaf: draw.choice((1, 12, 20, 35)) if leaf in held else 0 for leaf in LEAVES}}


def test_where_one_part_holds_everyone_nothing_of_the_breakdown_is_told():
    met = 0
    for lines in map(alone, range(60)):
        masked = mask(lines, EXIT_LAYOUT)
        for column, parts in EXIT_LAYOUT.sums.items():
            counts = [truth(lines, ("AI", part)) for part in parts]
            if column == EXIT_LAYOUT.whole or not 0 < sum(counts) == max(counts):
                continue
            met += 1
            told = {name: masked["AI", name] for name in (*parts, *EXIT_LAYOUT.leaves_of(column))}
            assert set(told.values()) == {None}, (column, told)
    assert met > 40
