"""Passports of competences, with the same choice as on screen."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpResponse
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request

from backend.audit import trail
from backend.core.api.endpoints import creates, verb
from backend.core.api.filters import Filters, IdFilter
from backend.core.api.serializers import Input, Output, ScopedField, WholeField
from backend.core.api.views import DomainViewSet, Lists, Shows
from competences import services
from competences.models import Passport
from competences.permissions import may_make_passport
from competences.selectors.passports import check_code, read_content
from competences.services.passport_paper import passport_document
from pathways.models import Beneficiary


class PassportFilter(Filters):
    """Passports of a person."""

    beneficiary = IdFilter(field_name="beneficiary_id")


class MakePassportSerializer(Input):
    """Ce que la personne montre : « a12 » pour une compétence constatée, « l4 » pour une habilitation."""

    beneficiary = ScopedField(Beneficiary, within="accompanied_by")
    chosen = serializers.ListField(child=serializers.CharField(max_length=20), max_length=500)
    days = WholeField(min_value=1, max_value=365, required=False, default=90)


class PassportSerializer(Output):
    """Un passeport : ce qui a été choisi, tel que c’était ce jour-là."""

    content = serializers.SerializerMethodField()

    class Meta:
        model = Passport
        fields: ClassVar = [
            "id", "beneficiary", "organisation", "content", "expires_on", "made_at", "author", "withdrawn_at",
        ]  # fmt: skip

    def get_content(self, passport: Passport) -> list[dict[str, str]]:
        """The lines, in words."""
        return [
            {
                "status": line.status,
                "what": line.what,
                "level": line.level,
                "who": line.who,
                "when": line.when,
            }
            for line in read_content(passport)[1]
        ]


class PassportViewSet(Lists, Shows, DomainViewSet):
    """Passeports de compétences."""

    model = Passport
    serializer_class = PassportSerializer
    filterset_class = PassportFilter
    lookup_value_regex = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"

    @creates(MakePassportSerializer, may=may_make_passport)
    def create(self, data: dict[str, Any]) -> Passport:
        """Établir un passeport avec ce que la personne choisit."""
        return services.make_passport(actor=self.actor, **data)

    @verb(may=may_make_passport)
    def withdraw(self, passport: Passport, data: dict[str, Any]) -> Passport:
        """Retirer un passeport : plus personne ne peut le vérifier."""
        return services.withdraw_passport(actor=self.actor, passport=passport)

    @extend_schema(responses={(200, "application/pdf"): OpenApiTypes.BINARY})
    @action(detail=True, methods=["get"])
    def document(self, request: Request, pk: str) -> HttpResponse:
        """Le PDF balisé."""
        passport = self.get_object()
        address = request.build_absolute_uri(
            reverse("web:passport_check", args=[passport.pk, check_code(passport)])
        )
        made = passport_document(passport, check_address=address)
        trail.record(self.actor, "passport.read", passport)
        return HttpResponse(made, content_type="application/pdf")
