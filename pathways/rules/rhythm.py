"""How often we meet. No text fixes it: each structure chooses its number of days."""

from __future__ import annotations

from datetime import date

from backend.core.values.dates import days_after


def next_interview_due(*, last_on: date | None, started_on: date, every_days: int) -> date:
    """The day by which the next interview should have taken place, counted from the last one or from the entry.

    At 60 days, day 59 is quiet and day 60 is due. An interview from before this stay is not news of it.
    """
    return days_after(max(last_on or started_on, started_on), every_days)
