"""Which exits count: each one gets a status, and what it was judged on. See README.md beside this file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from pathways.rules.dated.book import ALWAYS, RuleBook
from pathways.rules.dated.rows import HOURS_SERVE, ONCE_A_YEAR, PRESENCE, RUN
from pathways.rules.exits.motives import MOTIVES_BY_CODE, ExitCategory
from pathways.rules.kinds import BY_PRESENCE, HOURS_RULE, SERVES_ONCE
from reports.exits.compute.columns import require_columns
from reports.exits.compute.presence import Places, days_of, first_days, instants, is_superseded, year_hours
from reports.exits.compute.rules import turning_days

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from reports.exits.compute.presence import Flags

EXIT_FRAME = ("exit_id", "person_id", "organisation_id", "kind", "occurred_on", "motive")
CONTRACT_FRAME = ("contract_id", "person_id", "organisation_id", "started_on", "ended_on", "chain_id")
HOURS_FRAME = ("person_id", "organisation_id", "year", "hours")


class Status(StrEnum):
    """How an exit enters the statistics; one status each."""

    EXAMINED = "examined"
    WITHDRAWN = "withdrawn"
    BELOW_THRESHOLD = "below_threshold"
    MISSING_MOTIVE = "missing_motive"
    UNSETTLED = "unsettled"
    TO_COME = "to_come"
    SUPERSEDED = "superseded"
    NOT_SIAE = "not_siae"


def classify(
    exits: pd.DataFrame, contracts: pd.DataFrame, hours: pd.DataFrame, *, book: RuleBook, today: date
) -> pd.DataFrame:
    """One row per exit given, with its status and what it was judged on.

    Takes exits (`EXIT_FRAME`), to the end of the civil year so that a later one may replace an earlier one;
    every contract of their people in the same structures (`CONTRACT_FRAME`, ended_on = last day, missing while
    unknown, chain_id = first contract of the chain) and hours per person, structure and civil year
    (`HOURS_FRAME`); dates are `datetime64`, kinds and motives texts or categories. Adds: chain_id and chain_start
    (missing without contract), presence_start and presence_days (exit date − presence_start), hours (of the civil
    year of the exit), min_hours, min_days (0 where presence is not asked), meets_threshold, category, serves_once,
    status. An exit after `today` is not counted yet. Thresholds: R25 and R26; withdrawn motives: R27.
    """
    require_columns(exits, *EXIT_FRAME)
    require_columns(contracts, *CONTRACT_FRAME)
    require_columns(hours, *HOURS_FRAME)
    frame = exits.reset_index(drop=True).astype({"kind": "category", "motive": "category"})
    places = Places.of(frame, contracts, hours)
    frame, by_run = _with_thresholds(frame, book)
    frame = _with_presence(frame, places, contracts, by_run)
    frame["hours"] = year_hours(frame, places, hours)
    enough_days = frame["presence_days"].ge(frame["min_days"]).fillna(False).astype(bool)
    frame["meets_threshold"] = (
        frame["chain_id"].notna() & frame["hours"].ge(frame["min_hours"]) & enough_days
    ).astype(bool)
    frame["status"] = _status(frame, places, today)
    return frame


def _with_presence(
    frame: pd.DataFrame, places: Places, contracts: pd.DataFrame, by_run: Flags
) -> pd.DataFrame:
    """The chain of each exit, and the day presence is counted from: the run, or the chain when it began earlier or
    when the rule says so.
    """
    import numpy as np
    import pandas as pd

    begun = first_days(frame, places, contracts)
    start = np.where(by_run, np.fmin(begun.run_start, begun.chain_start), begun.chain_start)
    found = begun.chain_id >= 0
    days = (days_of(frame["occurred_on"]) - start).astype("int64")
    return frame.assign(
        chain_id=pd.arrays.IntegerArray(begun.chain_id, ~found),
        chain_start=instants(begun.chain_start, found),
        presence_start=instants(start, found),
        presence_days=pd.arrays.IntegerArray(days, ~found),
    )


def _with_thresholds(frame: pd.DataFrame, book: RuleBook) -> tuple[pd.DataFrame, Flags]:
    """Each exit with the thresholds and the category of its own day, and whether its presence is that of a run.

    One look-up per day of change, kind and motive; each row then takes its own by number.
    """
    import numpy as np
    import pandas as pd

    days = turning_days(book)
    begins = np.array([_instant(day) for day in days], dtype="datetime64[us]")
    epoch = np.searchsorted(begins, frame["occurred_on"].to_numpy(dtype="datetime64[us]"), side="right") - 1
    kinds, motives = list(frame["kind"].cat.categories), list(frame["motive"].cat.categories)
    kind, motive = frame["kind"].cat.codes.to_numpy(), frame["motive"].cat.codes.to_numpy()

    def of_kind(value: Callable[[str, date], float], absent: float) -> NDArray[np.float64]:
        table = [[value(name, day) if name in HOURS_RULE else absent for name in kinds] for day in days]
        return np.array(table, dtype="float64").reshape(len(days), -1)[epoch, kind]

    names = ["", *(str(category) for category in ExitCategory)]
    numbers = np.array(
        [
            [
                names.index(book.category(code, on=day) or "") if code in MOTIVES_BY_CODE else 0
                for code in motives
            ]
            for day in days
        ],
        dtype="int8",
    ).reshape(len(days), -1)
    serves = of_kind(
        lambda name, day: name in SERVES_ONCE and book.value(HOURS_SERVE, on=day) == ONCE_A_YEAR, 0
    )
    by_run = of_kind(lambda name, day: book.value(PRESENCE, on=day) == RUN, 1)
    return frame.assign(
        min_hours=of_kind(lambda name, day: float(book.value(HOURS_RULE[name], on=day)), np.nan),
        min_days=of_kind(lambda name, day: _days_asked(name, book, day), np.nan),
        category=pd.Categorical.from_codes(numbers[epoch, motive], categories=pd.Index(names)),
        serves_once=serves.astype(bool),
    ), by_run.astype(bool)


def _instant(day: date) -> np.datetime64:
    import numpy as np

    # The beginning of time does not fit in every unit of numpy: any day before our oldest period does as well.
    return np.datetime64("1900-01-01" if day == ALWAYS else day.isoformat(), "us")


def _days_asked(kind: str, book: RuleBook, day: date) -> float:
    return float(book.value("min_days_aci_ei", on=day)) if kind in BY_PRESENCE else 0.0


def _status(frame: pd.DataFrame, places: Places, today: date) -> pd.Categorical[str]:
    """In this order: outside the IAE, to come, replaced by a later exit, motive missing, category not settled,
    withdrawn, below, examined.

    A withdrawn motive comes before the threshold because the State's own code drops that category first (R27).
    """
    import numpy as np
    import pandas as pd

    to_come = (frame["occurred_on"] > pd.Timestamp(today)).to_numpy()
    conditions = {
        Status.NOT_SIAE: ~frame["kind"].isin(list(HOURS_RULE)),
        Status.TO_COME: to_come,
        Status.SUPERSEDED: is_superseded(frame, places, counted=~to_come),
        Status.MISSING_MOTIVE: frame["motive"].eq(""),
        Status.UNSETTLED: frame["category"].eq(""),
        Status.WITHDRAWN: frame["category"].eq("withdrawn"),
        Status.BELOW_THRESHOLD: ~frame["meets_threshold"],
    }
    names = [str(name) for name in Status]
    chosen = np.select(
        [np.asarray(condition, dtype=bool) for condition in conditions.values()],
        [np.int8(names.index(str(name))) for name in conditions],
        np.int8(names.index(str(Status.EXAMINED))),
    )
    return pd.Categorical.from_codes(chosen, categories=pd.Index(names))
