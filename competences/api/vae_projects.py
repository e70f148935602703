"""VAE projects: what happened, one step after the other, and what the law makes of it today."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils import timezone
from django_filters import rest_framework as django_filters
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from backend.core.api.endpoints import creates, updates, verb
from backend.core.api.filters import DayFilter, Filters, IdFilter
from backend.core.api.serializers import DayField, Input, ModelInput, Output, ScopedField
from backend.core.api.views import DomainViewSet, Lists, Shows
from competences import enums, services
from competences.enums import VaeHand, VaeStatus
from competences.models import Certification, VaeProject, VaeStep
from competences.permissions import may_plan_vae
from competences.selectors.vae import on_a_day, with_steps
from pathways.models import Beneficiary
from pathways.selectors.rule_book import book_in


class VaeFilter(Filters):
    """VAE by person and stage."""

    beneficiary = IdFilter(field_name="beneficiary_id")
    status = django_filters.ChoiceFilter(choices=enums.VaeStatus.choices)
    due_to = DayFilter(field_name="next_due_on", lookup_expr="lte")


class PlanVaeSerializer(ModelInput):
    """Une certification à viser."""

    beneficiary = ScopedField(Beneficiary, within="accompanied_by")
    on = DayField()
    has_agreed = serializers.BooleanField(
        required=False, help_text="La personne a donné son accord ce jour-là."
    )
    reference = ScopedField(Certification, required=False, allow_null=True)

    class Meta:
        model = VaeProject
        fields: ClassVar = [
            "beneficiary", "certification", "reference", "on", "has_agreed", "scope", "channel", "companion",
            "companion_on_portal", "funding", "quotes", "replaced_on",
        ]  # fmt: skip


class DescribeVaeSerializer(ModelInput):
    """Comment la VAE est portée."""

    reference = ScopedField(Certification, required=False, allow_null=True)

    class Meta:
        model = VaeProject
        fields: ClassVar = [
            "certification", "reference", "scope", "channel", "companion", "companion_on_portal", "funding", "quotes",
            "replaced_on",
        ]  # fmt: skip


class _SaidSerializer(ModelInput):
    """Ce qui s’est passé, et quand."""

    on = DayField()

    class Meta:
        model = VaeStep
        fields: ClassVar = [
            "kind", "on", "jury_on", "jury_members", "jury_knows_candidate", "blocs", "leave_on", "leave_hours",
            "details", "document", "source",
        ]  # fmt: skip


class MoveVaeSerializer(_SaidSerializer):
    """L’étape à noter."""


class CorrectVaeSerializer(_SaidSerializer):
    """L’étape telle qu’elle aurait dû être dite."""

    step = ScopedField(VaeStep)
    reason = serializers.CharField(max_length=300)

    class Meta:
        model = VaeStep
        fields: ClassVar = ["step", "reason", *_SaidSerializer.Meta.fields]


class CancelVaeSerializer(Input):
    """L’étape à annuler."""

    step = ScopedField(VaeStep)
    reason = serializers.CharField(max_length=300)


class VaeStepSerializer(Output):
    """Une étape, telle qu’elle a été notée."""

    class Meta:
        model = VaeStep
        fields: ClassVar = [
            "id", "project", "kind", "on", "jury_on", "jury_members", "jury_knows_candidate", "blocs",
            "leave_on", "leave_hours", "details", "document", "source", "author", "created_at", "replaces",
            "cancelled_at", "cancel_reason",
        ]  # fmt: skip


class VaeDelaySerializer(serializers.Serializer[Any]):
    """Un délai qui court."""

    code = serializers.CharField()
    words = serializers.CharField()
    aim_on = serializers.DateField(help_text="À viser.")
    last_on = serializers.DateField(help_text="Dernier jour ; le statut ne change qu’après.")
    hand = serializers.ChoiceField(choices=VaeHand.choices)
    basis = serializers.CharField()


class VaeReadingSerializer(serializers.Serializer[Any]):
    """Ce que les étapes et la loi font du dossier aujourd’hui."""

    status = serializers.ChoiceField(choices=VaeStatus.choices)
    since = serializers.DateField(allow_null=True)
    is_computed = serializers.BooleanField(help_text="Dit par la loi, par aucune étape notée.")
    notified = serializers.ChoiceField(choices=VaeStatus.choices)
    basis = serializers.CharField()
    is_agreed = serializers.BooleanField()
    jury_on = serializers.DateField(allow_null=True)
    blocs = serializers.ListField(child=serializers.CharField())
    delays = VaeDelaySerializer(many=True)


class VaeSerializer(Output):
    """Une certification visée, ses étapes, et ce que la loi en fait aujourd’hui."""

    steps = VaeStepSerializer(many=True)
    reading = serializers.SerializerMethodField()

    class Meta:
        model = VaeProject
        fields: ClassVar = [
            "id", "beneficiary", "organisation", "certification", "reference", "scope", "channel", "companion",
            "companion_on_portal", "funding", "quotes", "replaced_on", "status", "reached_on", "next_due_on",
            "steps", "reading", "version",
        ]  # fmt: skip

    @extend_schema_field(VaeReadingSerializer)
    def get_reading(self, project: VaeProject) -> Any:
        """Computed each time: a silence or a delay never becomes a row."""
        day = on_a_day(project, today=timezone.localdate(), book=book_in(self.context))
        return VaeReadingSerializer(day.reading).data


class VaeProjectViewSet(Lists, Shows, DomainViewSet):
    """Projets de VAE."""

    model = VaeProject
    serializer_class = VaeSerializer
    filterset_class = VaeFilter

    def shaped(self, rows: Any) -> Any:
        """Their steps read with them."""
        return with_steps(super().shaped(rows))

    @creates(PlanVaeSerializer, may=may_plan_vae)
    def create(self, data: dict[str, Any]) -> VaeProject:
        """Ouvrir un projet pour une certification."""
        return services.plan_vae(actor=self.actor, **data)

    @updates(DescribeVaeSerializer, may=may_plan_vae)
    def partial_update(self, project: VaeProject, data: dict[str, Any]) -> VaeProject:
        """Dire où va le dossier, qui accompagne, qui finance."""
        services.describe_vae(actor=self.actor, project=project, version=project.version, **data)
        return project

    @verb(MoveVaeSerializer, is_matched=True, may=may_plan_vae)
    def move(self, project: VaeProject, data: dict[str, Any]) -> VaeProject:
        """Noter une étape ; les échéances légales s’en déduisent."""
        return services.move_vae(actor=self.actor, project=project, version=project.version, **data)[0]

    @verb(CorrectVaeSerializer, is_matched=True, may=may_plan_vae)
    def correct(self, project: VaeProject, data: dict[str, Any]) -> VaeProject:
        """Corriger une étape : la première reste, avec la raison."""
        return services.correct_vae_step(actor=self.actor, project=project, version=project.version, **data)[
            0
        ]

    @verb(CancelVaeSerializer, is_matched=True, may=may_plan_vae)
    def cancel(self, project: VaeProject, data: dict[str, Any]) -> VaeProject:
        """Annuler une étape notée par erreur : elle reste lisible, avec sa raison."""
        return services.cancel_vae_step(actor=self.actor, project=project, version=project.version, **data)

    @verb(status=204, is_matched=True, may=may_plan_vae)
    def decline(self, project: VaeProject, data: dict[str, Any]) -> None:
        """Retirer une proposition que la personne ne souhaite pas : rien n’en reste."""
        services.decline_vae(actor=self.actor, project=project, version=project.version)
