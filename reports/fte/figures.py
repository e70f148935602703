"""The posts done by each structure in a year: sums made by the database, then one division a month (R30, R31).

The reference is the one of the structure's own convention of that year when it says one, else the dated book's for its
kind. Hours are those of the people the actor answers for.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Sum

from backend.core.actor import Actor
from backend.core.findings import Confidence
from backend.organisations.enums import SIAE_KINDS
from backend.organisations.models import Convention, Organisation
from pathways.models import MonthlyHours, Stay
from pathways.querysets import MonthlyHoursQuerySet
from pathways.rules.dated.book import RuleBook
from pathways.rules.dated.rows import fte_hours_name
from pathways.rules.fte import is_counted_employee, monthly_fte, yearly_fte
from pathways.selectors.rule_book import read_book

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
    agreed: Decimal | None

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
        """Posts done less posts agreed."""
        return None if self.fte is None or self.agreed is None else self.fte - self.agreed


def fte_report(actor: Actor, year: int) -> list[StructureFte]:
    """Each structure of the perimeter that has hours that year or posts agreed; five queries whatever their number."""
    places = Organisation.objects.covered_by(actor).filter(kind__in=SIAE_KINDS).order_by("name", "pk")
    hours, employees = _hours(actor, year), _employees(actor, year)
    agreed = {
        row.organisation_id: row for row in Convention.objects.filter(organisation__in=places, year=year)
    }
    book, found = read_book(), []
    for place in places:
        convention = agreed.get(place.pk)
        if place.pk not in hours and (convention is None or convention.fte is None):
            continue
        reference = _reference(place, convention, year, book)
        found.append(
            StructureFte(
                organisation=place,
                year=year,
                reference=reference,
                months=tuple(_months(year, hours[place.pk], reference)),
                employees=employees[place.pk],
                agreed=convention.fte if convention else None,
            )
        )
    return found


def _hours(actor: Actor, year: int) -> dict[int, dict[date, Decimal]]:
    """Hours by structure and month, summed by the database."""
    found: dict[int, dict[date, Decimal]] = defaultdict(dict)
    rows = _lines(actor, year).values("contract__stay__organisation_id", "month").annotate(total=Sum("hours"))
    for place, month, total in rows.values_list("contract__stay__organisation_id", "month", "total"):
        found[place][month] = total
    return found


def _employees(actor: Actor, year: int) -> dict[int, int]:
    """How many people made hours in each structure that year (R31), summed by the database."""
    found: dict[int, int] = defaultdict(int)
    names = ("contract__stay__organisation_id", "contract__stay__beneficiary_id")
    rows = _lines(actor, year).values(*names).annotate(total=Sum("hours")).values_list(names[0], "total")
    for place, total in rows.iterator(chunk_size=5_000):
        found[place] += is_counted_employee(total)
    return found


def _lines(actor: Actor, year: int) -> MonthlyHoursQuerySet:
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
