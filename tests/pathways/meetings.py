"""Meetings of November 2026, for tests that read them back."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.factories import InterviewFactory


def at(day: int, hour: int = 9) -> datetime:
    """That day of November 2026, at that hour, UTC."""
    return datetime(2026, 11, day, hour, tzinfo=UTC)


def talk(stay, when: datetime, **said):
    """An interview held with who stays there, with whatever was said."""
    return InterviewFactory(
        beneficiary=stay.beneficiary, organisation=stay.organisation, happened_at=when, **said
    )
