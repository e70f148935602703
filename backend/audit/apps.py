"""Django registration of the trail."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The trail exists from the first migration."""

    name = "backend.audit"
    verbose_name = "journal"

    def ready(self) -> None:
        """What the trail keeps."""
        from backend.audit import privacy
        from backend.audit.models import Entry
        from backend.core.privacy import tables
        from backend.core.wall import beside

        line = beside.Beside(
            Entry,
            account="user_id",
            structure="organisation_id",
            person="beneficiary_id",
            is_never_changed=True,
        )
        beside.register(line)
        tables.register(*privacy.TABLES)
