"""Two people on their way through one structure: one hired at the end, one who simply left; and what others wrote."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import models, transaction

from backend.core.actor import Actor, Role
from competences.models import Licence
from tests import factories as make

LAST_DAY = date(2026, 6, 30)
HIRED_ON = date(2026, 7, 15)
SUPPORT_ENDS_ON = date(2027, 1, 15)
LAST_CALL_ON = date(2027, 2, 12)
PHONE = "07 00 00 00 42"


@dataclass
class Journey:
    """One person, every row about them by group, and the words a page may show of each."""

    person: Any
    rows: dict[str, models.Model] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)

    def put(self, group: str, row: Any, words: str = "") -> Any:
        """Remember a row, and what betrays it on a page."""
        self.rows[group] = row
        if words:
            self.words[group] = words
        return row


@dataclass
class DoorsWorld:
    """Ten seats around two people."""

    seats: dict[str, Actor]
    hired: Journey
    left: Journey


@contextmanager
def standing(blocker: Any) -> Iterator[DoorsWorld]:
    """The world, built for a whole module and rolled back at its end."""
    with blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        try:
            yield build()
        finally:
            transaction.set_rollback(True)
            outer.__exit__(None, None, None)


def build() -> DoorsWorld:
    """Everything exists from the first day; the clock of each test says what is past."""
    home = make.OrganisationFactory(name="Chantier des Rives")
    sister = make.OrganisationFactory(name="Vallées Intérim", kind="ETTI", group=home.group)
    away = make.OrganisationFactory(name="Chantier du Lac Imaginaire")
    before = make.OrganisationFactory(name="Ateliers du Mont Inventé")
    seats = {
        "referent": make.actor_of(Role.ADVISOR, home),
        "colleague": make.actor_of(Role.ADVISOR, home),
        "supervisor": make.actor_of(Role.SUPERVISOR, home),
        "manager": make.actor_of(Role.MANAGER, home),
        "head": make.actor_of(Role.GROUP_HEAD, home),
        "network": make.actor_of(Role.NETWORK_HEAD),
        "collective": make.actor_of(Role.COLLECTIVE_HEAD, home),
        "admin": make.actor_of(Role.ADMINISTRATOR, home),
        "stranger": make.actor_of(Role.ADVISOR, make.OrganisationFactory()),
    }
    places = (home, sister, away, before)
    hired = _journey(places, seats["referent"], motive="3")
    left = _journey(places, seats["referent"], motive="")
    employer = make.EmployerFactory(organisation=home, name="Fournil Imaginaire")
    hire = hired.put(
        "hire",
        make.PlacementFactory(
            beneficiary=hired.person,
            employer=employer,
            exit=hired.rows["exit"],
            started_on=HIRED_ON,
            advisor_id=seats["referent"].user_id,
        ),
        "Fournil Imaginaire",
    )
    hired.put(
        "post_hire", make.PostHireFollowUpFactory(placement=hire, milestone="M6", due_on=SUPPORT_ENDS_ON)
    )
    seats["employer"] = make.EmployerAccessFactory(employer=employer).as_actor()
    for who in (hired, left):
        access = who.put("access", make.BeneficiaryAccessFactory(beneficiary=who.person))
        # A copy is its asker's alone: here the person's own.
        who.put(
            "access_copy",
            make.AccessCopyFactory(beneficiary=who.person, user=access.user, seat=access.as_actor().seat),
        )
    seats["person"] = hired.rows["access"].as_actor()  # type: ignore[attr-defined]
    return DoorsWorld(seats, hired, left)


def _journey(places: tuple[Any, ...], referent: Actor, *, motive: str) -> Journey:
    home, sister, away, before = places
    person = make.BeneficiaryFactory(last_name=f"Inventée-{motive or 'sans motif'}", phone=PHONE)
    who = Journey(person)
    who.put("identity", person, person.last_name)
    who.put("entry", make.EntryProfileFactory(beneficiary=person, rqth=True), "RQTH")
    iae = make.IaePassFactory(beneficiary=person)
    who.put("pass", iae)
    who.put("suspension", make.PassSuspensionFactory(iae_pass=iae, organisation=home))
    who.put("prolongation", make.PassProlongationFactory(iae_pass=iae, organisation=home))
    relay = who.put("relay", make.RelayFactory(beneficiary=person, organisation=home))
    type(relay).objects.filter(pk=relay.pk).update(created_at=datetime(2026, 1, 12, 9, tzinfo=UTC))
    who.put("relay_step", make.RelayStepFactory(relay=relay))
    who.put("data_request", make.DataRequestFactory(beneficiary=person, organisation=home))
    who.put("retention", make.RetentionFactory(beneficiary=person))
    who.put("derogation", make.DerogationFactory(beneficiary=person, organisation=home))
    paper = {"made_on": date(2026, 1, 5), "documents": {"RSA": "2026-01-02"}}
    who.put("diagnosis", make.EligibilityDiagnosisFactory(beneficiary=person, organisation=home, **paper))
    _steps(who, home, away, before, referent, motive)
    _words_said(who, home, sister, away, referent)
    competence = make.CompetenceFactory(label=f"Gratiner un plat {person.pk}")
    who.put(
        "assessment",
        make.AssessmentFactory(beneficiary=person, competence=competence, assessed_on=date(2026, 5, 4)),
        competence.label,
    )
    licence = Licence.objects.create(beneficiary=person, label="SST inventé", obtained_on=date(2026, 2, 3))
    who.put("licence", licence, "SST inventé")
    who.put("cv", make.CvFactory(beneficiary=person, title="Tourneuse de pages"), "Tourneuse de pages")
    who.put("passport", make.PassportFactory(beneficiary=person), "Passeport inventé")
    who.put("file", make.stored_on(licence, title="Carte de secouriste"), "Carte de secouriste")
    vae = make.VaeProjectFactory(
        beneficiary=person, certification="Titre imaginaire", reached_on=date(2026, 5, 4)
    )
    who.put("vae", vae, "Titre imaginaire")
    who.put("vae_step", vae.steps.get())
    who.put("consent", make.ProfileConsentFactory(beneficiary=person, ends_on=date(2026, 6, 1)))
    return who


def _steps(who: Journey, home: Any, away: Any, before: Any, referent: Actor, motive: str) -> None:
    """Own, earlier elsewhere, later elsewhere: each with its contract, hours and exit."""
    dates = {
        "": (home, date(2026, 1, 5), LAST_DAY, referent.user_id, motive),
        "earlier_": (before, date(2024, 9, 2), date(2025, 3, 31), None, "15"),
        "later_": (away, date(2026, 9, 1), date(2027, 3, 31), None, "7"),
    }
    for when, (place, start, end, advisor_id, why) in dates.items():
        stay = make.StayFactory(
            beneficiary=who.person,
            organisation=place,
            started_on=start,
            ended_on=end,
            advisor_id=advisor_id,
        )
        who.put(f"{when}stay", stay, place.name)
        contract = who.put(
            f"{when}contract", make.ContractFactory(stay=stay, planned_end_on=end, ended_on=end)
        )
        who.put(
            f"{when}amendment",
            make.HoursAmendmentFactory(contract=contract, starts_on=start + timedelta(days=30)),
        )
        who.put(f"{when}hours", make.MonthlyHoursFactory(contract=contract, month=start.replace(day=1)))
        who.put(f"{when}exit", make.ExitFactory(stay=stay, occurred_on=end, motive=why))


def _words_said(who: Journey, home: Any, sister: Any, away: Any, referent: Actor) -> None:
    here = {"beneficiary": who.person, "organisation": home}
    interview = make.InterviewFactory(
        author_id=referent.user_id,
        happened_at=datetime(2026, 5, 5, 9, tzinfo=UTC),
        synthesis="Un texte de chez nous.",
        **here,
    )
    who.put("interview", interview)
    who.put("synthesis", interview, "Un texte de chez nous.")
    who.put("note", make.PrivateNoteFactory(interview=interview, text="Mon pense-bête."), "Mon pense-bête.")
    for whose, place, words in (
        ("sister_", sister, "Un texte de la maison sœur."),
        ("later_", away, "Un texte du lac."),
    ):
        said = make.InterviewFactory(
            beneficiary=who.person,
            organisation=place,
            synthesis=words,
            happened_at=datetime(2026, 5, 6, 9, tzinfo=UTC),
        )
        who.put(f"{whose}interview", said)
        who.put(f"{whose}synthesis", said, words)
    who.put("frein", make.BarrierReadingFactory(read_on=date(2026, 5, 5), theme="LOGEMENT", **here))
    who.put(
        "immersion",
        make.ImmersionFactory(
            host_name="Verger rêvé", started_on=date(2026, 5, 4), planned_end_on=date(2026, 5, 15), **here
        ),
        "Verger rêvé",
    )
    who.put(
        "training",
        make.TrainingFactory(
            title="Cuisine songée", started_on=date(2026, 5, 4), planned_end_on=date(2026, 5, 15), **here
        ),
        "Cuisine songée",
    )
    who.put("hours_wish", make.HoursWishFactory(weekly_hours=Decimal("31.25"), **here), "31.25")
    visit = make.MedicalVisitFactory(service="Service songé des Rives", **here)
    who.put("medical_visit", visit, "Service songé des Rives")
    who.put(
        "saved_days",
        make.SavedDaysFactory(days=Decimal("41.75"), counted_on=date(2026, 5, 29), **here),
        "41.75",
    )
    who.put("reunion", make.ReunionFactory(kept=who.person, organisation=home))
    # Somebody who stays: the door of the pair is then the person's own.
    namesake = make.StayFactory(organisation=home, advisor_id=referent.user_id, started_on=date(2026, 1, 5))
    who.put("told_apart", make.ToldApartFactory(first=who.person, second=namesake.beneficiary))
    who.put("watch_end", make.WatchEndFactory(note="Un mot sur l’attente.", **here), "Un mot sur l’attente.")
    who.put("goal", make.GoalFactory(label="But imaginaire", **here), "But imaginaire")
    who.put("action", make.ActionFactory(label="Pas inventé", **here), "Pas inventé")
    starts_at = datetime(2026, 6, 29, 9, tzinfo=UTC)
    meeting = make.AppointmentFactory(
        advisor_id=referent.user_id, starts_at=starts_at, purpose="Point songé", **here
    )
    who.put("appointment", meeting, "Point songé")
