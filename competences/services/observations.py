"""What was tapped standing, sent at once or when the network came back: each tap is judged alone, and counts once."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from backend.core.actor import Actor
from backend.core.errors import DomainError, KeyReused, OutOfReach, ensure
from backend.core.idempotency import Answer, digest_of, remember, reserve
from competences.enums import Level
from competences.models import Assessment, Competence
from competences.permissions import may_observe
from competences.services.assessments import assess
from pathways.models import Beneficiary

MOST_TAPS = 200
"""Of one sending: a whole day of a large team."""

_NOT_YOURS = "Votre rôle ne permet pas d’enregistrer une observation."
_NOBODY = "Cette personne n’est plus dans votre équipe : l’observation n’est pas enregistrée."
_NO_GESTURE = "Ce geste n’est plus au référentiel : l’observation n’est pas enregistrée."
_NO_LEVEL = "Choisissez l’un des quatre niveaux."
_DIFFERENT = "Cette observation a déjà été envoyée, avec un autre contenu."


@dataclass(frozen=True, slots=True)
class Tap:
    """One level touched for one person and one gesture, on a day; `key` was drawn by who sends it, once."""

    key: str
    beneficiary: int
    competence: int
    level: int
    seen_on: date
    context: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a tap: recorded, or the sentence that says why not."""

    tap: Tap
    refusal: str = ""
    code: str = ""
    assessment: int | None = None

    @property
    def is_recorded(self) -> bool:
        """Whether it counts, now or since an earlier sending."""
        return not self.refusal


def record_observations(*, actor: Actor, taps: Collection[Tap]) -> list[Outcome]:
    """Record each tap on its own, in the order they were touched; one refused stops no other.

    A tap sent again under its key changes nothing; once the key is forgotten, the reading of that day is the same row.
    """
    ensure(may_observe(actor), "not_yours", _NOT_YOURS)
    people = Beneficiary.objects.accompanied_by(actor).in_bulk(list({tap.beneficiary for tap in taps}))
    gestures = Competence.objects.in_bulk(list({tap.competence for tap in taps}))
    return [_record(actor, tap, people, gestures) for tap in taps]


def _record(
    actor: Actor, tap: Tap, people: dict[int, Beneficiary], gestures: dict[int, Competence]
) -> Outcome:
    person, gesture = people.get(tap.beneficiary), gestures.get(tap.competence)
    if person is None:
        return Outcome(tap, _NOBODY, "not_yours")
    if gesture is None:
        return Outcome(tap, _NO_GESTURE, "unknown_competence")
    if tap.level not in Level.values:
        return Outcome(tap, _NO_LEVEL, "level")
    try:
        with transaction.atomic():
            return Outcome(tap, assessment=_once(actor, tap, person, gesture))
    except KeyReused:
        return Outcome(tap, _DIFFERENT, "key_reused")
    except OutOfReach:
        return Outcome(tap, _NOBODY, "not_yours")
    except DomainError as error:
        return Outcome(tap, error.message, error.code)
    except ValidationError as error:
        return Outcome(tap, " ".join(error.messages), "invalid")


def _once(actor: Actor, tap: Tap, person: Beneficiary, gesture: Competence) -> int | None:
    """The number of the reading; the first one's when this tap was already recorded."""
    key = f"tap-{tap.key}"
    if actor.user_id is not None:
        told = (actor.seat, person.pk, gesture.pk, tap.level, tap.seen_on, tap.context)
        answer = reserve(user_id=actor.user_id, key=key, digest=digest_of("tap", repr(told)))
        if answer is not None:
            return int(answer.location)
    reading: Assessment = assess(
        actor=actor,
        beneficiary=person,
        competence=gesture,
        level=tap.level,
        assessed_on=tap.seen_on,
        context=tap.context,
    )
    if actor.user_id is not None:
        remember(user_id=actor.user_id, key=key, answer=Answer(201, location=str(reading.pk)))
    return reading.pk
