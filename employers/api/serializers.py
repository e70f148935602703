"""The employers' side as tools read it; what may be written is in `inputs`."""

from __future__ import annotations

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from backend.core.actor import Role
from backend.core.api.serializers import Output, actor_in
from employers.enums import Daypart, Fit
from employers.models import (
    Employer,
    EmployerAccess,
    Establishment,
    JobProposal,
    Placement,
    PostHireFollowUp,
    ProfileConsent,
    TaskAnalysis,
    TaskRequirement,
    WorkTask,
)
from employers.rules.fit import fit_in_words
from employers.rules.follow_up import LABELS
from employers.selectors.quality import quality_of
from pathways.selectors.rule_book import book_in

PERSON = ("beneficiary", "beneficiary_name")
"""What would name somebody to an employer."""


class EmployerSerializer(Output):
    """Un employeur et son interlocuteur."""

    class Meta:
        model = Employer
        fields: ClassVar = [
            "id", "name", "siret", "sector", "organisation", "contact_name", "contact_phone", "version",
        ]  # fmt: skip


class EmployerAccessSerializer(Output):
    """Un accès donné chez un employeur."""

    user_name = serializers.CharField(source="user.get_full_name")
    email = serializers.EmailField(source="user.email")

    class Meta:
        model = EmployerAccess
        fields: ClassVar = ["id", "employer", "user_name", "email", "started_at", "ended_at"]


class EstablishmentSerializer(Output):
    """Un lieu de travail."""

    class Meta:
        model = Establishment
        fields: ClassVar = ["id", "employer", "name", "commune", "insee_code"]


class AnalysisSerializer(Output):
    """Une journée passée à regarder le travail."""

    employer = serializers.IntegerField(source="establishment.employer_id")

    class Meta:
        model = TaskAnalysis
        fields: ClassVar = [
            "id", "establishment", "employer", "organisation", "title", "observed_on", "status", "version",
        ]  # fmt: skip


class RequirementSerializer(Output):
    """Une compétence qu’une tâche demande."""

    competence = serializers.CharField(source="competence.code")
    competence_label = serializers.CharField(source="competence.label")

    class Meta:
        model = TaskRequirement
        fields: ClassVar = ["competence", "competence_label", "level", "importance"]


class WorkTaskSerializer(Output):
    """Une tâche qui pourrait être confiée."""

    season_hours = serializers.ListField(child=serializers.FloatField())
    dayparts = serializers.ListField(child=serializers.ChoiceField(choices=Daypart.choices))
    demands = serializers.ListField(child=serializers.CharField())
    requirements = RequirementSerializer(many=True)

    class Meta:
        model = WorkTask
        fields: ClassVar = [
            "id", "analysis", "name", "family", "weekly_hours", "season_hours", "dayparts", "is_hard",
            "is_devalued", "is_skill_building", "demands", "rome_code", "hourly_cost", "requirements",
        ]  # fmt: skip


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


class ProposalSerializer(Output):
    """Un poste fait de tâches ; un employeur lit sa part d’un poste partagé, et rien de l’ensemble."""

    quality = serializers.SerializerMethodField()

    class Meta:
        model = JobProposal
        fields: ClassVar = [
            "id", "title", "organisation", "tasks", "employers", "status", "quality", "created_at", "version",
        ]  # fmt: skip

    @extend_schema_field(JobQualitySerializer(allow_null=True))
    def get_quality(self, proposal: JobProposal) -> dict[str, Any] | None:
        """The same figures as on the screen; nothing for an employer, who reads a part of the job."""
        actor = actor_in(self.context)
        if actor is None or actor.role is Role.EMPLOYER:
            return None
        quality = quality_of(proposal.tasks.all(), book=book_in(self.context))
        return None if quality is None else dict(JobQualitySerializer(quality).data)


class AskedEmployerSerializer(serializers.ModelSerializer[ProfileConsent]):
    """Où en est la question posée à une personne, employeur par employeur."""

    class Meta:
        model = ProfileConsent
        fields: ClassVar = ["id", "employer", "decision"]
        read_only_fields: ClassVar = fields


class CandidateSerializer(serializers.Serializer[Any]):
    """Une personne devant un poste, avec les raisons."""

    beneficiary = serializers.IntegerField(source="beneficiary.pk")
    beneficiary_name = serializers.CharField(source="beneficiary.__str__")
    rank = serializers.IntegerField(source="match.rank")
    score = serializers.FloatField(source="match.score")
    held = serializers.IntegerField(help_text="Compétences tenues.")
    asked = serializers.IntegerField(help_text="Compétences demandées.")
    fit = serializers.ChoiceField(choices=Fit.choices, help_text=fit_in_words())
    trade = serializers.CharField()
    sentences = serializers.ListField(child=serializers.CharField(), help_text="Les raisons, en phrases.")
    consents = AskedEmployerSerializer(many=True)


class ConsentSerializer(Output):
    """Ce qu’une personne a répondu pour un employeur ; l’employeur n’y lit aucun nom."""

    beneficiary_name = serializers.CharField(source="beneficiary.__str__")

    class Meta:
        model = ProfileConsent
        fields: ClassVar = [
            "id", *PERSON, "employer", "proposal", "decision", "text_version", "asked_by", "asked_at",
            "decided_at", "decided_with", "ends_on", "employer_answer", "answered_at",
        ]  # fmt: skip
        withheld: ClassVar = {
            Role.EMPLOYER: (
                *PERSON,
                "text_version",
                "asked_by",
                "asked_at",
                "decided_at",
                "decided_with",
            )
        }


class ShownTaskSerializer(serializers.Serializer[Any]):
    """Une tâche du poste de l’employeur, et où en est la personne devant elle."""

    name = serializers.CharField()
    held = serializers.IntegerField()
    asked = serializers.IntegerField()
    state = serializers.CharField()


class ShownCompetenceSerializer(serializers.Serializer[Any]):
    """Une compétence, son niveau et sa preuve."""

    label = serializers.CharField()  # type: ignore[assignment]
    level = serializers.CharField()
    proof = serializers.CharField()


class ProfileSerializer(serializers.Serializer[Any]):
    """Quelqu’un qui accepte d’être présenté : un pseudonyme, ce qu’il sait faire, rien d’autre."""

    id = serializers.IntegerField(source="consent_id")
    pseudonym = serializers.CharField()
    job = serializers.CharField()
    tasks = ShownTaskSerializer(many=True)
    competences = ShownCompetenceSerializer(many=True)
    answer = serializers.CharField()
    valid_until = serializers.DateField()


class PlacementSerializer(Output):
    """Une embauche ; l’employeur lit les siennes sans ce qui tient au parcours."""

    beneficiary_name = serializers.CharField(source="beneficiary.__str__")

    class Meta:
        model = Placement
        fields: ClassVar = [
            "id", *PERSON, "employer", "proposal", "exit", "advisor", "kind", "started_on", "months",
            "trial_ends_on", "ended_on",
        ]  # fmt: skip
        withheld: ClassVar = {Role.EMPLOYER: (*PERSON, "exit", "advisor")}


class FollowUpSerializer(Output):
    """Un contact prévu après une embauche."""

    beneficiary = serializers.IntegerField(source="placement.beneficiary_id")
    milestone_label = serializers.SerializerMethodField()

    class Meta:
        model = PostHireFollowUp
        fields: ClassVar = [
            "id", "placement", "beneficiary", "milestone", "milestone_label", "due_on", "done_on",
            "situation", "note",
        ]  # fmt: skip

    def get_milestone_label(self, follow_up: PostHireFollowUp) -> str:
        """What the team calls this contact."""
        return LABELS.get(follow_up.milestone, follow_up.milestone)
