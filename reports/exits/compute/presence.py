"""What each exit is judged on: its chain of contracts, its continuous run, its hours of the year.

A person in a structure is one number, days are numbers: a million exits are then sorted and looked up, never joined
by texts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]
    Flags = NDArray[np.bool_]
    Amounts = NDArray[np.float64]

DAYS = 1 << 20
"""More than any day of our calendar, counted from 1970 − `OFFSET`: a place and a day then sort as one number."""
OFFSET = 1 << 18
FAR = "2200-01-01"
"""Later than any contract: the end of one whose end is not known."""
MISSING = -(1 << 62)


@dataclass(frozen=True, slots=True)
class Places:
    """The number of each row's person and structure, the same in the three frames."""

    exits: Numbers
    contracts: Numbers
    hours: Numbers

    @classmethod
    def of(cls, *frames: pd.DataFrame) -> Places:
        """Number the pairs met in these frames: exits, contracts, hours."""
        import numpy as np
        import pandas as pd

        places, _ = pd.factorize(
            np.concatenate([frame["organisation_id"].to_numpy("int64") for frame in frames])
        )
        people, _ = pd.factorize(np.concatenate([frame["person_id"].to_numpy("int64") for frame in frames]))
        pairs, _ = pd.factorize(people * (int(places.max(initial=0)) + 1) + places)
        ends = np.cumsum([len(frame) for frame in frames])
        return cls(*np.split(pairs, ends[:-1]))


def days_of(dates: Any) -> Numbers:
    """Whole days since 1970; `MISSING` where there is none."""
    import numpy as np

    found = np.asarray(dates, dtype="datetime64[D]")
    return np.where(np.isnat(found), MISSING, found.astype("int64"))


def instants(days: Numbers, known: Flags) -> Any:
    """Days as dates, missing where not known."""
    import numpy as np

    return np.where(known, days, 0).astype("datetime64[D]").astype("datetime64[us]") + np.where(
        known, np.timedelta64(0, "us"), np.timedelta64("NaT")
    )


@dataclass(frozen=True, slots=True)
class Begun:
    """Of each exit, the chain of its latest contract (−1 without any), and the days its chain and its run began."""

    chain_id: Numbers
    chain_start: Numbers
    run_start: Numbers


def first_days(exits: pd.DataFrame, places: Places, contracts: pd.DataFrame) -> Begun:
    """Each exit with the latest contract begun on or before it: first days of its chain and of its run.

    A run is made of contracts of a place without a day between them. A contract without known end may still run:
    whatever follows it belongs to the same run.
    """
    import numpy as np

    nobody = np.full(len(exits), -1, dtype="int64")
    if not len(contracts):
        return Begun(nobody, nobody, nobody)
    started, chains = days_of(contracts["started_on"]), contracts["chain_id"].to_numpy("int64")
    keys = _joined(places.contracts, started)
    order = np.lexsort((contracts["contract_id"].to_numpy("int64"), keys))
    keys, place, started, chains = keys[order], places.contracts[order], started[order], chains[order]
    ends = days_of(contracts["ended_on"])[order]
    ends[ends == MISSING] = np.datetime64(FAR, "D").astype("int64")
    covered = np.maximum.accumulate(_joined(place, ends))
    is_first = np.ones(len(keys), dtype=bool)
    is_first[1:] = (place[1:] != place[:-1]) | (keys[1:] > covered[:-1] + 1)
    run_start = started[np.maximum.accumulate(np.where(is_first, np.arange(len(keys)), 0))]

    latest = np.searchsorted(keys, _joined(places.exits, days_of(exits["occurred_on"])), side="right") - 1
    found = (latest >= 0) & (place[latest] == places.exits)
    return Begun(
        chain_id=np.where(found, chains[latest], -1),
        chain_start=np.where(found, _chain_starts(place, chains, started)[latest], -1),
        run_start=np.where(found, run_start[latest], -1),
    )


def _chain_starts(place: Numbers, chains: Numbers, started: Numbers) -> Numbers:
    """The first day of each row's chain, rows being in the order of places and days."""
    import numpy as np
    import pandas as pd

    chain, _ = pd.factorize(chains)
    pair, distinct = pd.factorize(chain * (int(place.max()) + 1) + place)
    first = np.empty(len(distinct), dtype="int64")
    first[pair[::-1]] = started[::-1]  # written last, the first of its chain stays
    return first[pair]


def year_hours(exits: pd.DataFrame, places: Places, hours: pd.DataFrame) -> Amounts:
    """The hours each person worked in that structure in the civil year of the exit."""
    import numpy as np

    if not len(hours):
        return np.zeros(len(exits))
    keys = _joined(places.hours, hours["year"].to_numpy("int64"))
    order = np.argsort(keys, kind="stable")
    keys, sums = keys[order], hours["hours"].to_numpy("float64")[order]
    starts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    keys, sums = keys[starts], np.add.reduceat(np.nan_to_num(sums), starts)
    asked = _joined(places.exits, exits["occurred_on"].dt.year.to_numpy("int64"))
    at = np.minimum(np.searchsorted(keys, asked), len(keys) - 1)
    return np.where(keys[at] == asked, np.round(sums[at], 2), 0.0)


def is_superseded(frame: pd.DataFrame, places: Places, *, counted: Flags) -> Flags:
    """Whether a later exit of the same civil year takes this one's place: same person, same structure.

    Judged on presence, both belong to one chain of contracts; judged on hours, any two of the year do, because
    the year's hours serve once. Without a contract there is no chain to share: such an exit stands for itself.
    """
    import numpy as np
    import pandas as pd

    replaced = np.zeros(len(frame), dtype=bool)
    rows = np.flatnonzero(counted)
    exit_ids = frame["exit_id"].to_numpy("int64")
    rows = rows[np.lexsort((exit_ids[rows], days_of(frame["occurred_on"])[rows]))]
    chain = frame["chain_id"].fillna(-1).to_numpy("int64")
    chain = np.where(chain == -1, -exit_ids, chain)
    chain = np.where(frame["serves_once"].to_numpy("bool"), 0, chain)[rows]
    year = frame["occurred_on"].dt.year.to_numpy("int64")[rows]
    of_year, _ = pd.factorize(_joined(places.exits[rows], year))
    of_chain, _ = pd.factorize(chain)
    pairs = of_year * (int(of_chain.max(initial=0)) + 1) + of_chain
    replaced[rows] = pd.Series(pairs).duplicated(keep="last").to_numpy()
    return replaced


def _joined(place: Numbers, day: Numbers) -> Numbers:
    """A place and a day as one number that sorts like the pair."""
    import numpy as np

    return np.asarray(place * DAYS + (day + OFFSET))
