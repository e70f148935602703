"""Background work of the screens."""

from __future__ import annotations

from celery import shared_task

from backend.web.kept import refused


@shared_task(name="web.forget_refused_forms")
def forget_refused_forms() -> None:
    """Forms sent too late that nobody came back for."""
    refused.forget_refused()
