"""Exits: how a stay ended, and why."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import Q
from django_filters import OrderingFilter
from django_filters import rest_framework as django_filters
from rest_framework import serializers

from backend.core.api.endpoints import updates, verb
from backend.core.api.filters import DayFilter, Filters, IdFilter, YesNoFilter, by_code
from backend.core.api.serializers import TOLD_BY_THE_TRAIL, ModelInput, Output
from backend.core.api.views import DomainViewSet, Lists, Shows
from pathways import services
from pathways.api.shared import CancelSerializer
from pathways.models import Exit
from pathways.permissions import may_manage_people
from pathways.rules.exits.motives import MOTIVE_CHOICES, MOTIVES_BY_CODE
from pathways.selectors.rule_book import book_in


class ExitFilter(Filters):
    """Exits by person, structure, motive, day; `is_complete` for those whose motive is known."""

    beneficiary = IdFilter(field_name="stay__beneficiary_id")
    organisation = IdFilter(field_name="stay__organisation_id")
    motive = django_filters.ChoiceFilter(choices=MOTIVE_CHOICES, method=by_code)
    is_complete = YesNoFilter(method="filter_complete", label="Sorties dont le motif est connu.")
    occurred_from = DayFilter(field_name="occurred_on", lookup_expr="gte")
    occurred_to = DayFilter(field_name="occurred_on", lookup_expr="lte")
    ordering = OrderingFilter(fields=["occurred_on", "id"])

    def filter_complete(self, rows: Any, name: str, value: bool) -> Any:
        """Exits with a motive, or waiting for one."""
        return rows.filter(~Q(motive="") if value else Q(motive=""))


class CompleteExitSerializer(ModelInput):
    """Le motif d’une sortie, ou son jour."""

    motive = serializers.ChoiceField(choices=MOTIVE_CHOICES, allow_blank=True)

    class Meta:
        model = Exit
        fields: ClassVar = ["occurred_on", "motive", "employer_name", "contract_months"]


class ExitSerializer(Output):
    """Comment un passage s’est terminé ; la catégorie est celle du motif, selon les règles en vigueur."""

    beneficiary = serializers.IntegerField(source="stay.beneficiary_id")
    organisation = serializers.IntegerField(source="stay.organisation_id")
    motive_label = serializers.SerializerMethodField()
    category = serializers.SerializerMethodField()
    remarks = serializers.SerializerMethodField(
        help_text="Ce que l’enregistrement avait à dire, en phrases ; vide à la lecture."
    )

    class Meta:
        model = Exit
        fields: ClassVar = [
            "id", "stay", "beneficiary", "organisation", "occurred_on", "motive", "motive_label", "category",
            "employer_name", "contract_months", "remarks", "version",
        ]  # fmt: skip
        left_out: ClassVar = {
            "recorded_by": TOLD_BY_THE_TRAIL,
        }

    def get_motive_label(self, exit_: Exit) -> str:
        """The agency's words; empty while the motive is not known."""
        return MOTIVES_BY_CODE[exit_.motive].label if exit_.motive else ""

    def get_category(self, exit_: Exit) -> str:
        """The category by the rule of the day of the exit; empty while the motive is missing or not settled."""
        return book_in(self.context).category(exit_.motive, on=exit_.occurred_on) or ""

    def get_remarks(self, exit_: Exit) -> list[str]:
        """The sentences a screen shows once it is recorded."""
        return [remark.message for remark in exit_.remarks]


class ExitViewSet(Lists, Shows, DomainViewSet):
    """Sorties des passages ; elles s’ouvrent en fermant un passage."""

    model = Exit
    joins: ClassVar = ("stay",)
    serializer_class = ExitSerializer
    filterset_class = ExitFilter

    def read_again(self, done: Any) -> Any:
        """The exit as its own address shows it, with what recording it had to say."""
        shown = super().read_again(done)
        shown.remarks = done.remarks
        return shown

    @updates(CompleteExitSerializer, may=may_manage_people)
    def partial_update(self, exit_: Exit, data: dict[str, Any]) -> Exit:
        """Compléter ou corriger une sortie : son jour, son motif."""
        if "occurred_on" in data:
            day = data.pop("occurred_on")
            exit_ = services.move_exit(actor=self.actor, exit_=exit_, version=exit_.version, on=day)
            if not data:
                return exit_
        known = {name: getattr(exit_, name) for name in ("motive", "employer_name", "contract_months")}
        return services.complete_exit(
            actor=self.actor, exit_=exit_, version=exit_.version, **{**known, **data}
        )

    @verb(CancelSerializer, status=204, is_matched=True, may=may_manage_people)
    def cancel(self, exit_: Exit, data: dict[str, Any]) -> None:
        """Annuler une sortie saisie par erreur : le passage reprend, avec les contrats qu’elle avait terminés."""
        services.cancel_exit(actor=self.actor, exit_=exit_, version=exit_.version, **data)
