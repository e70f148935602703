"""Hires followed for six months, and who agreed to be shown to whom."""

from __future__ import annotations

from datetime import datetime, time
from zoneinfo import ZoneInfo

from backend.core.values.dates import months_after
from backend.demo import rows as drawn
from backend.demo.loading.ids import Ids, bulk
from employers.enums import ConsentDecision
from employers.models import Placement, PostHireFollowUp, ProfileConsent
from employers.services.consents import TEXT_VERSION, VALID_MONTHS

PARIS = ZoneInfo("Europe/Paris")


def load_hires(territory: drawn.Territory, ids: Ids) -> None:
    """Placements with their milestones, tied to the exit that led to them; then consents."""
    exits = {(row.person, row.employer): row.stay for row in territory.exits if row.employer}
    ids.store(
        "placement",
        (row.id for row in territory.placements),
        [
            Placement(
                beneficiary_id=ids("person", row.person),
                employer_id=ids("employer", row.employer),
                exit_id=ids.or_none("exit", exits.pop((row.person, row.employer), None)),
                advisor_id=ids("staff", row.advisor),
                kind=row.kind,
                started_on=row.start,
                months=row.months,
            )
            for row in territory.placements
        ],
    )
    bulk(
        PostHireFollowUp(
            placement_id=ids("placement", row.placement),
            milestone=row.code,
            due_on=row.due,
            done_on=row.done_on,
            situation=row.situation or "",
        )
        for row in territory.milestones
    )
    bulk(_consent(row, ids) for row in territory.consents)


def _consent(row: drawn.Consent, ids: Ids) -> ProfileConsent:
    answered = (
        None if row.decision is ConsentDecision.ASKED else datetime.combine(row.date, time(10), tzinfo=PARIS)
    )
    return ProfileConsent(
        beneficiary_id=ids("person", row.person),
        employer_id=ids("employer", row.employer),
        decision=row.decision,
        text_version=TEXT_VERSION,
        decided_at=answered,
        ends_on=months_after(row.date, VALID_MONTHS),
    )
