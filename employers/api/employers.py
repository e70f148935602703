"""Employers known to the structures, and their workplaces."""

from __future__ import annotations

from typing import Any, ClassVar

from rest_framework import serializers

from backend.core import steps
from backend.core.api.endpoints import creates, updates, verb
from backend.core.api.filters import Filters, IdFilter, NameOrdering, TextFilter
from backend.core.api.serializers import ModelInput, Output, ScopedField, phone_field
from backend.core.api.views import DomainViewSet, Lists, Shows
from backend.organisations.models import Organisation
from employers import services
from employers.models import Employer, Establishment
from employers.permissions import may_work_with_employers
from pathways.api.shared import CancelSerializer


class EmployerFilter(Filters):
    """Employers by name and structure."""

    q = TextFilter(field_name="name", lookup_expr="icontains", label="Nom contenant ces lettres.")
    organisation = IdFilter(field_name="organisation_id")
    ordering = NameOrdering(fields=["name", "id"])


class EstablishmentFilter(Filters):
    """Workplaces by employer."""

    employer = IdFilter(field_name="employer_id")


EMPLOYER = ["name", "siret", "sector", "contact_name", "contact_phone"]


class RecordEmployerSerializer(ModelInput):
    """Un employeur à connaître."""

    organisation = ScopedField(
        Organisation, within="working_for", help_text="Structure en relation avec l’employeur."
    )
    contact_phone = phone_field()
    is_another = serializers.BooleanField(
        required=False,
        help_text="Après un refus « look_alike » : les fiches proposées ont été regardées, c’en est un autre.",
    )

    class Meta:
        model = Employer
        fields: ClassVar = ["organisation", "is_another", *EMPLOYER]


class UpdateEmployerSerializer(ModelInput):
    """La fiche d’un employeur."""

    contact_phone = phone_field()

    class Meta:
        model = Employer
        fields: ClassVar = EMPLOYER


class AddEstablishmentSerializer(ModelInput):
    """Un lieu de travail."""

    employer = ScopedField(Employer)

    class Meta:
        model = Establishment
        fields: ClassVar = ["employer", "name", "commune", "insee_code"]


class CorrectEstablishmentSerializer(ModelInput):
    """Ce qui est corrigé d’un lieu de travail ; son employeur ne change pas."""

    class Meta:
        model = Establishment
        fields: ClassVar = ["name", "commune", "insee_code"]


class EmployerSerializer(Output):
    """Un employeur et son interlocuteur."""

    class Meta:
        model = Employer
        fields: ClassVar = [
            "id", "name", "siret", "sector", "organisation", "contact_name", "contact_phone", "version",
        ]  # fmt: skip


class EstablishmentSerializer(Output):
    """Un lieu de travail."""

    class Meta:
        model = Establishment
        fields: ClassVar = ["id", "employer", "name", "commune", "insee_code"]
        left_out: ClassVar = {
            "x_km": "a place on the invented plane, that only the demonstration fills",
            "y_km": "the same",
        }


class EmployerViewSet(Lists, Shows, DomainViewSet):
    """Employeurs connus des structures du groupe."""

    model = Employer
    serializer_class = EmployerSerializer
    filterset_class = EmployerFilter

    @creates(RecordEmployerSerializer, may=may_work_with_employers)
    def create(self, data: dict[str, Any]) -> Employer:
        """Ouvrir la fiche d’un employeur."""
        return services.record_employer(actor=self.actor, **data)

    @updates(UpdateEmployerSerializer, may=may_work_with_employers)
    def partial_update(self, employer: Employer, data: dict[str, Any]) -> Employer:
        """Corriger la fiche d’un employeur."""
        return services.update_employer(actor=self.actor, employer=employer, version=employer.version, **data)

    @verb(CancelSerializer, status=204, is_matched=True, may=may_work_with_employers)
    def cancel(self, employer: Employer, data: dict[str, Any]) -> None:
        """Annuler un employeur saisi par erreur, auquel rien n’est rattaché."""
        services.cancel_employer(actor=self.actor, employer=employer, version=employer.version, **data)


class EstablishmentViewSet(Lists, Shows, DomainViewSet):
    """Établissements : les lieux de travail."""

    model = Establishment
    serializer_class = EstablishmentSerializer
    filterset_class = EstablishmentFilter

    @creates(AddEstablishmentSerializer, may=may_work_with_employers)
    def create(self, data: dict[str, Any]) -> Establishment:
        """Ajouter un lieu de travail."""
        return services.add_establishment(actor=self.actor, **data)

    @updates(CorrectEstablishmentSerializer, may=may_work_with_employers)
    def partial_update(self, establishment: Establishment, data: dict[str, Any]) -> Establishment:
        """Corriger un lieu de travail ; ce qu’il disait avant reste au journal."""
        return services.correct_establishment(
            actor=self.actor, establishment=establishment, seen=steps.seen(establishment), **data
        )

    @verb(CancelSerializer, status=204, is_matched=True, may=may_work_with_employers)
    def cancel(self, establishment: Establishment, data: dict[str, Any]) -> None:
        """Annuler un lieu saisi par erreur, tant qu’aucune analyse n’y est menée."""
        services.cancel_establishment(
            actor=self.actor, establishment=establishment, seen=steps.seen(establishment), **data
        )
