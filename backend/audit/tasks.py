"""What the clock does for the trail: each entry calls one function."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from backend.audit import chain, heads, keeping


@shared_task(name="audit.bind")
def bind() -> None:
    """Bind what was written since the last link."""
    chain.bind()


@shared_task(name="audit.publish_head")
def publish_head() -> None:
    """Write the head of the day outside the base."""
    heads.publish()


@shared_task(name="audit.cut")
def cut() -> None:
    """Let lines older than the trail is kept leave it."""
    keeping.cut(timezone.localdate())
