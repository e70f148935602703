"""The frise told as a story, for the person themselves: plain words, no acronym."""

from __future__ import annotations

from dataclasses import dataclass

from backend.core.values.dates import NBSP, french_date
from pathways.rules.timeline import EMPLOYMENT, Gap, Step, Thread


@dataclass(frozen=True, slots=True)
class Chapter:
    """One piece of the story."""

    title: str
    words: str
    css: str = ""


def chapters_of(thread: Thread) -> list[Chapter]:
    """Steps and gaps in the order they were lived."""
    told = [(step.start, _of_step(step, thread)) for step in thread.steps]
    told += [(gap.start, _of_gap(gap)) for gap in thread.gaps]
    return [chapter for _, chapter in sorted(told, key=lambda pair: pair[0])]


def _of_step(step: Step, thread: Thread) -> Chapter:
    verb = "Un emploi chez" if step.kind == EMPLOYMENT else "Un contrat à"
    if step.is_planned:
        return Chapter(f"{verb} {step.structure}", f"À partir du {french_date(step.start)}.", "planned-step")
    if step.covers(thread.today):
        until = f", prévu jusqu’au {french_date(step.end)}" if step.end else ""
        return Chapter(
            f"{verb} {step.structure}",
            f"Depuis le {french_date(step.start)}{until}. C’est maintenant.",
            "now",
        )
    end = f" au {french_date(step.end)}" if step.end else ""
    return Chapter(f"{verb} {step.structure}", f"Du {french_date(step.start)}{end}.")


def _of_gap(gap: Gap) -> Chapter:
    words = f"{gap.days}{NBSP}{'jours' if gap.days > 1 else 'jour'} sans contrat."
    return Chapter("Une attente", words, "gap-step")
