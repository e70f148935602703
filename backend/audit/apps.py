"""Django registration of the trail."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The trail exists from the first migration."""

    name = "backend.audit"
    verbose_name = "journal"

    def ready(self) -> None:
        """What the trail keeps."""
        from backend.audit import privacy
        from backend.core.privacy import tables

        tables.register(*privacy.TABLES)
