"""Figures and exports, as tools read and ask for them."""

from __future__ import annotations

from typing import Any, ClassVar

from rest_framework import serializers

from backend.core.api.serializers import DayField, Input, Output, ScopedField
from backend.organisations.models import Organisation
from reports.models import ExportJob
from reports.models.export_job import ExportFormat
from reports.services import is_available


class RatesSerializer(serializers.Serializer[Any]):
    """Des taux entre 0 et 1, sur les sorties examinées ; nuls quand il n’y en a pas, ou non publiés."""

    dynamic = serializers.FloatField(allow_null=True)
    durable = serializers.FloatField(allow_null=True)
    transition = serializers.FloatField(allow_null=True)
    positive = serializers.FloatField(allow_null=True)
    no_news = serializers.FloatField(allow_null=True)


class FiguresSerializer(serializers.Serializer[Any]):
    """Les sorties d’une période : toutes = examinées + retirées + sous le seuil."""

    all_exits = serializers.IntegerField()
    withdrawn = serializers.IntegerField()
    below_threshold = serializers.IntegerField()
    examined = serializers.IntegerField()
    durable = serializers.IntegerField()
    transition = serializers.IntegerField()
    positive = serializers.IntegerField()
    other = serializers.IntegerField()
    no_news = serializers.IntegerField()
    rates = RatesSerializer()


class PeriodSerializer(serializers.Serializer[Any]):
    """Une période, premier et dernier jour compris."""

    start = serializers.DateField()
    end = serializers.DateField()


class ExitStatisticsSerializer(serializers.Serializer[Any]):
    """Les statistiques de sortie, avec les règles qui les ont comptées."""

    period = PeriodSerializer()
    rules = serializers.DictField()
    total = FiguresSerializer()
    by_type = serializers.DictField(child=FiguresSerializer())
    by_structure = serializers.DictField(child=FiguresSerializer())
    missing_motive = serializers.JSONField()
    left_out = serializers.DictField(child=serializers.IntegerField())


class NetworkLineSerializer(serializers.Serializer[Any]):
    """Un type de structure tel que le réseau peut le lire ; nul veut dire non publié."""

    kind = serializers.CharField()
    counts = serializers.DictField(child=serializers.IntegerField(allow_null=True))
    rates = RatesSerializer()


class ExportSerializer(Output):
    """Un export préparé en arrière-plan, et où il en est."""

    parameters = serializers.DictField()
    is_available = serializers.SerializerMethodField()

    class Meta:
        model = ExportJob
        fields: ClassVar = [
            "id", "kind", "format", "parameters", "status", "rows_done", "rows_total", "message", "created_at",
            "finished_at", "is_available",
        ]  # fmt: skip

    def get_is_available(self, job: ExportJob) -> bool:
        """Whether the file is there to be taken."""
        return is_available(job)


class RequestExportSerializer(Input):
    """Les sorties d’une période, d’une structure ou de toutes les siennes."""

    start = DayField()
    end = DayField()
    organisation = ScopedField(Organisation, within="covered_by", required=False, allow_null=True)
    format = serializers.ChoiceField(choices=ExportFormat.choices)
