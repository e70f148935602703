"""People lent to companies whose counter of hours comes near its ceiling."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from django.db.models import Sum

from backend.alerts.registry import Alert
from backend.core.access import People
from backend.core.actor import Actor
from backend.core.tables.among import among
from backend.core.values.dates import NBSP
from backend.core.values.numbers import decimal_in_words
from backend.organisations.enums import StructureKind
from pathways.alerts.parts import alert_about
from pathways.enums import ClientKind
from pathways.models import MonthlyHours, Stay
from pathways.rules.contracts import hours_480
from pathways.rules.dated.rows import HOURS_480, HOURS_480_WARNING
from pathways.selectors.following.presence import present
from pathways.selectors.rule_book import read_book


def hours_near_480(actor: Actor, today: date, people: People = None) -> Iterator[Alert]:
    """People lent to companies whose counter reaches 400 hours; two queries, and one for those spoken of.

    Nothing is asked where nobody is lent to companies.
    """
    here = present(actor, today, people).of_kinds({StructureKind.AI})
    if not here:
        return
    hours = MonthlyHours.objects.filter(
        contract__stay__organisation__kind=StructureKind.AI,
        contract__stay__beneficiary_id__in=here.people,
        contract__stay__organisation_id__in=among({stay.organisation_id for stay in here.stays}),
    )
    book = read_book()
    # Whoever never worked so many hours with companies in all cannot have worked them in 24 months.
    with_companies = hours.filter(client_kind=ClientKind.COMPANY, hours__gt=0)
    many = with_companies.order_by().values("contract__stay__beneficiary_id").annotate(ever=Sum("hours"))
    many = many.filter(
        ever__gte=min(book.hours(HOURS_480_WARNING, on=today), book.hours(HOURS_480, on=today))
    )
    hours = hours.filter(contract__stay__beneficiary_id__in=many.values("contract__stay__beneficiary_id"))
    lines: dict[tuple[int, int], list[hours_480.HoursLine]] = defaultdict(list)
    lent: dict[tuple[int, int], int] = {}
    # Rows, not objects: a structure has thousands of months, and speaks of a few people.
    rows = hours.values_list(
        "contract__stay_id", "contract__stay__beneficiary_id", "contract__stay__organisation_id",
        "month", "hours", "client_kind", "contract__started_on",
    )  # fmt: skip
    for stay_id, person, structure, month, worked, client_kind, begun in rows:
        lent[person, structure] = stay_id
        lines[person, structure].append(hours_480.HoursLine(month, worked, client_kind, begun))
    counts = {place: hours_480.count_480(theirs, on=today, book=book) for place, theirs in lines.items()}
    near = {place: count for place, count in counts.items() if count.level is not hours_480.Level480.CALM}
    named = {
        stay.pk: stay
        for stay in Stay.objects.select_related("beneficiary").filter(
            pk__in=among([lent[place] for place in near])
        )
    }
    for (person, structure), count in near.items():
        stay = named[lent[person, structure]]
        yield alert_about(
            stay.beneficiary,
            f"hours_480:{person}:{structure}",
            f"Compteur des {decimal_in_words(count.ceiling, 2)} heures",
            f"{decimal_in_words(count.counted, 2)}{NBSP}heures en entreprise sur {decimal_in_words(count.ceiling, 2)} ; "
            f"il en reste {decimal_in_words(count.left, 2)}.",
            due_on=today,
            action="Voir les contrats",
            target=stay,
        )
