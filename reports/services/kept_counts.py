"""What people who are erased leave to the figures: counts by structure and month, taken just before their rows go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Sum
from django.utils import timezone

from backend.core.privacy.tables import Erased
from pathways.models import MonthlyHours
from pathways.rules.fte import is_counted_employee
from pathways.selectors.rule_book import read_book
from reports.exits.compute.exits import classify
from reports.exits.left import sort_of
from reports.exits.sources import frames_of_people
from reports.models import Figure, KeptCount

Key = tuple[int, str, date, str]
"""Structure, figure, first day, sort."""


def keep_counts(people: Erased) -> None:
    """Add what these people were counted for to what is kept without them; in the caller's transaction."""
    counts: Counter[Key] = Counter()
    _exits(people.people, counts)
    _hours(people.people, counts)
    _add(counts)


def _add(counts: Counter[Key]) -> None:
    """To the counts already kept, or as new ones: four questions, however many."""
    places = {organisation for organisation, *_ in counts}
    months = {since for _, _, since, _ in counts}
    rows = KeptCount.objects.select_for_update().filter(organisation_id__in=places, since__in=months)
    known: dict[Key, KeptCount] = {
        (row.organisation_id, str(row.figure), row.since, row.sort): row for row in rows
    }
    new = []
    for key, total in sorted(counts.items()):
        if key in known:
            known[key].total += total
        else:
            organisation, figure, since, sort = key
            new.append(
                KeptCount(organisation_id=organisation, figure=figure, since=since, sort=sort, total=total)
            )
    KeptCount.objects.bulk_update([known[key] for key in counts if key in known], ["total"], batch_size=100)
    KeptCount.objects.bulk_create(new)


def _exits(people: Sequence[int], counts: Counter[Key]) -> None:
    """Each exit as it is judged today, by the rule of its own day."""
    book, today = read_book(), timezone.localdate()
    for frames in frames_of_people(people):
        judged = classify(frames.exits, frames.contracts, frames.hours, book=book, today=today)
        lines: Iterator[Any] = judged.itertuples()
        for line in lines:
            day: date = line.occurred_on.date()
            counts[int(line.organisation_id), str(Figure.EXITS), day.replace(day=1), sort_of(line)] += 1


def _hours(people: Sequence[int], counts: Counter[Key]) -> None:
    lines = MonthlyHours.objects.filter(contract__stay__beneficiary_id__in=people).order_by()
    place = "contract__stay__organisation_id"
    for organisation, month, total in (
        lines.values(place, "month").annotate(total=Sum("hours")).values_list(place, "month", "total")
    ):
        counts[organisation, str(Figure.HOURS), month, ""] += total
    person = "contract__stay__beneficiary_id"
    years: Counter[tuple[int, int, int]] = Counter()
    for organisation, who, month, total in (
        lines.values(place, person, "month")
        .annotate(total=Sum("hours"))
        .values_list(place, person, "month", "total")
    ):
        years[organisation, who, month.year] += total
    for (organisation, _, year), total in years.items():
        counts[organisation, str(Figure.EMPLOYEES), date(year, 1, 1), ""] += int(
            is_counted_employee(Decimal(total))
        )
