"""Django registration of the reports."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ReportsConfig(AppConfig):
    """Figures that explain themselves, and their exports."""

    name = "reports"
    verbose_name = "bilans"

    def ready(self) -> None:
        """Load the Celery application, so that a task sent from a page or a command finds the broker; join the menus."""
        from backend import celery  # noqa: F401
        from backend.core import rule_lines
        from backend.core.privacy import tables
        from backend.core.wall import beside
        from backend.exchange import registry as exchanged
        from backend.web import navigation as menu
        from backend.web import styles
        from reports import navigation, panels, privacy, triggers  # noqa: F401 (panels register themselves when read)
        from reports.models import ExportJob, PublishedTable, SourceChange
        from reports.numbered import RULES
        from reports.services import forget_exports, keep_counts

        exchanged.keep_here(
            {
                ExportJob: "travaux en cours",
                PublishedTable: "ce qui est sorti d’ici, masqué à côté de ce qui en était sorti",
                SourceChange: "repères pour les chiffres, écrits par la base elle-même",
            }
        )
        beside.register(beside.Beside(ExportJob, account="user"))
        post_migrate.connect(triggers.ensure, sender=self)
        tables.register(*privacy.TABLES)
        tables.before_erasing(keep_counts)
        tables.after_erasing(forget_exports)
        menu.register(*navigation.PLACES)
        rule_lines.register(*RULES)
        styles.register("reports/screens.css")
