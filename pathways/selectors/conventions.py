"""An annexe of the base as plain values, for the rules."""

from __future__ import annotations

from backend.organisations.models import Convention
from pathways.rules.conventions import Agreed


def agreed_of(convention: Convention) -> Agreed:
    """The same annexe as plain values."""
    return Agreed(
        structure_kind=convention.organisation.kind,
        year=convention.year,
        annexe=convention.annexe,
        first_month=convention.first_month,
        last_month=convention.last_month,
        fte=convention.fte,
        post_amount=convention.post_amount,
        modulated_share=convention.modulated_share,
    )
