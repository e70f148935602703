"""Django registration of the competences."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CompetencesConfig(AppConfig):
    """The referential and what people were seen doing."""

    name = "competences"
    verbose_name = "compétences"

    def ready(self) -> None:
        """Panels, files of the exchange, and what was gained and seen in a person's thread."""
        from backend.alerts import registry as alerts_registry
        from backend.audit import answers
        from backend.core import rule_lines
        from backend.core.health import findings as health
        from backend.core.joining import tables as joined
        from backend.core.privacy import agreements
        from backend.core.privacy import tables as privacy_of
        from backend.exchange import registry as exchanged
        from backend.files import carriers
        from backend.organisations import openings
        from backend.web import navigation as menu
        from backend.web import styles
        from competences import (
            alerts,
            exchange,
            joining,
            navigation,
            panels,  # noqa: F401 (panels register themselves when read)
            privacy,
            thread,
            triggers,
        )
        from competences import health as checks
        from competences.models import Assessment, Licence
        from competences.permissions import may_change_licence_files, may_prove
        from competences.rules.numbered import RULES
        from competences.screens import addresses, undos
        from competences.screens.passport.agreements import passport_agreements
        from competences.selectors.occupations import trades_named
        from competences.selectors.self_assessment import subjects
        from competences.services import ensure_referential
        from pathways.selectors import sources

        carriers.register(
            carriers.Carrier(Licence, name="habilitation", may_change=may_change_licence_files),
            carriers.Carrier(Assessment, name="compétence", may_change=may_prove),
        )
        post_migrate.connect(triggers.ensure, sender=self)
        health.register(checks.referential_is_there)
        openings.register(ensure_referential)
        alerts_registry.register(alerts.PRODUCERS)
        addresses.register_all()
        answers.people_are_led_to_by("web:observe_person")
        undos.register_all()
        menu.register(*navigation.PLACES)
        rule_lines.register(*RULES)
        styles.register("competences/cv.css")
        styles.register("competences/screens.css")
        styles.register_script("competences/taps.js")
        exchanged.register(*exchange.FILES)
        exchanged.keep_here(exchange.STAYS_HERE)
        joined.register(*joining.TABLES)
        privacy_of.register(*privacy.TABLES)
        agreements.register(passport_agreements)
        sources.register(sources.marks, thread.gains)
        sources.register(sources.entries, thread.observations)
        sources.register(sources.coming, thread.delays)
        sources.register(sources.skills_given, thread.skills_given)
        sources.register(sources.titles, thread.titles_held)
        sources.register(sources.subjects, subjects)
        sources.register(sources.trades, trades_named)
