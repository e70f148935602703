"""The frise of one person: steps, PASS, interviews, and whatever another domain adds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from backend.core.actor import Actor
from pathways.enums import InterviewKind
from pathways.models import Beneficiary, IaePass, Interview, Stay
from pathways.rules.timeline import Mark, Span, Thread
from pathways.selectors.step_sources import steps_elsewhere
from pathways.selectors.steps import line_of, with_contracts


def thread_of(
    actor: Actor,
    beneficiary: Beneficiary,
    *,
    today: date,
    extra_marks: Iterable[Mark] = (),
) -> Thread:
    """What this actor may see of the line, in four queries and those of the step sources.

    `extra_marks` (competences gained) come from other domains, already scoped.
    """
    stays = list(with_contracts(Stay.objects.visible_to(actor).filter(beneficiary=beneficiary)))
    return line_of(
        stays,
        steps_elsewhere(actor, [beneficiary.pk]).get(beneficiary.pk, ()),
        today=today,
        spans=_passes(actor, beneficiary),
        marks=[*_interviews(actor, beneficiary), *extra_marks],
    )


def _passes(actor: Actor, beneficiary: Beneficiary) -> list[Span]:
    passes = IaePass.objects.visible_to(actor).filter(beneficiary=beneficiary)
    return [Span("PASS IAE", "PASS IAE", iae.starts_on, iae.ends_on) for iae in passes]


def _interviews(actor: Actor, beneficiary: Beneficiary) -> list[Mark]:
    interviews = Interview.objects.visible_to(actor).filter(beneficiary=beneficiary)
    return [
        Mark("Suivi", InterviewKind(kind).label, timezone.localdate(happened_at))
        for kind, happened_at in interviews.values_list("kind", "happened_at")
    ]
