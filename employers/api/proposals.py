"""Jobs made of tasks: their quality, who could hold them, whom to ask."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.db.models import Prefetch
from django.utils import timezone
from django_filters import OrderingFilter
from django_filters import rest_framework as django_filters
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core.actor import Role
from backend.core.api.endpoints import creates, reads, updates, verb
from backend.core.api.errors import REFUSED
from backend.core.api.filters import Filters, IdFilter, whole_parameter
from backend.core.api.serializers import Input, ModelInput, ScopedField, actor_in
from backend.core.api.views import DomainViewSet, Lists, Shows
from backend.core.errors import ensure
from backend.organisations.models import Organisation
from employers import enums, services
from employers.api.consents import ConsentSerializer
from employers.api.shared import KeyedOutput, KnownByNumber
from employers.enums import Fit
from employers.models import Employer, JobProposal, ProfileConsent, WorkTask
from employers.permissions import may_ask_consent, may_work_with_employers, reads_own_needs
from employers.rules.fit import fit_in_words
from employers.selectors.quality import quality_of
from employers.selectors.ranking import rank_people
from employers.selectors.references import in_an_order_that_says_nothing
from pathways.models import Beneficiary
from pathways.selectors.rule_book import book_in


class ProposalFilter(Filters):
    """Jobs by structure and state."""

    organisation = IdFilter(field_name="organisation_id")
    status = django_filters.ChoiceFilter(choices=enums.ProposalStatus.choices)
    ordering = OrderingFilter(fields=["created_at", "id"])


class ProposeJobSerializer(ModelInput):
    """Des tâches à réunir en un poste."""

    organisation = ScopedField(Organisation, within="working_for")
    tasks = ScopedField(WorkTask, many=True)

    class Meta:
        model = JobProposal
        fields: ClassVar = ["organisation", "title", "tasks"]


class ChangeProposalSerializer(ModelInput):
    """Un poste à renommer, recomposer ou clore."""

    tasks = ScopedField(WorkTask, many=True)

    class Meta:
        model = JobProposal
        fields: ClassVar = ["title", "tasks", "status"]


class AskConsentSerializer(Input):
    """À qui demander."""

    beneficiary = ScopedField(Beneficiary, within="accompanied_by")


class JobQualitySerializer(serializers.Serializer[Any]):
    """Ce qui rend un poste tenable ; les saisons comptent de 0 (hiver) à 3 (automne)."""

    least_hours = serializers.FloatField(help_text="Heures par semaine que demande un CDD d’insertion.")
    lowest_hours = serializers.FloatField()
    lowest_season = serializers.IntegerField()
    has_enough_hours = serializers.BooleanField()
    heavy_share = serializers.FloatField(help_text="Part d’heures pénibles ou dévalorisées, la pire saison.")
    heavy_season = serializers.IntegerField()
    is_not_too_heavy = serializers.BooleanField()
    skill_share = serializers.FloatField(
        help_text="Part d’heures qui développent une compétence, sur l’année."
    )
    teaches = serializers.BooleanField()
    without_one = serializers.FloatField(
        allow_null=True, help_text="Heures qui resteraient sans l’un des employeurs ; nul s’il est seul."
    )
    is_robust = serializers.BooleanField(allow_null=True)


class ProposalSerializer(KeyedOutput):
    """Un poste fait de tâches ; un employeur lit sa part d’un poste partagé, et rien de l’ensemble."""

    quality = serializers.SerializerMethodField()

    class Meta:
        model = JobProposal
        fields: ClassVar = [
            "id", "title", "organisation", "tasks", "employers", "status", "quality", "created_at", "version",
        ]  # fmt: skip
        keyed: ClassVar = {"id": JobProposal}
        withheld: ClassVar = {Role.EMPLOYER: ("created_at",)}

    @extend_schema_field(JobQualitySerializer(allow_null=True))
    def get_quality(self, proposal: JobProposal) -> dict[str, Any] | None:
        """The same figures as on the screen; nothing for an employer, who reads a part of the job."""
        actor = actor_in(self.context)
        if actor is None or reads_own_needs(actor):
            return None
        quality = quality_of(proposal.tasks.all(), book=book_in(self.context))
        return None if quality is None else dict(JobQualitySerializer(quality).data)


class AskedEmployerSerializer(serializers.ModelSerializer[ProfileConsent]):
    """Où en est la question posée à une personne, employeur par employeur."""

    class Meta:
        model = ProfileConsent
        fields: ClassVar = ["id", "employer", "decision"]
        read_only_fields: ClassVar = fields


class BarSerializer(serializers.Serializer[Any]):
    """Ce qui interdit de proposer une personne pour un poste, quoi qu’elle sache faire."""

    code = serializers.CharField()
    message = serializers.CharField()
    basis = serializers.CharField(allow_null=True)


class CandidateSerializer(serializers.Serializer[Any]):
    """Une personne devant un poste, avec les raisons."""

    beneficiary = serializers.IntegerField(source="beneficiary.pk")
    beneficiary_name = serializers.CharField(source="beneficiary.__str__")
    rank = serializers.IntegerField(allow_null=True, help_text="Nul pour qui ne peut pas être proposé.")
    score = serializers.FloatField(source="match.score")
    held = serializers.IntegerField(help_text="Compétences tenues.")
    asked = serializers.IntegerField(help_text="Compétences demandées.")
    fit = serializers.ChoiceField(choices=Fit.choices, help_text=fit_in_words())
    trade = serializers.CharField()
    sentences = serializers.ListField(child=serializers.CharField(), help_text="Les raisons, en phrases.")
    bars = BarSerializer(many=True, help_text="Ce qui interdit de la proposer ; vide pour les autres.")
    consents = AskedEmployerSerializer(many=True)


class JobProposalViewSet(KnownByNumber, Lists, Shows, DomainViewSet):
    """Propositions de poste : des tâches mises ensemble, d’un ou plusieurs employeurs."""

    model = JobProposal
    serializer_class = ProposalSerializer
    filterset_class = ProposalFilter

    def list(self, request: Request) -> Response:
        """Ce que votre rôle permet de voir, page par page ; vide quand il ne permet de rien voir."""
        rows = self.filter_queryset(self.get_queryset())
        return self.paged(in_an_order_that_says_nothing(self.actor, rows))

    def shaped(self, rows: Any) -> Any:
        """With the tasks and employers this actor may see: in a shared job, an employer reads its own part."""
        return rows.prefetch_related(
            Prefetch(
                "tasks", WorkTask.objects.visible_to(self.actor).select_related("analysis__establishment")
            ),
            Prefetch("employers", Employer.objects.visible_to(self.actor)),
        )

    @creates(ProposeJobSerializer, may=may_work_with_employers)
    def create(self, data: dict[str, Any]) -> JobProposal:
        """Composer un poste avec des tâches observées."""
        return services.propose_job(actor=self.actor, **data)

    @updates(ChangeProposalSerializer, may=may_work_with_employers)
    def partial_update(self, proposal: JobProposal, data: dict[str, Any]) -> JobProposal:
        """Renommer, recomposer ou clore un poste."""
        return services.change_proposal(actor=self.actor, proposal=proposal, version=proposal.version, **data)

    @reads(CandidateSerializer, is_list=True, parameters=("top",))
    def ranking(self, proposal: JobProposal) -> Any:
        """Qui pourrait tenir ce poste parmi les personnes que vous accompagnez, avec les raisons."""
        ensure(may_ask_consent(self.actor), "not_yours", REFUSED)
        top = whole_parameter(self.request, "top", default=20, most=100)
        return rank_people(self.actor, proposal, today=timezone.localdate(), top=top)

    @verb(AskConsentSerializer, gives=ConsentSerializer, is_list=True, may=may_ask_consent)
    def ask(self, proposal: JobProposal, data: dict[str, Any]) -> Sequence[ProfileConsent]:
        """Solliciter une personne : une question par employeur du poste."""
        return services.ask_consent(actor=self.actor, proposal=proposal, **data)
