"""Django registration of the pathways, and of the seat a person has on their own thread."""

from django.apps import AppConfig

from backend.core.actor import Role


class PathwaysConfig(AppConfig):
    """People, stays, contracts, interviews, goals, exits."""

    name = "pathways"
    verbose_name = "parcours"

    def ready(self) -> None:
        """The person acts from their own access; this domain's alerts reach the team, its files the exchange, its book the mail."""
        from backend.alerts import registry
        from backend.audit import numbers
        from backend.core.joining import tables as joined
        from backend.exchange import registry as exchanged
        from backend.mail import delivery
        from backend.organisations import departures, seats
        from backend.web import navigation as menu
        from backend.web import styles
        from pathways import alerts, exchange, joining, navigation, panels  # noqa: F401 (panels register themselves when read)
        from pathways.departures import HAND_OVER
        from pathways.models import BeneficiaryAccess, Reunion
        from pathways.screens import addresses
        from pathways.selectors import relays, sources
        from pathways.selectors.following.presence import referents
        from pathways.selectors.outside import immersions
        from pathways.selectors.rule_book import mail_kept_days
        from pathways.selectors.twins.reunions import numbers_of
        from pathways.services.accesses import may_offer, sit

        seats.register(BeneficiaryAccess, role=Role.BENEFICIARY, sit=sit, may_offer=may_offer)
        registry.register(alerts.PRODUCERS)
        registry.register(alerts.APART, is_apart=True)
        registry.register_referents(referents)
        addresses.register_all()
        menu.register(*navigation.PLACES)
        styles.register("pathways/screens.css")
        menu.register_gesture(navigation.NOTE)
        departures.register(HAND_OVER)
        delivery.kept_days_come_from(mail_kept_days)
        exchanged.register(*exchange.FILES)
        exchanged.keep_here({Reunion: "de quoi séparer deux fiches réunies, le temps de pouvoir le faire"})
        joined.register(*joining.TABLES)
        joined.register_numbers(*joining.NUMBERS)
        numbers.come_from(numbers_of)
        sources.register(sources.marks, immersions.immersion_marks)
        sources.register(sources.marks, relays.relay_marks)
        sources.register(sources.entries, immersions.immersion_entries)
        sources.register(sources.coming, immersions.immersions_to_come)
        sources.register(sources.coming, relays.relays_to_come)
