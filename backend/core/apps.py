"""Django registration of the shared frame."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Holds what has no domain of its own: remembered requests."""

    name = "backend.core"
    verbose_name = "socle"

    def ready(self) -> None:
        """What is looked at to say whether the service is ready, and what it keeps sealed."""
        from backend.core.health import checks
        from backend.core.health.findings import When, register
        from backend.core.models import IdempotencyRecord
        from backend.core.sealing import places

        register(*checks.BEFORE_START)
        register(*checks.WHILE_RUNNING, when=When.RUNNING)
        places.register(places.SealedJson(IdempotencyRecord, "body", IdempotencyRecord.SEALED_FOR))
