"""The frise of one person: steps, PASS, interviews, and whatever another domain adds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from django.utils import timezone

from backend.core.actor import Actor
from pathways.enums import InterviewKind
from pathways.models import Beneficiary, IaePass, Interview, Stay
from pathways.permissions import accompanies
from pathways.rules.timeline import Mark, Span, Step, Thread, thread
from pathways.selectors.steps import pathway_end, steps_of, with_contracts


def thread_of(
    actor: Actor,
    beneficiary: Beneficiary,
    *,
    today: date,
    extra_steps: Iterable[Step] = (),
    extra_marks: Iterable[Mark] = (),
) -> Thread:
    """What this actor may see of the line, in five queries.

    `extra_steps` (a job found) and `extra_marks` (competences gained) come from other domains, already scoped.
    """
    stays = list(with_contracts(Stay.objects.visible_to(actor).filter(beneficiary=beneficiary)))
    line = thread(
        [*steps_of(stays), *extra_steps],
        today=today,
        ended_on=pathway_end(stays),
        spans=_passes(actor, beneficiary),
        marks=[*_interviews(actor, beneficiary), *extra_marks],
    )
    # Behind a closed door only one's own steps are known: what lies between them may be someone else's.
    return line if accompanies(actor, beneficiary) else replace(line, gaps=())


def _passes(actor: Actor, beneficiary: Beneficiary) -> list[Span]:
    passes = IaePass.objects.visible_to(actor).filter(beneficiary=beneficiary)
    return [Span("PASS IAE", "PASS IAE", iae.starts_on, iae.ends_on) for iae in passes]


def _interviews(actor: Actor, beneficiary: Beneficiary) -> list[Mark]:
    interviews = Interview.objects.visible_to(actor).filter(beneficiary=beneficiary)
    return [
        Mark("Suivi", InterviewKind(kind).label, timezone.localdate(happened_at))
        for kind, happened_at in interviews.values_list("kind", "happened_at")
    ]
