"""Sorting numbers says what joining rows says: the same of every exit, whatever the frames."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from backend.organisations.enums import StructureKind
from pathways.rules.dated.rows import BUILT_IN
from pathways.rules.exits.motives import MOTIVES_BY_CODE
from reports.exits.compute.exits import classify
from reports.exits.compute.summary import counts_by
from tests.reports.exits.compute.plain_exits import plainly_classified

TODAY = date(2025, 11, 1)


def days(draw, number, first="2023-01-01", length=1_090):
    return (np.datetime64(first) + draw.integers(0, length, number)).astype("datetime64[us]")


def frames(seed, size):
    """Few people in few structures, so that contracts touch, overlap, leave days between them, and share chains."""
    draw = np.random.default_rng(seed)
    kinds = np.array(StructureKind.values)[draw.integers(0, len(StructureKind.values), 6)]
    place = draw.integers(1, 7, size)
    exits = pd.DataFrame(
        {
            "exit_id": draw.permutation(size) + 1,
            "person_id": draw.integers(1, 2 + size // 4, size),
            "organisation_id": place,
            "kind": kinds[place - 1].astype(str),
            "occurred_on": days(draw, size),
            "motive": draw.choice(["", *MOTIVES_BY_CODE], size),
        }
    ).astype({"kind": "str", "motive": "str"})
    number = 2 * size
    started = days(draw, number, "2022-06-01")
    ended = started + draw.integers(0, 200, number).astype("timedelta64[D]")
    ended[draw.random(number) < 0.2] = np.datetime64("NaT")
    contracts = pd.DataFrame(
        {
            "contract_id": draw.permutation(number) + 1,
            "person_id": draw.integers(1, 2 + size // 4, number),
            "organisation_id": draw.integers(1, 7, number),
            "started_on": started,
            "ended_on": ended,
            "chain_id": draw.integers(1, 2 + size // 3, number),
        }
    )
    hours = pd.DataFrame(
        {
            "person_id": draw.integers(1, 2 + size // 4, number),
            "organisation_id": draw.integers(1, 7, number),
            "year": draw.integers(2022, 2026, number),
            "hours": draw.integers(0, 1_200, number) / 4,
        }
    )
    return exits, contracts, hours


@pytest.mark.parametrize("size", [0, 1, 5, 60, 400])
@pytest.mark.parametrize("seed", range(6))
def test_both_say_the_same_of_every_exit(seed, size):
    given = frames(seed, size)

    found = classify(*given, book=BUILT_IN, today=TODAY)
    plain = plainly_classified(*given, book=BUILT_IN, today=TODAY)

    assert len(found) == size
    for name in plain.columns:
        values, expected = found[name].astype(object), plain[name].astype(object)
        assert (
            values.where(values.notna(), None).tolist() == expected.where(expected.notna(), None).tolist()
        ), name


def test_counting_by_cells_counts_every_exit_once():
    found = classify(*frames(1, 400), book=BUILT_IN, today=TODAY)

    counts = counts_by(found, "organisation_id")

    examined = found[found["status"] == "examined"]
    assert counts[["durable", "transition", "positive", "other"]].to_numpy().sum() == len(examined) > 0
    for place, some in examined.groupby("organisation_id"):
        assert counts.loc[place, "durable"] == (some["category"] == "durable").sum()
    assert counts["withdrawn"].sum() == (found["status"] == "withdrawn").sum() > 0
