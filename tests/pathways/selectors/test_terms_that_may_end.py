"""Fixed terms looked for by the base: none is missed, and one of a year or less is kept for its own length only."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from backend.core.values.dates import day_after, last_day_after
from pathways.models import Exit
from pathways.selectors.step_sources import term_may_end_since
from tests.factories import ExitFactory

pytestmark = pytest.mark.django_db
CUT = date(2025, 11, 27)


def test_no_term_is_missed_and_a_short_one_over_is_left_aside():
    exits = [
        ExitFactory(stay__closed=True, occurred_on=CUT - timedelta(days=days), contract_months=months)
        for months in (1, 2, 6, 12, 13, 20, 36, 48)
        for days in (0, 20, 70, 200, 340, 500, 900, 1_400, 2_000)
    ]
    found = set(
        Exit.objects.filter(
            term_may_end_since(CUT, start="occurred_on", months="contract_months")
        ).values_list("pk", flat=True)
    )
    ends = {row.pk: last_day_after(day_after(row.occurred_on), row.contract_months) for row in exits}
    going_on = {pk for pk, end in ends.items() if end >= CUT}
    short = {row.pk for row in exits if row.contract_months <= 12}
    assert going_on
    assert short - going_on
    assert going_on <= found
    assert found & short == going_on & short
