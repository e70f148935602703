"""Django registration of the employers, and of the seats their contacts hold."""

from django.apps import AppConfig

from backend.core.actor import Role


class EmployersConfig(AppConfig):
    """Employers, tasks, proposals, consents, placements."""

    name = "employers"
    verbose_name = "employeurs"

    def ready(self) -> None:
        """An employer's contact acts from their access; due follow-ups reach the team; a job is a step of the thread."""
        from backend.alerts import registry
        from backend.organisations import seats
        from employers import alerts
        from employers.models import EmployerAccess
        from employers.selectors.job_steps import JOB_STEPS
        from employers.services.accesses import sit
        from pathways.selectors import step_sources

        seats.register(EmployerAccess, role=Role.EMPLOYER, sit=sit)
        registry.register(alerts.PRODUCERS)
        step_sources.register(JOB_STEPS)
