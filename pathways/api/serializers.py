"""The thread as tools read it; what may be written is in `inputs`."""

from __future__ import annotations

from typing import Any, ClassVar

from rest_framework import serializers

from backend.core.actor import CONTACT_READERS, Role
from backend.core.api.serializers import Output, actor_in
from backend.organisations.enums import StructureKind
from pathways.models import (
    Action,
    Appointment,
    BarrierReading,
    Beneficiary,
    BeneficiaryAccess,
    Contract,
    EntryProfile,
    Exit,
    Goal,
    IaePass,
    Interview,
    MonthlyHours,
    PrivateNote,
    Stay,
)
from pathways.permissions import CONTACT, may_read_synthesis, reads_contact
from pathways.rules.exits.motives import MOTIVES_BY_CODE
from pathways.selectors.rule_book import book_in
from pathways.services.corrections import Leaving
from pathways.services.people import ENTRY


class PersonLineSerializer(Output):
    """Une personne dans une liste : de quoi la reconnaître."""

    class Meta:
        model = Beneficiary
        fields: ClassVar = ["id", "last_name", "first_name"]


class PersonSerializer(Output):
    """La fiche d’une personne."""

    class Meta:
        model = Beneficiary
        fields: ClassVar = ["id", "last_name", "first_name", *CONTACT, "version", "created_at"]
        withheld: ClassVar = dict.fromkeys(frozenset(Role) - CONTACT_READERS, CONTACT)

    def to_representation(self, person: Beneficiary) -> dict[str, Any]:
        """Without contact once the person is not accompanied any more."""
        shown: dict[str, Any] = super().to_representation(person)
        actor = actor_in(self.context)
        if actor is None or not reads_contact(actor, person):
            return {name: value for name, value in shown.items() if name not in CONTACT}
        return shown


class PersonAccessSerializer(Output):
    """L’accès d’une personne à son propre fil."""

    email = serializers.EmailField(source="user.email")

    class Meta:
        model = BeneficiaryAccess
        fields: ClassVar = ["id", "beneficiary", "email", "started_at", "ended_at"]


class EntryProfileSerializer(Output):
    """Ce qui était su à l’entrée."""

    class Meta:
        model = EntryProfile
        fields: ClassVar = ["id", "beneficiary", *sorted(ENTRY), "version"]


class StaySerializer(Output):
    """Une étape du fil."""

    beneficiary_name = serializers.CharField(source="beneficiary.__str__")
    organisation_name = serializers.CharField(source="organisation.name")
    organisation_kind = serializers.ChoiceField(source="organisation.kind", choices=StructureKind.choices)
    advisor_name = serializers.CharField(source="advisor.get_full_name", default="")

    class Meta:
        model = Stay
        fields: ClassVar = [
            "id", "beneficiary", "beneficiary_name", "organisation", "organisation_name", "organisation_kind",
            "advisor", "advisor_name", "started_on", "ended_on",
        ]  # fmt: skip


class ContractSerializer(Output):
    """Un contrat ; `initial` est le premier de sa chaîne."""

    beneficiary = serializers.IntegerField(source="stay.beneficiary_id")

    class Meta:
        model = Contract
        fields: ClassVar = [
            "id", "stay", "beneficiary", "kind", "started_on", "planned_end_on", "ended_on", "weekly_hours",
            "rome_code", "initial",
        ]  # fmt: skip


class MonthlyHoursSerializer(Output):
    """Les heures d’un mois pour un type de client."""

    class Meta:
        model = MonthlyHours
        fields: ClassVar = ["id", "contract", "month", "hours", "client_kind"]


class PassSerializer(Output):
    """Un PASS IAE."""

    class Meta:
        model = IaePass
        fields: ClassVar = ["id", "beneficiary", "number", "starts_on", "ends_on"]


class InterviewLineSerializer(Output):
    """Un entretien dans une liste : quand, pourquoi, comment ; son texte se lit un entretien à la fois."""

    author_name = serializers.CharField(source="author.get_full_name", default="")
    topics = serializers.ListField(child=serializers.CharField())

    class Meta:
        model = Interview
        fields: ClassVar = [
            "id", "beneficiary", "organisation", "author", "author_name", "happened_at", "kind", "mode",
            "duration_minutes", "topics", "version",
        ]  # fmt: skip


class InterviewSerializer(InterviewLineSerializer):
    """Un entretien avec ce qui s’est dit, pour qui peut le lire."""

    synthesis = serializers.SerializerMethodField()
    is_withheld = serializers.SerializerMethodField()
    private_note = serializers.SerializerMethodField()

    class Meta(InterviewLineSerializer.Meta):
        fields: ClassVar = [*InterviewLineSerializer.Meta.fields, "synthesis", "is_withheld", "private_note"]

    def get_synthesis(self, interview: Interview) -> str:
        """The shared text; empty for who does not read it."""
        return interview.synthesis if self._may_read(interview) else ""

    def get_is_withheld(self, interview: Interview) -> bool:
        """Whether a text exists that this actor does not read."""
        return bool(interview.synthesis) and not self._may_read(interview)

    def get_private_note(self, interview: Interview) -> str:
        """One's own note, nobody else's."""
        actor = actor_in(self.context)
        if actor is None:
            return ""
        note = PrivateNote.objects.visible_to(actor).filter(interview=interview).first()
        return note.text if note else ""

    def _may_read(self, interview: Interview) -> bool:
        actor = actor_in(self.context)
        return actor is not None and may_read_synthesis(actor, interview)


class LeavingSerializer(serializers.Serializer[Any]):
    """Ce qui part avec une saisie annulée, et ce qui reste."""

    themes = serializers.ListField(child=serializers.CharField(), help_text="Freins lus ce jour-là, retirés.")
    actions_kept = serializers.SerializerMethodField()
    appointment = serializers.SerializerMethodField()

    def get_actions_kept(self, left: Leaving) -> list[int]:
        """Actions already moved along: they stay, by themselves."""
        return [action.pk for action in left.actions_kept]

    def get_appointment(self, left: Leaving) -> int | None:
        """The appointment it answered: planned again."""
        return left.appointment.pk if left.appointment else None


class GoalSerializer(Output):
    """Un objectif."""

    class Meta:
        model = Goal
        fields: ClassVar = [
            "id", "beneficiary", "organisation", "label", "origin", "due_on", "status", "dropped_because",
            "version", "created_at",
        ]  # fmt: skip


class ActionSerializer(Output):
    """Une action."""

    assignee_name = serializers.CharField(source="assignee.get_full_name", default="")

    class Meta:
        model = Action
        fields: ClassVar = [
            "id", "beneficiary", "organisation", "goal", "interview", "assignee", "assignee_name", "label",
            "due_on", "status", "outcome", "version", "created_at",
        ]  # fmt: skip


class AppointmentSerializer(Output):
    """Un rendez-vous."""

    beneficiary_name = serializers.CharField(source="beneficiary.__str__")
    advisor_name = serializers.CharField(source="advisor.get_full_name")

    class Meta:
        model = Appointment
        fields: ClassVar = [
            "id", "beneficiary", "beneficiary_name", "organisation", "advisor", "advisor_name", "starts_at",
            "purpose", "status", "interview",
        ]  # fmt: skip


class BarrierReadingSerializer(Output):
    """Le poids d’un frein un jour donné, de 0 (levé) à 3 (fort)."""

    class Meta:
        model = BarrierReading
        fields: ClassVar = ["id", "beneficiary", "organisation", "interview", "theme", "impact", "read_on"]


class ExitSerializer(Output):
    """Comment un passage s’est terminé ; la catégorie est celle du motif, selon les règles en vigueur."""

    beneficiary = serializers.IntegerField(source="stay.beneficiary_id")
    organisation = serializers.IntegerField(source="stay.organisation_id")
    motive_label = serializers.SerializerMethodField()
    category = serializers.SerializerMethodField()

    class Meta:
        model = Exit
        fields: ClassVar = [
            "id", "stay", "beneficiary", "organisation", "occurred_on", "motive", "motive_label", "category",
            "employer_name", "contract_months", "version",
        ]  # fmt: skip

    def get_motive_label(self, exit_: Exit) -> str:
        """The agency's words; empty while the motive is not known."""
        return MOTIVES_BY_CODE[exit_.motive].label if exit_.motive else ""

    def get_category(self, exit_: Exit) -> str:
        """The category by the rule of the day of the exit; empty while the motive is missing or not settled."""
        return book_in(self.context).category(exit_.motive, on=exit_.occurred_on) or ""


class StepSerializer(serializers.Serializer[Any]):
    """Une étape de la ligne ; `end` est nul tant que la fin n’est pas connue."""

    kind = serializers.CharField()
    kind_label = serializers.CharField()
    structure = serializers.CharField()
    start = serializers.DateField()
    end = serializers.DateField(allow_null=True)
    label = serializers.CharField()  # type: ignore[assignment]
    is_planned = serializers.BooleanField()
    organisation_id = serializers.IntegerField(allow_null=True)


class GapSerializer(serializers.Serializer[Any]):
    """Des jours sans étape."""

    start = serializers.DateField()
    end = serializers.DateField()
    days = serializers.IntegerField()


class SpanSerializer(serializers.Serializer[Any]):
    """Une période à côté des étapes."""

    nature = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    start = serializers.DateField()
    end = serializers.DateField()


class MarkSerializer(serializers.Serializer[Any]):
    """Un seul jour sur la ligne."""

    nature = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    day = serializers.DateField()


class ThreadSerializer(serializers.Serializer[Any]):
    """Le fil vu d’un jour donné, à travers les structures ; `pause_days` est compris dans `gap_days`."""

    today = serializers.DateField()
    is_between_two = serializers.BooleanField()
    gap_days = serializers.IntegerField()
    pause_days = serializers.IntegerField()
    steps = StepSerializer(many=True)
    gaps = GapSerializer(many=True)
    spans = SpanSerializer(many=True)
    marks = MarkSerializer(many=True)
