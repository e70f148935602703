"""Actions: who does what, by when."""

from __future__ import annotations

from typing import Any, ClassVar

from rest_framework import serializers

from backend.core.api.endpoints import creates, updates, verb
from backend.core.api.filters import DayFilter, IdFilter
from backend.core.api.serializers import DayField, Input, ModelInput, Output, ScopedField
from backend.core.api.views import DomainViewSet, Lists, Shows
from backend.organisations.api.fields import colleague
from pathways import enums, services
from pathways.api.follow_up.goals import GoalFilter
from pathways.api.shared import CancelSerializer
from pathways.models import Action, Beneficiary, Goal, Interview
from pathways.permissions import may_manage_people


class ActionFilter(GoalFilter):
    """Actions by person, goal, colleague, state, day."""

    goal = IdFilter(field_name="goal_id")
    assignee = IdFilter(field_name="assignee_id")
    due_from = DayFilter(field_name="due_on", lookup_expr="gte")
    due_to = DayFilter(field_name="due_on", lookup_expr="lte")


class PlanActionSerializer(ModelInput):
    """Qui fait quoi, pour quand."""

    beneficiary = ScopedField(Beneficiary, within="accompanied_by")
    goal = ScopedField(Goal, required=False, allow_null=True)
    interview = ScopedField(Interview, required=False, allow_null=True)
    assignee = colleague(required=False, allow_null=True, help_text="Qui suit l’action ; vous par défaut.")

    class Meta:
        model = Action
        fields: ClassVar = ["beneficiary", "label", "due_on", "goal", "interview", "assignee"]


class CorrectActionSerializer(ModelInput):
    """Les mots, le jour ou l’objectif d’une action, corrigés."""

    goal = ScopedField(Goal, required=False, allow_null=True)

    class Meta:
        model = Action
        fields: ClassVar = ["label", "due_on", "goal"]


class SettleActionSerializer(Input):
    """Ce qu’une action est devenue, et la suite donnée."""

    status = serializers.ChoiceField(choices=enums.ProgressStatus.choices)
    outcome = serializers.CharField(required=False, allow_blank=True, max_length=300)


class PostponeActionSerializer(Input):
    """Le nouveau jour d’une action."""

    due_on = DayField()


class ActionSerializer(Output):
    """Une action."""

    assignee_name = serializers.CharField(source="assignee.get_full_name", default="")

    class Meta:
        model = Action
        fields: ClassVar = [
            "id", "beneficiary", "organisation", "goal", "interview", "assignee", "assignee_name", "label",
            "due_on", "status", "outcome", "version", "created_at",
        ]  # fmt: skip


class ActionViewSet(Lists, Shows, DomainViewSet):
    """Actions : qui fait quoi, pour quand."""

    model = Action
    joins: ClassVar = ("assignee",)
    serializer_class = ActionSerializer
    filterset_class = ActionFilter

    @creates(PlanActionSerializer, may=may_manage_people)
    def create(self, data: dict[str, Any]) -> Action:
        """Prévoir une action."""
        return services.plan_action(actor=self.actor, **data)

    @updates(CorrectActionSerializer, may=may_manage_people)
    def partial_update(self, action: Action, data: dict[str, Any]) -> Action:
        """Corriger une action ; ce qu’elle disait avant reste au journal."""
        said = {name: getattr(action, name) for name in CorrectActionSerializer.Meta.fields} | data
        return services.correct_action(actor=self.actor, action=action, version=action.version, **said)

    @verb(CancelSerializer, status=204, is_matched=True, may=may_manage_people)
    def cancel(self, action: Action, data: dict[str, Any]) -> None:
        """Annuler une action saisie par erreur."""
        services.cancel_action(actor=self.actor, action=action, version=action.version, **data)

    @verb(SettleActionSerializer, is_matched=True, may=may_manage_people)
    def settle(self, action: Action, data: dict[str, Any]) -> Action:
        """Dire ce qu’une action est devenue, et la suite donnée."""
        return services.settle_action(actor=self.actor, action=action, version=action.version, **data)

    @verb(PostponeActionSerializer, is_matched=True, may=may_manage_people)
    def postpone(self, action: Action, data: dict[str, Any]) -> Action:
        """Reporter une action ; la date d’avant reste au journal."""
        return services.postpone_action(actor=self.actor, action=action, version=action.version, **data)
