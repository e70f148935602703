"""What the clock does for the thread: each entry calls one function."""

from __future__ import annotations

from celery import shared_task

from backend.core.actor import Actor
from pathways.services.privacy import copies, retention
from pathways.services.reunions import forget_old_reunions
from pathways.services.rights.eligibility import purge_documents


@shared_task(name="pathways.forget_old_reunions")
def forget_reunions() -> None:
    """Erase what would separate files joined more than thirty days ago."""
    forget_old_reunions()


@shared_task(name="pathways.prepare_access_copy")
def prepare_access_copy(job_id: str) -> None:
    """Prepare one copy of a person's data."""
    copies.prepare_copy(job_id=job_id)


@shared_task(name="pathways.give_up_on_lost_copies")
def give_up_on_lost_copies() -> None:
    """End what went silent, send again what nobody took."""
    copies.give_up_on_lost_copies()


@shared_task(name="pathways.forget_old_copies")
def forget_old_copies() -> None:
    """Delete the copies whose time is over."""
    copies.forget_old_copies()


@shared_task(name="pathways.apply_retention")
def apply_retention() -> None:
    """Warn, then erase what nobody has had a reason to keep for two years."""
    retention.apply_retention(actor=Actor.operator())


@shared_task(name="pathways.purge_eligibility_documents")
def purge_eligibility_documents() -> None:
    """Erase the documents of eligibility whose twenty-four months have passed."""
    purge_documents()
