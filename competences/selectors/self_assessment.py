"""What a person says of what they can do, beside what was seen: subjects for the next interview, never a verdict."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from backend.core.actor import ACCOMPANY, Actor
from backend.core.values.dates import french_date
from competences.enums import Level
from competences.models import Assessment
from competences.rules.self_assessment import Word, differences
from competences.selectors.person import assessments_of
from pathways.models import Beneficiary

SUBJECTS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class TwoWords:
    """One competence of which the person and those who saw them do not say the same."""

    own: Assessment
    seen: Assessment

    @property
    def says_more(self) -> bool:
        """Whether the person thinks they do better than what was seen."""
        return self.own.level > self.seen.level


def two_words_among(readings: Iterable[Assessment]) -> list[TwoWords]:
    """Where the two words differ, the widest gap first."""
    known = {reading.pk: reading for reading in readings}
    words = [
        Word(reading.competence_id, reading.level, reading.status, reading.assessed_on, reading.pk)
        for reading in known.values()
    ]
    return [TwoWords(known[found.own.rank], known[found.seen.rank]) for found in differences(words)]


def answered_among(readings: Iterable[Assessment]) -> list[Assessment]:
    """Observations the person said something of, the latest first."""
    return [reading for reading in readings if reading.comment]


def subjects(actor: Actor, person: Beneficiary) -> list[str]:
    """What to talk about at the next interview, for who accompanies the person, in one sentence each."""
    if actor.role not in ACCOMPANY:
        return []
    readings = assessments_of(actor, person.pk)
    told = [
        f"« {words.seen.competence.label} » : la personne dit « {Level(words.own.level).label.lower()} », "
        f"on a noté « {Level(words.seen.level).label.lower()} » le {french_date(words.seen.assessed_on)}."
        for words in two_words_among(readings)
    ]
    answered = [
        f"« {reading.competence.label} » : elle répond à ce qui a été vu le {french_date(reading.assessed_on)}."
        for reading in answered_among(readings)
    ]
    return [*told, *answered][:SUBJECTS_SHOWN]
