"""The thread of a person, put into the words of the frise."""

from __future__ import annotations

from backend.core.values.dates import NBSP, french_date
from backend.web.components.frise.draw import Frise, draw
from backend.web.components.frise.source import (
    FriseBand,
    FriseGap,
    FriseMoment,
    FrisePeriod,
    FriseSource,
    FriseStep,
    TableRow,
)
from pathways.rules.timeline import (
    EMPLOYMENT,
    IMMERSION,
    PASS,
    PROLONGATION,
    SUSPENSION,
    TRAINING,
    Row,
    Span,
    Step,
    Thread,
)

SHORT_NAMES = {"ASP-SAP": "SAP", EMPLOYMENT: "Emploi"}
"""What fits in a narrow block; the full name stands in the details and in the table."""

MEETINGS = frozenset({"Suivi", "Relais"})
"""Marks drawn on the line of meetings: an interview, the three of a relay; the others are what was gained."""

BANDS = (("PASS IAE", PASS), ("Immersions", IMMERSION), ("Formations", TRAINING))
"""Rows under the contracts, in order, each with the periods it holds."""

OVER_A_PASS = (PROLONGATION, SUSPENSION)
"""What is drawn over a PASS, the last one on top."""

LOOKS = {
    PASS: "pass", SUSPENSION: "pass-suspended", PROLONGATION: "pass-added", IMMERSION: "immersion", TRAINING: "training"
}  # fmt: skip


def frise_of(thread: Thread) -> Frise:
    """Draw the thread as of its day."""
    source = FriseSource(
        steps=[_step(step) for step in thread.steps],
        gaps=[FriseGap(gap.start, gap.end) for gap in thread.gaps],
        bands=[_band(name, nature, thread) for name, nature in BANDS],
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


def _band(name: str, nature: str, thread: Thread) -> FriseBand:
    over = [_period(span) for each in OVER_A_PASS for span in thread.spans if span.nature == each]
    return FriseBand(
        name,
        [_period(span) for span in thread.spans if span.nature == nature],
        over if nature == PASS else (),
        frames=nature == PASS,
    )


def _period(span: Span) -> FrisePeriod:
    label, short = _written_under(span)
    return FrisePeriod(LOOKS[span.nature], span.label, span.start, span.end, label, short)


def _written_under(span: Span) -> tuple[str, str]:
    """The end of a PASS, the length of what changes it, what an immersion or a training is; then the same in a narrow frame."""
    if span.nature == PASS:
        return f"jusqu’au {french_date(span.end)}", french_date(span.end, short=True)
    if span.nature in OVER_A_PASS:
        days = f"{span.days}{NBSP}j"
        return f"{'suspendu' if span.nature == SUSPENSION else 'prolongé'} {days}", days
    return span.short, ""


def _row(row: Row) -> TableRow:
    days = f"{row.days}{NBSP}j" if row.days and row.days > 1 else ""
    end = french_date(row.end) if row.end else "en cours"
    what = " · ".join(words for words in (row.label, row.place) if words)
    return TableRow(
        row.nature, f"{what} (prévu)" if row.is_planned else what, french_date(row.start), end, days
    )
