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
        from backend.web import navigation as menu
        from backend.web import styles
        from reports import navigation, triggers

        post_migrate.connect(triggers.ensure, sender=self)
        menu.register(*navigation.PLACES)
        styles.register("reports/screens.css")
