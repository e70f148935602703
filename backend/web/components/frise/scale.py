"""Days to places: the window of time that a frise shows, and where each day stands in it."""

from __future__ import annotations

from datetime import date

from backend.core.values.dates import day_after, days_inclusive, month_end, month_start, months_after
from backend.web.components.frise.source import FriseSource
from backend.web.components.labels import percent

PX_PER_MONTH = 18
BUCKETS = (6, 12, 18, 24, 30, 36, 42, 48, 60, 72, 96, 120, 180, 240)
"""Months shown: the style sheet has one class for each (`months-12`…), never narrower than this scale."""
NARROWEST = 210
FUTURE_SHOWN_MONTHS = 8
NEAR_MONTHS = 24
"""How far from the steps a meeting or a gain may stand and still be drawn; further, the table alone tells it."""


class Scale:
    """Days to percents, for one window of time."""

    def __init__(self, source: FriseSource, today: date) -> None:
        horizon = month_end(months_after(today, FUTURE_SHOWN_MONTHS))
        known = [today, *(day for day in source.days() if day <= horizon)]
        first, last = min(known), max(known)
        near = [
            day
            for day in source.points()
            if months_after(first, -NEAR_MONTHS) <= day <= months_after(last, NEAR_MONTHS)
        ]
        self.end = month_end(min(horizon, max(last, *near, months_after(today, 2))))
        # The longest line the style sheet knows: a step said to be of 1900 stands at its edge, and the table dates it.
        earliest = months_after(month_start(self.end), 1 - max(BUCKETS))
        self.start = month_start(max(earliest, min(first, *near, months_after(today, -5))))
        months = (self.end.year - self.start.year) * 12 + self.end.month - self.start.month + 1
        self.bucket = next((size for size in BUCKETS if size >= months), max(BUCKETS))
        self.width = float(max(self.bucket * PX_PER_MONTH, NARROWEST))
        self.total = days_inclusive(self.start, self.end)

    def px(self, day: date) -> float:
        """Where the morning of that day stands, in pixels of the narrowest picture."""
        inside = min(max(day, self.start), day_after(self.end))
        return (inside - self.start).days / self.total * self.width

    def at(self, day: date) -> str:
        """The same in percent."""
        return percent(self.px(day), self.width)

    def span(self, start: date, end: date) -> str:
        """Width of a period, last day included."""
        return percent(max(self.px(day_after(end)) - self.px(start), 4), self.width)

    def shows(self, start: date, end: date) -> bool:
        """Whether some of these days stand in the window."""
        return start <= self.end and end >= self.start

    @property
    def new_years(self) -> list[date]:
        """Each 1 January inside."""
        return [date(year, 1, 1) for year in range(self.start.year + 1, self.end.year + 1)]
