"""What several tables of the thread take and filter by."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from backend.core.api.filters import Filters, IdFilter
from backend.core.api.serializers import Input, ScopedField
from backend.organisations.api.fields import colleague
from pathways.enums import CancelReason


class CancelSerializer(Input):
    """Pourquoi la saisie est annulée."""

    reason = serializers.ChoiceField(choices=CancelReason.choices)


class OfPersonFilter(Filters):
    """Whatever hangs from one person."""

    beneficiary = IdFilter(field_name="beneficiary_id")


class OfKeptPersonFilter(Filters):
    """Whatever was joined to one person's file."""

    kept = IdFilter(field_name="kept_id")


def advisor_field(**kwargs: Any) -> ScopedField:
    """Who accompanies the person."""
    return colleague(
        required=False, allow_null=True, help_text="Référent ; vide pour toute l’équipe.", **kwargs
    )
