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
        from backend.organisations import departures, seats
        from backend.web import navigation as menu
        from backend.web import styles
        from pathways import alerts, exchange, navigation, panels  # noqa: F401 (panels register themselves when read)
        from pathways.departures import HAND_OVER
        from pathways.models import BeneficiaryAccess
        from pathways.screens import addresses
        from pathways.services.accesses import sit

        seats.register(BeneficiaryAccess, role=Role.BENEFICIARY, sit=sit)
        registry.register(alerts.PRODUCERS)
        registry.register(alerts.APART, is_apart=True)
        addresses.register_all()
        menu.register(*navigation.PLACES)
        styles.register("pathways/screens.css")
        menu.register_gesture(navigation.NOTE)
        departures.register(HAND_OVER)
        exchanged.register(*exchange.FILES)
