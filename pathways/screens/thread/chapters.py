"""The frise told as a story, for the person themselves: plain words, no acronym."""

from __future__ import annotations

from dataclasses import dataclass

from backend.core.values.dates import NBSP, french_date
from backend.core.values.text import at_place
from pathways.rules.timeline import EMPLOYMENT, IMMERSION, TRAINING, Gap, Span, Step, Thread


@dataclass(frozen=True, slots=True)
class Chapter:
    """One piece of the story."""

    title: str
    words: str
    css: str = ""


def chapters_of(thread: Thread) -> list[Chapter]:
    """Steps, gaps, immersions and trainings in the order they were lived."""
    told = [(step.start, _of_step(step, thread)) for step in thread.steps]
    told += [(gap.start, _of_gap(gap)) for gap in thread.gaps]
    told += [(s.start, _of_span(s, thread)) for s in thread.spans if s.nature in (IMMERSION, TRAINING)]
    return [chapter for _, chapter in sorted(told, key=lambda pair: pair[0])]


def _of_step(step: Step, thread: Thread) -> Chapter:
    title = (
        f"Un emploi chez {step.structure}"
        if step.kind == EMPLOYMENT
        else f"Un contrat {at_place(step.structure)}"
    )
    if step.is_planned:
        return Chapter(title, f"À partir du {french_date(step.start)}.", "planned-step")
    if step.covers(thread.today):
        until = f", prévu jusqu’au {french_date(step.end)}" if step.end else ""
        return Chapter(
            title,
            f"Depuis le {french_date(step.start)}{until}. C’est maintenant.",
            "now",
        )
    end = f" au {french_date(step.end)}" if step.end else ""
    return Chapter(title, f"Du {french_date(step.start)}{end}.")


def _of_span(span: Span, thread: Thread) -> Chapter:
    """An immersion or a training, in words of the day it is read."""
    if span.start > thread.today:
        return Chapter(span.label, f"À partir du {french_date(span.start)}.", "planned-step")
    words = f"Du {french_date(span.start)} au {french_date(span.end)}."
    return (
        Chapter(span.label, f"{words} C’est maintenant.", "now")
        if thread.today <= span.end
        else Chapter(span.label, words)
    )


def _of_gap(gap: Gap) -> Chapter:
    words = f"{gap.days}{NBSP}{'jours' if gap.days > 1 else 'jour'} sans contrat."
    return Chapter("Une attente", words, "gap-step")
