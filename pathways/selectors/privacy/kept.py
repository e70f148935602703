"""What is kept about a person, in words: table by table, what it serves and for how long."""

from __future__ import annotations

from dataclasses import dataclass

from backend.core.privacy import tables
from backend.core.privacy.erasing import what_would_go
from pathways.models import Beneficiary


@dataclass(frozen=True, slots=True)
class Kept:
    """One table that holds something about this person."""

    title: str
    purpose: str
    kept: str
    is_given: bool


def kept_about(person: Beneficiary) -> list[Kept]:
    """Tables with at least one row, one question each: never how many, a count would tell of what one does not read."""
    held = what_would_go(person.pk)
    return [
        Kept(
            title=table.title or str(table.model._meta.verbose_name_plural).capitalize(),
            purpose=table.purpose,
            kept=table.kept,
            is_given=bool(table.title),
        )
        for table in tables.of_people()
        if table.model in held
    ]
