"""Contacts after a hire."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils import timezone
from django_filters import OrderingFilter
from rest_framework import serializers

from backend.core import steps
from backend.core.api.endpoints import updates, verb
from backend.core.api.filters import DayFilter, Filters, IdFilter, YesNoFilter
from backend.core.api.serializers import DayField, ModelInput, Output
from backend.core.api.views import DomainViewSet, Lists, Shows
from employers import enums, services
from employers.models import PostHireFollowUp
from employers.permissions import may_hire
from employers.rules.post_hire import LABELS
from pathways.api.shared import CancelSerializer


class PostHireFilter(Filters):
    """Contacts after a hire, by hire, person, state, day."""

    placement = IdFilter(field_name="placement_id")
    beneficiary = IdFilter(field_name="placement__beneficiary_id")
    is_done = YesNoFilter(field_name="done_on", lookup_expr="isnull", exclude=True)
    is_due = YesNoFilter(method="filter_due", label="À faire aujourd’hui ou en retard.")
    due_to = DayFilter(field_name="due_on", lookup_expr="lte")
    ordering = OrderingFilter(fields=["due_on", "id"])

    def filter_due(self, rows: Any, name: str, value: bool) -> Any:
        """Those the team should make today, or the others."""
        due = rows.due_by(timezone.localdate())
        return due if value else rows.exclude(pk__in=due.values("pk"))


class RecordPostHireSerializer(ModelInput):
    """Ce qu’un contact a trouvé ; « injoignable » est une réponse."""

    situation = serializers.ChoiceField(choices=enums.Situation.choices)
    on = DayField()

    class Meta:
        model = PostHireFollowUp
        fields: ClassVar = ["situation", "on", "note"]


class PostHireSerializer(Output):
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


class PostHireViewSet(Lists, Shows, DomainViewSet):
    """Suivis dans l’emploi."""

    model = PostHireFollowUp
    joins: ClassVar = ("placement",)
    serializer_class = PostHireSerializer
    filterset_class = PostHireFilter

    @verb(RecordPostHireSerializer, may=may_hire)
    def record(self, follow_up: PostHireFollowUp, data: dict[str, Any]) -> PostHireFollowUp:
        """Enregistrer ce qu’un contact a trouvé, « injoignable » compris."""
        return services.record_post_hire(actor=self.actor, follow_up=follow_up, **data)

    @updates(RecordPostHireSerializer, may=may_hire)
    def partial_update(self, follow_up: PostHireFollowUp, data: dict[str, Any]) -> PostHireFollowUp:
        """Corriger ce qu’un contact a trouvé ; ce qu’il disait avant reste au journal."""
        said = {"situation": follow_up.situation, "on": follow_up.done_on, "note": follow_up.note} | data
        return services.correct_post_hire(
            actor=self.actor, follow_up=follow_up, seen=steps.seen(follow_up), **said
        )

    @verb(CancelSerializer, is_matched=True, may=may_hire)
    def cancel(self, follow_up: PostHireFollowUp, data: dict[str, Any]) -> PostHireFollowUp:
        """Annuler ce qu’un contact a trouvé, saisi par erreur : il est de nouveau à faire."""
        return services.cancel_post_hire(
            actor=self.actor, follow_up=follow_up, seen=steps.seen(follow_up), **data
        )
