"""A relay between two structures of different groups: who proposes, the person, who may welcome, somebody who may not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Self

from backend.core.actor import Actor, Role
from backend.organisations.models import Organisation
from pathways.enums import RelayPart
from pathways.models import Beneficiary, Relay
from pathways.services import (
    accept_relay,
    agree_to_relay,
    propose_relay,
    record_relay_meeting,
    settle_relay_step,
    welcome_by_relay,
)
from tests import factories as make

SENTINELS = {
    RelayPart.IDENTITY: "Marjolaine Sentinelle",
    RelayPart.CONTACT: "06 39 98 01 23",
    RelayPart.STEPS: "Verger Sentinelle",
    RelayPart.SITUATION: "parent isolé",
    RelayPart.BARRIERS: "Logement",
    RelayPart.GOALS: "Passer le permis sentinelle",
    RelayPart.INTERVIEWS: "Une phrase sentinelle dite en entretien.",
    RelayPart.SKILLS: "Sentinelle des haies",
    RelayPart.RIGHTS: "33,25 jours",
}
"""What each group holds that no other one says."""


@dataclass
class Relayed:
    """Everyone, and the relay once it is proposed."""

    here: Organisation
    there: Organisation
    sender: Actor
    manager: Actor
    receiver: Actor
    colleague: Actor
    oneself: Actor
    outsider: Actor
    person: Beneficiary

    @classmethod
    def build(cls, kind: str = "EI", *, same_group: bool = False) -> Self:
        """The person has something written in each group of fields."""
        here = make.OrganisationFactory(name="Chantier Sentinelle")
        there = make.OrganisationFactory(
            name="Maison d’à côté", kind=kind, **({"group": here.group} if same_group else {})
        )
        person = make.BeneficiaryFactory(first_name="Marjolaine", last_name="Sentinelle", phone="0639980123")
        sender = make.actor_of(Role.ADVISOR, here)
        fill(person, here, sender)
        answering = make.MembershipFactory(
            role=Role.ADVISOR, organisation=there, user__email="accueil@example.org"
        )
        return cls(
            here=here,
            there=there,
            sender=sender,
            manager=make.actor_of(Role.MANAGER, here),
            receiver=answering.as_actor(),
            colleague=make.actor_of(Role.MANAGER, there),
            oneself=make.BeneficiaryAccessFactory(beneficiary=person).as_actor(),
            outsider=make.actor_of(Role.ADVISOR),
            person=person,
        )

    def proposed(self, **said: Any) -> Relay:
        """To the address of the structure of another group, unless said otherwise."""
        asked = {
            "message": "Quelqu’un aimerait continuer chez vous.",
            "meets_at": datetime(2026, 12, 7, 10, tzinfo=UTC),
            "planned_on": date(2026, 12, 14),
            "to_email": "accueil@example.org",
        }
        if "receiver" in said:
            asked.pop("to_email")
        return propose_relay(actor=self.sender, beneficiary=self.person, **asked | said)

    def agreed(self, *parts: str, **said: Any) -> Relay:
        """The person gave these groups, all of them when none is named."""
        relay = self.proposed(**said)
        return agree_to_relay(
            actor=self.oneself, relay=relay, version=relay.version, parts=parts or tuple(RelayPart.values)
        )

    def met(self, *parts: str, **said: Any) -> Relay:
        """Accepted, and the three met today."""
        relay = self.agreed(*parts, **said)
        relay = accept_relay(actor=self.receiver, relay=relay, version=relay.version)
        for step in relay.steps.all():
            settle_relay_step(actor=self.receiver, step=step, version=step.version, is_done=True)
        return record_relay_meeting(
            actor=self.sender, relay=relay, version=relay.version, met_on=date(2026, 11, 22)
        )

    def welcomed(self, *parts: str, **said: Any) -> Relay:
        """A stay is open there."""
        relay = self.met(*parts, **said)
        return welcome_by_relay(
            actor=self.receiver, relay=relay, version=relay.version, started_on=date(2026, 11, 22)
        )


def fill(person: Beneficiary, here: Organisation, sender: Actor) -> None:
    """Something in each group of fields, and a private note that no relay ever gives."""
    said = {"beneficiary": person, "organisation": here}
    stay = make.StayFactory(advisor_id=sender.user_id, **said)
    make.ContractFactory(stay=stay)
    make.ImmersionFactory(host_name=SENTINELS[RelayPart.STEPS], **said)
    make.TrainingFactory(title=SENTINELS[RelayPart.STEPS], **said)
    make.EntryProfileFactory(beneficiary=person, is_single_parent=True)
    make.BarrierReadingFactory(theme="LOGEMENT", **said)
    make.GoalFactory(label=SENTINELS[RelayPart.GOALS], **said)
    make.HoursWishFactory(**said)
    make.MedicalVisitFactory(**said)
    make.SavedDaysFactory(days=Decimal("33.25"), **said)
    interview = make.InterviewFactory(
        author_id=sender.user_id, synthesis=SENTINELS[RelayPart.INTERVIEWS], **said
    )
    make.PrivateNoteFactory(interview=interview, text="Une note privée sentinelle.")
    make.AssessmentFactory(competence__label=SENTINELS[RelayPart.SKILLS], observer_id=sender.user_id, **said)
