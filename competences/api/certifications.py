"""Certifications, their blocs, and what a person has of them: the certifications are shared by everyone signed in."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import Http404
from django.utils import timezone
from django_filters import rest_framework as django_filters
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core.api.endpoints import creates, reads, updates, verb
from backend.core.api.filters import Filters, IdFilter, TextFilter, YesNoFilter
from backend.core.api.serializers import Input, ModelInput, Output, ScopedField
from backend.core.api.views import DomainViewSet, Lists, Shows
from backend.core.values.numbers import whole_number
from competences import enums
from competences.api.fields import CompetenceField
from competences.enums import ProofStatus
from competences.models import Bloc, BlocLine, Certification
from competences.permissions import may_keep_certifications, may_read_coverage
from competences.selectors.certifications.coverage import CoveredCertification, covered, nearest
from competences.services.certifications.reading import accept_lines, match_line
from competences.services.certifications.typed import (
    correct_bloc,
    correct_certification,
    type_bloc,
    type_certification,
)
from pathways.models import Beneficiary

_OF_A_PERSON = OpenApiParameter("beneficiary", OpenApiTypes.INT, required=True, description="La personne.")


class CertificationFilter(Filters):
    """Certifications by words, code, trade, life."""

    q = TextFilter(method="filter_words", label="Mots de l’intitulé ou du code.")
    code = TextFilter()
    rome_code = TextFilter(field_name="trades__rome_code", label="Qui mènent à ce métier.")
    origin = django_filters.ChoiceFilter(choices=enums.CertificationOrigin.choices)
    is_current = YesNoFilter(method="filter_current", label="Celles qui peuvent encore être visées.")

    def filter_words(self, rows: Any, name: str, value: str) -> Any:
        """Those that hold every word."""
        return rows.named(value)

    def filter_current(self, rows: Any, name: str, value: bool) -> Any:
        """Neither retired nor inactive, or everything."""
        return rows.current() if value else rows


class TypeCertificationSerializer(ModelInput):
    """Une certification saisie une fois, pour toutes les structures."""

    certifier = serializers.CharField(max_length=300, required=False, allow_blank=True)

    class Meta:
        model = Certification
        fields: ClassVar = ["label", "code", "level", "is_by_vae", "ends_on", "certifier"]


class CorrectCertificationSerializer(TypeCertificationSerializer):
    """La même, corrigée par la structure qui l’a saisie."""

    class Meta:
        model = Certification
        fields: ClassVar = [*TypeCertificationSerializer.Meta.fields, "is_retired"]


class CertificationSerializer(Output):
    """Une certification, qui la délivre, à quels métiers elle mène."""

    certifiers = serializers.SerializerMethodField()
    trades = serializers.SerializerMethodField()
    replaced_by = serializers.SerializerMethodField()

    class Meta:
        model = Certification
        fields: ClassVar = [
            "id", "code", "label", "level", "is_active", "ends_on", "awarded_until", "is_by_vae", "promotions",
            "origin", "organisation", "is_retired", "certifiers", "trades", "replaced_by", "version",
        ]  # fmt: skip
        left_out: ClassVar = {"search_label": "made of the code and the label, for the search"}

    def get_certifiers(self, certification: Certification) -> list[dict[str, str]]:
        """Name and SIRET, where it is known."""
        return [{"siret": each.siret, "name": each.name} for each in certification.certifiers.all()]

    def get_trades(self, certification: Certification) -> list[str]:
        """ROME codes."""
        return [trade.rome_code for trade in certification.trades.all()]

    def get_replaced_by(self, certification: Certification) -> list[int]:
        """Certifications that take its place, as the register says."""
        return [each.latter_id for each in certification.replacements.all()]


class StatusCountsSerializer(serializers.Serializer[Any]):
    """Combien de compétences à chaque statut ; ils ne s’additionnent pas."""

    DECLAREE = serializers.IntegerField()
    OBSERVEE = serializers.IntegerField()
    RECONNUE = serializers.IntegerField()
    CERTIFIEE = serializers.IntegerField()


class CoveredLineSerializer(serializers.Serializer[Any]):
    """Une compétence demandée, ce qui la montre, où elle pourrait se montrer."""

    line = serializers.IntegerField(source="read.asked.key")
    text = serializers.CharField(source="read.asked.text")
    statuses = serializers.SerializerMethodField()
    assessments = serializers.SerializerMethodField()
    where = serializers.CharField(
        help_text="Où la montrer, en une phrase ; elle ne vaut que si elle n’est pas prouvée."
    )
    own_trades = serializers.ListField(child=serializers.CharField(), source="places.own")
    near_trades = serializers.ListField(child=serializers.CharField(), source="places.near")
    other_trades = serializers.ListField(child=serializers.CharField(), source="places.elsewhere")

    def get_statuses(self, line: Any) -> list[str]:
        """Each apart, in their order."""
        return [status.value for status in ProofStatus if status in line.read.statuses]

    def get_assessments(self, line: Any) -> list[int]:
        """The readings it rests on."""
        return [reading.pk for reading in line.readings]


class CoveredBlocSerializer(serializers.Serializer[Any]):
    """Un bloc lu pour une personne."""

    bloc = serializers.IntegerField(source="read.asked.key")
    code = serializers.CharField(source="read.asked.code")
    label = serializers.CharField(source="read.asked.label")  # type: ignore[assignment]
    is_obtained = serializers.BooleanField(source="read.is_obtained", help_text="Donné par un jury.")
    asked = serializers.SerializerMethodField()
    proved = serializers.IntegerField(help_text="Compétences qu’un autre que la personne atteste.")
    by_status = serializers.SerializerMethodField()
    lines = CoveredLineSerializer(many=True)

    def get_asked(self, bloc: Any) -> int:
        """How many competences it asks for."""
        return len(bloc.read.lines)

    @extend_schema(responses=StatusCountsSerializer)
    def get_by_status(self, bloc: Any) -> dict[str, int]:
        """Each status apart."""
        return {status.value: bloc.read.shown(status) for status in ProofStatus}


class CoverageSerializer(serializers.Serializer[Any]):
    """Ce qu’une personne a d’une certification, bloc par bloc."""

    certification = serializers.IntegerField(source="certification.pk")
    code = serializers.CharField(source="certification.code")
    label = serializers.CharField(source="certification.label")  # type: ignore[assignment]
    asked = serializers.IntegerField(source="read.lines")
    proved = serializers.IntegerField()
    remaining = serializers.IntegerField(source="read.remaining")
    blocs = CoveredBlocSerializer(many=True)


class CertificationViewSet(Lists, Shows, DomainViewSet):
    """Certifications du répertoire national, ou saisies par une structure."""

    model = Certification
    serializer_class = CertificationSerializer
    filterset_class = CertificationFilter

    def shaped(self, rows: Any) -> Any:
        """What hangs from each, read with it."""
        return rows.prefetch_related("certifiers", "trades", "replacements")

    def known_parameters(self) -> set[str]:
        """The nearest of somebody asks whose."""
        return {"beneficiary"} if self.action == "nearest" else super().known_parameters()

    @creates(TypeCertificationSerializer, may=may_keep_certifications)
    def create(self, data: dict[str, Any]) -> Certification:
        """Saisir une certification qu’aucun import n’a donnée."""
        return type_certification(actor=self.actor, **data)

    @updates(CorrectCertificationSerializer, may=may_keep_certifications)
    def partial_update(self, certification: Certification, data: dict[str, Any]) -> Certification:
        """Corriger une certification que l’on a saisie."""
        return correct_certification(
            actor=self.actor, certification=certification, version=certification.version, **data
        )

    @reads(CoverageSerializer, parameters=("beneficiary",))
    def coverage(self, certification: Certification) -> CoveredCertification:
        """Ce que la personne `beneficiary` en a, bloc par bloc : statuts à part, preuves, ce qui manque et où le montrer."""
        return covered(self.actor, self._person(), certification, today=timezone.localdate())

    @extend_schema(parameters=[_OF_A_PERSON], responses=CoverageSerializer(many=True))
    @action(detail=False, methods=["get"])
    def nearest(self, request: Request) -> Response:
        """Les certifications les plus proches de ce que la personne a montré, la plus prouvée d’abord."""
        found = nearest(self.actor, self._person(), today=timezone.localdate())
        return Response(CoverageSerializer(found, many=True).data)

    def _person(self) -> Beneficiary:
        number = whole_number(self.request.query_params.get("beneficiary", "")) or 0
        person = Beneficiary.objects.accompanied_by(self.actor).filter(pk=number).first()
        if person is None or not may_read_coverage(self.actor):
            raise Http404
        return person


class BlocFilter(Filters):
    """Blocs of a certification."""

    certification = IdFilter(field_name="certification_id")


class TypeBlocSerializer(ModelInput):
    """Un bloc d’une certification saisie par la structure."""

    certification = ScopedField(Certification)

    class Meta:
        model = Bloc
        fields: ClassVar = ["certification", "code", "label", "content"]


class CorrectBlocSerializer(ModelInput):
    """Le même, corrigé."""

    class Meta:
        model = Bloc
        fields: ClassVar = ["code", "label", "content", "is_retired"]


class AcceptLinesSerializer(Input):
    """Ce que le bloc demande, une compétence par ligne."""

    lines = serializers.ListField(child=serializers.CharField(max_length=1000), max_length=200)


class BlocLineSerializer(Output):
    """Une compétence demandée, et ce qui la montre."""

    competences = serializers.SerializerMethodField()

    class Meta:
        model = BlocLine
        fields: ClassVar = ["id", "bloc", "position", "text", "competences", "version"]

    def get_competences(self, line: BlocLine) -> list[str]:
        """Codes of the referential; any one of them is enough."""
        return [match.competence.code for match in line.matches.all()]


class BlocSerializer(Output):
    """Un bloc : ce qui en est publié, et la liste que quelqu’un a acceptée."""

    lines = BlocLineSerializer(many=True)

    class Meta:
        model = Bloc
        fields: ClassVar = [
            "id", "certification", "code", "label", "content", "is_retired", "accepted_by", "accepted_at",
            "lines", "version",
        ]  # fmt: skip
        left_out: ClassVar = {
            "accepted_print": "tells whether the published list changed since it was accepted"
        }


class BlocViewSet(Lists, Shows, DomainViewSet):
    """Blocs de compétences."""

    model = Bloc
    serializer_class = BlocSerializer
    filterset_class = BlocFilter

    def shaped(self, rows: Any) -> Any:
        """Their lines, and what shows each."""
        return rows.prefetch_related("lines__matches__competence")

    @creates(TypeBlocSerializer, may=may_keep_certifications)
    def create(self, data: dict[str, Any]) -> Bloc:
        """Ajouter un bloc à une certification que l’on a saisie."""
        return type_bloc(actor=self.actor, **data)

    @updates(CorrectBlocSerializer, may=may_keep_certifications)
    def partial_update(self, bloc: Bloc, data: dict[str, Any]) -> Bloc:
        """Corriger un bloc que l’on a saisi."""
        return correct_bloc(actor=self.actor, bloc=bloc, version=bloc.version, **data)

    @verb(AcceptLinesSerializer, is_matched=True, may=may_keep_certifications)
    def accept_lines(self, bloc: Bloc, data: dict[str, Any]) -> Bloc:
        """Accepter la liste de ce que le bloc demande ; une ligne gardée mot pour mot garde ses rapprochements."""
        said = "\n".join(" ".join(line.split()) for line in data["lines"])
        return accept_lines(actor=self.actor, bloc=bloc, version=bloc.version, lines=said)


class BlocLineFilter(Filters):
    """Lines of a bloc."""

    bloc = IdFilter(field_name="bloc_id")


class MatchLineSerializer(Input):
    """Les compétences du référentiel qui montrent cette ligne ; une seule suffit."""

    competences = CompetenceField(many=True)


class BlocLineViewSet(Lists, Shows, DomainViewSet):
    """Compétences demandées par les blocs."""

    model = BlocLine
    serializer_class = BlocLineSerializer
    filterset_class = BlocLineFilter

    def shaped(self, rows: Any) -> Any:
        """What shows each."""
        return rows.prefetch_related("matches__competence")

    @verb(MatchLineSerializer, is_matched=True, may=may_keep_certifications)
    def match(self, line: BlocLine, data: dict[str, Any]) -> BlocLine:
        """Dire ce qui montre cette ligne ; une liste vide retire tout."""
        return match_line(actor=self.actor, line=line, version=line.version, **data)
