"""Writing what a structure agreed with the State for a year: recorded, corrected, taken back."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from backend.audit import trail
from backend.core import steps
from backend.core.actor import Actor
from backend.core.errors import ensure
from backend.core.findings import raise_refusals
from backend.organisations.models import Convention, Organisation
from backend.organisations.permissions import may_write_convention
from pathways.rules.conventions import convention_findings
from pathways.selectors.conventions import agreed_of
from pathways.selectors.rule_book import read_book

SAID = (
    "year",
    "annexe",
    "first_month",
    "last_month",
    "fte",
    "hours_per_fte",
    "post_amount",
    "modulated_share",
    "dynamic_target",
    "durable_target",
)
_NOT_YOURS = "La convention d’une structure s’écrit par la personne qui en est responsable."


@transaction.atomic
def record_convention(*, actor: Actor, organisation: Organisation, year: int, **said: Any) -> Convention:
    """Write the convention of a year; a second one for the same year is refused by the table."""
    place = steps.within_reach(actor, organisation)
    ensure(may_write_convention(actor, place.pk), "not_yours", _NOT_YOURS)
    row = Convention(organisation=place, year=year)
    _say(row, said)
    trail.record(actor, "convention.recorded", row, year=row.year)
    return row


@transaction.atomic
def correct_convention(*, actor: Actor, convention: Convention, seen: str, **said: Any) -> Convention:
    """Write what an annexe should have said, or what an avenant changed; what is not sent stays."""
    row = _mine(actor, convention, seen)
    was = _say(row, said)
    if was:
        trail.record(actor, "convention.corrected", row, year=row.year, was=was)
    return row


@transaction.atomic
def cancel_convention(*, actor: Actor, convention: Convention, seen: str) -> None:
    """Take back a convention typed by mistake: figures then show hours and posts without anything agreed."""
    row = _mine(actor, convention, seen)
    trail.record(actor, "convention.cancelled", row, year=row.year)
    row.delete()


def _mine(actor: Actor, convention: Convention, seen: str) -> Convention:
    row = steps.lock(actor, convention)
    ensure(may_write_convention(actor, row.organisation_id), "not_yours", _NOT_YOURS)
    steps.check_seen(row, seen)
    return row


def _say(row: Convention, said: dict[str, Any]) -> dict[str, Any]:
    was = steps.put(row, {name: value for name, value in said.items() if name in SAID})
    raise_refusals(convention_findings(agreed_of(row), today=timezone.localdate(), book=read_book()))
    steps.save(row)
    return was
