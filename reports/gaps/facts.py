"""The passages from one step to the next, read for the structures the actor answers for; nobody is read one by one.

The days of a passage are those of the whole line, as « Entre deux » reads it: a wait ends when somebody welcomes the
person, wherever it is. Where they went is named only when the actor reads that step.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils import timezone

from backend.core.actor import SOCIAL_READERS, Actor
from backend.core.tables.among import among
from backend.organisations.enums import GroupKind
from backend.organisations.models import Belonging
from pathways.enums import RelayStatus
from pathways.enums.gaps import GapCause
from pathways.models import Contract, IaePass, PassSuspension, Relay, Stay
from pathways.querysets.thread import StayQuerySet
from pathways.rules.contracts.durations import Period
from pathways.rules.contracts.stretches import Amendment, hours_on, stretches
from pathways.rules.income.gaps import Passage, RelayTold, cause_of, passages_of
from pathways.rules.timeline import Step
from pathways.selectors.facts.contracts import amendments_of
from pathways.selectors.rule_book import read_book
from pathways.selectors.step_sources import steps_elsewhere
from pathways.selectors.steps import UNNAMED_EMPLOYER, StayLine, line_of, pathway_end, stay_lines

Place = tuple[int, int]
"""A person and a structure."""


@dataclass(frozen=True, slots=True)
class PassageRead:
    """One passage with what it cost; `to` is where it leads when the actor reads it, « » when nothing is planned.

    `is_read` is False when the person went on somewhere the actor does not read. `pass_days` are days of a PASS that ran
    meanwhile, of a thread still open to the actor; None for who does not read suspensions.
    """

    person: int
    passage: Passage
    to: str
    is_read: bool
    is_inside: bool | None
    cause: GapCause | None
    hours: Decimal | None
    pass_days: int | None


@dataclass(frozen=True, slots=True)
class Terms:
    """What a contract left says of hours, and of its end."""

    start: date
    end: date | None
    planned: date | None
    hours: Decimal | None
    amendments: tuple[Amendment, ...]

    def weekly_on(self, day: date) -> Decimal | None:
        """Hours a week that day."""
        return hours_on(day, stretches(self.start, self.end or self.planned, self.hours, self.amendments))

    def is_broken_on(self, day: date) -> bool:
        """Whether it stopped that day, before its term."""
        return self.end == day and self.planned is not None and day < self.planned


@dataclass(slots=True)
class _Known:
    """What is read once for everybody."""

    terms: dict[Place, list[Terms]] = field(default_factory=lambda: defaultdict(list))
    relays: dict[Place, list[RelayTold]] = field(default_factory=lambda: defaultdict(list))
    passes: dict[int, list[Period]] = field(default_factory=lambda: defaultdict(list))
    suspensions: dict[int, list[Period]] = field(default_factory=lambda: defaultdict(list))
    groups: dict[int, list[Belonging]] = field(default_factory=lambda: defaultdict(list))
    own: set[Place] = field(default_factory=set)
    seen: set[Place] = field(default_factory=set)
    welcomed: set[tuple[int, int, int]] = field(default_factory=set)
    jobs: set[tuple[int, date]] = field(default_factory=set)
    exits: set[int] = field(default_factory=set)


def passages_read(actor: Actor, *, since: date) -> list[PassageRead]:
    """Passages left since that day from a structure the actor answers for, in a constant number of queries."""
    today = timezone.localdate()
    own = Stay.objects.covered_by(actor)
    people = sorted(set(own.order_by().values_list("beneficiary_id", flat=True)))
    if not people:
        return []
    lines: dict[int, list[StayLine]] = defaultdict(list)
    for stay in stay_lines(Stay.objects.filter(beneficiary_id__in=among(people))):
        lines[stay.beneficiary_id].append(stay)
    elsewhere, book = steps_elsewhere(Actor.operator(), people), read_book()
    known, found = _read(actor, people), []
    known.exits = {
        stay.exit.pk
        for stays in lines.values()
        for stay in stays
        if stay.exit is not None and (stay.beneficiary_id, stay.organisation_id) in known.own
    }
    for person, stays in lines.items():
        line = line_of(stays, elsewhere.get(person, ()), today=today)
        for passage in passages_of(line, ended_on=pathway_end(stays), book=book):
            place = passage.left.organisation_id
            if place is not None and passage.ended_on >= since and (person, place) in known.own:
                found.append(_told(actor, person, place, passage, known))
    return found


def _told(actor: Actor, person: int, place: int, passage: Passage, known: _Known) -> PassageRead:
    step = passage.next_step
    terms = known.terms[person, place]
    left = max(
        (each for each in terms if each.start <= passage.ended_on), key=lambda each: each.start, default=None
    )
    is_read = step is None or _is_read(person, place, step, known)
    return PassageRead(
        person=person,
        passage=passage,
        to=step.structure if step is not None and is_read else "",
        is_read=is_read,
        is_inside=_is_inside(place, step, known) if is_read else None,
        cause=cause_of(
            passage,
            known.relays[person, place],
            is_broken=left is not None and left.is_broken_on(passage.ended_on),
        ),
        hours=passage.hours(left.weekly_on(passage.ended_on) if left else None),
        pass_days=_pass_days(person, passage, known) if actor.role in SOCIAL_READERS else None,
    )


def _is_read(person: int, place: int, step: Step, known: _Known) -> bool:
    """Whether the actor reads it: a stay, a hire, the welcome their relay led to, the job their own exit tells of."""
    if step.organisation_id is None:
        is_told = step.structure == UNNAMED_EMPLOYER and step.exit_id in known.exits
        return is_told or (person, step.start) in known.jobs
    return (person, step.organisation_id) in known.seen or (
        person,
        place,
        step.organisation_id,
    ) in known.welcomed


def _is_inside(place: int, step: Step | None, known: _Known) -> bool | None:
    """Whether the next step is in the group of the structure left; None without any next step."""
    if step is None:
        return None
    return bool(_groups_on(step.start, place, known) & _groups_on(step.start, step.organisation_id, known))


def _groups_on(day: date, place: int | None, known: _Known) -> set[int]:
    ties = known.groups[place] if place is not None else []
    return {
        tie.group_id for tie in ties if tie.joined_on <= day and (tie.left_on is None or day < tie.left_on)
    }


def _pass_days(person: int, passage: Passage, known: _Known) -> int:
    """Days of a PASS that ran while nobody worked, those it was suspended left out."""
    ran = sum(passage.days_within(*days) for days in known.passes[person])
    return max(0, ran - sum(passage.days_within(*days) for days in known.suspensions[person]))


def _read(actor: Actor, people: Collection[int]) -> _Known:
    """Nine questions and those of the sources, whatever the number of people."""
    known, among_them = _Known(), {"beneficiary_id__in": among(people)}
    own = Stay.objects.covered_by(actor).filter(**among_them)
    known.own = _places(own)
    known.seen = _places(Stay.objects.visible_to(actor).filter(**among_them))
    for tie in Belonging.objects.filter(group__kind=GroupKind.GROUP):
        known.groups[tie.organisation_id].append(tie)
    for person, steps in steps_elsewhere(actor, people).items():
        known.jobs |= {(person, step.start) for step in steps}
    _read_terms(own, known)
    for relay in Relay.objects.visible_to(actor).filter(**among_them):
        told = RelayTold(timezone.localdate(relay.created_at), relay.planned_on, relay.status)
        known.relays[relay.beneficiary_id, relay.organisation_id].append(told)
        if relay.status == RelayStatus.WELCOMED and relay.receiver_id is not None:
            known.welcomed.add((relay.beneficiary_id, relay.organisation_id, relay.receiver_id))
    if actor.role in SOCIAL_READERS:
        _read_passes(actor, people, known)
    return known


def _places(stays: StayQuerySet) -> set[Place]:
    return set(stays.order_by().values_list("beneficiary_id", "organisation_id"))


def _read_terms(own: StayQuerySet, known: _Known) -> None:
    rows = list(
        Contract.objects.filter(stay__in=own.order_by().values("pk")).values_list(
            "pk", "stay__beneficiary_id", "stay__organisation_id", "started_on", "ended_on", "planned_end_on", "weekly_hours"
        )
    )  # fmt: skip
    amended = amendments_of(row[0] for row in rows)
    for pk, person, place, start, end, planned, hours in rows:
        known.terms[person, place].append(Terms(start, end, planned, hours, amended.get(pk, ())))


def _read_passes(actor: Actor, people: Collection[int], known: _Known) -> None:
    passes = IaePass.objects.visible_to(actor).filter(beneficiary_id__in=among(people))
    for person, start, end, closed in passes.values_list(
        "beneficiary_id", "starts_on", "ends_on", "closed_on"
    ):
        known.passes[person].append((start, min(end, closed) if closed else end))
    changes = PassSuspension.objects.visible_to(actor).standing()
    changes = changes.filter(iae_pass__beneficiary_id__in=among(people))
    for person, start, end in changes.values_list("iae_pass__beneficiary_id", "starts_on", "ends_on"):
        known.suspensions[person].append((start, end))
