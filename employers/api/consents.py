"""What people answered, employer by employer; no name for the employer."""

from __future__ import annotations

from typing import Any, ClassVar

from django_filters import rest_framework as django_filters
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core.actor import Role
from backend.core.api.endpoints import verb
from backend.core.api.serializers import Input
from backend.core.api.views import DomainViewSet, Lists, Shows
from employers import enums, services
from employers.api.shared import PERSON, KeyedOutput, KnownByNumber, OfPersonFilter
from employers.models import JobProposal, ProfileConsent
from employers.permissions import may_answer_consent, may_answer_profile
from employers.selectors.references import in_an_order_that_says_nothing


class ConsentFilter(OfPersonFilter):
    """Answers by person, employer, job, state."""

    decision = django_filters.ChoiceFilter(choices=enums.ConsentDecision.choices)


class AnswerConsentSerializer(Input):
    """La réponse de la personne."""

    granted = serializers.BooleanField()


class RespondSerializer(Input):
    """Ce que souhaite l’employeur."""

    answer = serializers.ChoiceField(choices=[each for each in enums.EmployerAnswer.choices if each[0]])


class ConsentSerializer(KeyedOutput):
    """Ce qu’une personne a répondu pour un employeur ; l’employeur n’y lit aucun nom."""

    beneficiary_name = serializers.CharField(source="beneficiary.__str__")

    class Meta:
        model = ProfileConsent
        fields: ClassVar = [
            "id", *PERSON, "employer", "proposal", "decision", "text_version", "asked_by", "asked_at",
            "decided_at", "decided_with", "ends_on", "employer_answer", "answered_at",
        ]  # fmt: skip
        keyed: ClassVar = {"id": ProfileConsent, "proposal": JobProposal}
        left_out: ClassVar = {"shown_as": "what the pseudonym is drawn from: nobody outside reads it"}
        withheld: ClassVar = {
            Role.EMPLOYER: (
                *PERSON,
                "text_version",
                "asked_by",
                "asked_at",
                "decided_at",
                "decided_with",
                "ends_on",
            )
        }


class ProfileConsentViewSet(KnownByNumber, Lists, Shows, DomainViewSet):
    """Accords de présentation : ce que chaque personne a répondu, employeur par employeur."""

    model = ProfileConsent
    joins: ClassVar = ("beneficiary",)
    serializer_class = ConsentSerializer
    filterset_class = ConsentFilter

    def list(self, request: Request) -> Response:
        """Ce que votre rôle permet de voir, page par page ; vide quand il ne permet de rien voir."""
        rows = self.filter_queryset(self.get_queryset())
        return self.paged(in_an_order_that_says_nothing(self.actor, rows))

    @verb(AnswerConsentSerializer, url_path="answer", may=may_answer_consent)
    def record_answer(self, consent: ProfileConsent, data: dict[str, Any]) -> ProfileConsent:
        """Enregistrer la réponse de la personne."""
        return services.answer_consent(actor=self.actor, consent=consent, **data)

    @verb(may=may_answer_consent)
    def withdraw(self, consent: ProfileConsent, data: dict[str, Any]) -> ProfileConsent:
        """Retirer l’accord, aussitôt et sans avoir à dire pourquoi."""
        return services.withdraw_consent(actor=self.actor, consent=consent)

    @verb(RespondSerializer, may=may_answer_profile)
    def respond(self, consent: ProfileConsent, data: dict[str, Any]) -> ProfileConsent:
        """L’employeur dit s’il souhaite rencontrer la personne."""
        return services.answer_profile(actor=self.actor, consent=consent, **data)
