"""What people do to structures and teams: one function per verb."""

from backend.organisations.services.group_offers import (
    accept_group_offer,
    leave_group,
    offer_group,
    withdraw_group_offer,
)
from backend.organisations.services.invitations import (
    accept_invitation,
    send_invitation,
)
from backend.organisations.services.links import resend_invitation, take_link
from backend.organisations.services.members import end_membership, grant_membership
from backend.organisations.services.recovery import reset_second_factor, reset_second_factor_of
from backend.organisations.services.structures import (
    change_structure,
    create_group,
    create_structure,
    rename_group,
)
from backend.organisations.services.team_invitations import (
    approve_invitation,
    invite_head,
    invite_member,
)
from backend.organisations.services.withdrawals import withdraw_everything, withdraw_invitation

__all__ = [
    "accept_group_offer",
    "accept_invitation",
    "approve_invitation",
    "change_structure",
    "create_group",
    "create_structure",
    "end_membership",
    "grant_membership",
    "invite_head",
    "invite_member",
    "leave_group",
    "offer_group",
    "rename_group",
    "resend_invitation",
    "reset_second_factor",
    "reset_second_factor_of",
    "send_invitation",
    "take_link",
    "withdraw_everything",
    "withdraw_group_offer",
    "withdraw_invitation",
]
