"""Django registration of the shared frame."""

from typing import Any

from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate


class CoreConfig(AppConfig):
    """Holds what has no domain of its own: remembered requests."""

    name = "backend.core"
    verbose_name = "socle"

    def ready(self) -> None:
        """What is looked at to say whether the service is ready, and what it keeps sealed."""
        from backend.core.health import checks
        from backend.core.health.findings import When, register
        from backend.core.models import IdempotencyRecord
        from backend.core.privacy import own, tables
        from backend.core.sealing import places
        from backend.core.tables import ordering
        from backend.core.wall import beside, keeping, reach

        connection_created.connect(ordering.teach, dispatch_uid="alphabetical")
        post_migrate.connect(_know_new_tables, sender=self)
        post_migrate.connect(keeping.after_migrating, sender=self)
        connection_created.connect(reach.tell_new_connection)
        register(*checks.BEFORE_START)
        register(*checks.WHILE_RUNNING, when=When.RUNNING)
        beside.register(beside.Beside(IdempotencyRecord, account="user"))
        places.register(places.SealedJson(IdempotencyRecord, "body", IdempotencyRecord.SEALED_FOR))
        tables.register(*own.TABLES)
        tables.register_outside(*own.OUTSIDE)


def _know_new_tables(using: str, **kwargs: Any) -> None:
    """A table or an index that a migration made is chosen from the first page on."""
    from backend.core.tables.statistics import plan_quickly, refresh

    plan_quickly(using)
    refresh(using)
