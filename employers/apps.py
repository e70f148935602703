"""Django registration of the employers, and of the seats their contacts hold."""

from django.apps import AppConfig


class EmployersConfig(AppConfig):
    """Employers, tasks, proposals, consents, placements."""

    name = "employers"
    verbose_name = "employeurs"

    def ready(self) -> None:
        """An employer's contact acts from their access; due follow-ups reach the team."""
        from backend.alerts import registry
        from backend.organisations import seats
        from employers import alerts
        from employers.models import EmployerAccess

        seats.register(EmployerAccess)
        registry.register(alerts.PRODUCERS)
