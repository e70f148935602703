"""Days, months and office hours, as contracts and diaries count them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from backend.core.values.dates import month_start, months_after
from pathways.rules.dated.rows import BUILT_IN
from pathways.rules.passes.length import pass_end

PARIS = ZoneInfo("Europe/Paris")
SATURDAY = 5


def last_day_of_pass(start: date) -> date:
    """Last day of a PASS IAE delivered on a day."""
    return pass_end(start, book=BUILT_IN)


def first_day_of_pass(end: date) -> date:
    """First day of a PASS IAE that runs until a day, or the day after where none ends that day: by the count of its time."""
    day = timedelta(days=1)
    start = end - (last_day_of_pass(end) - end) - 2 * day
    while last_day_of_pass(start) < end:
        start += day
    return start


def months_within(start: date, end: date) -> Iterator[tuple[date, int]]:
    """Each month touched by a period, as (first day of the month, days of the period in it)."""
    month = month_start(start)
    while month <= end:
        following = months_after(month, 1)
        yield month, (min(end, following - timedelta(days=1)) - max(start, month)).days + 1
        month = following


def weekday_from(day: date) -> date:
    """This day, or the Friday before when it falls on a week-end."""
    return day - timedelta(days=max(0, day.weekday() - SATURDAY + 1))


def weekday_after(day: date) -> date:
    """This day, or the Monday after when it falls on a week-end."""
    return day + timedelta(days=max(0, 7 - day.weekday())) if day.weekday() >= SATURDAY else day


def at_clock(day: date, hour: int, minute: int = 0) -> datetime:
    """An instant of a day, Paris time."""
    return datetime.combine(day, time(hour, minute), tzinfo=PARIS)
