"""Passports of competences, with the same choice as on screen."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from backend.audit import trail
from backend.core.api.endpoints import creates, verb
from backend.core.api.filters import Filters, IdFilter
from backend.core.api.serializers import Input, Output, ScopedField, WholeField
from backend.core.api.views import UUID, DomainViewSet, Lists, Shows
from backend.core.errors import ensure
from competences import services
from competences.models import Passport
from competences.permissions import may_make_passport
from competences.selectors.badges import badges_of, issuer_at
from competences.selectors.passports import check_code, read_content
from competences.services.passport_paper import passport_document
from pathways.models import Beneficiary

_NOT_YOURS = "Seuls la personne et qui l’accompagne emportent son passeport et ses badges."


class PassportFilter(Filters):
    """Passports of a person."""

    beneficiary = IdFilter(field_name="beneficiary_id")


class MakePassportSerializer(Input):
    """Ce que la personne montre : « a12 » pour une compétence constatée, « l4 » pour une habilitation."""

    beneficiary = ScopedField(Beneficiary, within="accompanied_by")
    chosen = serializers.ListField(child=serializers.CharField(max_length=20), max_length=500)
    days = WholeField(min_value=1, max_value=365, required=False, default=90)
    is_linked = serializers.BooleanField(
        required=False,
        default=False,
        help_text="Les badges portent l’empreinte de l’adresse électronique de la personne.",
    )


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
    lookup_value_regex = UUID

    @creates(MakePassportSerializer, may=may_make_passport)
    def create(self, data: dict[str, Any]) -> Passport:
        """Établir un passeport avec ce que la personne choisit."""
        return services.make_passport(actor=self.actor, **data)

    @verb(may=may_make_passport)
    def withdraw(self, passport: Passport, data: dict[str, Any]) -> Passport:
        """Retirer un passeport : plus personne ne peut le vérifier."""
        return services.withdraw_passport(actor=self.actor, passport=passport)

    def _carried(self) -> Passport:
        """The passport, for whoever takes away what it says: the same people as on its page."""
        passport: Passport = self.get_object()
        ensure(may_make_passport(self.actor), "not_yours", _NOT_YOURS)
        return passport

    @extend_schema(
        responses={
            (200, "application/json"): {
                "type": "array",
                "items": {"type": "object", "additionalProperties": {}},
            }
        }
    )
    @action(detail=True, methods=["get"])
    def badges(self, request: Request, pk: str) -> Response:
        """Les badges (Open Badges 3.0), signés : une liste vide quand rien n’est attesté par d’autres, ou après un retrait."""
        passport = self._carried()
        issuer = issuer_at(request.build_absolute_uri(reverse("web:badge_issuer")))
        badges = badges_of(passport, issuer, now=timezone.now())
        trail.record(self.actor, "passport.badges_read", passport, badges=len(badges))
        return Response([badge.document for badge in badges])

    @extend_schema(responses={(200, "application/pdf"): OpenApiTypes.BINARY})
    @action(detail=True, methods=["get"])
    def document(self, request: Request, pk: str) -> HttpResponse:
        """Le PDF balisé."""
        passport = self._carried()
        address = request.build_absolute_uri(
            reverse("web:passport_check", args=[passport.pk, check_code(passport)])
        )
        made = passport_document(passport, check_address=address)
        trail.record(self.actor, "passport.read", passport)
        return HttpResponse(made, content_type="application/pdf")
