"""The same rule written by joining rows, for tests to hold the quick one against."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from pathways.rules.dated.book import ALWAYS, RuleBook
from pathways.rules.dated.rows import HOURS_SERVE, ONCE_A_YEAR, PRESENCE, RUN
from pathways.rules.exits.motives import MOTIVES_BY_CODE
from pathways.rules.kinds import BY_PRESENCE, HOURS_RULE, SERVES_ONCE
from reports.exits.compute.columns import require_columns
from reports.exits.compute.exits import CONTRACT_FRAME, EXIT_FRAME, HOURS_FRAME, Status
from reports.exits.compute.rules import turning_days

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

FAR = "2200-01-01"
"""Later than any contract: the end of one whose end is not known."""


def plainly_classified(
    exits: pd.DataFrame, contracts: pd.DataFrame, hours: pd.DataFrame, *, book: RuleBook, today: date
) -> pd.DataFrame:
    """One row per exit given, with its status and what it was judged on.

    Takes exits (`EXIT_FRAME`), to the end of the civil year so that a later one may replace an earlier one;
    every contract of their people in the same structures (`CONTRACT_FRAME`, ended_on = last day, missing while
    unknown, chain_id = first contract of the chain) and hours per person, structure and civil year
    (`HOURS_FRAME`); dates are `datetime64`. Adds: chain_id and chain_start (missing without contract),
    presence_start and presence_days (exit date − presence_start), hours (of the civil year of the exit),
    min_hours, min_days (0 where presence is not asked), meets_threshold, category, serves_once, status.
    An exit after `today` is not counted yet. Thresholds: R25 and R26; withdrawn motives: R27.
    """
    require_columns(exits, *EXIT_FRAME)
    frame = _with_hours(_with_chain(exits, contracts), hours)
    frame = _with_presence(_with_thresholds(frame, book))
    enough_days = frame["presence_days"].ge(frame["min_days"]).fillna(False).astype(bool)
    frame["meets_threshold"] = (
        frame["chain_id"].notna() & frame["hours"].ge(frame["min_hours"]) & enough_days
    ).astype(bool)
    frame["status"] = _status(frame, today)
    return frame


def _with_chain(exits: pd.DataFrame, contracts: pd.DataFrame) -> pd.DataFrame:
    """Each exit with the latest contract begun on or before it: first days of its chain and of its run."""
    require_columns(contracts, *CONTRACT_FRAME)
    place = ["person_id", "organisation_id"]
    contracts = _with_runs(contracts)
    pairs = exits[["exit_id", *place, "occurred_on"]].merge(contracts, on=place, how="inner")
    begun = pairs[pairs["started_on"] <= pairs["occurred_on"]]
    latest = begun.sort_values(["started_on", "contract_id"]).drop_duplicates("exit_id", keep="last")
    first_days = contracts.groupby([*place, "chain_id"], as_index=False)["started_on"].min()
    chains = latest[["exit_id", *place, "chain_id", "run_start"]].merge(
        first_days, on=[*place, "chain_id"], how="left"
    )
    chains = chains[["exit_id", "chain_id", "started_on", "run_start"]].rename(
        columns={"started_on": "chain_start"}
    )
    frame = exits.merge(chains, on="exit_id", how="left")
    frame["chain_id"] = frame["chain_id"].astype("Int64")
    return frame


def _with_runs(contracts: pd.DataFrame) -> pd.DataFrame:
    """Each contract with the first day of its continuous run: contracts of a place without a day between them."""
    import pandas as pd

    place = ["person_id", "organisation_id"]
    ordered = contracts.sort_values([*place, "started_on", "contract_id"])
    # A contract without known end may still run: whatever follows it belongs to the same run.
    ends = ordered["ended_on"].fillna(pd.Timestamp(FAR))
    covered = ends.groupby([ordered[name] for name in place]).cummax()
    before = covered.groupby([ordered[name] for name in place]).shift()
    is_first = before.isna() | (ordered["started_on"] > before + pd.Timedelta(days=1))
    run = is_first.cumsum().rename("run")
    return ordered.assign(run_start=ordered.groupby(run)["started_on"].transform("min"))


def _with_presence(frame: pd.DataFrame) -> pd.DataFrame:
    """The day presence is counted from: the run, or the chain when it began earlier or when the rule says so."""
    import pandas as pd

    earliest = frame[["run_start", "chain_start"]].min(axis="columns")
    start = earliest.where(frame["by_run"].fillna(True).astype(bool), frame["chain_start"])
    frame = frame.assign(presence_start=pd.to_datetime(start))
    frame["presence_days"] = (frame["occurred_on"] - frame["presence_start"]).dt.days.astype("Int64")
    return frame.drop(columns=["run_start", "by_run"])


def _with_hours(frame: pd.DataFrame, hours: pd.DataFrame) -> pd.DataFrame:
    """Each exit with the hours its person worked in that structure in the civil year of the exit."""
    require_columns(hours, *HOURS_FRAME)
    keys = ["person_id", "organisation_id", "year"]
    frame = frame.assign(year=frame["occurred_on"].dt.year.astype("int64"))
    sums = hours.groupby(keys, as_index=False)["hours"].sum()
    frame = frame.merge(sums, on=keys, how="left").drop(columns="year")
    frame["hours"] = frame["hours"].astype("float64").fillna(0.0).round(2)
    return frame


def _with_thresholds(frame: pd.DataFrame, book: RuleBook) -> pd.DataFrame:
    """Each exit with the thresholds and the category of its own day: one look-up per day of change."""
    import numpy as np
    import pandas as pd

    days = turning_days(book)
    begins = np.array([_instant(day) for day in days], dtype="datetime64[us]")
    epoch = np.searchsorted(begins, frame["occurred_on"].to_numpy(dtype="datetime64[us]"), side="right") - 1
    frame = frame.assign(epoch=epoch.astype("int64"))
    kinds = pd.DataFrame(
        [
            (
                index,
                kind,
                float(book.value(key, on=day)),
                _days_asked(kind, book, day),
                book.value(PRESENCE, on=day) == RUN,
                kind in SERVES_ONCE and book.value(HOURS_SERVE, on=day) == ONCE_A_YEAR,
            )
            for index, day in enumerate(days)
            for kind, key in HOURS_RULE.items()
        ],
        columns=["epoch", "kind", "min_hours", "min_days", "by_run", "serves_once"],
    )
    motives = pd.DataFrame(
        [
            (index, code, book.category(code, on=day) or "")
            for index, day in enumerate(days)
            for code in MOTIVES_BY_CODE
        ],
        columns=["epoch", "motive", "category"],
    )
    frame = frame.merge(kinds, on=["epoch", "kind"], how="left")
    frame = frame.merge(motives, on=["epoch", "motive"], how="left").drop(columns="epoch")
    frame["category"] = frame["category"].fillna("")
    frame["serves_once"] = frame["serves_once"].fillna(False).astype(bool)
    return frame


def _instant(day: date) -> np.datetime64:
    import numpy as np

    # The beginning of time does not fit in every unit of numpy: any day before our oldest period does as well.
    return np.datetime64("1900-01-01" if day == ALWAYS else day.isoformat(), "us")


def _days_asked(kind: str, book: RuleBook, day: date) -> float:
    return float(book.value("min_days_aci_ei", on=day)) if kind in BY_PRESENCE else 0.0


def _status(frame: pd.DataFrame, today: date) -> pd.Series[str]:
    """In this order: outside the IAE, to come, replaced by a later exit, motive missing, category not settled,
    withdrawn, below, examined.

    A withdrawn motive comes before the threshold because the State's own code drops that category first (R27).
    """
    import numpy as np
    import pandas as pd

    to_come = frame["occurred_on"] > pd.Timestamp(today)
    conditions = {
        Status.NOT_SIAE: ~frame["kind"].isin(list(HOURS_RULE)),
        Status.TO_COME: to_come,
        Status.SUPERSEDED: _is_superseded(frame[~to_come]).reindex(frame.index, fill_value=False),
        Status.MISSING_MOTIVE: frame["motive"].eq(""),
        Status.UNSETTLED: frame["category"].eq(""),
        Status.WITHDRAWN: frame["category"].eq("withdrawn"),
        Status.BELOW_THRESHOLD: ~frame["meets_threshold"],
    }
    chosen = np.select(
        [condition.to_numpy(dtype=bool) for condition in conditions.values()],
        [str(name) for name in conditions],
        str(Status.EXAMINED),
    )
    return pd.Series(chosen, index=frame.index, dtype="str")


def _is_superseded(frame: pd.DataFrame) -> pd.Series[bool]:
    """Whether a later exit of the same civil year takes this one's place: same person, same structure.

    Judged on presence, both belong to one chain of contracts; judged on hours, any two of the year do, because
    the year's hours serve once.
    """
    import pandas as pd

    ordered = frame.sort_values(["occurred_on", "exit_id"])
    # Without a contract there is no chain to share: such an exit only stands for itself.
    chain = ordered["chain_id"].fillna(-ordered["exit_id"])
    keys = pd.DataFrame(
        {
            "person": ordered["person_id"],
            "place": ordered["organisation_id"],
            "year": ordered["occurred_on"].dt.year,
            "chain": chain.where(~ordered["serves_once"], 0),
        }
    )
    return keys.duplicated(keep="last").reindex(frame.index)
