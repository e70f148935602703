"""The thread of a person, verb by verb: same services, same refusals as the screens."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils import timezone

from backend.audit import trail
from backend.core.api.endpoints import creates, reads, updates, verb
from backend.core.api.views import DomainViewSet, Lists, Shows
from backend.organisations.api.serializers import InvitationSerializer
from backend.organisations.links import invitation_links
from backend.organisations.models import Invitation
from pathways import services
from pathways.api import filters, inputs, serializers
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
    Stay,
)
from pathways.permissions import may_manage_people
from pathways.rules.timeline import Thread
from pathways.selectors import thread_of
from pathways.services.corrections import Leaving


class PersonViewSet(Lists, Shows, DomainViewSet):
    """Personnes accompagnées. Ouvrir une fiche laisse une trace : la personne peut savoir qui l’a lue."""

    model = Beneficiary
    serializer_class = serializers.PersonSerializer
    filterset_class = filters.PersonFilter

    def get_serializer_class(self) -> Any:
        """A list recognises people, a file describes them."""
        return serializers.PersonLineSerializer if self.action == "list" else serializers.PersonSerializer

    def was_read(self, row: Beneficiary) -> None:
        """The trail remembers who looked."""
        trail.record(self.actor, "beneficiary.read", row)

    @creates(inputs.WelcomePersonSerializer, may=may_manage_people)
    def create(self, data: dict[str, Any]) -> Beneficiary:
        """Accueillir une personne : sa fiche et son premier passage, d’un seul geste."""
        return services.welcome_person(actor=self.actor, **data).beneficiary

    @updates(inputs.UpdatePersonSerializer, may=may_manage_people)
    def partial_update(self, person: Beneficiary, data: dict[str, Any]) -> Beneficiary:
        """Corriger une fiche."""
        return services.update_person(actor=self.actor, beneficiary=person, version=person.version, **data)

    @reads(serializers.ThreadSerializer)
    def thread(self, person: Beneficiary) -> Thread:
        """Le fil de la personne sur une ligne : étapes de toutes les structures, jours perdus entre elles."""
        trail.record(self.actor, "beneficiary.read", person)
        return thread_of(self.actor, person, today=timezone.localdate())


class PersonAccessViewSet(Lists, Shows, DomainViewSet):
    """Accès des personnes à leur propre fil."""

    model = BeneficiaryAccess
    joins: ClassVar = ("user",)
    serializer_class = serializers.PersonAccessSerializer
    filterset_class = filters.PersonAccessFilter

    @creates(inputs.OfferThreadSerializer, gives=InvitationSerializer, may=may_manage_people)
    def create(self, data: dict[str, Any]) -> Invitation:
        """Inviter la personne : l’accès s’ouvre quand elle accepte."""
        return services.offer_person_access(actor=self.actor, **data, link_to=invitation_links(self.request))

    @verb(may=may_manage_people)
    def end(self, access: BeneficiaryAccess, data: dict[str, Any]) -> BeneficiaryAccess:
        """Fermer l’accès ; le fil reste entier."""
        return services.end_person_access(actor=self.actor, access=access)


class EntryProfileViewSet(Lists, Shows, DomainViewSet):
    """Situations à l’entrée : ce qui était su ; null veut dire inconnu, jamais non."""

    model = EntryProfile
    serializer_class = serializers.EntryProfileSerializer
    filterset_class = filters.OfPersonFilter

    @creates(inputs.RecordEntrySerializer, may=may_manage_people)
    def create(self, data: dict[str, Any]) -> EntryProfile:
        """Écrire la situation d’une personne, si elle ne l’est pas encore."""
        return services.record_entry(actor=self.actor, version=0, **data)

    @updates(inputs.EntrySerializer, may=may_manage_people)
    def partial_update(self, profile: EntryProfile, data: dict[str, Any]) -> EntryProfile:
        """Compléter ou corriger une situation à l’entrée."""
        return services.record_entry(
            actor=self.actor, beneficiary=profile.beneficiary, version=profile.version, **data
        )


class StayViewSet(Lists, Shows, DomainViewSet):
    """Passages en structure, de l’entrée à la sortie."""

    model = Stay
    joins: ClassVar = ("beneficiary", "organisation", "advisor")
    serializer_class = serializers.StaySerializer
    filterset_class = filters.StayFilter

    @creates(inputs.OpenStaySerializer, may=may_manage_people)
    def create(self, data: dict[str, Any]) -> Stay:
        """Passer le relais : ouvrir l’étape suivante dans une structure du groupe."""
        return services.open_stay(actor=self.actor, **data)

    @verb(inputs.CloseStaySerializer, gives=serializers.ExitSerializer, status=201, may=may_manage_people)
    def close(self, stay: Stay, data: dict[str, Any]) -> Exit:
        """Enregistrer la sortie ; les contrats en cours se terminent le même jour."""
        return services.close_stay(actor=self.actor, stay=stay, **data)

    @verb(inputs.AssignAdvisorSerializer, may=may_manage_people)
    def assign(self, stay: Stay, data: dict[str, Any]) -> Stay:
        """Choisir qui accompagne la personne pendant ce passage."""
        return services.assign_advisor(actor=self.actor, stay=stay, **data)


class ContractViewSet(Lists, Shows, DomainViewSet):
    """Contrats des passages, et leurs renouvellements."""

    model = Contract
    joins: ClassVar = ("stay",)
    serializer_class = serializers.ContractSerializer
    filterset_class = filters.ContractFilter

    @creates(inputs.RecordContractSerializer, may=may_manage_people)
    def create(self, data: dict[str, Any]) -> Contract:
        """Enregistrer un contrat ou un renouvellement, dans les limites de la loi."""
        return services.record_contract(actor=self.actor, **data)

    @verb(inputs.EndContractSerializer, may=may_manage_people)
    def end(self, contract: Contract, data: dict[str, Any]) -> Contract:
        """Écrire le dernier jour réel ; le passage continue."""
        return services.end_contract(actor=self.actor, contract=contract, **data)


class MonthlyHoursViewSet(Lists, Shows, DomainViewSet):
    """Heures travaillées, mois par mois."""

    model = MonthlyHours
    serializer_class = serializers.MonthlyHoursSerializer
    filterset_class = filters.HoursFilter

    @creates(inputs.RecordHoursSerializer, may=may_manage_people)
    def create(self, data: dict[str, Any]) -> MonthlyHours:
        """Écrire les heures d’un mois ; le même mois à nouveau remplace le chiffre."""
        return services.record_hours(actor=self.actor, **data)


class PassViewSet(Lists, Shows, DomainViewSet):
    """PASS IAE."""

    model = IaePass
    serializer_class = serializers.PassSerializer
    filterset_class = filters.PassFilter

    @creates(inputs.RecordPassSerializer, may=may_manage_people)
    def create(self, data: dict[str, Any]) -> IaePass:
        """Enregistrer un PASS reçu ; le même numéro à nouveau met ses dates à jour."""
        return services.record_pass(actor=self.actor, **data)


class InterviewViewSet(Lists, Shows, DomainViewSet):
    """Entretiens. Le texte se lit un entretien à la fois, et sa lecture laisse une trace."""

    model = Interview
    joins: ClassVar = ("author",)
    serializer_class = serializers.InterviewSerializer
    filterset_class = filters.InterviewFilter

    def get_serializer_class(self) -> Any:
        """The text is read one interview at a time."""
        return (
            serializers.InterviewLineSerializer if self.action == "list" else serializers.InterviewSerializer
        )

    def was_read(self, row: Interview) -> None:
        """The trail remembers who read what was said."""
        trail.record(self.actor, "interview.read", row)

    @creates(inputs.RecordFollowUpSerializer, may=may_manage_people)
    def create(self, data: dict[str, Any]) -> Interview:
        """Noter un suivi : l’entretien, les freins, l’action et le rendez-vous qui en sortent, ou rien."""
        return services.record_follow_up(actor=self.actor, **data)

    @updates(inputs.EditInterviewSerializer, may=may_manage_people)
    def partial_update(self, interview: Interview, data: dict[str, Any]) -> Interview:
        """Corriger son propre entretien ; les dates et codes d’avant restent au journal."""
        return services.edit_interview(
            actor=self.actor, interview=interview, version=interview.version, **data
        )

    @verb(
        inputs.CancelInterviewSerializer,
        gives=serializers.LeavingSerializer,
        is_matched=True,
        may=may_manage_people,
    )
    def cancel(self, interview: Interview, data: dict[str, Any]) -> Leaving:
        """Annuler sa propre saisie : l’entretien disparaît, le journal garde qui, quand et pourquoi."""
        return services.cancel_interview(
            actor=self.actor, interview=interview, version=interview.version, **data
        )


class GoalViewSet(Lists, Shows, DomainViewSet):
    """Objectifs, dans les mots de la personne."""

    model = Goal
    serializer_class = serializers.GoalSerializer
    filterset_class = filters.GoalFilter

    @creates(inputs.SetGoalSerializer, may=may_manage_people)
    def create(self, data: dict[str, Any]) -> Goal:
        """Écrire un objectif, avec qui l’a posé."""
        return services.set_goal(actor=self.actor, **data)

    @updates(inputs.ChangeGoalSerializer, may=may_manage_people)
    def partial_update(self, goal: Goal, data: dict[str, Any]) -> Goal:
        """Dire où en est un objectif ; l’abandonner demande la raison."""
        where = {"status": goal.status, "dropped_because": goal.dropped_because, **data}
        return services.change_goal(actor=self.actor, goal=goal, version=goal.version, **where)


class ActionViewSet(Lists, Shows, DomainViewSet):
    """Actions : qui fait quoi, pour quand."""

    model = Action
    joins: ClassVar = ("assignee",)
    serializer_class = serializers.ActionSerializer
    filterset_class = filters.ActionFilter

    @creates(inputs.PlanActionSerializer, may=may_manage_people)
    def create(self, data: dict[str, Any]) -> Action:
        """Prévoir une action."""
        return services.plan_action(actor=self.actor, **data)

    @verb(inputs.SettleActionSerializer, is_matched=True, may=may_manage_people)
    def settle(self, action: Action, data: dict[str, Any]) -> Action:
        """Dire ce qu’une action est devenue, et la suite donnée."""
        return services.settle_action(actor=self.actor, action=action, version=action.version, **data)

    @verb(inputs.PostponeActionSerializer, is_matched=True, may=may_manage_people)
    def postpone(self, action: Action, data: dict[str, Any]) -> Action:
        """Reporter une action ; la date d’avant reste au journal."""
        return services.postpone_action(actor=self.actor, action=action, version=action.version, **data)


class AppointmentViewSet(Lists, Shows, DomainViewSet):
    """Rendez-vous."""

    model = Appointment
    joins: ClassVar = ("beneficiary", "advisor")
    serializer_class = serializers.AppointmentSerializer
    filterset_class = filters.AppointmentFilter

    @creates(inputs.PlanAppointmentSerializer, may=may_manage_people)
    def create(self, data: dict[str, Any]) -> Appointment:
        """Prendre un rendez-vous."""
        return services.plan_appointment(actor=self.actor, **data)

    @verb(inputs.SettleAppointmentSerializer, may=may_manage_people)
    def settle(self, appointment: Appointment, data: dict[str, Any]) -> Appointment:
        """Dire ce qu’un rendez-vous est devenu."""
        return services.settle_appointment(actor=self.actor, appointment=appointment, **data)

    @verb(inputs.PostponeAppointmentSerializer, may=may_manage_people)
    def postpone(self, appointment: Appointment, data: dict[str, Any]) -> Appointment:
        """Reporter un rendez-vous ; l’heure d’avant reste au journal."""
        return services.postpone_appointment(actor=self.actor, appointment=appointment, **data)


class BarrierReadingViewSet(Lists, Shows, DomainViewSet):
    """Lectures des freins au fil du temps ; elles s’écrivent en notant un suivi."""

    model = BarrierReading
    serializer_class = serializers.BarrierReadingSerializer
    filterset_class = filters.BarrierFilter


class ExitViewSet(Lists, Shows, DomainViewSet):
    """Sorties des passages ; elles s’ouvrent en fermant un passage."""

    model = Exit
    joins: ClassVar = ("stay",)
    serializer_class = serializers.ExitSerializer
    filterset_class = filters.ExitFilter

    @updates(inputs.CompleteExitSerializer, may=may_manage_people)
    def partial_update(self, exit_: Exit, data: dict[str, Any]) -> Exit:
        """Compléter ou corriger le motif d’une sortie."""
        known = {name: getattr(exit_, name) for name in ("motive", "employer_name", "contract_months")}
        return services.complete_exit(
            actor=self.actor, exit_=exit_, version=exit_.version, **{**known, **data}
        )
