"""Interviews: noted with all they decide, corrected, cancelled; their text is read one at a time."""

from __future__ import annotations

from typing import Any, ClassVar

from django_filters import OrderingFilter
from django_filters import rest_framework as django_filters
from rest_framework import serializers

from backend.audit import trail
from backend.core.api.endpoints import creates, updates, verb
from backend.core.api.filters import DayFilter, IdFilter
from backend.core.api.serializers import (
    DayField,
    InstantField,
    ModelInput,
    Output,
    ScopedField,
    WholeField,
    actor_in,
)
from backend.core.api.views import DomainViewSet, Lists, Shows
from pathways import enums, services
from pathways.api.shared import CancelSerializer, OfPersonFilter
from pathways.models import Appointment, Beneficiary, Interview, PrivateNote
from pathways.permissions import may_manage_people, may_read_synthesis
from pathways.services.corrections.interviews import Leaving


class InterviewFilter(OfPersonFilter):
    """Interviews by person, author, kind, day; never by their text."""

    author = IdFilter(field_name="author_id")
    kind = django_filters.ChoiceFilter(choices=enums.InterviewKind.choices)
    mode = django_filters.ChoiceFilter(choices=enums.InterviewMode.choices)
    happened_from = DayFilter(field_name="happened_at__date", lookup_expr="gte")
    happened_to = DayFilter(field_name="happened_at__date", lookup_expr="lte")
    ordering = OrderingFilter(fields=["happened_at", "id"])


LONG_TEXT = 10_000


SAID = ["happened_at", "kind", "mode", "duration_minutes", "topics"]
"""What an interview says of itself, in a list as on its own; its texts are read one interview at a time."""


class SaidSerializer(ModelInput):
    """Ce que dit un entretien, noté puis corrigé."""

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
        help_text="Les freins lus ce jour-là : thème → poids de 0 (levé) à 3 (fort). Noté, un thème absent garde sa "
        "dernière lecture ; corrigé, ce sont tous ceux de l’entretien, et rien d’envoyé les laisse.",
    )

    class Meta:
        model = Interview
        fields: ClassVar = [*SAID, "synthesis", "private_note", "barriers"]


class RecordFollowUpSerializer(SaidSerializer):
    """Tout ce que dit « Noter un suivi », écrit d’un seul geste."""

    beneficiary = ScopedField(Beneficiary, within="accompanied_by")
    next_action = serializers.CharField(required=False, allow_blank=True, max_length=200)
    next_action_due_on = DayField(required=False, allow_null=True)
    next_appointment_at = InstantField(required=False, allow_null=True)
    next_appointment_purpose = serializers.CharField(required=False, allow_blank=True, max_length=120)
    appointment = ScopedField(
        Appointment, required=False, allow_null=True, help_text="Rendez-vous auquel cet entretien répond."
    )

    class Meta(SaidSerializer.Meta):
        fields: ClassVar = [
            "beneficiary", *SaidSerializer.Meta.fields, "next_action", "next_action_due_on", "next_appointment_at",
            "next_appointment_purpose", "appointment",
        ]  # fmt: skip


class EditInterviewSerializer(SaidSerializer):
    """Ce que dit un entretien ; une note vide l’efface, ce qui n’est pas envoyé reste."""


class InterviewLineSerializer(Output):
    """Un entretien dans une liste : quand, pourquoi, comment ; son texte se lit un entretien à la fois."""

    author_name = serializers.CharField(source="author.get_full_name", default="")
    topics = serializers.ListField(child=serializers.CharField())

    class Meta:
        model = Interview
        fields: ClassVar = [
            "id", "beneficiary", "organisation", "author", "author_name", *SAID, "version",
        ]  # fmt: skip
        left_out: ClassVar = {
            "created_at": "when it was typed is told by the trail; `happened_at` is when it took place",
        }


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


class InterviewViewSet(Lists, Shows, DomainViewSet):
    """Entretiens. Le texte se lit un entretien à la fois, et sa lecture laisse une trace."""

    model = Interview
    joins: ClassVar = ("author",)
    serializer_class = InterviewSerializer
    filterset_class = InterviewFilter

    def get_serializer_class(self) -> Any:
        """The text is read one interview at a time."""
        return InterviewLineSerializer if self.action == "list" else InterviewSerializer

    def was_read(self, row: Interview) -> None:
        """The trail remembers who read what was said."""
        trail.record(self.actor, "interview.read", row)

    @creates(RecordFollowUpSerializer, may=may_manage_people)
    def create(self, data: dict[str, Any]) -> Interview:
        """Noter un suivi : l’entretien, les freins, l’action et le rendez-vous qui en sortent, ou rien."""
        return services.record_follow_up(actor=self.actor, **data)

    @updates(EditInterviewSerializer, may=may_manage_people)
    def partial_update(self, interview: Interview, data: dict[str, Any]) -> Interview:
        """Corriger son propre entretien ; les dates et codes d’avant restent au journal."""
        return services.edit_interview(
            actor=self.actor, interview=interview, version=interview.version, **data
        )

    @verb(
        CancelSerializer,
        gives=LeavingSerializer,
        is_matched=True,
        may=may_manage_people,
    )
    def cancel(self, interview: Interview, data: dict[str, Any]) -> Leaving:
        """Annuler sa propre saisie : l’entretien disparaît, le journal garde qui, quand et pourquoi."""
        return services.cancel_interview(
            actor=self.actor, interview=interview, version=interview.version, **data
        )
