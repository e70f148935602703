"""Two houses side by side, one row of each table in each, and a client per role of the first."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Model
from django.test import Client

from backend.accounts.models import User
from backend.core.actor import STAFF_ROLES, Actor, Role
from backend.organisations.models import Membership, Organisation
from employers.models import JobProposal, ProfileConsent
from employers.selectors.references import number_shown
from pathways.models import Beneficiary, Stay
from tests import factories as make
from tests.signin import sign_in

API = "/api/v1/"
TEAM_ROLES = tuple(role for role in STAFF_ROLES if role is not Role.NETWORK_HEAD)
ROLES = tuple(role for role in Role if role is not Role.OPERATOR)


def stranger() -> Client:
    """Nobody signed in."""
    return Client()


def client_of(actor: Actor) -> Client:
    """A signed-in session sitting in the actor's seat."""
    return sign_in(stranger(), User.objects.get(pk=actor.user_id), seat=actor.seat)


@dataclass
class House:
    """A structure, its people, its employer: one row of each table."""

    structure: Organisation = field(default_factory=make.OrganisationFactory)
    rows: dict[str, Model] = field(default_factory=dict)
    actors: dict[Role, Actor] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Everything at once: tests say only what they change."""
        for role in TEAM_ROLES:
            self.actors[role] = make.actor_of(role, self.structure)
        self.actors[Role.NETWORK_HEAD] = make.actor_of(Role.NETWORK_HEAD)
        self._fill_thread()
        self._fill_competences()
        self._fill_work()
        person, employer = self.rows["people"], self.rows["employers"]
        self.rows |= {
            "person-accesses": make.BeneficiaryAccessFactory(beneficiary=person),
            "employer-accesses": make.EmployerAccessFactory(employer=employer),
        }
        self.actors[Role.BENEFICIARY] = self.rows["person-accesses"].as_actor()
        self.actors[Role.EMPLOYER] = self.rows["employer-accesses"].as_actor()

    @property
    def advisor(self) -> Actor:
        return self.actors[Role.ADVISOR]

    @property
    def person(self) -> Beneficiary:
        return self.rows["people"]

    @property
    def stay(self) -> Stay:
        return self.rows["stays"]

    @cached_property
    def clients(self) -> dict[Role, Client]:
        return {role: client_of(actor) for role, actor in self.actors.items()}

    def number(self, name: str, role: Role) -> int:
        """The number by which this role asks for the row: an employer knows jobs and profiles by their own."""
        row = self.rows[name]
        is_keyed = isinstance(row, JobProposal | ProfileConsent)
        return number_shown(self.actors[role], type(row), row.pk) if is_keyed else row.pk

    def __getitem__(self, name: str) -> Any:
        return self.rows[name]

    def _fill_thread(self) -> None:
        person, here = make.BeneficiaryFactory(), {"organisation": self.structure}
        author = {"author_id": self.advisor.user_id}
        stay = make.StayFactory(beneficiary=person, advisor_id=self.advisor.user_id, **here)
        contract = make.ContractFactory(stay=stay)
        ended = make.StayFactory(
            beneficiary=person, started_on=date(2024, 1, 8), ended_on=date(2025, 1, 10), **here
        )
        interview = make.InterviewFactory(beneficiary=person, **here, **author)
        iae = make.IaePassFactory(beneficiary=person)
        make.PrivateNoteFactory(interview=interview)
        self.rows |= {
            "groups": self.structure.group,
            "structures": self.structure,
            "conventions": make.ConventionFactory(organisation=self.structure),
            "belongings": self.structure.belongings.get(group=self.structure.group),
            "memberships": Membership.objects.get(user_id=self.actors[Role.SUPERVISOR].user_id),
            "invitations": make.InvitationFactory(organisation=self.structure),
            "people": person,
            "entry-profiles": make.EntryProfileFactory(beneficiary=person),
            "stays": stay,
            "contracts": contract,
            "hours-amendments": make.HoursAmendmentFactory(contract=contract),
            "monthly-hours": make.MonthlyHoursFactory(contract=contract),
            "passes": iae,
            "pass-suspensions": make.PassSuspensionFactory(iae_pass=iae, **here),
            "pass-prolongations": make.PassProlongationFactory(iae_pass=iae, **here),
            "derogations": make.DerogationFactory(beneficiary=person, **here),
            "eligibility-diagnoses": make.EligibilityDiagnosisFactory(beneficiary=person, **here),
            "interviews": interview,
            "goals": make.GoalFactory(beneficiary=person, **here),
            "actions": make.ActionFactory(beneficiary=person, **here),
            "appointments": make.AppointmentFactory(
                beneficiary=person, advisor_id=self.advisor.user_id, **here
            ),
            "barrier-readings": make.BarrierReadingFactory(beneficiary=person, **here),
            "exits": make.ExitFactory(stay=ended),
            "immersions": make.ImmersionFactory(beneficiary=person, **here),
            "trainings": make.TrainingFactory(beneficiary=person, **here),
            "medical-visits": make.MedicalVisitFactory(beneficiary=person, **here),
            "saved-days": make.SavedDaysFactory(beneficiary=person, **here),
            "hours-wishes": make.HoursWishFactory(beneficiary=person, **here),
            "reunions": make.ReunionFactory(kept=person, organisation=self.structure),
            "data-requests": make.DataRequestFactory(beneficiary=person, **here),
            "retentions": make.RetentionFactory(beneficiary=person),
            "told-apart": make.ToldApartFactory(
                first=person,
                second=make.StayFactory(advisor_id=self.advisor.user_id, **here).beneficiary,
            ),
            "watch-ends": make.WatchEndFactory(beneficiary=person, **here),
            "relays": (relay := make.RelayFactory(beneficiary=person, **here)),
            "relay-steps": make.RelayStepFactory(relay=relay),
        }

    def _fill_competences(self) -> None:
        self.rows |= {
            "assessments": make.AssessmentFactory(
                beneficiary=self.person, organisation=self.structure, observer_id=self.advisor.user_id
            ),
            "gesture-lists": make.GestureListFactory(organisation=self.structure),
            "vae-projects": make.VaeProjectFactory(beneficiary=self.person, organisation=self.structure),
            "licences": make.LicenceFactory(beneficiary=self.person, expires_on=date(2031, 10, 13)),
        }
        self.rows["passports"] = make.PassportFactory(beneficiary=self.person)
        self.rows["files"] = make.stored_on(self.rows["licences"])

    def _fill_work(self) -> None:
        employer = make.EmployerFactory(organisation=self.structure)
        site = make.EstablishmentFactory(employer=employer)
        analysis = make.TaskAnalysisFactory(establishment=site, returned=True)
        task = make.WorkTaskFactory(analysis=analysis)
        make.TaskRequirementFactory(task=task, competence=self.rows["assessments"].competence)
        proposal = make.JobProposalFactory(organisation=self.structure, tasks=[task])
        placement = make.PlacementFactory(beneficiary=self.person, employer=employer)
        self.rows |= {
            "employers": employer,
            "establishments": site,
            "task-analyses": analysis,
            "work-tasks": task,
            "job-proposals": proposal,
            "profile-consents": make.ProfileConsentFactory(
                beneficiary=self.person,
                employer=employer,
                proposal=proposal,
                granted=True,
                asked_by_id=self.advisor.user_id,
            ),
            "placements": placement,
            "follow-ups": make.PostHireFollowUpFactory(placement=placement),
        }
        self.rows["profiles"] = self.rows["profile-consents"]
