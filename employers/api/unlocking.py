"""La compétence qui débloque, for a person or for the people present; the same rights as the pages that show it."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core.api.errors import REFUSED
from backend.core.api.filters import whole_parameter
from backend.core.api.views import ApiViewSet
from backend.core.errors import ensure
from backend.core.values.numbers import LARGEST_ID
from competences.api.polycompetence import ExactField
from competences.permissions import reads_skills, reads_team_skills
from employers.selectors.unlocking import shared_unlocks, unlocks_of
from pathways.models import Beneficiary


class UnlockSerializer(serializers.Serializer[Any]):
    """Une chose de plus : compétence (à quel niveau) ou habilitation, et ce qu’elle ouvrirait ; des égales se suivent."""

    kind = serializers.CharField(source="unlock.kind")
    code = serializers.CharField(source="unlock.code")
    name = serializers.CharField(source="label")
    level = serializers.IntegerField(source="unlock.level")
    weekly_hours = serializers.DecimalField(max_digits=12, decimal_places=1, source="unlock.hours")
    breadth = ExactField(source="unlock.breadth")
    tasks = serializers.ListField(child=serializers.CharField(), required=False)
    trades_held = serializers.ListField(child=serializers.CharField(), source="held", required=False)
    trades_near = serializers.ListField(child=serializers.CharField(), source="near", required=False)
    people = serializers.SerializerMethodField()

    def get_people(self, found: Any) -> list[int]:
        """Whom it would open something to; empty when one person was asked about."""
        return [person.pk for person in getattr(found, "people", ())]


class UnlockingViewSet(ApiViewSet):
    """La compétence qui débloque."""

    serializer_class = UnlockSerializer
    pagination_class = None
    refuses_roles = True

    def known_parameters(self) -> set[str]:
        """Whose; the people present without it."""
        return {"beneficiary"}

    @extend_schema(
        parameters=[
            OpenApiParameter(
                "beneficiary",
                OpenApiTypes.INT,
                description="Une personne ; sans elle, les personnes présentes.",
            )
        ],
        responses=UnlockSerializer(many=True),
    )
    def list(self, request: Request) -> Response:
        """Ce qui ouvrirait le plus, le meilleur d’abord."""
        today = timezone.localdate()
        if "beneficiary" not in request.query_params:
            ensure(reads_team_skills(self.actor), "not_yours", REFUSED)
            return Response(UnlockSerializer(shared_unlocks(self.actor, today=today), many=True).data)
        ensure(reads_skills(self.actor), "not_yours", REFUSED)
        number = whole_parameter(request, "beneficiary", default=0, most=LARGEST_ID)
        person = Beneficiary.objects.accompanied_by(self.actor).filter(pk=number).first()
        if person is None:
            raise Http404
        return Response(UnlockSerializer(unlocks_of(self.actor, person, today=today).first, many=True).data)
