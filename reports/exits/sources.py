"""From the scoped database to frames: a constant number of queries, whatever the number of people.

Everything begins with `covered_by(actor)`: the exits an actor answers for. Contracts and hours are then read
for the same people in the same structures, because a chain and a year's hours do not stop at one stay.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Case, F, Func, IntegerField, Model, Q, QuerySet, Sum, TextField, When
from django.db.models.functions import Cast, Coalesce

from backend.core.actor import Actor
from backend.core.sealing.codes import SealedCode, of_its_row
from backend.core.tables.batches import batches
from backend.core.tables.ordering import Alphabetical
from backend.organisations.models import Convention, Organisation
from pathways.models import Contract, Exit, MonthlyHours
from pathways.rules.dated.book import RuleBook
from reports.exits.compute.exits import CONTRACT_FRAME, EXIT_FRAME, HOURS_FRAME
from reports.exits.compute.period import Period
from reports.exits.compute.summary import STRUCTURE_COLUMNS

if TYPE_CHECKING:
    import pandas as pd

CHUNK = 5_000
"""Rows taken at a time from the database: memory holds frames, not objects."""


@dataclass(frozen=True, slots=True)
class ExitFrames:
    """What the exit statistics are computed from."""

    exits: pd.DataFrame
    contracts: pd.DataFrame
    hours: pd.DataFrame
    structures: pd.DataFrame


def exit_frames(
    actor: Actor, period: Period, *, organisation_ids: frozenset[int] | None = None
) -> ExitFrames:
    """Exits that the actor answers for, in all their structures or in the ones named.

    They are read to the end of the last civil year: a later exit may replace one of the period.
    """
    exits = Exit.objects.covered_by(actor).between(period.start, date(period.end.year, 12, 31))
    structures = Organisation.objects.covered_by(actor)
    if organisation_ids is not None:
        exits = exits.filter(stay__organisation_id__in=organisation_ids)
        structures = structures.filter(pk__in=organisation_ids)
    people = exits.order_by().values("stay__beneficiary_id")
    places = exits.order_by().values("stay__organisation_id")
    return ExitFrames(
        exits=_exits(exits),
        contracts=_contracts(people, places, period),
        hours=_hours(people, places, period),
        structures=_structures(structures),
    )


def frames_of_people(people: Sequence[int]) -> Iterator[ExitFrames]:
    """Everything these people's exits are judged on, civil year by civil year: an exit only answers to those of its year."""
    exits = Exit.objects.filter(stay__beneficiary_id__in=people)
    for day in exits.order_by().dates("occurred_on", "year"):
        period = Period.of_year(day.year)
        of_year = exits.between(period.start, period.end)
        places = of_year.order_by().values("stay__organisation_id")
        yield ExitFrames(
            exits=_exits(of_year),
            contracts=_contracts(people, places, period),
            hours=_hours(people, places, period),
            structures=_structures(Organisation.objects.filter(pk__in=places)),
        )


def _exits(exits: QuerySet[Exit]) -> pd.DataFrame:
    rows = exits.order_by("pk").values_list(
        "pk",
        "stay__beneficiary_id",
        "stay__organisation_id",
        "stay__organisation__kind",
        DayNumber("occurred_on"),
        Cast("motive", TextField()),
    )
    return _frame(rows, EXIT_FRAME, dates=("occurred_on",), texts=("kind", "motive"), codes=(Exit, "motive"))


class DayNumber(Func):
    """A date as whole days since 1970: numbers come from the base many times quicker than dates."""

    output_field = IntegerField()
    template = "(%(expressions)s - DATE '1970-01-01')"

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """SQLite keeps dates as texts, and counts days from noon, long ago."""
        template = "CAST(julianday(%(expressions)s) - 2440587.5 AS INTEGER)"
        return self.as_sql(compiler, connection, template=template, **context)


_LAST_DAY = Case(
    When(ended_on__isnull=False, then="ended_on"),
    When(planned_end_on__gt=F("stay__ended_on"), then="stay__ended_on"),
    When(planned_end_on__isnull=False, then="planned_end_on"),
    default="stay__ended_on",
)
"""The last day of a contract, never after the stay it belongs to; missing while nobody knows it."""


def _contracts(people: Any, places: Any, period: Period) -> pd.DataFrame:
    contracts = Contract.objects.filter(
        stay__beneficiary_id__in=people,
        stay__organisation_id__in=places,
        started_on__year__lte=period.end.year,
    )
    rows = contracts.order_by().values_list(
        "pk",
        "stay__beneficiary_id",
        "stay__organisation_id",
        DayNumber("started_on"),
        DayNumber(_LAST_DAY),
        Coalesce("initial_id", "pk"),
    )
    return _frame(rows, CONTRACT_FRAME, dates=("started_on", "ended_on"))


def _hours(people: Any, places: Any, period: Period) -> pd.DataFrame:
    """Hours per person, structure and civil year, one row each; summed by the database in one pass."""
    years = {f"y{year}": _sum_of(year) for year in period.years}
    rows = (
        MonthlyHours.objects.filter(
            contract__stay__beneficiary_id__in=people,
            contract__stay__organisation_id__in=places,
            month__range=(date(period.years[0], 1, 1), date(period.years[-1], 12, 31)),
        )
        .order_by()
        .values("contract__stay__beneficiary_id", "contract__stay__organisation_id")
        .annotate(**years)
        .values_list("contract__stay__beneficiary_id", "contract__stay__organisation_id", *years)
    )
    return _one_row_a_year(_frame(rows, ("person_id", "organisation_id", *years)), period.years)


def _one_row_a_year(wide: pd.DataFrame, years: tuple[int, ...]) -> pd.DataFrame:
    """From one column a year to one row a year, years without any hour left out."""
    import numpy as np
    import pandas as pd

    hours = wide[[f"y{year}" for year in years]].to_numpy("float64")
    who, when = np.nonzero(~np.isnan(hours))
    return pd.DataFrame(
        {
            "person_id": wide["person_id"].to_numpy("int64")[who],
            "organisation_id": wide["organisation_id"].to_numpy("int64")[who],
            "year": np.array(years, dtype="int64")[when],
            "hours": hours[who, when],
        },
        columns=list(HOURS_FRAME),
    )


def _sum_of(year: int) -> Sum:
    return Sum("hours", filter=Q(month__range=(date(year, 1, 1), date(year, 12, 31))))


def _structures(structures: QuerySet[Organisation]) -> pd.DataFrame:
    """Structures by name; their key is the sender's own id when known, else ours."""
    import pandas as pd

    rows = (
        (pk, external_id or str(pk), kind, name)
        for pk, external_id, kind, name in structures.order_by(Alphabetical("name"), "pk").values_list(
            "pk", "external_id", "kind", "name"
        )
    )
    columns = (*STRUCTURE_COLUMNS, "name")
    frame = pd.DataFrame.from_records(list(rows), columns=list(columns))
    return frame.astype({"organisation_id": "int64", "key": "str", "kind": "str", "name": "str"})


def _frame(
    rows: Any,
    columns: tuple[str, ...],
    *,
    dates: tuple[str, ...] = (),
    texts: tuple[str, ...] = (),
    codes: tuple[type[Model], str] | None = None,
) -> pd.DataFrame:
    """Rows of `values_list` as a typed frame, each chunk typed as it comes; typed even when empty.

    Few texts are distinct: they are kept as numbers of a category. `codes` is a table and its sealed column, read as
    stored: opened here, for the row whose key comes first.
    """
    import numpy as np
    import pandas as pd

    parts: dict[str, list[Any]] = {name: [] for name in columns}
    for some in _chunks(rows):
        read = dict(zip(columns, zip(*some, strict=True), strict=True))
        if codes:
            field = cast(SealedCode, codes[0]._meta.get_field(codes[1]))
            keys, stored = read[columns[0]], read[codes[1]]
            read[codes[1]] = tuple(map(partial(of_its_row, field), stored, keys))
        for name, values in read.items():
            kind = "float64" if name in dates else "int64" if name.endswith("_id") else "object"
            typed = np.array(values, dtype=kind)
            parts[name].append(pd.Categorical(typed) if name in texts else typed)
    return pd.DataFrame({name: _column(name, parts[name], name in dates, name in texts) for name in columns})


def _chunks(rows: Any) -> Iterator[Sequence[tuple[Any, ...]]]:
    """Rows some thousands at a time. What is asked are numbers and texts: from SQLite they come as they are.

    Django would make each of them what it already is, which costs as much as reading them.
    """
    if connection.vendor != "sqlite":
        yield from batches(rows.iterator(chunk_size=CHUNK), CHUNK)
        return
    try:
        asked = rows.query.sql_with_params()
    except EmptyResultSet:
        return
    with connection.cursor() as cursor:
        cursor.execute(*asked)
        while some := cursor.fetchmany(CHUNK):
            yield some


def _column(name: str, parts: list[Any], is_date: bool, is_text: bool) -> Any:
    """The chunks of one column put together."""
    import numpy as np
    import pandas as pd
    from pandas.api.types import union_categoricals

    if is_text:
        return (
            union_categoricals(parts) if parts else pd.Categorical([], categories=pd.Index([], dtype="str"))
        )
    absent = "int64" if name.endswith("_id") else "float64" if is_date else "object"
    whole = np.concatenate(parts) if parts else np.zeros(0, dtype=absent)
    if not is_date:
        return whole
    days = np.nan_to_num(whole).astype("int64").astype("datetime64[D]")
    days[np.isnan(whole)] = np.datetime64("NaT")
    return days.astype("datetime64[us]")


@dataclass(frozen=True, slots=True)
class Targets:
    """Objectives of one structure for one year; the national ones when its convention names none."""

    dynamic: float
    durable: float
    is_national: bool


def targets(organisation_ids: list[int], *, year: int, book: RuleBook) -> dict[int, Targets]:
    """Objectives of each structure, from its convention of the year."""
    on = date(year, 12, 31)
    national = Targets(
        book.rate("national_dynamic_target", on=on),
        book.rate("national_durable_target", on=on),
        is_national=True,
    )
    found = dict.fromkeys(organisation_ids, national)
    for convention in Convention.objects.filter(organisation_id__in=organisation_ids, year=year):
        if convention.dynamic_target is not None or convention.durable_target is not None:
            found[convention.organisation_id] = Targets(
                _rate(convention.dynamic_target, national.dynamic),
                _rate(convention.durable_target, national.durable),
                is_national=False,
            )
    return found


def _rate(value: Any, default: float) -> float:
    return default if value is None else float(value)
