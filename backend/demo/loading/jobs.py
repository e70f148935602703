"""Jobs already proposed for a visitor to look at: one to fill, one that waits for a person's answer."""

from __future__ import annotations

from datetime import date

from backend.core.actor import Actor
from backend.organisations.models import Membership, Organisation
from employers.models import JobProposal, WorkTask
from employers.selectors.ranking import rank_people
from employers.services import answer_consent, ask_consent, propose_job
from pathways.models import BeneficiaryAccess

SHARED_JOB = "Aide de production et de cantine"
# Half a bakery, half a school canteen: mornings here, middays there, never early and late on one day.
SHARED_TASKS = (
    "Conditionner et étiqueter les brioches",
    "Façonner les brioches avec la boulangère",
    "Préparer les crudités et les desserts",
    "Relever les températures et tenir le cahier d’hygiène",
    "Nettoyer le fournil et le matériel",
)
EXTRA_JOB = "Chambres et promenades du samedi"
EXTRA_TASKS = ("Accompagner les promenades et les ateliers", "Entretenir les chambres")
ASKED, AGREED = 3, 2


def propose_jobs(today: date) -> None:
    """A job shared by a bakery and a canteen, and a few hours more in a care home.

    Of the three people asked about the first, two agreed; the second is a question that waits for its answer in the
    own page of the person with a demo account.
    """
    odile, myriam = _seat_of("Odile", "Exemple"), _seat_of("Myriam", "Métaphore")
    job = _propose(odile, SHARED_JOB, SHARED_TASKS)
    asked = [
        ask_consent(actor=odile, proposal=job, beneficiary=candidate.beneficiary)
        for candidate in rank_people(odile, job, today=today, top=ASKED)
    ]
    for consents in asked[:AGREED]:
        for consent in consents:
            answer_consent(actor=odile, consent=consent, granted=True)
    extra = _propose(myriam, EXTRA_JOB, EXTRA_TASKS)
    for access in BeneficiaryAccess.objects.select_related("beneficiary"):
        ask_consent(actor=myriam, proposal=extra, beneficiary=access.beneficiary)


def _seat_of(first_name: str, last_name: str) -> Actor:
    return Membership.objects.get(user__first_name=first_name, user__last_name=last_name).as_actor()


def _propose(actor: Actor, title: str, names: tuple[str, ...]) -> JobProposal:
    place = Organisation.objects.get(pk__in=actor.organisation_ids)
    tasks = list(WorkTask.objects.filter(name__in=names).order_by("pk"))
    return propose_job(actor=actor, organisation=place, title=title, tasks=tasks)
