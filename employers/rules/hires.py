"""What a hire must say of its contract and of its days. No text fixes these: they are what the words mean."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from backend.core.findings import Finding
from backend.core.values.dates import french_date
from employers.enums import HireKind


def contract_findings(*, kind: str, months: int | None) -> Iterator[Finding]:
    """A contract that is none of ours, a CDI with a length, any other without; `months` as typed, 0 as none."""
    if kind not in HireKind.values:
        yield Finding(
            "unknown_kind",
            "Un contrat est un CDI, un CDD ou une mission.",
            field="kind",
            is_contradiction=True,
        )
        return
    if kind == HireKind.CDI and months is not None:
        yield Finding(
            "cdi_without_length",
            "Un CDI n’a pas de durée.",
            way_out="Laissez ce champ vide.",
            field="months",
            is_contradiction=True,
        )
    if kind != HireKind.CDI and not months:
        yield Finding("length_needed", "Indiquez la durée du contrat en mois.", field="months")


def day_findings(*, started_on: date, trial_ends_on: date | None, left_on: date | None) -> Iterator[Finding]:
    """A trial over before the hire, or a structure left after it; the very day of the hire is fine for both."""
    if trial_ends_on is not None and trial_ends_on < started_on:
        yield Finding(
            "trial_before_hire",
            "La période d’essai se termine après l’embauche.",
            field="trial_ends_on",
            is_contradiction=True,
        )
    if left_on is not None and left_on > started_on:
        yield Finding(
            "left_after_hire",
            "Le dernier jour dans la structure ne peut pas suivre l’embauche.",
            field="left_on",
            is_contradiction=True,
        )


def calls_findings(*, started_on: date, made_on: Collection[date]) -> Iterator[Finding]:
    """A hire moved after a call that was already made; the very day of the hire is fine."""
    if made_on and min(made_on) < started_on:
        yield Finding(
            "hire_after_call",
            f"Un contact a été noté le {french_date(min(made_on))} : l’embauche ne peut pas être plus tard.",
            way_out="Corrigez ou annulez d’abord ce contact.",
            field="started_on",
            is_contradiction=True,
        )
