"""From classified exits to counts and rates, in all, by kind and by structure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from backend.core.values.numbers import half_up
from pathways.rules.dated.book import RuleBook
from pathways.rules.exits.motives import NO_NEWS
from pathways.rules.kinds import HOURS_RULE
from reports.exits.compute.columns import require_columns
from reports.exits.compute.exits import Status
from reports.exits.compute.period import Period
from reports.exits.compute.rules import as_dict

if TYPE_CHECKING:
    import pandas as pd

EXAMINED_CATEGORIES = ("durable", "transition", "positive", "other")
DYNAMIC = EXAMINED_CATEGORIES[:3]
PROMISED_DECIMALS = 4
"""How a rate leaves as JSON; a screen and a file round for themselves, once, what is kept whole until then."""
STRUCTURE_COLUMNS = ("organisation_id", "key", "kind")

Figures = dict[str, Any]


def summarise(
    classified: pd.DataFrame, structures: pd.DataFrame, *, period: Period, book: RuleBook
) -> Figures:
    """The JSON of the exit statistics.

    `classified` comes from `classify`; `structures` has `STRUCTURE_COLUMNS`, one row per structure asked
    about, so that one without any exit shows zeros and null rates. Denominator of each rate: the exits
    examined, of the same line. `all_exits = examined + withdrawn + below_threshold` on each line;
    exits whose motive is missing or whose category nobody settled, replaced ones, those to come and structures
    outside the IAE are counted beside.
    """
    import pandas as pd

    require_columns(structures, *STRUCTURE_COLUMNS)
    counted = structures[structures["kind"].isin(list(HOURS_RULE))]
    kinds = [kind for kind in HOURS_RULE if kind in set(counted["kind"])]
    by_kind, by_place = counts_by(classified, "kind"), counts_by(classified, "organisation_id")
    empty = pd.Series(0, index=by_kind.columns)
    return {
        "period": period.as_dict(),
        "rules": as_dict(book, on=period.end),
        "total": figures(by_kind.reindex(list(HOURS_RULE)).sum()),
        "by_type": {kind: figures(_line(by_kind, kind, empty)) for kind in kinds},
        "by_structure": {
            str(key): figures(_line(by_place, place, empty))
            for place, key in zip(counted["organisation_id"], counted["key"], strict=True)
        },
        "missing_motive": _missing(classified),
        "left_out": {
            "superseded": int(classified["status"].eq(Status.SUPERSEDED).sum()),
            "not_siae": int(classified["status"].eq(Status.NOT_SIAE).sum()),
            "unsettled": int(classified["status"].eq(Status.UNSETTLED).sum()),
            "to_come": int(classified["status"].eq(Status.TO_COME).sum()),
        },
    }


def counted_columns(classified: pd.DataFrame) -> pd.DataFrame:
    """What the counts are made from, and nothing else: a few bytes an exit, to be put beside other years."""
    import numpy as np

    kept = classified[["organisation_id", "kind", "status", "category", "motive", "meets_threshold"]]
    texts = dict.fromkeys(("kind", "status", "category", "motive"), "category")
    return kept.astype({"organisation_id": np.int32, **texts})


def put_together(years: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """The counted columns of several years as one frame, their categories made one."""
    import pandas as pd
    from pandas.api.types import union_categoricals

    whole = pd.concat([year[["organisation_id", "meets_threshold"]] for year in years], ignore_index=True)
    for name in ("kind", "status", "category", "motive"):
        whole[name] = union_categoricals([year[name] for year in years])
    return whole


def counts_by(classified: pd.DataFrame, dimension: str) -> pd.DataFrame:
    """One row per value of `dimension`, one column of counts per status, category and for « sans nouvelle »."""
    import pandas as pd

    require_columns(classified, dimension, "status", "category", "motive", "meets_threshold")
    cells = _cells(classified, dimension)
    examined = cells["status"].eq(Status.EXAMINED)
    missing = cells["status"].eq(Status.MISSING_MOTIVE)
    unsettled = cells["status"].eq(Status.UNSETTLED)
    marks = {
        "withdrawn": cells["status"].eq(Status.WITHDRAWN),
        "below_threshold": cells["status"].eq(Status.BELOW_THRESHOLD),
        "missing_motive": missing,
        "missing_examinable": missing & cells["meets_threshold"],
        "unsettled_examinable": unsettled & cells["meets_threshold"],
        "no_news": examined & cells["is_without_news"],
        **{name: examined & cells["category"].eq(name) for name in EXAMINED_CATEGORIES},
    }
    frame = pd.DataFrame(marks).astype("int64").mul(cells["exits"], axis="index")
    return frame.groupby(cells[dimension]).sum()


def _cells(classified: pd.DataFrame, dimension: str) -> pd.DataFrame:
    """How many exits of each kind there are: few rows, whatever the number of exits."""
    import pandas as pd

    looked_at = {
        dimension: classified[dimension],
        "status": classified["status"],
        "category": classified["category"],
        "is_without_news": classified["motive"].eq(NO_NEWS),
        "meets_threshold": classified["meets_threshold"],
    }
    code: Any = 0
    values = {}
    for name, column in looked_at.items():
        numbers, values[name] = pd.factorize(column, sort=True)
        code = code * len(values[name]) + numbers
    counts = pd.Series(code, dtype="int64").value_counts(sort=False)
    left, cells = counts.index.to_numpy(), {}
    for name, found in reversed(values.items()):
        left, numbers = divmod(left, max(1, len(found)))
        cells[name] = pd.Series(list(found)).iloc[numbers].to_numpy()
    return pd.DataFrame({name: cells[name] for name in looked_at} | {"exits": counts.to_numpy()})


def figures(counts: pd.Series[Any]) -> Figures:
    """One line of the statistics from its counts, in the order of the promise (R28)."""
    count = {str(name): int(value) for name, value in counts.items()}
    examined = sum(count[name] for name in EXAMINED_CATEGORIES)
    line: Figures = {
        "all_exits": examined + count["withdrawn"] + count["below_threshold"],
        "withdrawn": count["withdrawn"],
        "below_threshold": count["below_threshold"],
        "examined": examined,
        **{name: count[name] for name in EXAMINED_CATEGORIES},
        "no_news": count["no_news"],
    }
    line["rates"] = {
        "dynamic": rate(sum(count[name] for name in DYNAMIC), examined),
        **{name: rate(count[name], examined) for name in (*DYNAMIC, "no_news")},
    }
    return line


def rate(part: int, whole: int) -> float | None:
    """The share, whole; None when there is nothing to divide by, never zero (R29)."""
    return part / whole if whole else None


def dynamic_range(*, dynamic: int, examined: int, missing: int) -> tuple[float, float] | None:
    """Lowest and highest dynamic rate once missing motives are known; None when nothing could count.

    Each may turn out dynamic (the highest end), not dynamic (the lowest), or withdrawn (in between).
    """
    whole = examined + missing
    if not whole:
        return None
    return dynamic / whole, (dynamic + missing) / whole


def as_promised(statistics: Figures) -> Figures:
    """The same figures with each rate as tools are promised it: four decimals, a half going up."""
    lines = {
        name: {key: _with_promised_rates(line) for key, line in statistics[name].items()}
        for name in ("by_type", "by_structure")
    }
    missing = statistics["missing_motive"]
    span = {end: promised(value) for end, value in missing["dynamic"].items()}
    return {
        **statistics,
        "total": _with_promised_rates(statistics["total"]),
        **lines,
        "missing_motive": {**missing, "dynamic": span},
    }


def promised(value: float | None) -> float | None:
    """One rate, to four decimals."""
    return None if value is None else float(half_up(value, PROMISED_DECIMALS))


def _with_promised_rates(line: Figures) -> Figures:
    return {**line, "rates": {name: promised(value) for name, value in line["rates"].items()}}


def _line(counts: pd.DataFrame, key: Any, empty: pd.Series[Any]) -> pd.Series[Any]:
    return counts.loc[key] if key in counts.index else empty


def _missing(classified: pd.DataFrame) -> Figures:
    """Exits whose motive is missing: how many, how many would be examined.

    The interval says where the rate could go once they are known, and those whose category nobody settled too.
    """
    counted = classified[classified["kind"].isin(list(HOURS_RULE))]
    counts = counts_by(counted, "kind").sum()
    dynamic = int(counts[list(DYNAMIC)].sum())
    examined = dynamic + int(counts["other"])
    open_ = int(counts["missing_examinable"] + counts["unsettled_examinable"])
    span = dynamic_range(dynamic=dynamic, examined=examined, missing=open_)
    return {
        "count": int(counts["missing_motive"]),
        "examinable": int(counts["missing_examinable"]),
        "dynamic": {"lowest": span[0] if span else None, "highest": span[1] if span else None},
    }
