"""The frise of one person: steps, PASS, interviews, and whatever another domain adds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.utils import timezone

from backend.core.actor import Actor
from pathways.enums import InterviewKind
from pathways.models import Beneficiary
from pathways.permissions import accompanies
from pathways.rules.passes.facts import PassFacts, Prolongation, Suspension
from pathways.rules.timeline import PASS, PROLONGATION, SUSPENSION, Mark, Span, Thread
from pathways.selectors import sources
from pathways.selectors.following.person import (
    interviews_of,
    passes_of,
    prolongations_of,
    stays_of,
    suspensions_of,
)
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

    Six queries at most, and a constant number of theirs.
    """
    stays = [line_of_stay(stay) for stay in stays_of(actor, beneficiary.pk)]
    found = line_of(
        stays,
        steps_elsewhere(actor, [beneficiary.pk]).get(beneficiary.pk, ()),
        today=today,
        spans=[*_passes(actor, beneficiary.pk), *gathered(sources.spans, actor, beneficiary)],
        marks=[*_interviews(actor, beneficiary), *gathered(sources.marks, actor, beneficiary)],
    )
    # Behind a closed door only one's own steps are known: what lies between them may be someone else's.
    return found if accompanies(actor, beneficiary) else replace(found, gaps=())


def _passes(actor: Actor, person: int) -> list[Span]:
    """Each PASS with what changed its end, as far as this actor reads it.

    No motive is read: some tell of health, and are sealed by a key that may be missing when the line is not.
    """
    passes = passes_of(actor, person)
    if not passes:
        return []
    suspensions, prolongations = suspensions_of(actor, person), prolongations_of(actor, person)
    spans = []
    for iae in passes:
        facts = PassFacts(
            iae.starts_on,
            iae.ends_on,
            tuple(
                Suspension(each.starts_on, each.ends_on) for each in suspensions if each.iae_pass_id == iae.pk
            ),
            tuple(
                Prolongation(each.starts_on, each.ends_on, "", each.asked_on, each.status)
                for each in prolongations
                if each.iae_pass_id == iae.pk
            ),
            iae.closed_on,
        )
        spans.append(Span(PASS, "PASS IAE", facts.start, facts.last_day))
        spans += [Span(SUSPENSION, "PASS suspendu", *days) for days in facts.suspended]
        if facts.prolonged is not None:
            spans.append(Span(PROLONGATION, "PASS prolongé", *facts.prolonged))
    return spans


def _interviews(actor: Actor, beneficiary: Beneficiary) -> list[Mark]:
    return [
        Mark("Suivi", InterviewKind(each.kind).label, timezone.localdate(each.happened_at))
        for each in interviews_of(actor, beneficiary.pk)
    ]
