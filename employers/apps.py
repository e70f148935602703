"""Django registration of the employers, and of the seats their contacts hold."""

from django.apps import AppConfig

from backend.core.actor import Role


class EmployersConfig(AppConfig):
    """Employers, tasks, proposals, consents, placements."""

    name = "employers"
    verbose_name = "employeurs"

    def ready(self) -> None:
        """A contact's seat, alerts, menu, panels, gestures; a hire, or an exit to a job, keeps a door open."""
        from backend.alerts import registry
        from backend.core import rule_lines
        from backend.core.joining import tables as joined
        from backend.core.privacy import agreements
        from backend.core.privacy import tables as privacy_of
        from backend.core.wall import ways
        from backend.organisations import seats
        from backend.web import navigation as menu
        from backend.web import styles
        from employers import (
            alerts,
            joining,
            navigation,
            panels,  # noqa: F401 (panels register themselves when read)
            privacy,
        )
        from employers.enums import ConsentDecision
        from employers.models import EmployerAccess, Placement, ProfileConsent
        from employers.rules.numbered import RULES
        from employers.screens import addresses
        from employers.screens.consents.agreements import profile_agreements
        from employers.selectors.calls import calls_to_come
        from employers.selectors.job_steps import JOB_STEPS
        from employers.selectors.support import people_supported, stays_supported
        from employers.services.accesses import may_offer, sit
        from employers.services.jobs_found import follow_jobs_found
        from pathways import doors
        from pathways.selectors import sources, step_sources
        from pathways.services import after_exits

        seats.register(EmployerAccess, role=Role.EMPLOYER, sit=sit, may_offer=may_offer)
        registry.register(alerts.PRODUCERS)
        doors.register(people_supported, stays_supported)
        step_sources.register(JOB_STEPS)
        joined.register(*joining.TABLES)
        privacy_of.register(*privacy.TABLES)
        ways.register(
            ways.Way(
                ProfileConsent,
                to="employer",
                column="employer",
                among={"decision": (ConsentDecision.GRANTED,)},
            ),
            ways.Way(Placement, to="employer", column="employer"),
        )
        agreements.register(profile_agreements)
        addresses.register_all()
        menu.register(*navigation.PLACES)
        rule_lines.register(*RULES)
        styles.register("employers/screens.css")
        sources.register(sources.coming, calls_to_come)
        after_exits.register(follow_jobs_found)
