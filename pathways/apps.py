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
        from backend.audit import answers, keeping, numbers
        from backend.core import rule_lines
        from backend.core.joining import tables as joined
        from backend.core.privacy import agreements
        from backend.core.privacy import tables as privacy_of
        from backend.core.wall import beside, ways
        from backend.exchange import registry as exchanged
        from backend.files import carriers
        from backend.mail import delivery
        from backend.organisations import departures, seats
        from backend.organisations.models import Convention
        from backend.web import navigation as menu
        from backend.web import styles
        from pathways import (
            alerts,
            exchange,
            joining,
            navigation,
            panels,  # noqa: F401 (panels register themselves when read)
            privacy,
        )
        from pathways.departures import HAND_OVER
        from pathways.models import (
            AccessCopy,
            Beneficiary,
            BeneficiaryAccess,
            Derogation,
            EligibilityDiagnosis,
            PassProlongation,
            Relay,
            Reunion,
            Stay,
            Training,
        )
        from pathways.permissions import (
            may_change_diagnosis,
            may_change_training,
        )
        from pathways.rules.relays.table import READ_BY_RECEIVER
        from pathways.rules.told.numbered import RULES
        from pathways.screens import addresses, undos
        from pathways.screens.privacy.agreements import own_access, relay_agreements
        from pathways.selectors import relays, sources
        from pathways.selectors.facts.rights import takes_files
        from pathways.selectors.following.presence import referents
        from pathways.selectors.outside import immersions, trainings
        from pathways.selectors.rule_book import mail_kept_days, trail_kept_months
        from pathways.selectors.twins.reunions import numbers_of
        from pathways.services.accesses import may_offer, sit
        from pathways.services.privacy.erasing import erase_again

        seats.register(BeneficiaryAccess, role=Role.BENEFICIARY, sit=sit, may_offer=may_offer)
        registry.register(alerts.PRODUCERS)
        registry.register(alerts.APART, is_apart=True)
        registry.register_referents(referents)
        addresses.register_all()
        answers.people_are_led_to_by("web:person")
        answers.tries_are_kept_of("web:beyond_open", "api:caseload-openings-list")
        undos.register_all()
        menu.register(*navigation.PLACES)
        menu.register_foot(navigation.RULES_PAGE)
        rule_lines.register(*RULES)
        rule_lines.are_shown_at(addresses.page_of_rules)
        styles.register("pathways/screens.css")
        menu.register_gesture(navigation.NOTE)
        carriers.register(
            carriers.Carrier(EligibilityDiagnosis, name="éligibilité", may_change=may_change_diagnosis),
            carriers.Carrier(Training, name="formation", may_change=may_change_training),
            carriers.Carrier(Derogation, name="dérogation", may_change=takes_files),
            carriers.Carrier(PassProlongation, name="prolongation", may_change=takes_files),
        )
        departures.register(HAND_OVER)
        delivery.kept_days_come_from(mail_kept_days)
        keeping.kept_months_come_from(trail_kept_months)
        exchanged.register(*exchange.FILES)
        exchanged.judge_with(Convention, exchange.judge_conventions)
        exchanged.keep_here(
            {
                Reunion: "de quoi séparer deux fiches réunies, le temps de pouvoir le faire",
                AccessCopy: "copies de quelques jours, refaites à la demande",
            }
        )
        joined.register(*joining.TABLES)
        joined.register_numbers(*joining.NUMBERS)
        beside.known_before_by(beside.Former(Reunion, "gone_id"))
        presented = {"status": tuple(sorted(READ_BY_RECEIVER))}
        ways.register(
            ways.Way(Stay, to="structures", column="organisation"),
            ways.Way(Relay, to="structures", column="receiver", among=presented),
            ways.Way(Beneficiary, to="sender", column="external_id", person="id"),
            ways.Way(Relay, to="account", column="to_email", among=presented),
        )
        privacy_of.register(*privacy.TABLES)
        privacy_of.before_erasing(privacy.erase)
        privacy_of.after_restoring(erase_again)
        agreements.register(relay_agreements)
        agreements.register(own_access)
        numbers.come_from(numbers_of)
        sources.register(sources.spans, immersions.immersion_spans)
        sources.register(sources.spans, trainings.training_spans)
        sources.register(sources.marks, trainings.certificate_marks)
        sources.register(sources.marks, relays.relay_marks)
        sources.register(sources.entries, immersions.immersion_entries)
        sources.register(sources.entries, trainings.training_entries)
        sources.register(sources.coming, immersions.immersions_to_come)
        sources.register(sources.coming, trainings.trainings_to_come)
        sources.register(sources.coming, relays.relays_to_come)
