"""A seat of a structure and somebody it once accompanied, and what its gestures are made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from django.utils import timezone

from backend.core.actor import Actor
from backend.core.errors import OutOfReach
from backend.core.steps import seen
from backend.exchange.scope import Scope
from backend.exchange.services import import_bundle
from employers.enums import ConsentDecision
from employers.models import Placement, PostHireFollowUp, ProfileConsent
from pathways.models import IaePass, PassProlongation, PassSuspension
from tests.access.doors_world import Journey
from tests.backend.exchange.whole import write_bundle
from tests.factories import (
    EmployerFactory,
    JobProposalFactory,
    StayFactory,
    TaskAnalysisFactory,
    WorkTaskFactory,
)


def somebody_here(here: Former) -> Any:
    """Somebody whom the structure accompanies today, and this seat with it."""
    return StayFactory(organisation=here.home, advisor_id=here.actor.user_id).beneficiary


@dataclass
class Former:
    """One seat of a structure, and the person it once accompanied."""

    actor: Actor
    who: Journey
    folder: Path
    numbers: Any

    def __getitem__(self, group: str) -> Any:
        """A row as the base holds it now; the one written at the beginning when it is gone."""
        row = self.who.rows[group]
        return type(row)._default_manager.filter(pk=row.pk).first() or row

    @property
    def person(self) -> Any:
        return self["identity"]

    @property
    def home(self) -> Any:
        return self["stay"].organisation

    def bring(self, **files: list[dict[str, str]]) -> None:
        """The structure's own file; « p1 » and « c1 » are the person and the contract it knows."""
        known = {"id": "p1", "nom": self.person.last_name, "prenom": self.person.first_name}
        lines = {"salaries.csv": [known], **{f"{name}.csv": rows for name, rows in files.items()}}
        if "contrats" not in files and "heures" in files:
            lines["contrats.csv"] = [contract("c1", self["contract"].started_on)]
        folder = write_bundle(self.folder / str(next(self.numbers)), lines)
        import_bundle(actor=self.actor, folder=folder, scope=Scope(self.home.pk))


def former(actor: Actor, who: Journey, folder: Path) -> Former:
    """Its files once gave the person and the contract their ids; a question about a job waits for its answer."""
    here = Former(actor, who, folder, count())
    for group, key in (("identity", "p1"), ("contract", "c1")):
        rows = type(here[group])._default_manager.filter(pk=here[group].pk)
        rows.update(external_id=f"{Scope(here.home.pk).prefix}{key}")
    asked = {"decision": ConsentDecision.ASKED, "decided_at": None, "ends_on": date(2027, 12, 31)}
    ProfileConsent.objects.filter(beneficiary=here.person).update(**asked)
    return here


def contract(key: str, day: date) -> dict[str, str]:
    return {"id": key, "salarie_id": "p1", "type": "CDDI", "date_debut": str(day)}


def today() -> date:
    return timezone.localdate()


def now() -> datetime:
    return timezone.now()


def at_nine(days: int) -> datetime:
    return datetime.combine(today() + timedelta(days=days), time(9), tzinfo=now().tzinfo)


def proposal(here: Former) -> Any:
    employer = EmployerFactory(organisation=here.home)
    task = WorkTaskFactory(analysis=TaskAnalysisFactory(establishment__employer=employer))
    return JobProposalFactory(organisation=here.home, tasks=[task])


def of_person(here: Former) -> dict[str, Any]:
    return {"actor": here.actor, "beneficiary": here.person}


def versioned(here: Former, group: str, argument: str = "") -> dict[str, Any]:
    return {"actor": here.actor, argument or group: here[group], "version": here[group].version}


def a_step(here: Former) -> dict[str, Any]:
    return {"actor": here.actor, "step": here["relay_step"], "version": here["relay_step"].version}


def print_seen(here: Former, group: str, argument: str = "") -> dict[str, Any]:
    return {"actor": here.actor, argument or group: here[group], "seen": seen(here[group])}


def link(invitation_id: int, secret: str) -> str:
    return "https://invente.example.org/"


def a_call(here: Former) -> PostHireFollowUp:
    """A call of the support still to make; nothing to answer when there is none."""
    waiting = PostHireFollowUp.objects.filter(
        placement__beneficiary=here.person, done_on__isnull=True
    ).first()
    if waiting is None:
        raise OutOfReach
    return waiting


def a_hire(here: Former) -> dict[str, Any]:
    """The hire of the person, whose calls all wait; nothing to correct when there is none."""
    known = Placement.objects.filter(beneficiary=here.person, employer__isnull=False).first()
    if known is None:
        raise OutOfReach
    known.follow_ups.update(done_on=None, situation="", note="")
    return {"actor": here.actor, "placement": known, "seen": seen(known)}


def a_call_made(here: Former) -> dict[str, Any]:
    """A call of the support that somebody already made."""
    call = a_hire(here)["placement"].follow_ups.first()
    call.done_on, call.situation = min(today(), call.due_on - timedelta(days=1)), "EN_POSTE"
    call.save()
    return {"actor": here.actor, "follow_up": call, "seen": seen(call)}


def _all_or_out(done: Any) -> None:
    """A table says its refusals beside its cells; here a refusal is told like any other."""
    if done.refused:
        raise OutOfReach


def each_or_out(outcomes: Any) -> None:
    """Taps say their refusals one by one; here a refusal is told like any other."""
    if any(outcome.refusal for outcome in outcomes):
        raise OutOfReach


def a_pass_ending(here: Former, status: str = "REFUSEE") -> Any:
    """The PASS of the person, soon over; a request about it stands in that state."""
    end = today() + timedelta(days=60)
    rows = IaePass.objects.filter(pk=here["pass"].pk)
    rows.update(starts_on=today() - timedelta(days=600), ends_on=end)
    PassProlongation.objects.filter(iae_pass__in=rows).update(
        status=status, starts_on=end, ends_on=end + timedelta(days=90), asked_on=today()
    )
    return rows.get()


def a_pass_suspended(here: Former) -> Any:
    """The PASS of the person, suspended for more than a year."""
    rows = IaePass.objects.filter(pk=here["pass"].pk)
    rows.update(starts_on=today() - timedelta(days=600), ends_on=today() + timedelta(days=600))
    PassSuspension.objects.filter(iae_pass__in=rows).update(
        starts_on=today() - timedelta(days=400), ends_on=today() + timedelta(days=9)
    )
    return rows.get()


def an_exit(here: Former, motive: str, day: date | None = None) -> None:
    line = {"salarie_id": "p1", "date_sortie": str(day or here["stay"].ended_on), "motif": motive}
    here.bring(sorties=[line])
