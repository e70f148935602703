"""Django registration of the reports."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Figures that explain themselves, and their exports."""

    name = "reports"
    verbose_name = "bilans"

    def ready(self) -> None:
        """Load the Celery application, so that a task sent from a page or a command finds the broker."""
        from backend import celery  # noqa: F401
