"""The CV of a person, with the same choice and the same rights as on screen."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from backend.audit import trail
from backend.core.api.endpoints import deletes, replaces
from backend.core.api.serializers import ModelInput
from backend.core.api.versions import check_match
from backend.core.api.views import DomainViewSet
from competences import services
from competences.enums import CvPart
from competences.models import Cv
from competences.permissions import may_make_cv
from competences.selectors.cvs.page import CvPage, cv_of, cv_page
from competences.services.cvs.files import DOCX, PDF, CvFile
from pathways.models import Beneficiary

_TYPED: list[str] = [
    "title", "presentation", "town", "languages", "shows_phone", "shows_email", "names_structures", "names_firms",
    "first", "look",
]  # fmt: skip
MOST_LINES = 500


class KeepCvSerializer(ModelInput):
    """Ce que la personne montre : `shown` prend les clés lues dans `offered` ; ce qui n’est pas dit reste."""

    shown = serializers.ListField(child=serializers.CharField(max_length=40), max_length=MOST_LINES)

    class Meta:
        model = Cv
        fields: ClassVar = [*_TYPED, "shown"]


class CvLineSerializer(serializers.Serializer[Any]):
    """Une ligne qui peut apparaître, en mots."""

    key = serializers.CharField()
    part = serializers.ChoiceField(choices=CvPart.choices)
    words = serializers.CharField()
    group = serializers.CharField()
    when = serializers.CharField()
    more = serializers.CharField()


class CvSerializer(serializers.Serializer[CvPage]):
    """Le CV : le choix gardé, ou ce qui est proposé (`is_chosen` faux, version 0), et ce que la page ne peut pas tenir."""

    beneficiary = serializers.IntegerField(source="person.pk")
    is_chosen = serializers.BooleanField(source="cv.is_chosen")
    version = serializers.IntegerField(source="cv.version")
    title = serializers.CharField(source="head.title")
    presentation = serializers.CharField(source="head.presentation")
    town = serializers.CharField(source="cv.town")
    languages = serializers.CharField(source="cv.languages")
    shows_phone = serializers.BooleanField(source="cv.shows_phone")
    shows_email = serializers.BooleanField(source="cv.shows_email")
    names_structures = serializers.BooleanField(source="cv.names_structures")
    names_firms = serializers.BooleanField(source="cv.names_firms")
    first = serializers.ChoiceField(source="cv.first", choices=CvPart.choices)
    look = serializers.ChoiceField(source="cv.look", choices=Cv._meta.get_field("look").choices or ())
    shown = serializers.ListField(child=serializers.CharField())
    left_out = CvLineSerializer(source="page.left_out", many=True)
    offered = CvLineSerializer(many=True)


class CvViewSet(DomainViewSet):
    """CV d’une page ; l’adresse porte le numéro de la personne."""

    model = Beneficiary
    serializer_class = CvSerializer
    http_method_names = ("get", "head", "put", "delete")  # type: ignore[assignment]

    def scoped(self, rows: Any) -> Any:
        """The people whose CV the actor makes: oneself, those accompanied today."""
        return rows.accompanied_by(self.actor) if may_make_cv(self.actor) else rows.none()

    def check_match(self, row: Any) -> None:
        """The version is that of the choice, 0 while there is none."""
        check_match(self.request, _etag(cv_of(self.actor, row)))

    def retrieve(self, request: Request, pk: str) -> Response:
        """Ce qui apparaît, ce qui pourrait apparaître, et ce que la page ne peut pas tenir."""
        person = self.get_object()
        trail.record(self.actor, "cv.read", person)
        return self._shown(person)

    @replaces(KeepCvSerializer, gives=CvSerializer, may=may_make_cv)
    def update(self, person: Beneficiary, data: dict[str, Any]) -> Response:
        """Garder le choix, la première fois ou à nouveau."""
        version = cv_of(self.actor, person).version
        services.keep_cv(actor=self.actor, beneficiary=person, version=version, **data)
        return self._shown(person)

    @deletes(may=may_make_cv)
    def destroy(self, person: Beneficiary) -> None:
        """Oublier le choix : le CV redevient celui qui est proposé."""
        services.clear_cv(actor=self.actor, beneficiary=person, version=cv_of(self.actor, person).version)

    @extend_schema(responses={(200, PDF.content_type): OpenApiTypes.BINARY})
    @action(detail=True, methods=["get"])
    def pdf(self, request: Request, pk: str) -> HttpResponse:
        """Le PDF balisé, sur une page."""
        return self._file(PDF)

    @extend_schema(responses={(200, DOCX.content_type): OpenApiTypes.BINARY})
    @action(detail=True, methods=["get"])
    def docx(self, request: Request, pk: str) -> HttpResponse:
        """Le fichier à modifier, sur une page."""
        return self._file(DOCX)

    def _file(self, kind: CvFile) -> HttpResponse:
        made = cv_page(self.actor, self.get_object(), today=timezone.localdate())
        content = kind.make(made)
        trail.record(self.actor, "cv.taken", made.person, format=kind.name)
        return kind.answer(content, made)

    def _shown(self, person: Beneficiary) -> Response:
        made = cv_page(self.actor, person, today=timezone.localdate())
        return Response(CvSerializer(made).data, headers={"ETag": _etag(made.cv)})


def _etag(cv: Cv) -> str:
    return f'"{cv.version}"'
