"""Rights that follow a person: medical visits and days saved, noted, corrected, taken back; what becomes of each at a border."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django_filters import rest_framework as django_filters
from rest_framework import serializers

from backend.core.api.endpoints import creates, updates, verb
from backend.core.api.filters import DayFilter, Filters, IdFilter, by_code
from backend.core.api.serializers import DayField, Input, ModelInput, Output, ScopedField
from backend.core.api.views import DomainViewSet, Lists, Shows
from backend.core.values.identifiers import validate_rome_code
from pathways import services
from pathways.enums import CancelReason
from pathways.enums.travelling import Destination, SavedFate, SavedKind, Tie, VisitKind
from pathways.models import Beneficiary, MedicalVisit, SavedDays
from pathways.models.rights.medical_visit import MOST_JOBS
from pathways.permissions import may_manage_people
from pathways.rules.travelling.facts import Border
from pathways.services.rights.saved_days import COUNTED
from pathways.services.rights.visits import NOTED


def _jobs(**options: Any) -> serializers.ListField:
    return serializers.ListField(
        child=serializers.CharField(max_length=5, validators=[validate_rome_code]),
        max_length=MOST_JOBS,
        help_text="Codes ROME écrits sur le papier ; vide s’il n’en nomme aucun.",
        **options,
    )


class CancelFollowingSerializer(Input):
    """Pourquoi la saisie est annulée."""

    reason = serializers.ChoiceField(choices=CancelReason.choices)


class MedicalVisitFilter(Filters):
    """Visits by person, kind and day; those taken back only when asked for."""

    beneficiary = IdFilter(field_name="beneficiary_id")
    kind = django_filters.ChoiceFilter(choices=VisitKind.choices, method=by_code)
    made_from = DayFilter(field_name="made_on", lookup_expr="gte")
    made_to = DayFilter(field_name="made_on", lookup_expr="lte")
    is_cancelled = django_filters.BooleanFilter(
        field_name="cancelled_at", lookup_expr="isnull", exclude=True, label="Annulées par erreur de saisie."
    )


class RecordVisitSerializer(ModelInput):
    """Une visite déjà faite : son jour, le papier que l’employeur a reçu, les emplois couverts. Rien de la santé."""

    beneficiary = ScopedField(Beneficiary, within="accompanied_by")
    jobs = _jobs(required=False)

    class Meta:
        model = MedicalVisit
        fields: ClassVar = ["beneficiary", *NOTED]


class CorrectVisitSerializer(ModelInput):
    """La visite telle qu’elle aurait dû être écrite ; ce qui n’est pas envoyé reste."""

    jobs = _jobs(required=False)

    class Meta:
        model = MedicalVisit
        fields: ClassVar = NOTED


class MedicalVisitSerializer(Output):
    """Une visite ; `due_on` est la date écrite sur le papier, nulle quand il n’en dit pas."""

    jobs = _jobs(source="job_codes")
    cancel_reason = serializers.CharField(help_text="Vide tant qu’elle n’est pas annulée.")

    class Meta:
        model = MedicalVisit
        fields: ClassVar = [
            "id",
            "beneficiary",
            "organisation",
            *NOTED,
            "cancelled_at",
            "cancel_reason",
            "version",
        ]


class MedicalVisitViewSet(Lists, Shows, DomainViewSet):
    """Visites médicales du travail."""

    model = MedicalVisit
    serializer_class = MedicalVisitSerializer
    filterset_class = MedicalVisitFilter

    @creates(RecordVisitSerializer, may=may_manage_people)
    def create(self, data: dict[str, Any]) -> MedicalVisit:
        """Noter une visite déjà faite."""
        return services.record_visit(actor=self.actor, **data)

    @updates(CorrectVisitSerializer, may=may_manage_people)
    def partial_update(self, visit: MedicalVisit, data: dict[str, Any]) -> MedicalVisit:
        """Corriger une visite."""
        return services.correct_visit(actor=self.actor, visit=visit, version=visit.version, **data)

    @verb(CancelFollowingSerializer, is_matched=True, may=may_manage_people)
    def cancel(self, visit: MedicalVisit, data: dict[str, Any]) -> MedicalVisit:
        """Annuler une saisie faite par erreur : elle reste lisible et ne compte plus."""
        return services.cancel_visit(actor=self.actor, visit=visit, version=visit.version, **data)


class SavedDaysFilter(Filters):
    """Counts by person, kind, what becomes of them and day; those taken back only when asked for."""

    beneficiary = IdFilter(field_name="beneficiary_id")
    kind = django_filters.ChoiceFilter(choices=SavedKind.choices)
    fate = django_filters.ChoiceFilter(choices=SavedFate.choices)
    counted_from = DayFilter(field_name="counted_on", lookup_expr="gte")
    counted_to = DayFilter(field_name="counted_on", lookup_expr="lte")
    is_cancelled = django_filters.BooleanFilter(
        field_name="cancelled_at", lookup_expr="isnull", exclude=True, label="Annulés par erreur de saisie."
    )


class RecordSavedDaysSerializer(ModelInput):
    """Les jours que la structure doit, comptés un jour."""

    beneficiary = ScopedField(Beneficiary, within="accompanied_by")

    class Meta:
        model = SavedDays
        fields: ClassVar = ["beneficiary", *COUNTED]


class CorrectSavedDaysSerializer(ModelInput):
    """Le compte tel qu’il aurait dû être écrit, ou ce que les jours sont devenus ; ce qui n’est pas envoyé reste."""

    class Meta:
        model = SavedDays
        fields: ClassVar = COUNTED


class SavedDaysSerializer(Output):
    """Un compte de jours ; le plus récent de chaque nature, dans chaque structure, remplace les précédents."""

    cancel_reason = serializers.CharField(help_text="Vide tant qu’il n’est pas annulé.")

    class Meta:
        model = SavedDays
        fields: ClassVar = [
            "id",
            "beneficiary",
            "organisation",
            *COUNTED,
            "cancelled_at",
            "cancel_reason",
            "version",
        ]


class SavedDaysViewSet(Lists, Shows, DomainViewSet):
    """Jours épargnés : congés non pris, compte épargne-temps, repos acquis."""

    model = SavedDays
    serializer_class = SavedDaysSerializer
    filterset_class = SavedDaysFilter

    @creates(RecordSavedDaysSerializer, may=may_manage_people)
    def create(self, data: dict[str, Any]) -> SavedDays:
        """Noter ce qui reste de jours, comme la structure les compte."""
        return services.record_saved_days(actor=self.actor, **data)

    @updates(CorrectSavedDaysSerializer, may=may_manage_people)
    def partial_update(self, saved: SavedDays, data: dict[str, Any]) -> SavedDays:
        """Corriger un compte, ou dire ce que les jours sont devenus ; ceux de sa propre structure."""
        return services.correct_saved_days(actor=self.actor, saved=saved, version=saved.version, **data)

    @verb(CancelFollowingSerializer, is_matched=True, may=may_manage_people)
    def cancel(self, saved: SavedDays, data: dict[str, Any]) -> SavedDays:
        """Annuler une saisie faite par erreur : elle reste lisible et ne compte plus."""
        return services.cancel_saved_days(actor=self.actor, saved=saved, version=saved.version, **data)


class AskedBorderSerializer(Input):
    """Un autre départ que le prochain connu : vers quel employeur, quel jour, pour quel travail."""

    to = serializers.ChoiceField(choices=Destination.choices, required=False)
    tie = serializers.ChoiceField(choices=Tie.choices, required=False)
    on = DayField(required=False)
    job = serializers.CharField(max_length=5, required=False, validators=[validate_rome_code])


ASKED = tuple(AskedBorderSerializer().fields)


def asked_border(query: Mapping[str, Any], ahead: Border) -> Border:
    """The border asked about; what is not said is as the next one known."""
    asked = AskedBorderSerializer(data={name: query[name] for name in ASKED if query.get(name)})
    asked.is_valid(raise_exception=True)
    said = asked.validated_data
    job = said.get("job", "")
    return ahead.asked(
        on=said.get("on", ahead.on),
        to=Destination(said.get("to", ahead.to)),
        tie=Tie(said.get("tie", ahead.tie)),
        jobs=(job,) if job else (),
    )


class RightAtBorderSerializer(serializers.Serializer[Any]):
    """Un droit au prochain départ : à demander, perdu ou gardé ; combien, par quel texte, avec quelle certitude, quoi faire."""

    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    verdict = serializers.CharField()
    amount = serializers.CharField()
    sentence = serializers.CharField()
    way_out = serializers.CharField()
    plain = serializers.CharField()
    basis = serializers.CharField()
    confidence = serializers.CharField()
