"""Who may act on teams and structures: asked by the service that acts and by the screen that offers."""

from __future__ import annotations

from django.utils import timezone

from backend.accounts.addresses import is_proven_address
from backend.core.actor import (
    BRINGS_DATA_IN,
    HEADS_A_COLLECTIVE,
    HEADS_A_GROUP,
    INVITES,
    OUTSIDE_ROLES,
    SEES_GROUPS,
    WRITES_DECISIONS,
    Actor,
    Role,
)
from backend.mail.transport import mail_leaves
from backend.organisations import seats
from backend.organisations.models import Belonging, Group, GroupOffer, Invitation, Membership, Organisation
from backend.organisations.models.invitation import VALID_FOR
from backend.organisations.rules.roles import (
    may_grant,
    may_grant_alone,
    may_head_a_group,
    may_manage_team,
)

__all__ = [
    "may_accept_offer",
    "may_add_structures",
    "may_answer_offers",
    "may_approve",
    "may_bring_data_in",
    "may_change_settings",
    "may_create_group",
    "may_create_structure",
    "may_end",
    "may_leave",
    "may_leave_groups",
    "may_manage_team",
    "may_name_a_head",
    "may_offer_group",
    "may_rename_group",
    "may_resend",
    "may_reset_second_factor",
    "may_seat_alone",
    "may_see_groups",
    "may_share_caseload",
    "may_show_link",
    "may_withdraw",
    "may_withdraw_invitations",
    "may_withdraw_offer",
]


def may_end(actor: Actor, membership: Membership) -> bool:
    """Whoever may give a seat may end it, one's own excepted."""
    if not may_end_seats(actor) or membership.user_id == actor.user_id:
        return False
    return may_grant(
        actor,
        Role(membership.role),
        organisation_id=membership.organisation_id,
        group_id=membership.group_id,
    )


def may_end_seats(actor: Actor) -> bool:
    """Who answers for a team, or heads a collective beside others."""
    return may_manage_team(actor) or actor.role in HEADS_A_COLLECTIVE


def may_approve(actor: Actor, invitation: Invitation) -> bool:
    """Somebody who could give the role alone, there, and who did not ask for it."""
    if invitation.invited_by_id is not None and invitation.invited_by_id == actor.user_id:
        return False
    return may_grant_alone(actor, invitation.known_role, organisation_id=invitation.organisation_id)


def may_reset_second_factor(actor: Actor, membership: Membership) -> bool:
    """Whoever could give alone every seat of the account, never one's own: its owner reads nothing more than they do."""
    if membership.user_id == actor.user_id:
        return False
    held = seats.seats_of(membership.user)
    return bool(held) and all(isinstance(seat, Membership) and may_seat_alone(actor, seat) for seat in held)


def may_seat_alone(actor: Actor, membership: Membership) -> bool:
    """Whether the actor could give this very seat without anybody's agreement."""
    return may_grant_alone(
        actor,
        Role(membership.role),
        organisation_id=membership.organisation_id,
        group_id=membership.group_id,
    )


def may_withdraw_invitations(actor: Actor) -> bool:
    """Whoever invites takes back."""
    return actor.role in INVITES


def may_withdraw(actor: Actor, invitation: Invitation) -> bool:
    """Whoever may give a role takes its invitation back; for an employer or a person, whoever sees it."""
    role = invitation.known_role
    place = {"organisation_id": invitation.organisation_id, "group_id": invitation.group_id}
    asked = role in OUTSIDE_ROLES or may_grant(actor, role, **place)
    return may_withdraw_invitations(actor) and asked


def may_show_link(actor: Actor, invitation: Invitation) -> bool:
    """Whoever could give that very seat alone: the link read by them opens nothing that they do not read.

    The person's own link opens what no colleague reads whole (syntheses, the other groups of their thread): it goes to
    them alone, wherever mail leaves.
    """
    if invitation.known_role is Role.BENEFICIARY and mail_leaves():
        return False
    return _could_give(actor, invitation)


def _could_give(actor: Actor, invitation: Invitation) -> bool:
    role = invitation.known_role
    if role in OUTSIDE_ROLES:
        return may_withdraw_invitations(actor) and seats.may_offer(role, actor, invitation.subject_id)
    return may_grant_alone(
        actor, role, organisation_id=invitation.organisation_id, group_id=invitation.group_id
    )


def may_resend(actor: Actor, invitation: Invitation) -> bool:
    """Whoever could give it; and who asked for the role, for the seven days of the agreement given to the address."""
    if _could_give(actor, invitation):
        return True
    agreed = invitation.approved_at is not None and invitation.approved_at + VALID_FOR > timezone.now()
    return agreed and may_withdraw(actor, invitation)


def may_create_group(actor: Actor) -> bool:
    """The manager of a structure, who already reads what the head of any group will."""
    if actor.is_operator:
        return True
    return may_head_a_group(actor) and actor.organisation_id is not None


def answers_for_a_group(actor: Actor) -> bool:
    """The head of a group speaks for it, where the others speak for their structure."""
    return actor.role in HEADS_A_GROUP


def may_answer_offers(actor: Actor) -> bool:
    """Who answers for a group, or reads in a structure all that the head of its group would."""
    return answers_for_a_group(actor) or (may_head_a_group(actor) and actor.organisation_id is not None)


def may_offer_group(actor: Actor) -> bool:
    """The head of a group offers it; who answers for a structure offers it, to as many groups as they agree with."""
    return actor.is_operator or may_answer_offers(actor)


def may_accept_offer(actor: Actor, offer: GroupOffer) -> bool:
    """The other side, at the address the offer was made to: it has opened a link sent there."""
    if not may_answer_offers(actor) or not is_proven_address(actor.user_id, offer.email):
        return False
    return (offer.group_id is None) is answers_for_a_group(actor)


def may_withdraw_offer(actor: Actor, offer: GroupOffer) -> bool:
    """Either side: the one that offers takes back, the other refuses."""
    is_ours = (
        offer.group_id is not None and offer.group_id == actor.group_id
        if answers_for_a_group(actor)
        else offer.organisation_id is not None and offer.organisation_id == actor.organisation_id
    )
    return actor.is_operator or (may_answer_offers(actor) and is_ours) or may_accept_offer(actor, offer)


def may_name_a_head(actor: Actor) -> bool:
    """The head of a group names another, who will read what they read."""
    return answers_for_a_group(actor)


def may_rename_group(actor: Actor, group: Group) -> bool:
    """The head of that very group corrects how it is called."""
    return actor.is_operator or (answers_for_a_group(actor) and group.pk == actor.group_id)


def may_see_groups(actor: Actor) -> bool:
    """Who reads what a group holds and gives: those who answer for a team, and who heads a collective."""
    return actor.role in SEES_GROUPS


def may_leave_groups(actor: Actor) -> bool:
    """Whoever could have said yes."""
    return actor.is_operator or may_answer_offers(actor)


def may_leave(actor: Actor, belonging: Belonging) -> bool:
    """Either side ends what both agreed to, alone: nobody is kept in a group."""
    if actor.is_operator:
        return True
    is_ours = (
        belonging.group_id == actor.group_id
        if answers_for_a_group(actor)
        else belonging.organisation_id == actor.organisation_id
    )
    return may_leave_groups(actor) and is_ours


def may_add_structures(actor: Actor) -> bool:
    """The head of a group, to their own; the installation opens the first one of a territory.

    A collective takes no structure whose own manager did not say yes.
    """
    return actor.is_operator or (answers_for_a_group(actor) and may_manage_team(actor))


def may_create_structure(actor: Actor, group: Group | None) -> bool:
    """The head adds structures to their own group only."""
    if actor.is_operator:
        return True
    return may_add_structures(actor) and group is not None and group.pk == actor.group_id


def may_share_caseload(actor: Actor, organisation: Organisation) -> bool:
    """Sharing a caseload lets every advisor read all of it, so it is for whoever could seat them there alone."""
    return may_grant_alone(actor, Role.ADVISOR, organisation_id=organisation.pk)


def may_change_settings(actor: Actor, organisation: Organisation) -> bool:
    """Those who answer for the structure."""
    if actor.is_operator:
        return True
    return may_manage_team(actor) and organisation.pk in actor.organisation_ids


def may_bring_data_in(actor: Actor) -> bool:
    """Whoever answers for a structure brings its spreadsheets in; the operator for all of them."""
    return actor.is_operator or actor.role in BRINGS_DATA_IN


def reads_conventions(actor: Actor) -> bool:
    """Who answers for a structure, or for a group of them, reads what was agreed with the State."""
    return actor.is_operator or actor.role in BRINGS_DATA_IN


def may_write_conventions(actor: Actor) -> bool:
    """Who signs for a structure writes its convention; the head of its group only reads it."""
    return actor.role in WRITES_DECISIONS


def may_write_convention(actor: Actor, organisation_id: int) -> bool:
    """The manager of that very structure."""
    return actor.is_operator or (may_write_conventions(actor) and organisation_id in actor.organisation_ids)
