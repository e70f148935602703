"""The posts of a year, one column a month: made, foreseen, and the line of what was agreed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from backend.core.values.dates import MONTHS
from pathways.rules.conventions import PlannedMonth, YearPlan

TOP, ROOM, BOTTOM = 14, 130, 22
HEIGHT = TOP + ROOM + BOTTOM
STEP = 100 / 12
WIDTH = STEP * 0.68


@dataclass(frozen=True, slots=True)
class Bar:
    """One month."""

    x: str
    width: str
    middle: str
    y: str
    height: str
    css: str
    label: str
    title: str


@dataclass(frozen=True, slots=True)
class Level:
    """The posts agreed over some months that follow each other."""

    x1: str
    x2: str
    y: str


@dataclass(frozen=True, slots=True)
class PlanChart:
    """The picture; the table beside it says the same."""

    bars: tuple[Bar, ...]
    levels: tuple[Level, ...]
    height: int
    label_y: int
    summary: str


def plan_chart(plan: YearPlan) -> PlanChart | None:
    """The year drawn; None when there is neither a post made nor one agreed."""
    tops = [each for month in plan.months for each in (month.fte, month.agreed) if each]
    if not tops:
        return None
    scale = Decimal(ROOM) / (max(tops) * Decimal("1.08"))
    made = sum(month.is_made for month in plan.months)
    return PlanChart(
        bars=tuple(_bar(rank, month, scale) for rank, month in enumerate(plan.months)),
        levels=tuple(_levels(plan.months, scale)),
        height=HEIGHT,
        label_y=TOP + ROOM + 16,
        summary=f"ETP par mois : {made} mois faits, {12 - made} prévus, et le trait des ETP conventionnés",
    )


def _bar(rank: int, month: PlannedMonth, scale: Decimal) -> Bar:
    tall = (month.fte or Decimal(0)) * scale
    left = rank * STEP + (STEP - WIDTH) / 2
    name = MONTHS[month.month.month - 1]
    state = "fait" if month.is_made else "prévu"
    words = f"{month.fte:.3f}".replace(".", ",") if month.fte is not None else "–"
    return Bar(
        x=f"{left:.2f}%",
        width=f"{WIDTH:.2f}%",
        middle=f"{rank * STEP + STEP / 2:.2f}%",
        y=f"{TOP + ROOM - tall:.1f}",
        height=f"{tall:.1f}",
        css="plan-made" if month.is_made else "plan-foreseen",
        label=name[0].upper(),
        title=f"{name} : {words} ETP, {state}",
    )


def _levels(months: Sequence[PlannedMonth], scale: Decimal) -> list[Level]:
    """One line over the months of the annexe."""
    inside = [rank for rank, month in enumerate(months) if month.agreed is not None]
    if not inside:
        return []
    y = TOP + ROOM - (months[inside[0]].agreed or Decimal(0)) * scale
    return [Level(f"{inside[0] * STEP:.2f}%", f"{(inside[-1] + 1) * STEP:.2f}%", f"{y:.1f}")]
