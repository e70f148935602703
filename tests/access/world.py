"""A small world where every kind of object exists four times: one's own, one's structure's, one's group's, elsewhere."""

from __future__ import annotations

import os
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db import models
from django.test import Client
from django.utils import timezone

from backend.core.actor import Role
from backend.core.sealing.pseudonyms import reference
from backend.exchange.models import ColumnMap, ImportJob, StructureCopy
from backend.organisations.enums import GroupKind
from backend.organisations.models import GroupOffer, Invitation, Organisation
from competences.models import Licence
from employers.enums import AnalysisStatus, ConsentDecision
from reports.models import ExportJob
from tests import factories as make
from tests.signin import sign_in
from tests.worlds.two_houses import stranger

KEYED = {"consent": "consent", "profile": "consent", "proposal": "proposal"}
"""Kinds an employer knows by numbers of their own."""
RELATIONS = ("own", "same_structure", "same_group", "elsewhere")
ROLES = tuple(role for role in Role if role is not Role.OPERATOR)
"""Every role that signs in; `build_world` says which has no seat yet."""


WHOLE = "PASSERELLES_ATTACKS" in os.environ
"""Nothing is left out for the time it takes: `make attacks`."""


def worth_asking(reached: Collection[str]) -> tuple[str, ...]:
    """The relations to ask of a role that reaches these; of one that reaches none, the suite asks the nearest object only."""
    return RELATIONS if reached or WHOLE else RELATIONS[:1]


@dataclass
class World:
    """Objects by kind and relation, a signed-in browser by role, and the seat each acts from."""

    objects: dict[str, dict[str, models.Model]] = field(default_factory=dict)
    clients: dict[Role, Client] = field(default_factory=dict)
    seats: dict[Role, Any] = field(default_factory=dict)
    absents: dict[tuple[str, str, Role], Any] = field(default_factory=dict)

    def pk(self, kind: str, relation: str, role: Role | None = None) -> Any:
        """The key of an object, or one that names nothing; as this role knows it."""
        if relation != "absent" and (role is Role.EMPLOYER or kind == "profile") and kind in KEYED:
            employer_id = self.seats[Role.EMPLOYER].employer_id
            return reference(employer_id=employer_id, kind=KEYED[kind], row_id=self.pk_of_row(kind, relation))
        return self.pk_of_row(kind, relation)

    def pk_of_row(self, kind: str, relation: str) -> Any:
        """The key of an object in its table."""
        if relation == "absent":
            sample = self.objects[kind]["own"].pk
            return 987_654_321 if isinstance(sample, int) else "00000000-0000-4000-8000-000000000000"
        return self.objects[kind][relation].pk

    def captured(self, page: Any) -> dict[str, Any]:
        """What an address captures beside the object: the name of a kind stands for one's own object of it."""
        return {
            name: self.pk(value, "own") if isinstance(value, str) and value in self.objects else value
            for name, value in page.extra.items()
        }

    def put(self, kind: str, relation: str, row: models.Model) -> Any:
        """Remember an object."""
        self.objects.setdefault(kind, {})[relation] = row
        return row


def build_world() -> World:
    """Everything, once for the whole matrix."""
    world = World()
    here = make.OrganisationFactory(name="Chantier des Rives")
    there = make.OrganisationFactory(name="Vallées Intérim", kind="ETTI", group=here.group)
    away = make.OrganisationFactory(name="Chantier du Lac Imaginaire")
    places = {"own": here, "same_structure": here, "same_group": there, "elsewhere": away}
    me = make.MembershipFactory(role=Role.ADVISOR, organisation=here)
    world.seats[Role.ADVISOR] = me
    for relation, place in places.items():
        advisor = me.user if relation == "own" else make.UserFactory()
        _person_side(world, relation, place, advisor)
        _employer_side(world, relation, place)
        _team_side(world, relation, place, me)
    _consents(world)
    _seats(world, here)
    _imports(world, places)
    unseated = [role.value for role in ROLES if role not in world.seats]
    assert unseated == [], "a new role: give it a seat in `_seats` of tests/access/world.py"
    for role, seat in world.seats.items():
        world.clients[role] = sign_in(stranger(), seat.user, seat=seat.seat_key)
    return world


def _person_side(world: World, relation: str, place: Organisation, advisor: Any) -> None:
    person = world.put("person", relation, make.BeneficiaryFactory(last_name=f"Fictive {relation}"))
    stay = world.put(
        "stay", relation, make.StayFactory(beneficiary=person, organisation=place, advisor=advisor)
    )
    newcomer = world.put("newcomer", relation, make.BeneficiaryFactory(last_name=f"Nouveau {relation}"))
    make.StayFactory(beneficiary=newcomer, organisation=place, advisor=advisor)
    # Another file of the same person, and somebody known not to be them.
    twin = make.BeneficiaryFactory(last_name=f"Jumelle {relation}", first_name=person.first_name)
    make.StayFactory(beneficiary=world.put("twin", relation, twin), organisation=place, advisor=advisor)
    world.put("told_apart", relation, make.ToldApartFactory(first=person, second=newcomer))
    world.put("reunion", relation, make.ReunionFactory(kept=person))
    contract = world.put("contract", relation, make.ContractFactory(stay=stay, rome_code="K2204"))
    world.put("hours", relation, make.MonthlyHoursFactory(contract=contract))
    world.put("amendment", relation, make.HoursAmendmentFactory(contract=contract))
    iae = world.put("pass", relation, make.IaePassFactory(beneficiary=person))
    changed = {"iae_pass": iae, "organisation": place}
    world.put("suspension", relation, make.PassSuspensionFactory(**changed))
    world.put("prolongation", relation, make.PassProlongationFactory(**changed))
    world.put("entry", relation, make.EntryProfileFactory(beneficiary=person))
    world.put("person_access", relation, make.BeneficiaryAccessFactory(beneficiary=person))
    said = {"beneficiary": person, "organisation": place}
    interview = world.put("interview", relation, make.InterviewFactory(author=advisor, **said))
    make.PrivateNoteFactory(interview=interview)
    world.put("barrier", relation, make.BarrierReadingFactory(**said))
    goal = world.put("goal", relation, make.GoalFactory(**said))
    world.put("action", relation, make.ActionFactory(goal=goal, **said))
    world.put("appointment", relation, make.AppointmentFactory(advisor=advisor, **said))
    world.put("immersion", relation, make.ImmersionFactory(planned_end_on=date(2026, 11, 27), **said))
    world.put("training", relation, make.TrainingFactory(planned_end_on=date(2026, 11, 27), **said))
    world.put("hours_wish", relation, make.HoursWishFactory(**said))
    world.put("medical_visit", relation, make.MedicalVisitFactory(**said))
    world.put("saved_days", relation, make.SavedDaysFactory(**said))
    relay = world.put("relay", relation, make.RelayFactory(**said))
    world.put("relay_step", relation, make.RelayStepFactory(relay=relay))
    world.put("relay_received", relation, make.RelayFactory(receiver=place, agreed=True))
    world.put("data_request", relation, make.DataRequestFactory(**said))
    world.put("retention", relation, make.RetentionFactory(beneficiary=person))
    world.put("derogation", relation, make.DerogationFactory(**said))
    world.put("diagnosis", relation, make.EligibilityDiagnosisFactory(**said))
    world.put("watch_end", relation, make.WatchEndFactory(**said))
    earlier = make.StayFactory(
        beneficiary=person,
        organisation=place,
        advisor=advisor,
        started_on=date(2025, 1, 6),
        ended_on=date(2025, 9, 30),
    )
    world.put("exit", relation, make.ExitFactory(stay=earlier, motive=""))
    left = make.StayFactory(
        organisation=place, advisor=advisor, started_on=date(2026, 1, 5), ended_on=date(2026, 10, 30)
    )
    make.ExitFactory(stay=left, motive="7", occurred_on=date(2026, 10, 30))
    world.put("waiting", relation, left.beneficiary)
    seat = world.seats[Role.ADVISOR].seat_key if relation == "own" else "membership:0"
    period = {"start": "2025-01-01", "end": "2025-12-31", "organisation": None}
    export = {"kind": "exits", "format": "csv", "parameters": period}
    world.put(
        "access_copy",
        relation,
        make.AccessCopyFactory(user=advisor, seat=seat, beneficiary=person, status="ECHEC"),
    )
    world.put("export", relation, ExportJob.objects.create(user=advisor, seat=seat, **export))
    world.put("published_table", relation, make.PublishedTableFactory(organisation=place))
    competence = world.objects.get("competence", {}).get("own") or _gesture_of_the_trade()
    world.put("competence", relation, competence)
    world.put(
        "assessment",
        relation,
        make.AssessmentFactory(beneficiary=person, observer=advisor, competence=competence),
    )
    # Lists of gestures are the structure’s: the one of a colleague is one’s own.
    kept = world.objects.get("gesture_list", {}).get("own") if relation == "same_structure" else None
    world.put("gesture_list", relation, kept or make.GestureListFactory(organisation=place))
    licence = Licence.objects.create(beneficiary=person, label="SST", obtained_on=date(2026, 1, 5))
    world.put("licence", relation, licence)
    world.put("file", relation, make.stored_on(licence))
    # The address of a CV holds the number of its person, chosen or not.
    world.put("cv", relation, person)
    world.put("passport", relation, make.PassportFactory(beneficiary=person))
    certification = world.put("certification", relation, make.CertificationFactory(organisation=place))
    bloc = world.put("bloc", relation, make.BlocFactory(certification=certification))
    line = world.put("bloc_line", relation, make.BlocLineFactory(bloc=bloc))
    line.matches.create(competence=competence)
    vae = world.put("vae", relation, make.VaeProjectFactory(beneficiary=person, reached_on=date(2026, 1, 5)))
    world.put("vae_step", relation, vae.steps.get())


def _gesture_of_the_trade() -> Any:
    """A competence of the trade everyone works in, so that it may be observed."""
    occupation = make.OccupationFactory(rome_code="K2204")
    return make.OccupationCompetenceFactory(occupation=occupation).competence


def _employer_side(world: World, relation: str, place: Organisation) -> None:
    employer = world.put("employer", relation, make.EmployerFactory(organisation=place))
    world.put("employer_access", relation, make.EmployerAccessFactory(employer=employer))
    establishment = world.put("establishment", relation, make.EstablishmentFactory(employer=employer))
    analysis = world.put(
        "analysis",
        relation,
        make.TaskAnalysisFactory(establishment=establishment, status=AnalysisStatus.RETURNED),
    )
    task = world.put("task", relation, make.WorkTaskFactory(analysis=analysis))
    make.TaskRequirementFactory(task=task, competence=world.objects["competence"]["own"])
    proposal = world.put("proposal", relation, make.JobProposalFactory(organisation=place, tasks=[task]))
    person = world.objects["person"][relation]
    placement = world.put(
        "placement", relation, make.PlacementFactory(beneficiary=person, employer=employer, proposal=proposal)
    )
    world.put("follow_up", relation, make.PostHireFollowUpFactory(placement=placement))
    world.put("hire", relation, _left_for_a_job(world, relation, place))
    called = {"placement": _left_for_a_job(world, relation, place), "milestone": "J7"}
    called |= {"due_on": date(2026, 11, 6), "done_on": date(2026, 11, 9), "situation": "EN_POSTE"}
    world.put("call_made", relation, make.PostHireFollowUpFactory(**called))


def _left_for_a_job(world: World, relation: str, place: Organisation) -> Any:
    """Somebody who left this place for the employer of the same line, and whom nobody else accompanies."""
    stay = make.StayFactory(
        organisation=place,
        advisor=world.objects["stay"][relation].advisor,
        started_on=date(2026, 1, 5),
        ended_on=date(2026, 10, 30),
    )
    return make.PlacementFactory(
        beneficiary=stay.beneficiary,
        employer=world.objects["employer"][relation],
        exit=make.ExitFactory(stay=stay, motive="3"),
        started_on=date(2026, 10, 30),
    )


def _consents(world: World) -> None:
    """One agreement per relation: the person and the employer of the same line."""
    for relation in RELATIONS:
        consent = make.ProfileConsentFactory(
            beneficiary=world.objects["person"][relation],
            employer=world.objects["employer"][relation],
            proposal=world.objects["proposal"][relation],
            decision=ConsentDecision.GRANTED,
            decided_at=datetime(2026, 11, 20, tzinfo=UTC),
        )
        world.put("consent", relation, consent)
        world.put("profile", relation, consent)


def _team_side(world: World, relation: str, place: Organisation, me: Any) -> None:
    world.put("structure", relation, place)
    if relation == "same_structure":
        world.put("convention", relation, world.objects["convention"]["own"])
    else:
        world.put("convention", relation, make.ConventionFactory(organisation=place))
    world.put("group", relation, place.group)
    world.put("belonging", relation, place.belongings.get(group=place.group))
    seat = me if relation == "own" else make.MembershipFactory(role=Role.SUPERVISOR, organisation=place)
    world.put("membership", relation, seat)
    invitation = Invitation.objects.create(
        organisation=place,
        email=f"{relation}@example.org",
        role=Role.ADVISOR,
        token_digest=relation.ljust(64, "0"),
        expires_at=timezone.now() + timedelta(days=7),
    )
    world.put("invitation", relation, invitation)
    offer = GroupOffer.objects.create(
        group=place.group,
        email=f"offre-{relation}@example.org",
        expires_at=timezone.now() + timedelta(days=30),
    )
    world.put("group_offer", relation, offer)


def _imports(world: World, places: dict[str, Organisation]) -> None:
    """One import and one way out of the manager's own, the others asked from seats of their places."""
    mine = world.seats[Role.MANAGER]
    for relation, place in places.items():
        seat = mine if relation == "own" else make.MembershipFactory(role=Role.MANAGER, organisation=place)
        job = ImportJob.objects.create(user=seat.user, seat=seat.seat_key, organisation=place)
        world.put("import", relation, job)
        asked = {"user": seat.user, "seat": seat.seat_key, "organisation": place, "format": "zip"}
        world.put("structure_copy", relation, StructureCopy.objects.create(**asked, status="ECHEC"))
        kept = ColumnMap.objects.create(
            organisation=place, shape=relation, name="la feuille « Suivi »", titles=["Nom", "Prénom"],
            columns=["salaries.nom", "salaries.prenom"],
        )  # fmt: skip
        world.put("column_map", relation, kept)


def _requests(world: World) -> None:
    """Structures without group ask to join one: the head of ours, the others somebody else; or it is our own side's."""
    head = world.seats[Role.GROUP_HEAD].user.email.lower()
    in_a_month = timezone.now() + timedelta(days=30)
    for relation in RELATIONS:
        alone = make.OrganisationFactory(name=f"Structure seule {relation}", group=None)
        email = head if relation == "own" else f"tete-{relation}@example.org"
        offer = GroupOffer.objects.create(organisation=alone, email=email, expires_at=in_a_month)
        world.put("group_request", relation, offer)
    ours = world.objects["group_offer"]["same_group"]
    world.put("group_request", "same_group", ours)


def _seats(world: World, here: Organisation) -> None:
    """One seat per role: the team's in the first structure, the person and the employer of the first line."""
    for role in (Role.SUPERVISOR, Role.MANAGER, Role.ADMINISTRATOR):
        world.seats[role] = make.MembershipFactory(role=role, organisation=here)
    world.seats[Role.GROUP_HEAD] = make.MembershipFactory(
        role=Role.GROUP_HEAD, organisation=None, group=here.group
    )
    market = make.BelongingFactory(organisation=here, group__kind=GroupKind.MARKET).group
    world.seats[Role.COLLECTIVE_HEAD] = make.MembershipFactory(
        role=Role.COLLECTIVE_HEAD, organisation=None, group=market
    )
    _requests(world)
    world.seats[Role.NETWORK_HEAD] = make.MembershipFactory(role=Role.NETWORK_HEAD, organisation=None)
    world.seats[Role.EMPLOYER] = world.objects["employer_access"]["own"]
    world.seats[Role.BENEFICIARY] = world.objects["person_access"]["own"]
