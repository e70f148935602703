"""The frise of one person: steps, PASS, interviews, and whatever another domain adds."""

from __future__ import annotations

from collections import defaultdict
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
from pathways.selectors.rule_book import read_book
from pathways.selectors.sources import gathered
from pathways.selectors.step_sources import steps_elsewhere
from pathways.selectors.steps import line_of, line_of_stay


def thread_of(
    actor: Actor,
    beneficiary: Beneficiary,
    *,
    today: date,
    is_drawn: bool = True,
) -> Thread:
    """What this actor may see of the line, with what other domains add (`step_sources`, `sources`).

    Six queries at most, and a constant number of theirs. A line told in words, not drawn, leaves out what changed a PASS.
    """
    stays = [line_of_stay(stay) for stay in stays_of(actor, beneficiary.pk)]
    found = line_of(
        stays,
        steps_elsewhere(actor, [beneficiary.pk]).get(beneficiary.pk, ()),
        today=today,
        spans=[
            *_passes(actor, beneficiary.pk, is_drawn=is_drawn),
            *gathered(sources.spans, actor, beneficiary),
        ],
        marks=[*_interviews(actor, beneficiary), *gathered(sources.marks, actor, beneficiary)],
    )
    # Behind a closed door only one's own steps are known: what lies between them may be someone else's.
    return found if accompanies(actor, beneficiary) else replace(found, gaps=())


def _passes(actor: Actor, person: int, *, is_drawn: bool) -> list[Span]:
    """Each PASS, and on a line that is drawn what changed its end, as far as this actor reads it."""
    known = {
        iae.pk: PassFacts(iae.starts_on, iae.ends_on, closed_on=iae.closed_on)
        for iae in passes_of(actor, person)
    }
    if known and is_drawn:
        known = _with_changes(actor, person, known)
    spans = []
    for facts in known.values():
        spans.append(Span(PASS, "PASS IAE", facts.start, facts.last_day))
        spans += [Span(SUSPENSION, "PASS suspendu", *days) for days in facts.suspended]
        if facts.prolonged is not None:
            spans.append(Span(PROLONGATION, "PASS prolongé", *facts.prolonged))
    return spans


def _with_changes(actor: Actor, person: int, known: dict[int, PassFacts]) -> dict[int, PassFacts]:
    """Their suspensions, and their prolongations when one ends later than the suspensions explain.

    No motive is read: some tell of health, and are sealed by a key that may be missing when the line is not.
    """
    paused: dict[int, list[Suspension]] = defaultdict(list)
    for row in suspensions_of(actor, person):
        paused[row.iae_pass_id].append(Suspension(row.starts_on, row.ends_on))
    facts = {pk: replace(each, suspensions=tuple(paused[pk])) for pk, each in known.items()}
    book = read_book()
    if not any(each.end > each.computed_end(book=book) for each in facts.values()):
        return facts
    asked: dict[int, list[Prolongation]] = defaultdict(list)
    for each in prolongations_of(actor, person):
        told = Prolongation(each.starts_on, each.ends_on, "", each.asked_on, each.status)
        asked[each.iae_pass_id].append(told)
    return {pk: replace(iae, prolongations=tuple(asked[pk])) for pk, iae in facts.items()}


def _interviews(actor: Actor, beneficiary: Beneficiary) -> list[Mark]:
    return [
        Mark("Suivi", InterviewKind(each.kind).label, timezone.localdate(each.happened_at))
        for each in interviews_of(actor, beneficiary.pk)
    ]
