"""Django registration of the employers, and of the seats their contacts hold."""

from django.apps import AppConfig

from backend.core.actor import Role


class EmployersConfig(AppConfig):
    """Employers, tasks, proposals, consents, placements."""

    name = "employers"
    verbose_name = "employeurs"

    def ready(self) -> None:
        """An employer's contact acts from their access; due follow-ups reach the team, whose door they keep open."""
        from backend.alerts import registry
        from backend.organisations import seats
        from backend.web import navigation as menu
        from employers import alerts, navigation, panels, thread  # noqa: F401 (panels register themselves when read)
        from employers.models import EmployerAccess
        from employers.screens import addresses
        from employers.selectors.support import people_supported
        from employers.services.accesses import sit
        from pathways import doors
        from pathways.selectors import sources

        seats.register(EmployerAccess, role=Role.EMPLOYER, sit=sit)
        registry.register(alerts.PRODUCERS)
        doors.register(people_supported)
        addresses.register_all()
        menu.register(*navigation.PLACES)
        sources.register(sources.steps, thread.jobs)
        sources.register(sources.coming, thread.calls)
