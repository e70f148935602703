"""How agreements, hires and their support follow when two files are made one."""

from __future__ import annotations

from backend.core.joining.tables import Side, Table
from employers.enums import ConsentDecision
from employers.models import Placement, PostHireFollowUp, ProfileConsent

_LIVE = frozenset({ConsentDecision.ASKED, ConsentDecision.GRANTED})


def same_question(kept: ProfileConsent, gone: ProfileConsent) -> int:
    """The same employer, the same job, and both answers still stand: one person is asked once."""
    asked = kept.employer_id == gone.employer_id and kept.proposal_id is not None
    same = asked and kept.proposal_id == gone.proposal_id
    return int(same and kept.decision in _LIVE and gone.decision in _LIVE)


def the_answer_given(kept: ProfileConsent, gone: ProfileConsent) -> Side | None:
    """A yes comes before a question still waiting: what was agreed is kept exactly. Two yes are looked at."""
    if kept.decision == gone.decision == ConsentDecision.GRANTED:
        return None
    return Side.GONE if gone.decision == ConsentDecision.GRANTED else Side.KEPT


TABLES = (
    Table(
        ProfileConsent,
        same=same_question,
        quiet=("asked_by", "decided_with", "decided_at", "answered_at"),
        prefers=the_answer_given,
        stamps={"shown_as": lambda row: row.pseudonym_of},
    ),
    Table(Placement),
    Table(PostHireFollowUp, same=("milestone",)),
)
