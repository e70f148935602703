"""Django registration of the pathways, and of the seat a person has on their own thread."""

from django.apps import AppConfig

from backend.core.actor import Role


class PathwaysConfig(AppConfig):
    """People, stays, contracts, interviews, goals, exits."""

    name = "pathways"
    verbose_name = "parcours"

    def ready(self) -> None:
        """The person acts from their own access; this domain's alerts reach the team, its files the exchange."""
        from backend.alerts import registry
        from backend.exchange import registry as exchanged
        from backend.organisations import seats
        from pathways import alerts, exchange
        from pathways.models import BeneficiaryAccess
        from pathways.services.accesses import sit

        seats.register(BeneficiaryAccess, role=Role.BENEFICIARY, sit=sit)
        registry.register(alerts.PRODUCERS)
        exchanged.register(*exchange.FILES)
