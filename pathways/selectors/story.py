"""The story of a person, newest first: what was said, who came in, who left, and what other domains add."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone

from backend.core.actor import Actor
from backend.core.values.numbers import minutes_in_words
from pathways.enums import BarrierImpact, BarrierTheme, InterviewKind, InterviewMode
from pathways.models import Beneficiary, Interview, PrivateNote
from pathways.permissions import accompanies, may_read_synthesis, wrote
from pathways.rules.exits.motives import MOTIVES_BY_CODE
from pathways.selectors import sources
from pathways.selectors.following.person import actions_of, barrier_readings_of, interviews_of, stays_of
from pathways.selectors.sources import gathered
from pathways.selectors.steps import exit_of


@dataclass(frozen=True, slots=True)
class StoryEntry:
    """One thing that happened.

    `nature` is « interview », « arrival », « departure », or what the caller chose for its own entries.
    `is_withheld` says that a text exists which this actor does not read; `private_note` is their own.
    """

    at: datetime
    nature: str
    title: str
    text: str = ""
    author: str = ""
    place: str = ""
    chips: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    private_note: str = ""
    is_withheld: bool = False
    may_edit: bool = False
    interview_id: int | None = None


def story_of(actor: Actor, beneficiary: Beneficiary) -> list[StoryEntry]:
    """What this actor may read of the thread, newest first, other domains included (`selectors.sources`)."""
    added = gathered(sources.entries, actor, beneficiary)
    entries = [*_interviews(actor, beneficiary), *_moves(actor, beneficiary), *added]
    return sorted(entries, key=lambda entry: (entry.at, entry.nature, entry.title), reverse=True)


def _interviews(actor: Actor, beneficiary: Beneficiary) -> list[StoryEntry]:
    notes = PrivateNote.objects.visible_to(actor).filter(interview__beneficiary=beneficiary)
    note_of = {note.interview_id: note.text for note in notes}
    changes = _barrier_changes(actor, beneficiary)
    actions = _actions(actor, beneficiary)
    is_open = accompanies(actor, beneficiary)
    return [
        _entry(
            actor,
            interview,
            changes=tuple(changes[interview.pk]),
            actions=tuple(actions[interview.pk]),
            private_note=note_of.get(interview.pk, ""),
            may_edit=is_open and wrote(actor, interview),
        )
        for interview in interviews_of(actor, beneficiary.pk)
    ]


def _entry(
    actor: Actor,
    interview: Interview,
    *,
    changes: tuple[str, ...],
    actions: tuple[str, ...],
    private_note: str,
    may_edit: bool,
) -> StoryEntry:
    may_read = may_read_synthesis(actor, interview)
    told = [InterviewKind(interview.kind).label, InterviewMode(interview.mode).label.lower()]
    if interview.duration_minutes:
        told.append(minutes_in_words(interview.duration_minutes))
    return StoryEntry(
        at=interview.happened_at,
        nature="interview",
        title=", ".join(told),
        text=interview.synthesis if may_read else "",
        author=str(interview.author) if interview.author else "",
        place=interview.organisation.name if interview.organisation else "",
        chips=tuple(interview.topic_labels),
        changes=changes,
        actions=actions,
        private_note=private_note,
        is_withheld=bool(interview.synthesis) and not may_read,
        may_edit=may_edit,
        interview_id=interview.pk,
    )


def _barrier_changes(actor: Actor, beneficiary: Beneficiary) -> dict[int | None, list[str]]:
    """What each interview changed, in words: « Mobilité : Fort → Faible »."""
    changes: dict[int | None, list[str]] = defaultdict(list)
    before: dict[str, str] = {}
    for reading in barrier_readings_of(actor, beneficiary.pk):
        theme, now = BarrierTheme(reading.theme).label, BarrierImpact(reading.impact).label
        was = before.get(reading.theme)
        changes[reading.interview_id].append(f"{theme} : {was} → {now}" if was else f"{theme} : {now}")
        before[reading.theme] = now
    return changes


def _actions(actor: Actor, beneficiary: Beneficiary) -> dict[int | None, list[str]]:
    """Actions each interview decided."""
    actions: dict[int | None, list[str]] = defaultdict(list)
    for each in actions_of(actor, beneficiary.pk):
        actions[each.interview_id].append(each.label)
    return actions


def _moves(actor: Actor, beneficiary: Beneficiary) -> list[StoryEntry]:
    """Arrivals and departures, structure by structure."""
    moves = []
    for stay in stays_of(actor, beneficiary.pk):
        place = stay.organisation.name
        moves.append(StoryEntry(_morning_of(stay.started_on), "arrival", f"Arrivée : {place}", place=place))
        left = exit_of(stay)
        if left is not None:
            motive = MOTIVES_BY_CODE[left.motive].label if left.motive else "Motif à compléter"
            at = _morning_of(left.occurred_on)
            moves.append(StoryEntry(at, "departure", f"Sortie : {place}", text=motive, place=place))
    return moves


def _morning_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
