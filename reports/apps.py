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
        from backend.exchange import registry as exchanged
        from backend.web import navigation as menu
        from backend.web import styles
        from reports import navigation, triggers
        from reports.models import ExportJob, SourceChange

        exchanged.keep_here(
            {
                ExportJob: "travaux en cours",
                SourceChange: "repères pour les chiffres, écrits par la base elle-même",
            }
        )
        post_migrate.connect(triggers.ensure, sender=self)
        menu.register(*navigation.PLACES)
        styles.register("reports/screens.css")
