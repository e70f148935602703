"""The thread of a person, put into the words of the frise."""

from __future__ import annotations

from backend.core.values.dates import NBSP, french_date
from backend.web.components.frise import Frise, FriseGap, FriseMoment, FriseSource, FriseStep, TableRow, draw
from pathways.rules.timeline import EMPLOYMENT, Row, Step, Thread

SHORT_NAMES = {"ASP-SAP": "SAP", EMPLOYMENT: "Emploi"}
"""What fits in a narrow block; the full name stands in the details and in the table."""

MEETINGS = frozenset({"Suivi", "Relais"})
"""Marks drawn on the line of meetings: an interview, the three of a relay; the others are what was gained or tried."""


def frise_of(thread: Thread) -> Frise:
    """Draw the thread as of its day."""
    source = FriseSource(
        steps=[_step(step) for step in thread.steps],
        gaps=[FriseGap(gap.start, gap.end) for gap in thread.gaps],
        passes=[FriseStep("", "PASS", span.label, span.start, span.end) for span in thread.spans],
        meetings=[FriseMoment(mark.day, mark.label) for mark in thread.marks if mark.nature in MEETINGS],
        gains=[FriseMoment(mark.day, mark.label) for mark in thread.marks if mark.nature not in MEETINGS],
        rows=[_row(row) for row in thread.rows],
        gap_days=thread.gap_days,
        pause_days=thread.pause_days,
    )
    return draw(source, today=thread.today)


def _step(step: Step) -> FriseStep:
    short = SHORT_NAMES.get(step.kind, step.kind)
    css = "job" if step.kind == EMPLOYMENT else step.kind.lower()
    details = " · ".join(words for words in (step.kind_label, step.structure, step.label) if words)
    return FriseStep(css, short, f"{short} · {step.structure}", step.start, step.end, details)


def _row(row: Row) -> TableRow:
    days = f"{row.days}{NBSP}j" if row.days and row.days > 1 else ""
    end = french_date(row.end) if row.end else "en cours"
    what = " · ".join(words for words in (row.label, row.place) if words)
    return TableRow(
        row.nature, f"{what} (prévu)" if row.is_planned else what, french_date(row.start), end, days
    )
