"""A structure's data taken away: asked for, prepared apart, sealed, taken, gone after a few days.

Whoever asks receives what they read of the structure, no more (`leaving.structure`): no right to read is gained by it.
"""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from django.db import transaction

from backend.audit import trail
from backend.audit.answers import numbers_of_people
from backend.core import jobs, steps
from backend.core.actor import Actor
from backend.core.errors import DomainError, NotPermitted
from backend.core.wall.reach import reach_of, within
from backend.exchange.leaving.files import written
from backend.exchange.leaving.structure import Leaving, lines_of, people_leaving
from backend.exchange.models import StructureCopy
from backend.exchange.permissions import may_take_away
from backend.files import sealed_jobs
from backend.organisations import seats
from backend.organisations.models import Organisation

TASK = "exchange.prepare_structure_copy"
LOST_AFTER = timedelta(minutes=7)
"""A file of many lines is written without a word: longer than the hard limit of any task."""
NOT_YOURS = "Seule la personne responsable de cette structure peut en emporter les données."
NO_LONGER_YOURS = "Vos droits ont changé depuis la demande : le fichier n’a pas été préparé."
WORDS = jobs.Words(
    waiting="Le service de préparation ne répond pas : le fichier sera préparé dès que possible.",
    interrupted="La préparation s’est interrompue. Demandez le fichier à nouveau.",
    too_long="La préparation a pris trop de temps. Demandez le fichier à nouveau, ou prévenez l’exploitation du service.",
    failed="La préparation a échoué. Demandez le fichier à nouveau ; si cela recommence, prévenez l’exploitation du service.",
)


@transaction.atomic
def ask_structure_copy(*, actor: Actor, organisation: Organisation, format: str) -> StructureCopy:
    """Record the wish, then tell the workers; asking again while the same one is on its way gives it back."""
    if actor.user_id is None or not may_take_away(actor, organisation):
        raise NotPermitted("not_yours", NOT_YOURS)
    mine = StructureCopy.objects.visible_to(actor).filter(organisation=organisation, format=format)
    on_its_way: StructureCopy | None = mine.filter(status__in=jobs.UNFINISHED).first()
    if on_its_way is not None:
        return on_its_way
    job = StructureCopy(user_id=actor.user_id, seat=actor.seat, organisation=organisation, format=format)
    steps.save(job)
    trail.record(actor, "structure_copy.asked", job, structure=organisation.pk, format=format)
    transaction.on_commit(partial(jobs.send, TASK, job, WORDS))
    return job


def prepare_structure_copy(*, job_id: str) -> bool:
    """Prepare one that waits; False when there is nothing (or nothing any more) to do."""
    job = jobs.take(StructureCopy, job_id)
    if job is None:
        return False
    with jobs.end_always_said(job, WORDS):
        actor = seats.actor_again(job.user, job.seat)
        if actor is None or not may_take_away(actor, job.organisation):
            raise DomainError("no_longer_authorised", NO_LONGER_YOURS)
        with within(reach_of(actor)):
            files = _read(actor, job)
        content = written(job.format, files)
        _publish(actor, job, content, {each.layout.name: len(each.lines) for each in files})
    return True


def _read(actor: Actor, job: StructureCopy) -> list[Leaving]:
    files, done = [], 0
    for each in lines_of(actor, job.organisation):
        files.append(each)
        done += len(each.lines)
        jobs.checkpoint(job, rows_done=done)
    return files


@transaction.atomic
def _publish(actor: Actor, job: StructureCopy, content: bytes, counts: dict[str, int]) -> None:
    total = sum(counts.values())
    sealed_jobs.publish(job, content, counts=counts, rows_done=total, rows_total=total)
    trail.record(actor, "structure_copy.prepared", job, structure=job.organisation_id, rows=total)


def take_structure_copy(*, actor: Actor, job: StructureCopy) -> bytes | None:
    """The file, recorded in the trail; None when it may not, or no longer, be taken."""
    if not job.is_available:
        return None
    found = StructureCopy.objects.visible_to(actor).filter(pk=job.pk).select_related("organisation").first()
    if found is None or not may_take_away(actor, found.organisation):
        return None
    content = sealed_jobs.bytes_of(found)
    if content is not None:
        trail.record(
            actor,
            "structure_copy.taken",
            found,
            structure=found.organisation_id,
            rows=found.rows_done,
            **numbers_of_people(people_leaving(actor, found.organisation_id)),
        )
    return content


def forget_structure_copies() -> int:
    """Take every file away, those being made too: made before somebody was erased, it may name them."""
    jobs.interrupt(StructureCopy, WORDS)  # first: one that ends meanwhile is among those taken away
    return sealed_jobs.forget(StructureCopy.objects.all())


def forget_old_structure_copies() -> int:
    """Take away the files whose time is over; how many."""
    return sealed_jobs.forget_old(StructureCopy)


def give_up_on_lost_structure_copies() -> int:
    """Begin again the preparations that went silent, end those that always stop; how many were ended."""
    return sealed_jobs.give_up_on_lost(StructureCopy, TASK, WORDS, silent_for=LOST_AFTER)
