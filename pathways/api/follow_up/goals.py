"""Goals in the words of the person."""

from __future__ import annotations

from typing import Any, ClassVar

from django_filters import OrderingFilter
from django_filters import rest_framework as django_filters
from rest_framework import serializers

from backend.core.api.endpoints import creates, updates, verb
from backend.core.api.serializers import ModelInput, Output, ScopedField
from backend.core.api.views import DomainViewSet, Lists, Shows
from pathways import enums, services
from pathways.api.shared import CancelSerializer, OfPersonFilter
from pathways.models import Beneficiary, Goal
from pathways.permissions import may_manage_people


class GoalFilter(OfPersonFilter):
    """Goals by person and state."""

    status = django_filters.ChoiceFilter(choices=enums.ProgressStatus.choices)
    ordering = OrderingFilter(fields=["due_on", "id"])


class SetGoalSerializer(ModelInput):
    """Un objectif, avec qui l’a posé."""

    beneficiary = ScopedField(Beneficiary, within="accompanied_by")
    origin = serializers.ChoiceField(choices=enums.GoalOrigin.choices)

    class Meta:
        model = Goal
        fields: ClassVar = ["beneficiary", "label", "origin", "due_on"]


class ChangeGoalSerializer(ModelInput):
    """Où en est un objectif, l’abandonner demandant la raison ; ou ce qui est corrigé de ses mots et de son échéance."""

    class Meta:
        model = Goal
        fields: ClassVar = ["status", "dropped_because", "label", "origin", "due_on"]


class GoalSerializer(Output):
    """Un objectif."""

    class Meta:
        model = Goal
        fields: ClassVar = [
            "id", "beneficiary", "organisation", "label", "origin", "due_on", "status", "dropped_because",
            "version", "created_at",
        ]  # fmt: skip


class GoalViewSet(Lists, Shows, DomainViewSet):
    """Objectifs, dans les mots de la personne."""

    model = Goal
    serializer_class = GoalSerializer
    filterset_class = GoalFilter

    @creates(SetGoalSerializer, may=may_manage_people)
    def create(self, data: dict[str, Any]) -> Goal:
        """Écrire un objectif, avec qui l’a posé."""
        return services.set_goal(actor=self.actor, **data)

    @updates(ChangeGoalSerializer, may=may_manage_people)
    def partial_update(self, goal: Goal, data: dict[str, Any]) -> Goal:
        """Dire où en est un objectif, l’abandonner demandant la raison ; ou corriger ses mots et son échéance."""
        words = ("label", "origin", "due_on")
        if any(name in data for name in words):
            said = {name: data.pop(name, getattr(goal, name)) for name in words}
            goal = services.correct_goal(actor=self.actor, goal=goal, version=goal.version, **said)
        where = {"status": goal.status, "dropped_because": goal.dropped_because, **data}
        return services.change_goal(actor=self.actor, goal=goal, version=goal.version, **where)

    @verb(CancelSerializer, status=204, is_matched=True, may=may_manage_people)
    def cancel(self, goal: Goal, data: dict[str, Any]) -> None:
        """Annuler un objectif saisi par erreur ; ses actions restent."""
        services.cancel_goal(actor=self.actor, goal=goal, version=goal.version, **data)
