"""The line of a person, as it is shown on one day."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers


class StepSerializer(serializers.Serializer[Any]):
    """Une étape de la ligne ; `end` est nul tant que la fin n’est pas connue."""

    kind = serializers.CharField()
    kind_label = serializers.CharField()
    structure = serializers.CharField()
    start = serializers.DateField()
    end = serializers.DateField(allow_null=True)
    label = serializers.CharField()  # type: ignore[assignment]
    is_planned = serializers.BooleanField()
    organisation_id = serializers.IntegerField(allow_null=True)


class GapSerializer(serializers.Serializer[Any]):
    """Des jours sans étape."""

    start = serializers.DateField()
    end = serializers.DateField()
    days = serializers.IntegerField()


class SpanSerializer(serializers.Serializer[Any]):
    """Une période à côté des étapes."""

    nature = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    place = serializers.CharField()
    start = serializers.DateField()
    end = serializers.DateField()


class MarkSerializer(serializers.Serializer[Any]):
    """Un seul jour sur la ligne."""

    nature = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    day = serializers.DateField()


class ThreadSerializer(serializers.Serializer[Any]):
    """Le fil vu d’un jour donné, à travers les structures ; `pause_days` est compris dans `gap_days`."""

    today = serializers.DateField()
    is_between_two = serializers.BooleanField()
    gap_days = serializers.IntegerField()
    pause_days = serializers.IntegerField()
    steps = StepSerializer(many=True)
    gaps = GapSerializer(many=True)
    spans = SpanSerializer(many=True)
    marks = MarkSerializer(many=True)
