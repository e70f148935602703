"""What deserves attention after a hire: milestones due, and employers who answered."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from backend.alerts.registry import Alert
from backend.core.actor import Actor, Role
from backend.core.pages.addresses import Gesture
from employers.enums import EmployerAnswer, ProposalStatus
from employers.models import PostHireFollowUp, ProfileConsent
from employers.rules.follow_up import LABELS
from pathways import doors

AHEAD = timedelta(days=7)


def follow_ups_due(actor: Actor, today: date) -> Iterable[Alert]:
    """Contacts due this week or late; only those one follows oneself, for an advisor."""
    due = PostHireFollowUp.objects.visible_to(actor).due_by(today + AHEAD)
    due = doors.of_accompanied(due, actor, "placement__beneficiary")  # once over, the support is only read
    if actor.role is Role.ADVISOR:
        due = due.filter(placement__advisor_id=actor.user_id)
    for row in due.select_related("placement__beneficiary", "placement__employer"):
        yield Alert(
            key=f"post_hire:{row.pk}",
            kind="post_hire",
            due_on=row.due_on,
            beneficiary_id=row.placement.beneficiary_id,
            who=str(row.placement.beneficiary),
            title=LABELS.get(row.milestone, row.milestone),
            message=f"{LABELS.get(row.milestone, row.milestone)} · {row.placement.employer}",
            action_label="Appeler",
            target=row,
            gesture=Gesture.SETTLE,
        )


def employers_who_answered(actor: Actor, today: date) -> Iterable[Alert]:
    """Employers who wish to meet someone: the next move is the advisor's."""
    if actor.role is not Role.ADVISOR:
        return
    waiting = ProfileConsent.objects.visible_to(actor).granted()
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


PRODUCERS: tuple[Callable[[Actor, date], Iterable[Alert]], ...] = (follow_ups_due, employers_who_answered)
