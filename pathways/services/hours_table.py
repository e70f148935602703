"""The hours of a month for many contracts at once: each cell written by the service of one, refused beside its cell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction

from backend.core.actor import Actor
from backend.core.errors import Conflict, DomainError, Refusal
from backend.core.findings import Finding, remarks
from backend.core.values.dates import month_start
from backend.core.values.numbers import decimal_in_words
from pathways.models import Contract, MonthlyHours
from pathways.selectors.facts.hours import HoursKey
from pathways.selectors.rule_book import read_book
from pathways.services.contracts import hours_findings, record_hours


@dataclass(frozen=True, slots=True)
class TypedHours:
    """One cell: the figure typed, and the one that was shown when the table was opened (None: an empty cell)."""

    contract: Contract
    client_kind: str
    hours: Decimal
    was: Decimal | None


@dataclass(slots=True)
class MonthRecorded:
    """What became of the cells: how many were written, and what was said of the others, by contract and kind of client."""

    written: int = 0
    refused: dict[tuple[int, str], Refusal] = field(default_factory=dict)
    remarks: dict[tuple[int, str], Refusal] = field(default_factory=dict)


def record_month_hours(*, actor: Actor, month: date, cells: Iterable[TypedHours]) -> MonthRecorded:
    """Write each cell that changed, as `record_hours` does; a refusal costs its own cell, never its neighbours.

    A figure that somebody else changed meanwhile is not written over: the cell says what it is now.
    """
    month, done = month_start(month), MonthRecorded()
    for cell in cells:
        if cell.hours == cell.was:
            continue
        key = cell.contract.pk, cell.client_kind
        try:
            with transaction.atomic():
                found = _write(actor, month, cell)
        except DomainError as error:
            done.refused[key] = Refusal(error.message, error.code)
        except ValidationError as error:
            done.refused[key] = Refusal(" ".join(error.messages))
        else:
            done.written += 1
            if found:
                done.remarks[key] = Refusal(" ".join(each.message for each in found), found[0].code)
    return done


def _write(actor: Actor, month: date, cell: TypedHours) -> list[Finding]:
    now = figure_of(HoursKey(cell.contract.pk, month, cell.client_kind))
    if now != cell.was and now != cell.hours:
        raise Conflict(
            "hours_changed_meanwhile",
            f"Quelqu’un a écrit {_words(now)} depuis l’ouverture de ce tableau. "
            "Votre saisie est gardée ici : enregistrez à nouveau pour la retenir.",
        )
    line = record_hours(
        actor=actor, contract=cell.contract, month=month, hours=cell.hours, client_kind=cell.client_kind
    )
    return remarks(hours_findings(line, before=Decimal(0), book=read_book()))


def figure_of(key: HoursKey) -> Decimal | None:
    """The hours known of a month under a contract for a kind of client; None when nobody wrote any."""
    rows = MonthlyHours.objects.filter(
        contract_id=key.contract_id, month=key.month, client_kind=key.client_kind
    )
    found: Decimal | None = rows.values_list("hours", flat=True).first()
    return found


def _words(hours: Decimal | None) -> str:
    return "autre chose" if hours is None else f"{decimal_in_words(hours, 2)} h"
