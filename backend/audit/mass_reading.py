"""Who read many people in one day: from the trail, so for every process, window, tool and export together.

In 2024 advisers' accounts read the files of millions of people in a few weeks before anybody saw it (CNIL, SAN-2026-003).
A day of work opens a few dozen files; whoever reads more has a reason that a manager knows, or should ask for.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Count, F, IntegerField, Q, Sum
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone

from backend.audit.answers import PEOPLE_LISTED
from backend.audit.models import Entry, EntryQuerySet, Link
from backend.core.actor import READS_THE_TRAIL, Actor

PEOPLE_A_DAY = 100
"""Different people that one account reads in a day before it is said to who answers for the structure."""
TAKEN_AWAY = ("export.downloaded", "structure_copy.taken")
"""Files that leave with many people in them."""

_OPENED = Q(action__endswith=".read", beneficiary_id__isnull=False)
_SEVERAL = Q(action__in=(PEOPLE_LISTED, *TAKEN_AWAY), detail__has_key="people")
Seat = tuple[int, str, int | None]


@dataclass(frozen=True, slots=True)
class ManyRead:
    """One seat that read something, where it sits, and how many different people its account read that day, by any seat."""

    user_id: int
    seat: str
    people: int
    organisation_id: int | None


def many_read(actor: Actor, today: date) -> list[ManyRead]:
    """The seats of the actor's structures past the budget of the day, the most read first; one question on an ordinary day.

    Empty for whoever does not read the trail. A file opened on a screen or by a tool, a list that a tool reads and an export
    count alike; a list of names on a screen does not. Changing seats begins no other budget.
    """
    if actor.role not in READS_THE_TRAIL:
        return []
    return _past(Entry.objects.visible_to(actor).filter(at__gte=_midnight(today)))


def many_read_anywhere(today: date) -> list[ManyRead]:
    """The same for every seat of the installation, asked by the clock."""
    midnight = _midnight(today)
    before = Link.objects.filter(made_at__lt=midnight).last()
    return _past(Entry.objects.filter(pk__gt=before.last_id if before else 0, at__gte=midnight))


def _midnight(today: date) -> datetime:
    return timezone.make_aware(datetime.combine(today, time.min))


def _past(lines: EntryQuerySet) -> list[ManyRead]:
    """Counted roughly first, which is enough on an ordinary day; exactly for who may be past."""
    lines = lines.filter(_OPENED | _SEVERAL, user_id__isnull=False).order_by()
    listed = Sum(Cast(KeyTextTransform("count", "detail"), IntegerField()), filter=_SEVERAL)
    rough = lines.values("user_id").annotate(
        opened=Count("beneficiary_id", filter=_OPENED, distinct=True), listed=Coalesce(listed, 0)
    )
    perhaps = list(rough.annotate(most=F("opened") + F("listed")).filter(most__gt=PEOPLE_A_DAY))
    if not perhaps:
        return []
    people, seats = _exactly(lines.filter(user_id__in={row["user_id"] for row in perhaps}))
    found = [
        ManyRead(user, seat, len(people[user]), place)
        for user, seat, place in seats
        if len(people[user]) > PEOPLE_A_DAY
    ]
    return sorted(found, key=lambda each: (-each.people, each.seat))


def _exactly(lines: EntryQuerySet) -> tuple[dict[int, set[int]], set[Seat]]:
    """The people whom each account read, and from which seats."""
    people: dict[int, set[int]] = defaultdict(set)
    seats: set[Seat] = set()
    opened = (
        lines.filter(_OPENED).values_list("user_id", "seat", "organisation_id", "beneficiary_id").distinct()
    )
    for user, seat, place, person in opened:
        people[user or 0].add(person or 0)
        seats.add((user or 0, seat, place))
    several = lines.filter(_SEVERAL).values_list("user_id", "seat", "organisation_id", "detail__people")
    for user, seat, place, some in several.iterator():
        people[user or 0].update(some)
        seats.add((user or 0, seat, place))
    return people, seats
