"""Three invented trades, a team that one person holds together, and everyone who may knock."""

from __future__ import annotations

from datetime import date

from backend.core.actor import Role
from competences.enums import Prominence, ProofStatus
from tests.factories import (
    AssessmentFactory,
    CompetenceFactory,
    ContractFactory,
    GroupFactory,
    MembershipFactory,
    OccupationCompetenceFactory,
    OccupationFactory,
    OrganisationFactory,
    StayFactory,
)

WORKSHOP_DAY = date(2026, 11, 27)


class Workshop:
    """Cleaning (four core gestures) and gardening (two); six people under contract in one structure of a group."""

    def __init__(self) -> None:
        self.group = GroupFactory()
        self.place = OrganisationFactory(group=self.group)
        self.seats = {
            role: MembershipFactory(role=role, organisation=self.place)
            for role in (Role.ADVISOR, Role.MANAGER, Role.SUPERVISOR)
        }
        self.seats[Role.GROUP_HEAD] = MembershipFactory(
            role=Role.GROUP_HEAD, organisation=None, group=self.group
        )
        self.gestures = {
            name: CompetenceFactory(code=name.upper(), label=f"Geste {name}") for name in "abcdgh"
        }
        self.trade("K2204", "Nettoyage inventé", "abcd")
        self.trade("A1203", "Jardins inventés", "gh")
        self.people = [self.welcome(name) for name in ("Ana", "Ben", "Cléo", "Dan", "Eve", "Fil")]

    def trade(self, code, label, gestures):
        """A trade whose gestures are all at its heart."""
        occupation = OccupationFactory(
            rome_code=code, label=label, domain_code=code[:3], domain_label=f"Famille {code[:3]}"
        )
        for name in gestures:
            OccupationCompetenceFactory(
                occupation=occupation, competence=self.gestures[name], prominence=Prominence.CORE
            )

    def welcome(self, name, place=None):
        """Somebody under contract in the cleaning team."""
        stay = StayFactory(
            organisation=place or self.place,
            advisor=self.seats[Role.ADVISOR].user,
            beneficiary__first_name=name,
            beneficiary__last_name="Inventé",
            started_on="2026-01-05",
        )
        ContractFactory(stay=stay, rome_code="K2204", started_on="2026-01-05", planned_end_on="2027-01-04")
        return stay.beneficiary

    def saw(self, person, gestures, level=3, *, status=ProofStatus.OBSERVED, on=date(2026, 10, 14)):
        """What somebody was seen doing, or says."""
        for name in gestures:
            AssessmentFactory(
                beneficiary=person, competence=self.gestures[name], level=level, status=status, assessed_on=on,
                organisation=self.place,
            )  # fmt: skip
