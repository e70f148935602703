"""Who may see which structures and teams."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Lower

from backend.accounts.models import User
from backend.core.actor import (
    BRINGS_DATA_IN,
    HEADS_A_COLLECTIVE,
    HEADS_A_GROUP,
    LEADS_A_TEAM,
    OUTSIDE_ROLES,
    READS_EVERY_STRUCTURE,
    TEAM_ROLES,
    Actor,
    Role,
)
from backend.mail.enums import MessageKind
from backend.mail.models import Message

if TYPE_CHECKING:
    from backend.organisations.models import (  # noqa: F401
        Belonging,
        Convention,
        Group,
        GroupOffer,
        Invitation,
        Membership,
        Organisation,
    )


class GroupQuerySet(models.QuerySet["Group"]):
    """Groups of structures."""

    def visible_to(self, actor: Actor) -> Self:
        """Groups one belongs to or heads; every group for the network and the operator."""
        match actor.role:
            case _ if actor.role in READS_EVERY_STRUCTURE:
                return self
            case _ if actor.role in OUTSIDE_ROLES:
                return self.none()
            case _:
                return self.filter(pk__in=actor.group_ids)


class BelongingQuerySet(models.QuerySet["Belonging"]):
    """Structures in their groups."""

    def visible_to(self, actor: Actor) -> Self:
        """One's own structure in any group, past ones too; the others in the groups one shares with them today.

        Which other groups a neighbour belongs to is not told.
        """
        match actor.role:
            case _ if actor.role in READS_EVERY_STRUCTURE:
                return self
            case _ if actor.role in OUTSIDE_ROLES:
                return self.none()
            case _ if actor.role in HEADS_A_GROUP:
                return self.filter(group_id=actor.group_id)
            case _:
                shared = Q(group_id__in=actor.group_ids, organisation_id__in=actor.neighbour_ids)
                return self.filter(
                    Q(organisation_id=actor.organisation_id) | shared & Q(left_on__isnull=True)
                )

    def live(self, day: date) -> Self:
        """Those of that day; the day a structure leaves is no longer one."""
        return self.filter(Q(left_on__isnull=True) | Q(left_on__gt=day), joined_on__lte=day)

    def of(self, organisation_id: int | None) -> Self:
        """Those of one structure."""
        return self.filter(organisation_id=organisation_id or 0)


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Structures, known by name to their neighbours."""

    def visible_to(self, actor: Actor) -> Self:
        """Structures one may name: one's own and its groups'; their work is scoped elsewhere."""
        match actor.role:
            case _ if actor.role in READS_EVERY_STRUCTURE:
                return self
            case _ if actor.role in OUTSIDE_ROLES:
                return self.none()
            case _:
                return self.filter(pk__in=actor.neighbour_ids | actor.organisation_ids)

    def covered_by(self, actor: Actor) -> Self:
        """Structures the actor answers for."""
        if actor.is_operator:
            return self
        return self.filter(pk__in=actor.organisation_ids)

    def relayed_by(self, actor: Actor) -> Self:
        """Structures a person may be passed on to: those whose teams share one thread with the actor's own."""
        if actor.is_operator:
            return self
        return self.visible_to(actor).filter(pk__in=actor.thread_ids)

    def working_for(self, actor: Actor) -> Self:
        """Structures whose employers' files the actor opens: those answered for, or those of the collective one heads."""
        if actor.role in HEADS_A_COLLECTIVE:
            return self.filter(pk__in=actor.employer_ids)
        return self.covered_by(actor)


class ConventionQuerySet(models.QuerySet["Convention"]):
    """What structures agreed with the State, year by year."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the structures one answers for: a structure's for its manager, a group's for its head."""
        if actor.is_operator:
            return self
        if actor.role not in BRINGS_DATA_IN:
            return self.none()
        return self.filter(organisation_id__in=actor.organisation_ids)


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Seats of the teams."""

    def visible_to(self, actor: Actor) -> Self:
        """Colleagues of one's own structure; the whole group for its head."""
        match actor.role:
            case Role.OPERATOR:
                return self
            case _ if actor.role in HEADS_A_GROUP:
                return self.filter(Q(organisation_id__in=actor.organisation_ids) | Q(group_id=actor.group_id))
            case _ if actor.role in TEAM_ROLES:
                return self.filter(organisation_id__in=actor.organisation_ids)
            case _:
                return self.none()

    def live(self, now: datetime) -> Self:
        """Memberships not ended yet."""
        return self.filter(Q(ended_at__isnull=True) | Q(ended_at__gt=now))


def _state_of_message(rows: models.QuerySet[Any], kind: MessageKind) -> Subquery:
    messages = Message.objects.filter(about=rows.model._meta.label_lower, about_id=OuterRef("pk"), kind=kind)
    return Subquery(messages.order_by("-pk").values("state")[:1])


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations sent to future colleagues, to employers' contacts and to the people themselves."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the structures one administers or manages; an advisor's own to employers and people.

        Who administers a team does not learn from here which people it accompanies.
        """
        here = self.filter(organisation_id__in=actor.organisation_ids)
        match actor.role:
            case Role.OPERATOR:
                return self
            case Role.MANAGER:
                return here
            case _ if actor.role in HEADS_A_GROUP:
                heads = self.filter(group_id=actor.group_id, group__isnull=False)
                return here.exclude(role__in=OUTSIDE_ROLES) | heads
            case _ if actor.role in LEADS_A_TEAM:
                return here.exclude(role__in=OUTSIDE_ROLES)
            case Role.ADVISOR:
                return here.filter(role__in=OUTSIDE_ROLES, invited_by_id=actor.user_id)
            case _:
                return self.none()

    def pending(self, now: datetime) -> Self:
        """Neither accepted, withdrawn nor out of date."""
        return self.unanswered().filter(expires_at__gt=now)

    def unanswered(self) -> Self:
        """Neither accepted nor withdrawn; its link may have closed."""
        return self.filter(accepted_at__isnull=True, withdrawn_at__isnull=True)

    def awaiting_approval(self) -> Self:
        """Those whose link leaves only once a second person agrees."""
        return self.filter(needs_approval=True, approved_at__isnull=True)

    def with_message(self) -> Self:
        """Each with `message_state`: where the last message that carries its link stands."""
        return self.annotate(message_state=_state_of_message(self, MessageKind.INVITATION))

    def sent(self) -> Self:
        """Those whose link has left."""
        return self.exclude(needs_approval=True, approved_at__isnull=True)


class GroupOfferQuerySet(models.QuerySet["GroupOffer"]):
    """Offers between a group and a structure opened apart."""

    def with_message(self) -> Self:
        """Each with `message_state`: where the last message that says it stands."""
        return self.annotate(message_state=_state_of_message(self, MessageKind.GROUP_OFFER))

    def visible_to(self, actor: Actor) -> Self:
        """Those one's own side made, and those made to one's own address that one's seat may answer."""
        to_me = Q(pk__in=self.answerable_by(actor).values("pk"))
        match actor.role:
            case Role.OPERATOR:
                return self
            case _ if actor.role in HEADS_A_GROUP:
                return self.filter(Q(group_id=actor.group_id, group__isnull=False) | to_me)
            case Role.MANAGER:
                return self.filter(Q(organisation_id__in=actor.organisation_ids) | to_me)
            case _:
                return self.none()

    def answerable_by(self, actor: Actor) -> Self:
        """Those made to one's own address, once proven, by the other side; asked at once, so that any other looks absent."""
        mine = User.objects.filter(pk=actor.user_id or 0, address_proven_at__isnull=False).values(
            address=Lower("email")
        )
        match actor.role:
            case _ if actor.role in HEADS_A_GROUP:
                return self.filter(email__in=mine, group__isnull=True)
            case Role.MANAGER:
                return self.filter(email__in=mine, organisation__isnull=True)
            case _:
                return self.none()

    def pending(self, now: datetime) -> Self:
        """Neither accepted, withdrawn nor out of date."""
        return self.filter(accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=now)
