"""What a worker says of itself to whoever listens: worth nothing later, so nobody waits for the broker to say it."""

from __future__ import annotations

from typing import Any

from celery.app.events import Events
from celery.events.dispatcher import EventDispatcher


class Presence(EventDispatcher):  # type: ignore[misc]
    """Celery's own, which never tries again.

    Celery's heartbeat tries for ever, and meanwhile its worker does nothing else: while RabbitMQ was away it neither ended
    when asked to nor noticed, before half a minute, that the broker was back.
    """

    def send(self, type: str, *args: Any, **said: Any) -> Any:
        """Say it once."""
        return super().send(type, *args, **{**said, "retry": False})


class Said(Events):  # type: ignore[misc]
    """What `Celery(events=…)` takes."""

    dispatcher_cls = "backend.core.health.presence:Presence"
