"""Polycompétence: of a person, of the people present, of the structures one answers for; the same rights as the pages."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.audit import trail
from backend.core.api.errors import REFUSED
from backend.core.api.filters import whole_parameter
from backend.core.api.views import ApiViewSet
from backend.core.errors import ensure
from backend.core.values.numbers import LARGEST_ID, half_up
from competences.permissions import counts_team_skills, reads_skills, reads_team_skills
from competences.selectors.polycompetence import Reach, skills_of
from competences.selectors.team_skills import structures_in_figures, team_of
from pathways.models import Beneficiary


@extend_schema_field(
    {
        "type": "object",
        "properties": {"exact": {"type": "string"}, "value": {"type": "number"}},
        "required": ["exact", "value"],
    }
)
class ExactField(serializers.Field[Any, Any, Any, Any]):
    """Une fraction exacte, écrite « 8/5 », et sa valeur décimale."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(read_only=True, **kwargs)

    def to_representation(self, value: Any) -> dict[str, Any]:
        """Both, so that nobody adds up rounded numbers."""
        return {"exact": str(value), "value": float(half_up(float(value), 4))}


class TradeStandingSerializer(serializers.Serializer[Any]):
    """Un métier commencé : la part des gestes tenus, la profondeur, « held », « near » ou « far »."""

    trade = serializers.CharField()
    domain = serializers.CharField()
    coverage = ExactField()
    depth = ExactField()
    state = serializers.CharField()


class ReachSerializer(serializers.Serializer[Reach]):
    """Ce que ces gestes atteignent."""

    breadth = ExactField()
    depth = ExactField()
    trades = TradeStandingSerializer(source="standings", many=True)


class PersonSkillsSerializer(serializers.Serializer[Any]):
    """Une personne : ce qui est prouvé, puis avec ce qu’elle déclare ; jamais mêlés."""

    beneficiary = serializers.IntegerField(source="person.pk")
    proved = ReachSerializer()
    with_declared = ReachSerializer(source="told")


class MeasuresSerializer(serializers.Serializer[Any]):
    """Les mesures d’une équipe, en fractions de 0 à 1."""

    served = serializers.IntegerField()
    needed = serializers.IntegerField()
    coverage = ExactField()
    solidity = ExactField()
    worst = ExactField()
    chain = ExactField()
    chain_without_one = ExactField()


class ActivitySerializer(serializers.Serializer[Any]):
    """Un travail de l’équipe, et combien de personnes il prend en même temps."""

    code = serializers.CharField()
    name = serializers.CharField(source="label")
    need = serializers.IntegerField()


class ColleagueSerializer(serializers.Serializer[Any]):
    """Une personne présente : son niveau, de 1 à 4, par travail."""

    beneficiary = serializers.IntegerField(source="person.pk")
    levels = serializers.DictField(child=serializers.IntegerField())


class BestTrainingSerializer(serializers.Serializer[Any]):
    """Une formation qui rendrait l’équipe la plus solide, et l’équipe qu’elle ferait."""

    beneficiary = serializers.IntegerField(source="person")
    activity = serializers.CharField()
    after = MeasuresSerializer()


class TeamSkillsSerializer(serializers.Serializer[Any]):
    """L’équipe : travaux, personnes, mesures, personnes clés, formations à égalité."""

    trade = serializers.CharField(source="chosen")
    activities = ActivitySerializer(many=True)
    people = ColleagueSerializer(many=True)
    measures = MeasuresSerializer()
    key_people = serializers.ListField(child=serializers.IntegerField(), source="measures.key_people")
    trainings = BestTrainingSerializer(many=True)


class TeamFiguresSerializer(serializers.Serializer[Any]):
    """Une structure en chiffres ; `measures` est nul quand elle est trop petite pour ne désigner personne."""

    structure = serializers.IntegerField(source="organisation.pk")
    people = serializers.IntegerField()
    trades = serializers.IntegerField()
    trade = serializers.CharField()
    at_work = serializers.IntegerField()
    measures = MeasuresSerializer(allow_null=True)


class PolycompetenceViewSet(ApiViewSet):
    """Polycompétence d’une personne."""

    serializer_class = PersonSkillsSerializer
    pagination_class = None
    refuses_roles = True

    def known_parameters(self) -> set[str]:
        """Whose."""
        return {"beneficiary"}

    @extend_schema(
        parameters=[
            OpenApiParameter("beneficiary", OpenApiTypes.INT, required=True, description="La personne.")
        ],
        responses=PersonSkillsSerializer,
    )
    def list(self, request: Request) -> Response:
        """Étendue, profondeur et métiers, prouvés et déclarés à part."""
        ensure(reads_skills(self.actor), "not_yours", REFUSED)
        number = whole_parameter(request, "beneficiary", default=0, most=LARGEST_ID)
        person = Beneficiary.objects.accompanied_by(self.actor).filter(pk=number).first()
        if person is None:
            raise Http404
        trail.record(self.actor, "skills.read", person)
        return Response(PersonSkillsSerializer(skills_of(self.actor, person)).data)


class TeamSkillsViewSet(ApiViewSet):
    """Ce que les personnes présentes savent faire ensemble."""

    serializer_class = TeamSkillsSerializer
    pagination_class = None
    refuses_roles = True

    def known_parameters(self) -> set[str]:
        """One trade of the contracts under way."""
        return {"trade"}

    @extend_schema(
        parameters=[
            OpenApiParameter(
                "trade",
                OpenApiTypes.STR,
                description="Un code ROME, ou « tous » ; sans lui, le métier où l’on est le plus.",
            )
        ],
        responses=TeamSkillsSerializer,
    )
    def list(self, request: Request) -> Response:
        """L’équipe du jour, travail par travail."""
        ensure(reads_team_skills(self.actor), "not_yours", REFUSED)
        trade = request.query_params.get("trade", "")
        return Response(TeamSkillsSerializer(team_of(self.actor, timezone.localdate(), trade=trade)).data)


class TeamFiguresViewSet(ApiViewSet):
    """Solidité des structures, sans aucun nom."""

    serializer_class = TeamFiguresSerializer
    pagination_class = None
    refuses_roles = True

    def known_parameters(self) -> set[str]:
        """None."""
        return set()

    @extend_schema(responses=TeamFiguresSerializer(many=True))
    def list(self, request: Request) -> Response:
        """Les structures dont vous répondez."""
        ensure(counts_team_skills(self.actor), "not_yours", REFUSED)
        found = structures_in_figures(self.actor, timezone.localdate())
        return Response(TeamFiguresSerializer(found, many=True).data)
