"""When a competence can have been seen, and what may be said of what was seen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from backend.core.findings import Finding
from backend.core.values.plausible import SEEN, window_findings
from competences.enums import ProofStatus


def day_findings(*, assessed_on: date, today: date, born_on: date | None = None) -> Iterator[Finding]:
    """A reading dated after today, which nobody has seen yet, or of a day nobody can mean."""
    yield from window_findings(SEEN, assessed_on, field="assessed_on", today=today, born_on=born_on)
    if assessed_on > today:
        yield Finding(
            "in_the_future",
            "Une observation ne peut pas porter une date à venir.",
            way_out="Choisissez aujourd’hui ou un jour passé.",
            field="assessed_on",
            is_contradiction=True,
        )


def comment_findings(*, status: str) -> Iterator[Finding]:
    """A comment put on one's own word: it is said again instead."""
    if status == ProofStatus.DECLARED:
        yield Finding(
            "own_word",
            "C’est déjà la parole de la personne.",
            way_out="Pour la changer, dites à nouveau ce que vous savez faire.",
            field="comment",
        )


def taking_back_findings(*, comment: str) -> Iterator[Finding]:
    """An observation the person answered to: both stay, or the answer would speak of nothing."""
    if comment:
        yield Finding(
            "commented",
            "La personne a dit ce qu’elle pense de cette observation : les deux restent.",
            way_out="Enregistrez une nouvelle observation pour la corriger.",
        )


def gestures_findings(*, chosen: int, most: int) -> Iterator[Finding]:
    """A list without gesture, or too long to be read standing."""
    if not chosen:
        yield Finding(
            "no_gesture", "Une liste compte au moins un geste.", way_out="Cochez-en un.", field="competences"
        )
    if chosen > most:
        yield Finding(
            "too_many_gestures",
            f"Une liste compte {most} gestes au plus, pour être lue debout.",
            way_out="Gardez l’essentiel, ou faites deux listes.",
            field="competences",
        )
