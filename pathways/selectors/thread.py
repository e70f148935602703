"""The frise of one person: steps, PASS, interviews, and whatever another domain adds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.utils import timezone

from backend.core.actor import Actor
from pathways.enums import InterviewKind
from pathways.models import Beneficiary
from pathways.permissions import accompanies
from pathways.rules.timeline import Mark, Span, Thread
from pathways.selectors import sources
from pathways.selectors.following.person import interviews_of, passes_of, stays_of
from pathways.selectors.sources import gathered
from pathways.selectors.step_sources import steps_elsewhere
from pathways.selectors.steps import line_of, line_of_stay


def thread_of(
    actor: Actor,
    beneficiary: Beneficiary,
    *,
    today: date,
) -> Thread:
    """What this actor may see of the line, with what other domains add (`step_sources`, `sources`).

    Four queries, and a constant number of theirs.
    """
    stays = [line_of_stay(stay) for stay in stays_of(actor, beneficiary.pk)]
    found = line_of(
        stays,
        steps_elsewhere(actor, [beneficiary.pk]).get(beneficiary.pk, ()),
        today=today,
        spans=_passes(actor, beneficiary),
        marks=[*_interviews(actor, beneficiary), *gathered(sources.marks, actor, beneficiary)],
    )
    # Behind a closed door only one's own steps are known: what lies between them may be someone else's.
    return found if accompanies(actor, beneficiary) else replace(found, gaps=())


def _passes(actor: Actor, beneficiary: Beneficiary) -> list[Span]:
    return [
        Span("PASS IAE", "PASS IAE", iae.starts_on, iae.ends_on) for iae in passes_of(actor, beneficiary.pk)
    ]


def _interviews(actor: Actor, beneficiary: Beneficiary) -> list[Mark]:
    return [
        Mark("Suivi", InterviewKind(each.kind).label, timezone.localdate(each.happened_at))
        for each in interviews_of(actor, beneficiary.pk)
    ]
