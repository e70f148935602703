"""What may be written on a thread: types, lengths and choices; the domain decides the rest."""

from __future__ import annotations

from typing import Any, ClassVar

from rest_framework import serializers

from backend.core.api.serializers import (
    DayField,
    Input,
    InstantField,
    ModelInput,
    ScopedField,
    WholeField,
    phone_field,
)
from backend.organisations.api.fields import colleague
from backend.organisations.models import Organisation
from pathways import enums
from pathways.models import (
    Action,
    Appointment,
    Beneficiary,
    Contract,
    EntryProfile,
    Exit,
    Goal,
    IaePass,
    Interview,
    MonthlyHours,
    Stay,
)
from pathways.rules.exits.motives import MOTIVE_CHOICES
from pathways.services.people import ENTRY

PERSON = ["last_name", "first_name", "sex", "birth_date", "phone", "email", "postcode", "insee_code"]
LONG_TEXT = 10_000


def _advisor(**kwargs: Any) -> ScopedField:
    return colleague(
        required=False, allow_null=True, help_text="Référent ; vide pour toute l’équipe.", **kwargs
    )


class WelcomePersonSerializer(ModelInput):
    """Une personne et son premier passage."""

    organisation = ScopedField(Organisation, within="covered_by")
    started_on = DayField()
    advisor = _advisor()
    phone = phone_field()
    is_someone_else = serializers.BooleanField(
        required=False,
        help_text="Après un refus « look_alike » : les fiches proposées ont été regardées, ce n’est pas elle.",
    )

    class Meta:
        model = Beneficiary
        fields: ClassVar = ["organisation", "started_on", "advisor", "is_someone_else", *PERSON]


class UpdatePersonSerializer(ModelInput):
    """La fiche d’une personne."""

    phone = phone_field()

    class Meta:
        model = Beneficiary
        fields: ClassVar = PERSON


class OfferThreadSerializer(Input):
    """Une adresse où inviter la personne."""

    beneficiary = ScopedField(Beneficiary, within="accompanied_by")
    email = serializers.EmailField(max_length=254)


class EntrySerializer(ModelInput):
    """Ce qui était su à l’entrée."""

    class Meta:
        model = EntryProfile
        fields: ClassVar = sorted(ENTRY)


class RecordEntrySerializer(EntrySerializer):
    """La situation à l’entrée d’une personne."""

    beneficiary = ScopedField(Beneficiary, within="accompanied_by")

    class Meta(EntrySerializer.Meta):
        fields: ClassVar = ["beneficiary", *sorted(ENTRY)]


class OpenStaySerializer(ModelInput):
    """L’étape suivante d’un fil."""

    beneficiary = ScopedField(Beneficiary)
    organisation = ScopedField(Organisation)
    advisor = _advisor()

    class Meta:
        model = Stay
        fields: ClassVar = ["beneficiary", "organisation", "started_on", "advisor"]


class AssignAdvisorSerializer(Input):
    """Qui accompagne la personne ; nul pour toute l’équipe."""

    advisor = colleague(allow_null=True)


class CloseStaySerializer(ModelInput):
    """Comment la personne sort ; le motif peut venir plus tard."""

    on = DayField(help_text="Dernier jour dans la structure.")
    motive = serializers.ChoiceField(choices=MOTIVE_CHOICES, required=False, allow_blank=True)

    class Meta:
        model = Exit
        fields: ClassVar = ["on", "motive", "employer_name", "contract_months"]


class CompleteExitSerializer(ModelInput):
    """Le motif d’une sortie."""

    motive = serializers.ChoiceField(choices=MOTIVE_CHOICES, allow_blank=True)

    class Meta:
        model = Exit
        fields: ClassVar = ["motive", "employer_name", "contract_months"]


class RecordContractSerializer(ModelInput):
    """Un contrat, ou le renouvellement de `initial`."""

    stay = ScopedField(Stay)
    initial = ScopedField(Contract, required=False, allow_null=True, help_text="Contrat renouvelé.")
    has_adjusted_sentence = serializers.BooleanField(
        required=False,
        help_text="Aménagement de peine : lève la durée minimale du CDDI ; n’est pas conservé.",
    )

    class Meta:
        model = Contract
        fields: ClassVar = [
            "stay", "kind", "started_on", "planned_end_on", "weekly_hours", "rome_code", "initial",
            "has_adjusted_sentence",
        ]  # fmt: skip


class EndContractSerializer(Input):
    """Le dernier jour réel."""

    on = DayField()


class RecordHoursSerializer(ModelInput):
    """Les heures d’un mois ; le même mois à nouveau remplace le chiffre."""

    contract = ScopedField(Contract)

    class Meta:
        model = MonthlyHours
        fields: ClassVar = ["contract", "month", "hours", "client_kind"]


class RecordPassSerializer(ModelInput):
    """Un PASS reçu ; sans fin, elle est calculée comme sur la plateforme."""

    beneficiary = ScopedField(Beneficiary, within="accompanied_by")
    ends_on = DayField(required=False, allow_null=True)

    class Meta:
        model = IaePass
        fields: ClassVar = ["beneficiary", "number", "starts_on", "ends_on"]


class RecordFollowUpSerializer(ModelInput):
    """Tout ce que dit « Noter un suivi », écrit d’un seul geste."""

    beneficiary = ScopedField(Beneficiary, within="accompanied_by")
    kind = serializers.ChoiceField(choices=enums.InterviewKind.choices)
    mode = serializers.ChoiceField(choices=enums.InterviewMode.choices)
    topics = serializers.ListField(
        child=serializers.ChoiceField(choices=enums.Topic.choices), required=False, max_length=20
    )
    synthesis = serializers.CharField(required=False, allow_blank=True, max_length=LONG_TEXT)
    private_note = serializers.CharField(required=False, allow_blank=True, max_length=LONG_TEXT)
    barriers = serializers.DictField(
        child=WholeField(min_value=0, max_value=3),
        required=False,
        help_text="Thème → poids de 0 (levé) à 3 (fort) ; les thèmes absents gardent leur dernière lecture.",
    )
    next_action = serializers.CharField(required=False, allow_blank=True, max_length=200)
    next_action_due_on = DayField(required=False, allow_null=True)
    next_appointment_at = InstantField(required=False, allow_null=True)
    next_appointment_purpose = serializers.CharField(required=False, allow_blank=True, max_length=120)
    appointment = ScopedField(
        Appointment, required=False, allow_null=True, help_text="Rendez-vous auquel cet entretien répond."
    )

    class Meta:
        model = Interview
        fields: ClassVar = [
            "beneficiary", "happened_at", "kind", "mode", "duration_minutes", "topics", "synthesis",
            "private_note", "barriers", "next_action", "next_action_due_on", "next_appointment_at",
            "next_appointment_purpose", "appointment",
        ]  # fmt: skip


class EditInterviewSerializer(ModelInput):
    """Ce que dit un entretien ; une note vide l’efface, ce qui n’est pas envoyé reste."""

    kind = serializers.ChoiceField(choices=enums.InterviewKind.choices)
    mode = serializers.ChoiceField(choices=enums.InterviewMode.choices)
    topics = serializers.ListField(child=serializers.ChoiceField(choices=enums.Topic.choices), max_length=20)
    synthesis = serializers.CharField(allow_blank=True, max_length=LONG_TEXT)
    private_note = serializers.CharField(required=False, allow_blank=True, max_length=LONG_TEXT)
    barriers = serializers.DictField(
        child=WholeField(min_value=0, max_value=3),
        required=False,
        help_text="Tous les freins lus ce jour-là : thème → poids de 0 (levé) à 3 (fort). Absents, ils restent.",
    )

    class Meta:
        model = Interview
        fields: ClassVar = [
            "happened_at", "kind", "mode", "duration_minutes", "topics", "synthesis", "private_note", "barriers",
        ]  # fmt: skip


class CancelInterviewSerializer(Input):
    """Pourquoi la saisie est annulée."""

    reason = serializers.ChoiceField(choices=enums.CancelReason.choices)


class SetGoalSerializer(ModelInput):
    """Un objectif, avec qui l’a posé."""

    beneficiary = ScopedField(Beneficiary, within="accompanied_by")
    origin = serializers.ChoiceField(choices=enums.GoalOrigin.choices)

    class Meta:
        model = Goal
        fields: ClassVar = ["beneficiary", "label", "origin", "due_on"]


class ChangeGoalSerializer(Input):
    """Où en est un objectif ; l’abandonner demande la raison."""

    status = serializers.ChoiceField(choices=enums.ProgressStatus.choices)
    dropped_because = serializers.CharField(required=False, allow_blank=True, max_length=200)


class PlanActionSerializer(ModelInput):
    """Qui fait quoi, pour quand."""

    beneficiary = ScopedField(Beneficiary, within="accompanied_by")
    goal = ScopedField(Goal, required=False, allow_null=True)
    interview = ScopedField(Interview, required=False, allow_null=True)
    assignee = colleague(required=False, allow_null=True, help_text="Qui suit l’action ; vous par défaut.")

    class Meta:
        model = Action
        fields: ClassVar = ["beneficiary", "label", "due_on", "goal", "interview", "assignee"]


class SettleActionSerializer(Input):
    """Ce qu’une action est devenue, et la suite donnée."""

    status = serializers.ChoiceField(choices=enums.ProgressStatus.choices)
    outcome = serializers.CharField(required=False, allow_blank=True, max_length=300)


class PostponeActionSerializer(Input):
    """Le nouveau jour d’une action."""

    due_on = DayField()


class PlanAppointmentSerializer(ModelInput):
    """Une heure, une personne, une raison."""

    beneficiary = ScopedField(Beneficiary, within="accompanied_by")

    class Meta:
        model = Appointment
        fields: ClassVar = ["beneficiary", "starts_at", "purpose"]


class SettleAppointmentSerializer(Input):
    """Ce qu’un rendez-vous est devenu."""

    status = serializers.ChoiceField(choices=enums.AppointmentStatus.choices)


class PostponeAppointmentSerializer(Input):
    """La nouvelle heure d’un rendez-vous."""

    starts_at = InstantField()
