"""Hours wanted and obtained, and what each gap cost, read for one person or for those who deserve a look."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import reduce

from django.db.models import Q, Value

from backend.core.actor import SOCIAL_READERS, Actor
from backend.core.pages.once import once_per_page
from backend.core.tables.among import among
from pathways.models import Beneficiary, Contract, HoursAmendment, HoursWish, MonthlyHours, Stay
from pathways.rules.contracts.guarantees import weekly_of
from pathways.rules.contracts.stretches import Amendment
from pathways.rules.income.continuity import (
    Loss,
    MonthOfIncome,
    Work,
    far_from_wanted,
    losses_of,
    months_of_income,
)
from pathways.rules.income.wishes import Wish, WishFacts
from pathways.rules.timeline import EMPLOYMENT, Step, Thread
from pathways.selectors.facts.rights import passes_with_changes
from pathways.selectors.following.person import of_each, passes_of, stays_of, wishes_of
from pathways.selectors.people import births
from pathways.selectors.rule_book import read_book
from pathways.selectors.step_sources import steps_elsewhere
from pathways.selectors.steps import last_day_of


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of some contracts: hours by month, every kind of client together, and the avenants."""

    hours: dict[int, dict[date, Decimal]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(Decimal))
    )
    amended: dict[int, tuple[Amendment, ...]] = field(default_factory=lambda: defaultdict(tuple))

    def with_those_of(self, other: Told) -> Told:
        """Both, of people who share no contract."""
        return Told(self.hours | other.hours, self.amended | other.amended)


@dataclass(frozen=True, slots=True)
class Continuity:
    """The last months of income, oldest first, and the gaps of the whole line, the latest first."""

    months: tuple[MonthOfIncome, ...]
    losses: tuple[Loss, ...]


def continuity_of(actor: Actor, person: Beneficiary, line: Thread, *, today: date) -> Continuity:
    """What the actor may see of it, beside a line already read; two queries, and those of the PASS when a gap met one."""
    stays = stays_of(actor, person.pk)
    wishes = [wish_facts(row) for row in wishes_of(actor, person.pk)]
    gaps = [*line.gaps, *line.pauses]
    jobs = [step for step in line.steps if step.kind == EMPLOYMENT]
    begun = [gap for gap in gaps if gap.start <= today]
    met = [
        iae
        for iae in passes_of(actor, person.pk)
        if any(iae.starts_on <= gap.end and gap.start <= iae.ends_on for gap in begun)
    ]
    # Suspensions are not for the group's head, not even as days that did not run (`PassChangeQuerySet`).
    facts = passes_with_changes(met).values() if met and actor.role in SOCIAL_READERS else ()
    told = _told_of(actor, person.pk)
    return Continuity(
        tuple(months_of_income(_works(stays, told, jobs), wishes, gaps, today=today)),
        tuple(losses_of(gaps, wishes, facts, today=today, book=read_book())),
    )


def far_among(
    actor: Actor, people: Collection[int], today: date, *, one_by_one: bool = False
) -> list[tuple[HoursWish, list[MonthOfIncome]]]:
    """Of these people, those who obtain far less than they want for months: their wish of today and these months.

    `one_by_one` reads what the page of each reads anyway; else five questions, and those of the jobs elsewhere. No gap is
    counted here, only hours.
    """
    wishes = of_each(wishes_of, actor, people) if one_by_one else _wishes_among(actor, people)
    rows: dict[int, list[HoursWish]] = defaultdict(list)
    for row in wishes:
        if row.starts_on <= today:
            rows[row.beneficiary_id].append(row)
    if not rows:
        return []
    seen = of_each(stays_of, actor, rows) if one_by_one else _stays_among(actor, rows)
    told = (
        reduce(Told.with_those_of, (_told_of(actor, person) for person in rows))
        if one_by_one
        else _told(actor, seen)
    )
    stays: dict[int, list[Stay]] = defaultdict(list)
    for stay in seen:
        stays[stay.beneficiary_id].append(stay)
    jobs, book = steps_elsewhere(actor, list(rows)), read_book()
    far = []
    for person, theirs in rows.items():
        works = _works(stays[person], told, jobs.get(person, ()))
        months = months_of_income(works, [wish_facts(row) for row in theirs], (), today=today)
        if lacking := far_from_wanted(months, today=today, book=book):
            far.append((theirs[0], lacking))
    return far


def _wishes_among(actor: Actor, people: Collection[int]) -> list[HoursWish]:
    found = HoursWish.objects.visible_to(actor).standing().filter(beneficiary_id__in=among(people))
    return list(found.select_related("beneficiary"))


def _stays_among(actor: Actor, people: Collection[int]) -> list[Stay]:
    found = Stay.objects.visible_to(actor).filter(beneficiary_id__in=among(people))
    return list(found.prefetch_related("contracts"))


def wish_facts(row: HoursWish) -> Wish:
    """A wish as the rules compare it."""
    return Wish(row.starts_on, row.weekly_hours)


@dataclass(slots=True)
class WishesAround:
    """First days of the wishes of some people, whoever wrote them: read once for a batch, then kept in step."""

    days: dict[int, dict[int, date]]
    born: Mapping[int, date | None]

    @classmethod
    def of(cls, people: Collection[int]) -> WishesAround:
        """Read for these people; two queries."""
        around = cls(defaultdict(dict), births(set(people)))
        for row in HoursWish.objects.standing().filter(beneficiary_id__in=people):
            around.put(row)
        return around

    def put(self, row: HoursWish) -> None:
        """This wish stands from now on, in the place of what was known of it."""
        self.days[row.beneficiary_id][row.pk or -id(row)] = row.starts_on

    def facts(self, row: HoursWish, *, today: date) -> WishFacts:
        """One wish as it would be written, beside the others."""
        others = self.days[row.beneficiary_id]
        return WishFacts(
            start=row.starts_on,
            weekly=row.weekly_hours,
            moments=tuple(row.moments),
            today=today,
            others=tuple(day for pk, day in others.items() if pk != (row.pk or -id(row))),
            born_on=self.born.get(row.beneficiary_id),
        )


def _works(stays: Iterable[Stay], told: Told, elsewhere: Iterable[Step]) -> list[Work]:
    """Every contract of these stays, cut where the stay ends; of a job elsewhere, or a stay without any, hours are not known."""
    found = [Work(step.start, step.end) for step in elsewhere]
    for stay in stays:
        contracts = list(stay.contracts.all())
        found += [
            Work(
                each.started_on,
                last_day_of(each, stay),
                _weekly(each),
                told.hours.get(each.pk, {}),
                told.amended.get(each.pk, ()),
            )
            for each in contracts
        ]
        if not contracts:
            found.append(Work(stay.started_on, stay.ended_on))
    return found


def _weekly(contract: Contract) -> Decimal | None:
    """Hours a week: those agreed, else what the hours guaranteed over the whole contract make."""
    hours, end = contract.guaranteed_hours, contract.planned_end_on
    if contract.weekly_hours is None and hours is not None and end is not None:
        return weekly_of(hours, contract.started_on, end)
    return contract.weekly_hours


@once_per_page
def _told_of(actor: Actor, person: int) -> Told:
    """What is told of the contracts of one person."""
    return _told(actor, stays_of(actor, person))


def _told(actor: Actor, stays: Collection[Stay]) -> Told:
    """What is told of the contracts of these stays; one query, none without any stay."""
    told = Told()
    if not stays:
        return told
    ours = Q(contract__stay__in=among([each.pk for each in stays]))
    worked = MonthlyHours.objects.visible_to(actor).filter(ours).annotate(is_amendment=Value(False))
    changed = HoursAmendment.objects.visible_to(actor).filter(ours).annotate(is_amendment=Value(True))
    rows = worked.order_by().values_list("contract_id", "month", "hours", "is_amendment")
    both = rows.union(
        changed.order_by().values_list("contract_id", "starts_on", "weekly_hours", "is_amendment"), all=True
    )
    for contract, day, hours, is_amendment in both:
        if is_amendment:
            told.amended[contract] += (Amendment(day, hours),)
        else:
            told.hours[contract][day] += hours
    return told
