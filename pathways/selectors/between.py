"""Who is between two steps, what follows, and whom a structure no longer watches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q

from backend.core.access import People, about
from backend.core.actor import WATCHES_GAPS, Actor
from backend.core.pages.once import once_per_page
from backend.core.tables.among import among
from backend.core.values.dates import months_after
from pathways import doors
from pathways.models import Beneficiary, Contract, Stay, WatchEnd
from pathways.rules.timeline import Gap, Step, cut_months
from pathways.rules.watching import is_about
from pathways.selectors.people import named
from pathways.selectors.rule_book import read_book
from pathways.selectors.step_sources import left_elsewhere_since, steps_elsewhere, term_may_end_since
from pathways.selectors.steps import StayLine, gap_of_today, stay_lines


@dataclass(frozen=True, slots=True)
class BetweenRow:
    """Someone who left a step and has not reached the next one.

    `is_open` when the actor still writes their thread; `watch_end` when their structure stopped watching this wait.
    """

    beneficiary: Beneficiary
    since: date
    days: int
    last_structure: str
    last_organisation_id: int | None
    next_step: Step | None
    is_open: bool = True
    watch_end: WatchEnd | None = None


def between_steps(actor: Actor, today: date, *, people: People = None) -> list[BetweenRow]:
    """People of the perimeter without a step today and still watched; what can be acted on comes first.

    First nothing planned, a thread one still writes, the latest departure: the call most likely to be answered.
    Whoever has a next step waits for a known day, and comes last.
    """
    return [row for row in _waiting(actor, today, people=people) if row.watch_end is None]


def is_watched(actor: Actor, person: int, today: date) -> bool:
    """Whether the actor's « Entre deux » holds this person today."""
    return any(
        row.beneficiary.pk == person for row in between_steps(actor, today, people=frozenset({person}))
    )


def no_longer_watched(actor: Actor, today: date) -> list[BetweenRow]:
    """People whose wait goes on and whom one's structure stopped watching, the last decision first."""
    found = [row for row in _waiting(actor, today) if row.watch_end is not None]
    return sorted(found, key=lambda row: -row.watch_end.pk if row.watch_end else 0)


@once_per_page
def _waiting(actor: Actor, today: date, *, people: People = None) -> list[BetweenRow]:
    """Everybody without a step today, in seven queries and those of the sources.

    Whoever holds a job, a training, or left for good is not between two, and is again once a job of known length
    is over; nor is, after twelve months, someone nobody expects any more. The same line as on the person's page.
    """
    if actor.role not in WATCHES_GAPS:
        return []
    # Whether someone waits is read on their whole line; what is shown of it is filtered below.
    asked = _may_be_waiting(actor, today, people)
    by_person: dict[int, list[StayLine]] = defaultdict(list)
    for stay in stay_lines(Stay.objects.filter(beneficiary_id__in=among(asked))):
        by_person[stay.beneficiary_id].append(stay)
    elsewhere, book = steps_elsewhere(Actor.operator(), by_person), read_book()
    gaps = {
        person: gap
        for person, theirs in by_person.items()
        if (gap := gap_of_today(theirs, elsewhere.get(person, ()), today=today, book=book)) is not None
    }
    who = named(gaps)
    opened = doors.accompanies_among(actor, gaps, today)
    ends = _watch_ends(actor, gaps)
    rows = [
        row
        for person, gap in gaps.items()
        if (row := _row(who[person], by_person[person], gap, today, person in opened, ends)).is_open
        or _left_us_last(actor, row)
    ]
    return sorted(rows, key=_what_can_be_acted_on)


def _what_can_be_acted_on(row: BetweenRow) -> tuple[bool, bool, int, str, int]:
    person = row.beneficiary
    return row.next_step is not None, not row.is_open, row.days, person.search_name, person.pk


def _may_be_waiting(actor: Actor, today: date, asked: People) -> list[int]:
    """People of the perimeter, lately at least, without a contract running today anywhere; in one query.

    Lately: their stay here, or the job they left it for, may have ended within the time a thread is watched.
    """
    cut = months_after(today, -cut_months(read_book(), today))
    recent = (
        Q(ended_on__isnull=True)
        | Q(ended_on__gte=cut)
        | term_may_end_since(cut, start="exit__occurred_on", months="exit__contract_months")
        | left_elsewhere_since(actor, cut, people="beneficiary_id")
    )
    stays = about(Stay.objects.covered_by(actor), asked).filter(recent)
    at_work = Contract.objects.running_on(today).filter(
        Q(stay__ended_on__isnull=True) | Q(stay__ended_on__gte=today),
        stay__beneficiary_id=OuterRef("beneficiary_id"),
    )
    waiting = stays.filter(~Exists(at_work.order_by()))
    return sorted(set(waiting.order_by().values_list("beneficiary_id", flat=True)))


def _watch_ends(actor: Actor, people: Collection[int]) -> dict[int, WatchEnd]:
    """What one's own structure decided last about each of these people, unless it went back on it."""
    found = (
        WatchEnd.objects.visible_to(actor)
        .in_force()
        .filter(organisation_id__in=actor.organisation_ids, beneficiary_id__in=among(people))
    )
    return {row.beneficiary_id: row for row in found.select_related("ended_by").order_by("pk")}


def _left_us_last(actor: Actor, row: BetweenRow) -> bool:
    """Behind a closed door, one still watches who left one's own structure for nothing; not what came since."""
    return row.next_step is None and row.last_organisation_id in actor.organisation_ids


def _row(
    person: Beneficiary,
    stays: list[StayLine],
    gap: Gap,
    today: date,
    is_open: bool,
    ends: dict[int, WatchEnd],
) -> BetweenRow:
    end = ends.get(person.pk)
    return BetweenRow(
        beneficiary=person,
        since=gap.start,
        days=gap.days_lived(today),
        last_structure=gap.previous_step.structure,
        last_organisation_id=_who_let_go(stays, gap.previous_step),
        next_step=gap.next_step,
        is_open=is_open,
        watch_end=end if end and is_about(ended_on=end.day, waiting_since=gap.start) else None,
    )


def _who_let_go(stays: Iterable[StayLine], step: Step) -> int | None:
    """The structure of the last step; of a job, the one whose exit it follows: that exit is its own to watch."""
    if step.organisation_id is not None or step.exit_id is None:
        return step.organisation_id
    return next((stay.organisation_id for stay in stays if stay.exit and stay.exit.pk == step.exit_id), None)
