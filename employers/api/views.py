"""Employers, the work to be done, who could do it, and what follows the hire."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.db.models import Prefetch
from django.http import Http404
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core.api.endpoints import creates, deletes, reads, updates, verb
from backend.core.api.errors import REFUSED
from backend.core.api.filters import whole_parameter
from backend.core.api.versions import etag_of
from backend.core.api.views import ApiViewSet, DomainViewSet, Lists, Shows
from backend.core.errors import ensure
from backend.core.values.numbers import whole_number
from backend.organisations.api.serializers import InvitationSerializer
from backend.organisations.links import invitation_links
from backend.organisations.models import Invitation
from employers import services
from employers.api import filters, inputs, serializers
from employers.models import (
    Employer,
    EmployerAccess,
    Establishment,
    JobProposal,
    Placement,
    PostHireFollowUp,
    ProfileConsent,
    TaskAnalysis,
    WorkTask,
)
from employers.permissions import (
    may_answer_consent,
    may_answer_profile,
    may_ask_consent,
    may_hire,
    may_offer_access,
    may_work_with_employers,
    reads_own_needs,
)
from employers.selectors.profiles import ShownProfile, profiles_shown_to
from employers.selectors.ranking import rank_people


class EmployerViewSet(Lists, Shows, DomainViewSet):
    """Employeurs connus des structures du groupe."""

    model = Employer
    serializer_class = serializers.EmployerSerializer
    filterset_class = filters.EmployerFilter

    @creates(inputs.RecordEmployerSerializer, may=may_work_with_employers)
    def create(self, data: dict[str, Any]) -> Employer:
        """Ouvrir la fiche d’un employeur."""
        return services.record_employer(actor=self.actor, **data)

    @updates(inputs.UpdateEmployerSerializer, may=may_work_with_employers)
    def partial_update(self, employer: Employer, data: dict[str, Any]) -> Employer:
        """Corriger la fiche d’un employeur."""
        return services.update_employer(actor=self.actor, employer=employer, version=employer.version, **data)


class EmployerAccessViewSet(Lists, Shows, DomainViewSet):
    """Accès des interlocuteurs d’un employeur à leurs propres besoins."""

    model = EmployerAccess
    joins: ClassVar = ("user",)
    serializer_class = serializers.EmployerAccessSerializer
    filterset_class = filters.EmployerAccessFilter

    @creates(inputs.OfferAccessSerializer, gives=InvitationSerializer, may=may_offer_access)
    def create(self, data: dict[str, Any]) -> Invitation:
        """Inviter un interlocuteur : l’accès s’ouvre quand il accepte."""
        return services.offer_employer_access(
            actor=self.actor, **data, link_to=invitation_links(self.request)
        )

    @verb(may=may_offer_access)
    def end(self, access: EmployerAccess, data: dict[str, Any]) -> EmployerAccess:
        """Fermer l’accès : pages et jetons s’arrêtent aussitôt."""
        return services.end_employer_access(actor=self.actor, access=access)


class EstablishmentViewSet(Lists, Shows, DomainViewSet):
    """Établissements : les lieux de travail."""

    model = Establishment
    serializer_class = serializers.EstablishmentSerializer
    filterset_class = filters.EstablishmentFilter

    @creates(inputs.AddEstablishmentSerializer, may=may_work_with_employers)
    def create(self, data: dict[str, Any]) -> Establishment:
        """Ajouter un lieu de travail."""
        return services.add_establishment(actor=self.actor, **data)


class TaskAnalysisViewSet(Lists, Shows, DomainViewSet):
    """Analyses de tâches : une journée passée à regarder le travail."""

    model = TaskAnalysis
    joins: ClassVar = ("establishment",)
    serializer_class = serializers.AnalysisSerializer
    filterset_class = filters.AnalysisFilter

    @creates(inputs.OpenAnalysisSerializer, may=may_work_with_employers)
    def create(self, data: dict[str, Any]) -> TaskAnalysis:
        """Ouvrir l’analyse d’un lieu de travail."""
        return services.open_analysis(actor=self.actor, **data)

    @verb(url_path="return", may=may_work_with_employers)
    def give_back(self, analysis: TaskAnalysis, data: dict[str, Any]) -> TaskAnalysis:
        """Restituer l’analyse à l’employeur."""
        return services.return_analysis(actor=self.actor, analysis=analysis)


class WorkTaskViewSet(Lists, Shows, DomainViewSet):
    """Tâches qui pourraient être confiées."""

    model = WorkTask
    serializer_class = serializers.WorkTaskSerializer
    filterset_class = filters.TaskFilter

    def shaped(self, rows: Any) -> Any:
        """With what each task asks for."""
        return rows.prefetch_related("requirements__competence")

    @creates(inputs.AddTaskSerializer, may=may_work_with_employers)
    def create(self, data: dict[str, Any]) -> WorkTask:
        """Écrire une tâche ; sans saisons, la semaine habituelle vaut toute l’année."""
        return services.add_task(actor=self.actor, **data)

    @updates(inputs.TaskSerializer, may=may_work_with_employers)
    def partial_update(self, task: WorkTask, data: dict[str, Any]) -> WorkTask:
        """Corriger une tâche ; donner ses compétences les remplace."""
        return services.change_task(actor=self.actor, task=task, **data)

    @deletes(may=may_work_with_employers)
    def destroy(self, task: WorkTask) -> None:
        """Retirer une tâche écrite par erreur, tant qu’aucun poste ne l’emploie."""
        services.remove_task(actor=self.actor, task=task)


class JobProposalViewSet(Lists, Shows, DomainViewSet):
    """Propositions de poste : des tâches mises ensemble, d’un ou plusieurs employeurs."""

    model = JobProposal
    serializer_class = serializers.ProposalSerializer
    filterset_class = filters.ProposalFilter

    def shaped(self, rows: Any) -> Any:
        """With the tasks and employers this actor may see: in a shared job, an employer reads its own part."""
        return rows.prefetch_related(
            Prefetch(
                "tasks", WorkTask.objects.visible_to(self.actor).select_related("analysis__establishment")
            ),
            Prefetch("employers", Employer.objects.visible_to(self.actor)),
        )

    @creates(inputs.ProposeJobSerializer, may=may_work_with_employers)
    def create(self, data: dict[str, Any]) -> JobProposal:
        """Composer un poste avec des tâches observées."""
        return services.propose_job(actor=self.actor, **data)

    @updates(inputs.ChangeProposalSerializer, may=may_work_with_employers)
    def partial_update(self, proposal: JobProposal, data: dict[str, Any]) -> JobProposal:
        """Renommer, recomposer ou clore un poste."""
        return services.change_proposal(actor=self.actor, proposal=proposal, version=proposal.version, **data)

    @reads(serializers.CandidateSerializer, is_list=True, parameters=("top",))
    def ranking(self, proposal: JobProposal) -> Any:
        """Qui pourrait tenir ce poste parmi les personnes que vous accompagnez, avec les raisons."""
        ensure(may_ask_consent(self.actor), "not_yours", REFUSED)
        top = whole_parameter(self.request, "top", default=20, most=100)
        return rank_people(self.actor, proposal, today=timezone.localdate(), top=top)

    @verb(inputs.AskConsentSerializer, gives=serializers.ConsentSerializer, is_list=True, may=may_ask_consent)
    def ask(self, proposal: JobProposal, data: dict[str, Any]) -> list[ProfileConsent]:
        """Solliciter une personne : une question par employeur du poste."""
        return services.ask_consent(actor=self.actor, proposal=proposal, **data)


class ProfileConsentViewSet(Lists, Shows, DomainViewSet):
    """Accords de présentation : ce que chaque personne a répondu, employeur par employeur."""

    model = ProfileConsent
    joins: ClassVar = ("beneficiary",)
    serializer_class = serializers.ConsentSerializer
    filterset_class = filters.ConsentFilter

    @verb(inputs.AnswerConsentSerializer, url_path="answer", may=may_answer_consent)
    def record_answer(self, consent: ProfileConsent, data: dict[str, Any]) -> ProfileConsent:
        """Enregistrer la réponse de la personne."""
        return services.answer_consent(actor=self.actor, consent=consent, **data)

    @verb(may=may_answer_consent)
    def withdraw(self, consent: ProfileConsent, data: dict[str, Any]) -> ProfileConsent:
        """Retirer l’accord, aussitôt et sans avoir à dire pourquoi."""
        return services.withdraw_consent(actor=self.actor, consent=consent)

    @verb(inputs.RespondSerializer, may=may_answer_profile)
    def respond(self, consent: ProfileConsent, data: dict[str, Any]) -> ProfileConsent:
        """L’employeur dit s’il souhaite rencontrer la personne."""
        return services.answer_profile(actor=self.actor, consent=consent, **data)


class ProfileViewSet(ApiViewSet):
    """Profils montrés à un employeur, avec l’accord de chaque personne ; vide pour les autres rôles."""

    queryset = ProfileConsent.objects.none()  # the document's word for what an id is
    serializer_class = serializers.ProfileSerializer

    def list(self, request: Request) -> Response:
        """Les profils que les personnes ont accepté de vous montrer."""
        return self.paged(self._shown())

    def retrieve(self, request: Request, pk: str) -> Response:
        """Un profil."""
        consent_id = whole_number(pk)
        found = self._shown(consent_id=consent_id) if consent_id else ()
        if not found:
            raise Http404
        data = self.get_serializer(found[0]).data
        return Response(data, headers={"ETag": etag_of(None, data)})

    def _shown(self, consent_id: int | None = None) -> Sequence[ShownProfile]:
        if not reads_own_needs(self.actor):
            return []
        return profiles_shown_to(self.actor, consent_id=consent_id)


class PlacementViewSet(Lists, Shows, DomainViewSet):
    """Embauches suivies."""

    model = Placement
    joins: ClassVar = ("beneficiary",)
    serializer_class = serializers.PlacementSerializer
    filterset_class = filters.PlacementFilter

    @creates(inputs.HireSerializer, may=may_hire)
    def create(self, data: dict[str, Any]) -> Placement:
        """Enregistrer une embauche : la sortie et six mois de suivi viennent avec."""
        return services.hire(actor=self.actor, **data)


class FollowUpViewSet(Lists, Shows, DomainViewSet):
    """Suivis dans l’emploi."""

    model = PostHireFollowUp
    joins: ClassVar = ("placement",)
    serializer_class = serializers.FollowUpSerializer
    filterset_class = filters.FollowUpFilter

    @verb(inputs.RecordFollowUpContactSerializer, may=may_hire)
    def record(self, follow_up: PostHireFollowUp, data: dict[str, Any]) -> PostHireFollowUp:
        """Enregistrer ce qu’un contact a trouvé, « injoignable » compris."""
        return services.record_post_hire(actor=self.actor, follow_up=follow_up, **data)
