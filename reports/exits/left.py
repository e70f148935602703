"""Exits of people who were erased, as the figures still count them: by structure and whole month, with nobody behind."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from backend.core.actor import Actor
from backend.core.values.dates import month_end
from pathways.rules.exits.motives import NO_NEWS
from reports.exits.compute.period import Period
from reports.models import Figure, KeptCount

if TYPE_CHECKING:
    import pandas as pd

_SEPARATOR = "|"
_COUNTED = ("organisation_id", "kind", "status", "category", "motive", "meets_threshold")


def sort_of(line: Any) -> str:
    """What the statistics look at in one judged exit: status, category, threshold, and whether it is « sans nouvelle »."""
    is_without_news = "1" if line.motive == NO_NEWS else ""
    category = line.category if isinstance(line.category, str) else ""
    return _SEPARATOR.join((str(line.status), category, "1" if line.meets_threshold else "", is_without_news))


def with_those_left(
    classified: pd.DataFrame, actor: Actor, period: Period, organisation_ids: frozenset[int] | None
) -> pd.DataFrame:
    """The judged exits, and one line more for each exit counted without its person, in the months wholly of the period."""
    import pandas as pd

    rows = KeptCount.objects.covered_by(actor).filter(figure=Figure.EXITS)
    rows = rows.filter(since__range=(_first_month(period), period.end))
    if organisation_ids is not None:
        rows = rows.filter(organisation_id__in=organisation_ids)
    found = rows.values_list("organisation_id", "organisation__kind", "since", "sort", "total")
    lines = [
        line
        for organisation, kind, since, sort, total in found
        if month_end(since) <= period.end
        for line in [_line(organisation, kind, sort)] * int(total)
    ]
    if not lines:
        return classified
    texts = dict.fromkeys(("kind", "status", "category", "motive"), "str")
    shown = classified[list(_COUNTED)].astype(texts)
    left = pd.DataFrame(lines, columns=list(_COUNTED)).astype({**texts, "organisation_id": "int64"})
    return pd.concat([shown, left], ignore_index=True) if len(shown) else left


def _first_month(period: Period) -> date:
    start = period.start
    if start.day == 1:
        return start
    return date(start.year + start.month // 12, start.month % 12 + 1, 1)


def _line(organisation: int, kind: str, sort: str) -> tuple[Any, ...]:
    status, category, meets, is_without_news = sort.split(_SEPARATOR)
    return organisation, kind, status, category, NO_NEWS if is_without_news else "", bool(meets)
