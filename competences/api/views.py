"""What people can do and how we know it, verb by verb."""

from __future__ import annotations

from typing import Any, ClassVar

from backend.core.api.endpoints import creates, reads, verb
from backend.core.api.views import DomainViewSet, Lists, Shows
from competences import services
from competences.api import filters, serializers
from competences.models import Assessment, Competence, Licence, Occupation, VaeProject
from competences.permissions import may_assess_something, may_plan_vae


class ReferentialViewSet(Lists, Shows, DomainViewSet):
    """The referential is public knowledge: everyone signed in reads it."""

    def scoped(self, rows: Any) -> Any:
        """What is in use; a retired line is still shown by its address."""
        return rows.current() if self.action == "list" else rows


class OccupationViewSet(ReferentialViewSet):
    """Métiers du référentiel."""

    model = Occupation
    serializer_class = serializers.OccupationSerializer
    filterset_class = filters.OccupationFilter

    @reads(serializers.CitedCompetenceSerializer, is_list=True)
    def competences(self, occupation: Occupation) -> Any:
        """Les compétences que ce métier cite, cœur de métier d’abord."""
        cited = occupation.citations.filter(competence__is_retired=False).select_related("competence")
        return cited.order_by("prominence", "competence__label", "pk")


class CompetenceViewSet(ReferentialViewSet):
    """Compétences du référentiel : savoir-faire, savoir-être, savoirs."""

    model = Competence
    serializer_class = serializers.CompetenceSerializer
    filterset_class = filters.CompetenceFilter


class AssessmentViewSet(Lists, Shows, DomainViewSet):
    """Compétences constatées, avec leur preuve ; l’historique est conservé."""

    model = Assessment
    joins: ClassVar = ("competence",)
    serializer_class = serializers.AssessmentSerializer
    filterset_class = filters.AssessmentFilter

    @creates(serializers.AssessSerializer, may=may_assess_something)
    def create(self, data: dict[str, Any]) -> Assessment:
        """Enregistrer un niveau avec sa preuve ; le même jour, on corrige sa propre lecture."""
        return services.assess(actor=self.actor, **data)

    @verb(status=204, may=may_assess_something)
    def undo(self, assessment: Assessment, data: dict[str, Any]) -> None:
        """Annuler sa propre lecture juste après l’avoir enregistrée."""
        services.undo_assessment(actor=self.actor, assessment=assessment)


class VaeProjectViewSet(Lists, Shows, DomainViewSet):
    """Projets de VAE."""

    model = VaeProject
    serializer_class = serializers.VaeSerializer
    filterset_class = filters.VaeFilter

    @creates(serializers.PlanVaeSerializer, may=may_plan_vae)
    def create(self, data: dict[str, Any]) -> VaeProject:
        """Ouvrir un projet pour une certification."""
        return services.plan_vae(actor=self.actor, **data)

    @verb(serializers.MoveVaeSerializer, is_matched=True, may=may_plan_vae)
    def move(self, project: VaeProject, data: dict[str, Any]) -> VaeProject:
        """Enregistrer l’étape atteinte ; l’échéance légale suivante s’en déduit."""
        return services.move_vae(actor=self.actor, project=project, version=project.version, **data)


class LicenceViewSet(Lists, Shows, DomainViewSet):
    """Habilitations et permis."""

    model = Licence
    serializer_class = serializers.LicenceSerializer
    filterset_class = filters.LicenceFilter
