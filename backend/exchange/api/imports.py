"""Spreadsheets brought in by a tool: sent, matched, checked, decided, taken in, each step as on screen."""

from __future__ import annotations

import base64
import binascii
from pathlib import Path
from typing import Any, ClassVar

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import FileResponse, Http404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request

from backend.core.api.endpoints import creates, reads, verb
from backend.core.api.serializers import LEFT_OUT_OF_A_JOB, Input, Output, ScopedField
from backend.core.api.views import UUID, DomainViewSet, Lists, Shows
from backend.core.errors import DomainError
from backend.exchange import services
from backend.exchange.matching.applying import Choice
from backend.exchange.models import ImportJob
from backend.exchange.report import ANSWER
from backend.organisations.models import Organisation
from backend.organisations.permissions import may_bring_data_in


class SentFileSerializer(Input):
    """Un fichier, en base64."""

    name = serializers.CharField(max_length=200)
    content = serializers.CharField(trim_whitespace=True)


class SendFilesSerializer(Input):
    """Des tableaux comme ils sont, pour une structure."""

    organisation = ScopedField(Organisation, within="covered_by")
    files = SentFileSerializer(many=True)


class ChosenTableSerializer(Input):
    """Pour un tableau : notre colonne pour chacune des siennes, dans l’ordre, vide pour aucune ; nos mots pour les leurs."""

    key = serializers.CharField(max_length=100)
    columns = serializers.ListField(
        child=serializers.CharField(max_length=100, allow_blank=True), max_length=200
    )
    values = serializers.DictField(child=serializers.DictField(child=serializers.CharField()), required=False)


class ChooseColumnsSerializer(Input):
    """Ce qu’est chaque colonne ; les tableaux tus gardent ce qui est proposé."""

    tables = ChosenTableSerializer(many=True, required=False)
    is_shared = serializers.BooleanField(required=False, default=False)


class DecisionsField(serializers.DictField):
    """« fichier » ou « ici » pour une valeur, « elle », « autre » ou « passerelles-12 » pour une personne déjà suivie."""

    child = serializers.RegexField(rf"^{ANSWER.pattern}$", max_length=40)


class ConfirmImportSerializer(Input):
    """Ce qui est décidé : « salaries.csv:12:telephone », « salaries.csv::telephone », « salaries.csv:12:identite »."""

    decisions = DecisionsField(required=False)


class AskedColumnSerializer(serializers.Serializer[Any]):
    """Une colonne envoyée et ce qu’elle paraît être."""

    rank = serializers.IntegerField()
    title = serializers.CharField()
    target = serializers.CharField()
    reason = serializers.CharField()
    unknown = serializers.ListField(child=serializers.CharField())
    options = serializers.ListField(child=serializers.CharField())


class AskedTableSerializer(serializers.Serializer[Any]):
    """Un tableau à faire correspondre, avec ce qui en a été lu."""

    key = serializers.CharField()
    name = serializers.CharField()
    said = serializers.ListField(child=serializers.CharField())
    columns = AskedColumnSerializer(many=True)


class ChangeSerializer(serializers.Serializer[Any]):
    """Une valeur connue ici que le fichier dit autrement ; `is_taken` quand il l’emporte."""

    file = serializers.CharField()
    line = serializers.IntegerField()
    column = serializers.CharField()
    here = serializers.CharField()
    sent = serializers.CharField()
    is_taken = serializers.BooleanField()
    why = serializers.CharField()
    known_as = serializers.ListField(child=serializers.IntegerField())
    is_sure = serializers.BooleanField()


class ImportSerializer(Output):
    """Une reprise de tableurs : où elle en est, ce qui a été lu, ce que deviennent ses lignes."""

    counts = serializers.DictField()
    stage = serializers.CharField()
    diagnosis = serializers.SerializerMethodField()
    first_faults = serializers.SerializerMethodField()
    notices = serializers.SerializerMethodField()
    can_be_confirmed = serializers.SerializerMethodField()

    class Meta:
        model = ImportJob
        fields: ClassVar = [
            "id", "organisation", "status", "stage", "is_dry_run", "needs_columns", "counts", "faults", "rows_done",
            "rows_total", "message", "created_at", "finished_at", "diagnosis", "first_faults", "notices",
            "can_be_confirmed", "restarts",
        ]  # fmt: skip
        left_out: ClassVar = LEFT_OUT_OF_A_JOB

    def get_diagnosis(self, job: ImportJob) -> list[dict[str, Any]]:
        """What was read of each table, in words."""
        return services.diagnosis(job)

    def get_first_faults(self, job: ImportJob) -> list[dict[str, str]]:
        """The first lines to mend."""
        return services.first_faults(job)

    def get_notices(self, job: ImportJob) -> list[dict[str, str]]:
        """What is kept or ignored."""
        return services.notices(job)

    def get_can_be_confirmed(self, job: ImportJob) -> bool:
        """Whether what was checked is still there to be taken in."""
        return services.can_be_confirmed(job)


class ImportViewSet(Lists, Shows, DomainViewSet):
    """Reprises de tableurs : envoyer, faire correspondre, vérifier, décider, importer ; les siennes seulement."""

    model = ImportJob
    serializer_class = ImportSerializer
    joins = ("organisation",)
    lookup_value_regex = UUID

    @creates(SendFilesSerializer, may=may_bring_data_in)
    def create(self, data: dict[str, Any]) -> ImportJob:
        """Envoyer des tableaux : ils sont lus puis vérifiés, et rien n’est enregistré."""
        files = [SimpleUploadedFile(each["name"], _decoded(each["content"])) for each in data["files"]]
        return services.request_import(actor=self.actor, organisation=data["organisation"], files=files)

    @reads(AskedTableSerializer, is_list=True)
    def columns(self, job: ImportJob) -> list[Any]:
        """Les colonnes à faire correspondre et ce qui est proposé."""
        return services.asked_tables(job)

    @verb(ChooseColumnsSerializer, may=may_bring_data_in)
    def choose(self, job: ImportJob, data: dict[str, Any]) -> ImportJob:
        """Dire ce qu’est chaque colonne ; la vérification reprend."""
        choices = services.choices_sent(services.asked_tables(job), {})
        choices |= {
            each["key"]: Choice(each["columns"], each.get("values", {})) for each in data.get("tables", [])
        }
        return services.choose_columns(
            actor=self.actor, job=job, choices=choices, is_shared=data["is_shared"]
        )

    @reads(ChangeSerializer, is_list=True)
    def changes(self, job: ImportJob) -> list[dict[str, Any]]:
        """Les valeurs connues ici que les fichiers disent autrement."""
        return services.changes(job)

    @verb(ConfirmImportSerializer, may=may_bring_data_in)
    def confirm(self, job: ImportJob, data: dict[str, Any]) -> ImportJob:
        """Importer ce qui vient d’être vérifié, chaque valeur connue changée ou gardée comme décidé."""
        return services.confirm_import(actor=self.actor, job=job, decisions=data.get("decisions"))

    @extend_schema(responses={(200, "text/csv"): OpenApiTypes.BINARY})
    @action(detail=True, methods=["get"])
    def report(self, request: Request, pk: str) -> FileResponse:
        """Le rapport complet, en csv."""
        path = services.download_report(actor=self.actor, job=self.get_object())
        return _sent(path, "rapport-de-reprise.csv")

    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    @action(detail=True, methods=["get"])
    def lines(self, request: Request, pk: str) -> FileResponse:
        """Vos lignes et leur résultat, en classeur."""
        path = services.download_lines(actor=self.actor, job=self.get_object())
        return _sent(path, "lignes-de-la-reprise.xlsx")


def _sent(path: Path | None, name: str) -> FileResponse:
    if path is None:
        raise Http404
    return FileResponse(path.open("rb"), as_attachment=True, filename=name)


def _decoded(content: str) -> bytes:
    try:
        return base64.b64decode(content, validate=True)
    except (binascii.Error, ValueError) as error:
        raise DomainError("not_base64", "Envoyez le contenu du fichier en base64.", field="files") from error
