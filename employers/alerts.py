"""What deserves attention after a hire: milestones due, and employers who answered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from backend.alerts.registry import Alert, Producer
from backend.core.access import People, about
from backend.core.actor import FOLLOWS_OWN_PEOPLE, Actor
from backend.core.pages.addresses import Gesture
from backend.core.tables.among import among
from backend.core.values.dates import french_date
from employers.enums import EmployerAnswer, ProposalStatus
from employers.models import PostHireFollowUp, ProfileConsent
from employers.rules.post_hire import LABELS
from pathways import doors
from pathways.alerts.contracts import CONTRACT_AHEAD_DAYS
from pathways.selectors.following.answering import answered_by

WEEK = timedelta(days=7)
AHEAD = timedelta(days=CONTRACT_AHEAD_DAYS)
"""As far ahead as the end of a contract: the next contact is known, so that a person just hired is not left in silence."""


def post_hire_due(actor: Actor, today: date, people: People = None) -> Iterable[Alert]:
    """Contacts due this week or late, else the next one of each hire; an advisor's own, and those left to nobody."""
    due = about(PostHireFollowUp.objects.visible_to(actor), people, "placement__beneficiary")
    due = due.due_by(today + AHEAD)
    due = doors.of_accompanied(due, actor, "placement__beneficiary")  # once over, the support is only read
    due = answered_by(actor, due, named="placement__advisor_id", person="placement__beneficiary_id", on=today)
    told: set[int] = set()
    # Which they are, then what is told of them: asked together, both bases begin with every hire.
    ids = set(due.order_by().values_list("pk", flat=True))
    if not ids:
        return
    rows = PostHireFollowUp.objects.filter(pk__in=among(ids)).select_related(
        "placement__beneficiary", "placement__employer", "placement__exit"
    )
    for row in rows.order_by("due_on", "pk"):
        if row.due_on > today + WEEK and row.placement_id in told:
            continue
        told.add(row.placement_id)
        label = LABELS.get(row.milestone, row.milestone)
        yield Alert(
            key=f"post_hire:{row.pk}",
            kind="post_hire",
            due_on=row.due_on,
            beneficiary_id=row.placement.beneficiary_id,
            who=str(row.placement.beneficiary),
            title=label,
            message=f"{label}, chez {row.placement.workplace}, le {french_date(row.due_on)}.",
            action_label="Appeler",
            target=row,
            gesture=Gesture.SETTLE,
        )


def employers_who_answered(actor: Actor, today: date, people: People = None) -> Iterable[Alert]:
    """Employers who wish to meet someone: the next move is the advisor's."""
    if actor.role not in FOLLOWS_OWN_PEOPLE:
        return
    waiting = about(ProfileConsent.objects.visible_to(actor), people).granted()
    waiting = waiting.filter(employer_answer=EmployerAnswer.MEET, proposal__status=ProposalStatus.OPEN)
    for row in waiting.select_related("beneficiary", "employer"):
        yield Alert(
            key=f"employer_answered:{row.pk}",
            kind="employer_answered",
            due_on=today,
            beneficiary_id=row.beneficiary_id,
            who=str(row.beneficiary),
            title="Rencontre souhaitée",
            message=f"{row.employer} souhaite une rencontre",
            action_label="Organiser",
            target=row,
        )


PRODUCERS: tuple[Producer, ...] = (post_hire_due, employers_who_answered)
