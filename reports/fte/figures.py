"""The posts done by each structure in a year: sums made by the database, then one division a month (R30, R31).

The reference is the one of the structure's own convention of that year when it says one, else the dated book's for its
kind. Hours are those of the people the actor answers for.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from backend.core.actor import Actor
from backend.core.findings import Confidence
from backend.core.tables.ordering import Alphabetical
from backend.organisations.enums import SIAE_KINDS
from backend.organisations.models import Convention, Organisation
from pathways.models import Contract, MonthlyHours, Stay
from pathways.querysets.thread import OfContractQuerySet
from pathways.rules.conventions import Agreed, YearPlan, plan_year
from pathways.rules.dated.book import RuleBook
from pathways.rules.dated.rows import fte_hours_name
from pathways.rules.fte import is_counted_employee, monthly_fte, yearly_fte
from pathways.selectors.conventions import agreed_of
from pathways.selectors.rule_book import read_book
from reports.models import Figure, KeptCount

ITS_CONVENTION = "La convention de la structure"


@dataclass(frozen=True, slots=True)
class Reference:
    """Hours a full-time employee makes in a year, and where the figure comes from."""

    hours: Decimal
    basis: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class MonthFte:
    """One month: its hours, and the posts they make; None without a reference."""

    month: date
    hours: Decimal
    fte: Decimal | None


@dataclass(frozen=True, slots=True)
class StructureFte:
    """One structure over a civil year."""

    organisation: Organisation
    year: int
    reference: Reference | None
    months: tuple[MonthFte, ...]
    employees: int
    convention: Convention | None
    plan: YearPlan
    idle: int

    @property
    def money(self) -> Agreed | None:
        """The annexe as the rules read it, with its fixed and modulated parts; None without any."""
        return agreed_of(self.convention) if self.convention else None

    @property
    def agreed(self) -> Decimal | None:
        """Posts agreed for the year: an annexe of six months counts for six twelfths."""
        return self.plan.agreed

    @property
    def hours(self) -> Decimal:
        """Hours of the year."""
        return sum((each.hours for each in self.months), Decimal(0))

    @property
    def fte(self) -> Decimal | None:
        """Posts of the year: its hours divided once, so that roundings never add up."""
        return None if self.reference is None else yearly_fte(self.hours, reference=self.reference.hours)

    @property
    def gap(self) -> Decimal | None:
        """Posts done less posts agreed, over the months done; None while there is none, or nothing agreed."""
        return self.plan.gap_so_far


def fte_report(
    actor: Actor, year: int, *, is_whole: bool = False, only: int | None = None
) -> list[StructureFte]:
    """Each structure of the perimeter that has hours that year or posts agreed; eight queries whatever their number.

    `is_whole` for every structure of the perimeter that may have a convention; `only` for one of them.
    """
    places = (
        Organisation.objects.covered_by(actor)
        .filter(kind__in=SIAE_KINDS)
        .order_by(Alphabetical("name"), "pk")
    )
    hours, employees, erased = _hours(actor, year), _employees(actor, year), _erased(actor, year)
    under_contract = _under_contract(actor, year)
    if only is not None:
        places, is_whole = places.filter(pk=only), True
    agreed = {
        row.organisation_id: row
        for row in Convention.objects.filter(organisation__in=places, year=year).select_related(
            "organisation"
        )
    }
    book, found = read_book(), []
    for place in places:
        convention = agreed.get(place.pk)
        if not is_whole and place.pk not in hours and (convention is None or convention.fte is None):
            continue
        reference = _reference(place, convention, year, book)
        found.append(
            StructureFte(
                organisation=place,
                year=year,
                reference=reference,
                months=tuple(_months(year, hours[place.pk], reference)),
                employees=employees[place.pk] + erased[place.pk],
                convention=convention,
                plan=_plan(place, convention, year, hours[place.pk], reference, book),
                idle=max(under_contract[place.pk] - employees[place.pk], 0),
            )
        )
    return found


@dataclass(frozen=True, slots=True)
class Drift:
    """A structure whose year goes away from what was agreed."""

    organisation: Organisation
    plan: YearPlan


def drifts(actor: Actor, year: int) -> list[Drift]:
    """Structures whose year drifts, for Ma journée: one query where nothing was agreed, three otherwise, nobody read one by one."""
    rows = Convention.objects.visible_to(actor).filter(year=year, fte__isnull=False)
    agreed = list(rows.select_related("organisation").order_by(Alphabetical("organisation__name"), "pk"))
    if not agreed:
        return []
    hours, book, found = _hours(actor, year), read_book(), []
    for row in agreed:
        place = row.organisation
        reference = _reference(place, row, year, book)
        found.append(Drift(place, _plan(place, row, year, hours[place.pk], reference, book)))
    return [each for each in found if each.plan.is_drifting]


def plan_of(actor: Actor, convention: Convention) -> YearPlan | None:
    """Where the year of one convention goes."""
    report = fte_report(actor, convention.year, only=convention.organisation_id)
    return next((each.plan for each in report), None)


def _hours(actor: Actor, year: int) -> dict[int, dict[date, Decimal]]:
    """Hours by structure and month, summed by the database."""
    found: dict[int, dict[date, Decimal]] = defaultdict(dict)
    rows = _lines(actor, year).values("contract__stay__organisation_id", "month").annotate(total=Sum("hours"))
    for place, month, total in rows.values_list("contract__stay__organisation_id", "month", "total"):
        found[place][month] = total
    for place, month, total in _left(actor, year, Figure.HOURS):
        found[place][month] = found[place].get(month, Decimal(0)) + total
    return found


def _employees(actor: Actor, year: int) -> dict[int, int]:
    """How many people made hours in each structure that year (R31), summed by the database."""
    found: dict[int, int] = defaultdict(int)
    names = ("contract__stay__organisation_id", "contract__stay__beneficiary_id")
    rows = _lines(actor, year).values(*names).annotate(total=Sum("hours")).values_list(names[0], "total")
    for place, total in rows.iterator(chunk_size=5_000):
        found[place] += is_counted_employee(total)
    return found


def _erased(actor: Actor, year: int) -> dict[int, int]:
    """How many employees of that year were erased since."""
    found: dict[int, int] = defaultdict(int)
    for place, _, total in _left(actor, year, Figure.EMPLOYEES):
        found[place] += int(total)
    return found


def _under_contract(actor: Actor, year: int) -> dict[int, int]:
    """How many people had a contract in each structure some day of that year, hours or not."""
    covered = Stay.objects.covered_by(actor).order_by().values("pk")
    first, last = date(year, 1, 1), date(year, 12, 31)
    rows = Contract.objects.filter(stay__in=covered, started_on__lte=last).annotate(
        last=Coalesce("ended_on", "planned_end_on")
    )
    rows = rows.filter(Q(last__isnull=True) | Q(last__gte=first)).order_by()
    counted = rows.values("stay__organisation_id").annotate(
        people=Count("stay__beneficiary_id", distinct=True)
    )
    return defaultdict(int, counted.values_list("stay__organisation_id", "people"))


def _plan(
    place: Organisation,
    convention: Convention | None,
    year: int,
    hours: dict[date, Decimal],
    reference: Reference | None,
    book: RuleBook,
) -> YearPlan:
    return plan_year(
        agreed_of(convention) if convention else Agreed(place.kind, year),
        hours,
        reference=reference.hours if reference else None,
        today=timezone.localdate(),
        book=book,
    )


def _left(actor: Actor, year: int, figure: Figure) -> Any:
    """What people erased since had been counted for."""
    rows = KeptCount.objects.covered_by(actor).filter(figure=figure, since__year=year)
    return rows.values_list("organisation_id", "since", "total")


def _lines(actor: Actor, year: int) -> OfContractQuerySet:
    covered = Stay.objects.covered_by(actor).order_by().values("pk")
    return MonthlyHours.objects.filter(
        contract__stay__in=covered, month__range=(date(year, 1, 1), date(year, 12, 31))
    ).order_by()


def _reference(
    place: Organisation, convention: Convention | None, year: int, book: RuleBook
) -> Reference | None:
    if convention is not None and convention.hours_per_fte:
        return Reference(convention.hours_per_fte, f"{ITS_CONVENTION}, {year}", Confidence.CONFIRMED)
    rule = book.rule(fte_hours_name(place.kind), on=date(year, 1, 1))
    return None if rule is None else Reference(Decimal(rule.value), rule.basis, rule.confidence)


def _months(year: int, hours: dict[date, Decimal], reference: Reference | None) -> list[MonthFte]:
    months = [date(year, number, 1) for number in range(1, 13)]
    return [
        MonthFte(
            month,
            hours.get(month, Decimal(0)),
            monthly_fte(hours.get(month, Decimal(0)), reference=reference.hours) if reference else None,
        )
        for month in months
    ]
