"""What every correction and every annulment does the same way."""

from __future__ import annotations

from typing import Any

from django.db.models import Model

from backend.audit import trail
from backend.core import steps
from backend.core.actor import Actor
from backend.core.errors import DomainError
from backend.core.findings import raise_refusals
from backend.core.hanging import hanging_from
from pathways.enums import CancelReason
from pathways.models import Beneficiary
from pathways.rules.corrections import hanging_findings


def check_reason(reason: str) -> None:
    """An annulment says why, by a code: what is written freely of somebody has no place in the trail."""
    if reason not in CancelReason.values:
        raise DomainError("unknown_reason", "Choisissez la raison parmi celles proposées.", field="reason")


def take_back(
    actor: Actor, action: str, row: Model, reason: str, *, apart_from: tuple[type[Model], ...] = ()
) -> None:
    """Remove a row nothing rests on, and leave who, when, why and what it said in the trail.

    Of a person nothing is kept but their number: somebody whose file should not exist has no birth date here.
    """
    raise_refusals(hanging_findings(hanging_from(row, apart_from=apart_from)))
    was = {} if isinstance(row, Beneficiary) else facts(row)
    trail.record(actor, action, row, reason=reason, was=was)
    row.delete()


def facts(row: Model) -> dict[str, Any]:
    """All that a row says, as the trail may keep it."""
    fields = [field for field in row._meta.concrete_fields if not field.primary_key]
    return {field.name: steps.for_the_trail(row, field.name) for field in fields}
