"""Days, months and office hours, as contracts and diaries count them."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")
SATURDAY = 5


def add_months(day: date, months: int) -> date:
    """The same day some months later, or the last day of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    if day.day <= 28:  # every month has these days: the common case skips the calendar
        return date(year, month, day.day)
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def last_day(start: date, months: int) -> date:
    """Last day, included, of a contract of some months: 1 March for 4 months ends on 30 June."""
    return add_months(start, months) - timedelta(days=1)


def full_months(start: date, end: date) -> int:
    """Whole months between two days, both included."""
    after = end + timedelta(days=1)
    return (after.year - start.year) * 12 + after.month - start.month - (after.day < start.day)


def first_of_month(day: date) -> date:
    """First day of the month of a day."""
    return day.replace(day=1)


def months_within(start: date, end: date) -> Iterator[tuple[date, int]]:
    """Each month touched by a period, as (first day of the month, days of the period in it)."""
    month = first_of_month(start)
    while month <= end:
        following = add_months(month, 1)
        yield month, (min(end, following - timedelta(days=1)) - max(start, month)).days + 1
        month = following


def weekday_from(day: date) -> date:
    """This day, or the Friday before when it falls on a week-end."""
    return day - timedelta(days=max(0, day.weekday() - SATURDAY + 1))


def at_clock(day: date, hour: int, minute: int = 0) -> datetime:
    """An instant of a day, Paris time."""
    return datetime.combine(day, time(hour, minute), tzinfo=PARIS)
