"""Django registration of the exchange."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Bundle import and export."""

    name = "backend.exchange"
    verbose_name = "échange"

    def ready(self) -> None:
        """The frame's own files come first; each domain then declares its own."""
        from backend.core.privacy import tables
        from backend.core.wall import beside
        from backend.exchange import privacy, registry, structures
        from backend.exchange.models import ImportJob, StructureCopy

        registry.register(*structures.FILES)
        beside.register(*(beside.Beside(job, account="user") for job in (ImportJob, StructureCopy)))
        tables.register(*privacy.TABLES)
        tables.before_erasing(privacy.erase)
        tables.after_erasing(privacy.forget_files)
