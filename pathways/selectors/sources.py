"""What other domains add to a thread beside its steps: marks (a competence recognised), periods (an immersion), entries
of the story, and what is already on the calendar.

Each domain registers its functions from `AppConfig.ready()`. They read within what the actor may see, for one
person, in a constant number of queries.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from backend.core.actor import Actor
from pathways.models import Beneficiary


@dataclass(frozen=True, slots=True)
class Coming:
    """Something expected on a day, in a sentence that the person reads: « Un appel est prévu le »."""

    on: date
    text: str


Source = Callable[[Actor, Beneficiary], Iterable[Any]]
S = TypeVar("S")

marks: list[Source] = []
"""Single days on the line."""

spans: list[Source] = []
"""Periods beside the steps, `Span`: an immersion, a training."""

entries: list[Source] = []
"""Things that happened, for the story."""


coming: list[Source] = []
"""What is expected, `Coming`: a legal delay, a call."""


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One line of what a person gives to read in a relay: « Contrat », « CDDI du 1er mars au 30 juin »."""

    label: str
    text: str


skills_given: list[Source] = []
"""What other domains know somebody can do, `SheetLine`: read once the person gave it (`RelayPart.SKILLS`)."""


titles: list[Source] = []
"""Habilitations that hold, `TitleHeld`: what the person takes to another employer, and what stays the employer's."""


subjects: list[Source] = []
"""What to talk about at the next interview, one sentence each, for who accompanies the person."""


trades: list[Callable[[Iterable[str]], Mapping[str, str]]] = []
"""Names of trades by their ROME code, from whoever keeps the referential; one question whatever their number."""


def in_trades(codes: Iterable[str]) -> dict[str, str]:
    """« Nettoyage de locaux (K2204) » of each code, in their order; the code alone of a trade nobody names."""
    asked = list(dict.fromkeys(codes))
    names = {code: name for source in trades if asked for code, name in source(asked).items()}
    return {code: f"{names[code]} ({code})" if code in names else code for code in asked}


def register(sources: list[S], source: S) -> None:
    """Add a source once."""
    if source not in sources:
        sources.append(source)


def gathered(sources: list[Source], actor: Actor, beneficiary: Beneficiary) -> list[Any]:
    """Everything these sources know of the person, in the order they were registered."""
    return [found for source in sources for found in source(actor, beneficiary)]
