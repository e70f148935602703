"""Hours wanted and obtained, month by month, and what each gap cost."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers


class MonthOfIncomeSerializer(serializers.Serializer[Any]):
    """Un mois vécu, jusqu’à aujourd’hui pour celui qui court ; `hours` est nul quand les heures sont inconnues."""

    month = serializers.DateField()
    days = serializers.IntegerField()
    hours = serializers.DecimalField(max_digits=8, decimal_places=2, allow_null=True)
    wanted = serializers.DecimalField(max_digits=8, decimal_places=2, allow_null=True)
    days_without = serializers.IntegerField()
    is_estimated = serializers.BooleanField()
    is_under_way = serializers.BooleanField()


class RightSerializer(serializers.Serializer[Any]):
    """Un droit que l’attente a entamé, son texte, et ce qui se demande."""

    code = serializers.CharField()
    sentence = serializers.CharField()
    way_out = serializers.CharField()
    basis = serializers.CharField()
    confidence = serializers.CharField()


class LossSerializer(serializers.Serializer[Any]):
    """Une attente sans travail et ce qu’elle a coûté ; `hours` est nul tant qu’aucun souhait ne la précède."""

    start = serializers.DateField()
    end = serializers.DateField()
    days = serializers.IntegerField()
    hours = serializers.DecimalField(max_digits=8, decimal_places=2, allow_null=True)
    is_under_way = serializers.BooleanField()
    findings = RightSerializer(many=True)


class ContinuitySerializer(serializers.Serializer[Any]):
    """Les derniers mois, du plus ancien au plus récent, puis les attentes, la plus récente d’abord."""

    months = MonthOfIncomeSerializer(many=True)
    losses = LossSerializer(many=True)
