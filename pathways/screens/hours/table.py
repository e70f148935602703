"""The table of a month: one line a contract, one cell a kind of client, with what was typed, known, and refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.db.models import Q, Sum

from backend.core.actor import Actor
from backend.core.pages.forms import HoursField
from backend.core.values.dates import NBSP, month_end, months_after
from backend.core.values.numbers import decimal_in_words
from backend.organisations.enums import StructureKind
from pathways.enums import ClientKind
from pathways.models import Contract, MonthlyHours, Stay
from pathways.permissions import may_record_hours
from pathways.rules.contracts.stretches import Stretch, hours_in_words
from pathways.selectors.facts.contracts import amendments_of, stretches_of
from pathways.services import MonthRecorded, TypedHours

PER_PAGE = 50
MOST_HOURS = 400
"""Most hours of one month under one contract, as the model holds them."""
_EMPTIED = "Pour retirer ces heures, écrivez 0."


@dataclass(slots=True)
class Cell:
    """One figure: what the input shows, what was known when the page was drawn, what is wrong with it."""

    contract: Contract
    client_kind: str
    known: Decimal | None
    text: str
    was: str
    error: str = ""
    is_proposed: bool = False
    title: str = ""

    @property
    def name(self) -> str:
        """The name of its input."""
        return f"h-{self.contract.pk}-{self.client_kind}"

    @property
    def label(self) -> str:
        """What a screen reader says of it."""
        kind = ClientKind(self.client_kind).label if self.client_kind else "heures du mois"
        return f"{self.contract.stay.beneficiary}, contrat {self.contract.days_in_words}, {kind.lower()}"


@dataclass(slots=True)
class Line:
    """One contract of the month."""

    contract: Contract
    cells: list[Cell]
    may_write: bool
    weekly: str
    promised: str

    @property
    def total(self) -> Decimal:
        """Hours known under this contract in the month."""
        return sum((cell.known or Decimal(0) for cell in self.cells), Decimal(0))


@dataclass(slots=True)
class HoursTable:
    """A page of the table."""

    month: date
    page: Page[Any]
    columns: list[str]
    lines: list[Line] = field(default_factory=list)
    total: Decimal = Decimal(0)

    @property
    def titles(self) -> list[str]:
        """The heading of each column of figures."""
        if self.columns == [""]:
            return ["Heures"]
        return [ClientKind(kind).label if kind else "Sans précision" for kind in self.columns]

    @property
    def cells(self) -> Iterable[Cell]:
        """Cells one may fill in."""
        return (cell for line in self.lines if line.may_write for cell in line.cells)

    def show_refused(self, done: MonthRecorded) -> None:
        """Put beside each cell why it was not written; what was typed stays."""
        for cell in self.cells:
            cell.error = done.refused.get((cell.contract.pk, cell.client_kind), cell.error)


def hours_table(actor: Actor, month: date, number: int, *, proposes_last_month: bool = False) -> HoursTable:
    """Contracts of the month that the actor answers for, fifty a page; seven queries whatever their number."""
    contracts = _contracts(actor, month)
    page: Page[Any] = Paginator(contracts, PER_PAGE).get_page(number)
    shown = list(page)
    known = _hours_of(shown, month)
    before = _hours_of(shown, months_after(month, -1)) if proposes_last_month else {}
    columns = _columns(shown, {**before, **known})
    told = MonthlyHours.objects.filter(contract__in=contracts.order_by(), month=month)
    total = told.aggregate(total=Sum("hours"))["total"] or Decimal(0)
    table = HoursTable(month, page, columns, total=total)
    amended, last = amendments_of([each.pk for each in shown]), month_end(month)
    done = _done_in_all(actor, [each.pk for each in shown if each.guaranteed_hours is not None])
    for contract in shown:
        parts = [
            part for part in stretches_of(contract, amended) if part.overlaps(Stretch(month, last, None))
        ]
        cells = [_cell(contract, kind, known, before) for kind in columns]
        for cell, title in zip(cells, table.titles, strict=True):
            cell.title = title
        may_write = may_record_hours(actor, contract.stay)
        table.lines.append(Line(contract, cells, may_write, hours_in_words(parts), _promised(contract, done)))
    return table


def read_cells(table: HoursTable, sent: Mapping[str, str]) -> list[TypedHours]:
    """What was typed, cell by cell; what is no number of hours is said beside its cell and goes no further."""
    reader = HoursField(required=False, max_digits=6, decimal_places=2)
    typed = []
    for cell in table.cells:
        if cell.name not in sent:
            continue
        cell.text, cell.is_proposed = sent[cell.name].strip(), False
        # The figure the page was drawn with, not today's: somebody may have changed it since.
        shown = sent.get(f"w{cell.name}")
        was = cell.known if shown is None else _figure(shown)
        try:
            hours = reader.clean(cell.text)
        except ValidationError as error:
            cell.error = " ".join(error.messages)
            continue
        if hours is None:
            cell.error = _EMPTIED if was is not None else ""
            continue
        if hours > MOST_HOURS:
            cell.error = f"Un mois compte {MOST_HOURS} heures au plus. Vérifiez le nombre d’heures."
            continue
        typed.append(TypedHours(cell.contract, cell.client_kind, hours, was))
    return typed


def _contracts(actor: Actor, month: date) -> Any:
    last = month_end(month)
    in_force = Contract.objects.visible_to(actor).filter(
        stay__in=Stay.objects.covered_by(actor).order_by().values("pk"), started_on__lte=last
    )
    in_force = in_force.exclude(ended_on__lt=month)
    in_force = in_force.filter(
        Q(ended_on__isnull=False) | Q(planned_end_on__isnull=True) | Q(planned_end_on__gte=month)
    )
    return in_force.select_related("stay__beneficiary", "stay__organisation").order_by(
        "stay__beneficiary__last_name", "stay__beneficiary__first_name", "started_on", "pk"
    )


def _hours_of(contracts: list[Contract], month: date) -> dict[tuple[int, str], Decimal]:
    rows = MonthlyHours.objects.filter(contract__in=[each.pk for each in contracts], month=month)
    return {(row.contract_id, row.client_kind): row.hours for row in rows}


def _done_in_all(actor: Actor, contracts: list[int]) -> dict[int, Decimal]:
    """Hours told under each of these contracts, every month together; nothing is asked for none."""
    if not contracts:
        return {}
    rows = MonthlyHours.objects.visible_to(actor).filter(contract__in=contracts)
    return dict(rows.order_by().values_list("contract_id").annotate(total=Sum("hours")))


def _promised(contract: Contract, done: Mapping[int, Decimal]) -> str:
    """« 120 h garanties en tout, 92 h faites » of a contract that guarantees some."""
    hours = contract.guaranteed_hours
    if hours is None:
        return ""
    so_far = decimal_in_words(done.get(contract.pk, Decimal(0)), 2)
    return f"{decimal_in_words(hours, 2)}{NBSP}h garanties en tout, {so_far}{NBSP}h faites"


def _columns(contracts: list[Contract], known: Mapping[tuple[int, str], Decimal]) -> list[str]:
    """One column, or one a kind of client where they are lent; a column for each kind already told besides."""
    lends = any(each.stay.organisation.kind == StructureKind.AI for each in contracts)
    told = {kind for _, kind in known}
    kinds = set(ClientKind.values) | told if lends else {""} | told
    return [kind for kind in (*ClientKind.values, "") if kind in kinds]


def _cell(
    contract: Contract,
    kind: str,
    known: Mapping[tuple[int, str], Decimal],
    before: Mapping[tuple[int, str], Decimal],
) -> Cell:
    figure = known.get((contract.pk, kind))
    is_told = any(key[0] == contract.pk for key in known)
    proposed = before.get((contract.pk, kind)) if not is_told else None
    shown = proposed if figure is None else figure
    return Cell(
        contract,
        kind,
        figure,
        in_words(shown),
        in_words(figure),
        is_proposed=figure is None and proposed is not None,
    )


def in_words(hours: Decimal | None) -> str:
    """« 130,5 » ; nothing for nothing."""
    return "" if hours is None else f"{hours.normalize():f}".replace(".", ",")


def _figure(shown: str) -> Decimal | None:
    try:
        return HoursField(required=False).clean(shown)  # type: ignore[no-any-return]
    except ValidationError:
        return None
