"""What an object of the world still needs before a gesture makes sense: an answer not given yet, a reading still fresh.

It is done only where the gesture is expected to succeed.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from allauth.mfa.models import Authenticator
from django.utils import timezone

from backend.core.jobs import JobStatus
from backend.exchange.models import ImportJob
from backend.exchange.services import folders
from competences.models import Assessment
from employers.enums import AnalysisStatus, ConsentDecision
from employers.models import PostHireFollowUp, ProfileConsent, TaskAnalysis, WorkTask
from pathways.models import (
    BeneficiaryAccess,
    Contract,
    HoursAmendment,
    IaePass,
    MonthlyHours,
    PassProlongation,
    PassSuspension,
    Relay,
    Stay,
)
from tests.factories import CvFactory
from tests.signin import give_second_factor


def ending_soon(world: Any, relation: str) -> None:
    """A PASS that may be prolonged, and no request that waits."""
    iae = IaePass.objects.filter(pk=world.pk("pass", relation))
    iae.update(starts_on=date(2025, 3, 1), ends_on=date(2027, 2, 28))
    asked = PassProlongation.objects.filter(iae_pass__in=iae)
    asked.update(status="REFUSEE", starts_on=date(2027, 2, 28), ends_on=date(2027, 3, 31))


def asked_in_time(world: Any, relation: str) -> None:
    """The same, and the request of the person waits."""
    kept = relation if relation in world.objects["pass"] else "own"
    ending_soon(world, kept)
    PassProlongation.objects.filter(iae_pass_id=world.pk("pass", kept)).update(status="DEMANDEE")


def long_suspended(world: Any, relation: str) -> None:
    """A PASS suspended for more than a year."""
    iae = IaePass.objects.filter(pk=world.pk("pass", relation))
    iae.update(starts_on=date(2025, 3, 1), ends_on=date(2028, 2, 28))
    PassSuspension.objects.filter(iae_pass__in=iae).update(
        starts_on=date(2025, 9, 1), ends_on=date(2026, 12, 31)
    )


def closed(world: Any, relation: str) -> None:
    """A PASS somebody closed."""
    IaePass.objects.filter(pk=world.pk("pass", relation)).update(closed_on=date(2026, 11, 1))


def not_asked_yet(world: Any, relation: str) -> None:
    """No question was put to the person yet."""
    ProfileConsent.objects.filter(beneficiary_id=world.pk("person", relation)).delete()


def unanswered(world: Any, relation: str) -> None:
    """The question waits for its answer."""
    row = ProfileConsent.objects.filter(pk=world.pk("consent", relation))
    row.update(decision=ConsentDecision.ASKED, decided_at=None)


def fresh(world: Any, relation: str) -> None:
    """The reading was recorded a moment ago."""
    Assessment.objects.filter(pk=world.pk("assessment", relation)).update(created_at=timezone.now())


def not_given_back(world: Any, relation: str) -> None:
    """The analysis is still being written."""
    row = world.objects["analysis"][relation]
    type(row).objects.filter(pk=row.pk).update(status=AnalysisStatus.DRAFT)


def in_no_job(world: Any, relation: str) -> None:
    """No job holds the task."""
    world.objects["task"][relation].proposals.clear()


def no_work_was_seen(world: Any, relation: str) -> None:
    """Nobody looked at the work there."""
    tasks = WorkTask.objects.filter(analysis__establishment=world.pk("establishment", relation))
    for task in tasks:
        task.proposals.clear()
    tasks.delete()
    TaskAnalysis.objects.filter(establishment=world.pk("establishment", relation)).delete()


def nobody_works_with_them(world: Any, relation: str) -> None:
    """The employer was met, and nothing more."""
    no_work_was_seen(world, relation)
    employer = world.objects["employer"][relation]
    PostHireFollowUp.objects.filter(placement__employer=employer).delete()
    for rows in (employer.placements, employer.profile_consents, employer.accesses, employer.establishments):
        rows.all().delete()
    employer.proposals.clear()


def waiting(world: Any, relation: str) -> None:
    """The invitation waits for a second person."""
    row = world.objects["invitation"][relation]
    type(row).objects.filter(pk=row.pk).update(needs_approval=True)


def without_access(world: Any, relation: str) -> None:
    """The person has no door of their own."""
    BeneficiaryAccess.objects.filter(pk=world.pk("person_access", relation)).delete()


def with_second_factor(world: Any, relation: str) -> None:
    """The colleague had set one up."""
    user = world.objects["membership"][relation].user
    if not Authenticator.objects.filter(user=user).exists():
        give_second_factor(user)


def waiting_for_columns(world: Any, relation: str) -> None:
    """Read, and somebody is asked which column is which."""
    job = ImportJob.objects.get(pk=world.pk("import", relation))
    (folders.folder_of(job) / "recus").mkdir(parents=True, exist_ok=True)
    told = {
        "key": "a",
        "name": "a",
        "said": [],
        "shape": "x",
        "titles": ["Nom", "Prénom"],
        "samples": [[], []],
    }
    told |= {"columns": ["salaries.nom", "salaries.prenom"], "reasons": ["", ""], "values": {}}
    folders.write(job, folders.TABLES, [told])
    ImportJob.objects.filter(pk=job.pk).update(
        status=JobStatus.READY, finished_at=timezone.now(), needs_columns=True
    )


def checked_import(world: Any, relation: str) -> None:
    """Checked, and waiting for its yes."""
    waiting_for_columns(world, relation)
    ImportJob.objects.filter(pk=world.pk("import", relation)).update(needs_columns=False)


def bare(world: Any, relation: str) -> None:
    """Nothing rests on the stay."""
    HoursAmendment.objects.filter(contract__stay=world.pk("stay", relation)).delete()
    MonthlyHours.objects.filter(contract__stay=world.pk("stay", relation)).delete()
    Contract.objects.filter(stay=world.pk("stay", relation)).delete()


def nothing_changed_it(world: Any, relation: str) -> None:
    """The PASS has neither suspension nor prolongation."""
    for changes in (PassSuspension, PassProlongation):
        changes.objects.filter(iae_pass=world.pk("pass", relation)).delete()


def not_back_since(world: Any, relation: str) -> None:
    """The person did not come back after this exit."""
    last = world.objects["exit"][relation].stay
    others = Stay.objects.filter(beneficiary=last.beneficiary_id).exclude(pk=last.pk)
    others.update(started_on=date(2024, 1, 8), ended_on=date(2024, 6, 28))


def agreed_to(status: str) -> Callable[[Any, str], None]:
    """The person gave their name and their contact to the other structure; the relay then went that far."""

    def prepare(world: Any, relation: str) -> None:
        row = Relay.objects.filter(pk__in=(world.pk("relay", relation), world.pk("relay_received", relation)))
        row.update(status=status, parts="IDENTITE COORDONNEES", agreed_on=date(2026, 11, 20))

    return prepare


def cv_chosen(world: Any, relation: str) -> None:
    """Somebody chose what the CV shows: there is something to forget."""
    CvFactory(beneficiary=world.objects["person"][relation], version=0)


READY: dict[str, Callable[[Any, str], None]] = {
    **dict.fromkeys(("stays cancel", "web:stay_cancel"), bare),
    **dict.fromkeys(("exits cancel", "web:exit_cancel"), not_back_since),
    **dict.fromkeys(("passes cancel", "web:pass_cancel"), nothing_changed_it),
    **dict.fromkeys(
        ("relays change_agreement", "web:relay_change", "relays withdraw", "web:relay_withdraw"),
        agreed_to("ACCORD"),
    ),
    **dict.fromkeys(("relays confirm", "web:relay_confirm"), agreed_to("AUTRE_DATE")),
    **dict.fromkeys(("relays meet", "web:relay_meet"), agreed_to("ACCEPTE")),
    **dict.fromkeys(("relays welcome", "web:relay_welcome"), agreed_to("RENCONTRE")),
    **dict.fromkeys(("cvs destroy", "web:cv_clear"), cv_chosen),
    "imports choose": waiting_for_columns,
    "imports confirm": checked_import,
    "job-proposals ask": not_asked_yet,
    "web:proposal_ask": lambda world, relation: not_asked_yet(world, "own"),
    "pass-prolongations create": ending_soon,
    "web:prolongation_new": ending_soon,
    "pass-prolongations correct": asked_in_time,
    "web:prolongation_edit": asked_in_time,
    "passes close": long_suspended,
    "passes reopen": closed,
    "web:pass_reopen": closed,
    "web:pass_close": long_suspended,
    "profile-consents record_answer": unanswered,
    "web:consent_answer": unanswered,
    "assessments undo": fresh,
    "web:observe_undo": fresh,
    "web:observe_word": fresh,
    "task-analyses give_back": not_given_back,
    "web:analysis_return": not_given_back,
    "work-tasks destroy": in_no_job,
    **dict.fromkeys(("task-analyses cancel", "web:analysis_cancel"), in_no_job),
    **dict.fromkeys(("establishments cancel", "web:establishment_cancel"), no_work_was_seen),
    **dict.fromkeys(("employers cancel", "web:employer_cancel"), nobody_works_with_them),
    "web:task_remove": in_no_job,
    "invitations approve": waiting,
    "web:team_invitation_approve": waiting,
    "web:person_access_new": without_access,
    "memberships reset_second_factor": with_second_factor,
    "web:team_second_factor": with_second_factor,
}
