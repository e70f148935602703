"""What the workers do for the exchange: each entry calls one service."""

from __future__ import annotations

from celery import shared_task

from backend.exchange.services import imports, structure_copies


@shared_task(name="exchange.run_import")
def run_import(job_id: str) -> None:
    """Check, or take in, what was sent for one import."""
    imports.run_import(job_id=job_id)


@shared_task(name="exchange.give_up_on_lost_imports")
def give_up_on_lost_imports() -> None:
    """End what went silent, send again what nobody took."""
    imports.give_up_on_lost_imports()


@shared_task(name="exchange.purge_old_imports")
def purge_old_imports() -> None:
    """Delete the files and the reports whose time is over."""
    imports.purge_old_imports()


@shared_task(name="exchange.prepare_structure_copy")
def prepare_structure_copy(job_id: str) -> None:
    """Prepare the data one structure takes away."""
    structure_copies.prepare_structure_copy(job_id=job_id)


@shared_task(name="exchange.give_up_on_lost_copies")
def give_up_on_lost_structure_copies() -> None:
    """End what went silent, send again what nobody took."""
    structure_copies.give_up_on_lost_structure_copies()


@shared_task(name="exchange.forget_old_copies")
def forget_old_structure_copies() -> None:
    """Delete the files whose time is over."""
    structure_copies.forget_old_structure_copies()
