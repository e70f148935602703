"""What people do to structures and teams: one function per verb."""

from backend.organisations.services.invitations import (
    accept_invitation,
    invite_member,
    send_invitation,
    withdraw_invitation,
)
from backend.organisations.services.members import end_membership, grant_membership
from backend.organisations.services.structures import (
    change_structure,
    create_group,
    create_structure,
)

__all__ = [
    "accept_invitation",
    "change_structure",
    "create_group",
    "create_structure",
    "end_membership",
    "grant_membership",
    "invite_member",
    "send_invitation",
    "withdraw_invitation",
]
