"""A seat in a team: one user, one role, one structure (or one group, or the network)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from backend.core.actor import HEADS_A_GROUP, STAFF_ROLES, TEAM_ROLES, Actor, Role
from backend.organisations.models.belonging import Belonging
from backend.organisations.models.structure import Group, Organisation
from backend.organisations.querysets import MembershipQuerySet
from backend.organisations.rules.groups import Share, Tie, sharing

ROLE_CHOICES = [(role.value, role.label) for role in STAFF_ROLES]


ALREADY_SEATED = "Cette personne tient déjà ce rôle."


class Membership(models.Model):
    """What a user is, somewhere; ending it closes every door at the next request."""

    SEAT_NAMED_AFTER = ("organisation", "group")
    """What the name of the seat is made of, read with it at each request."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="compte", on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.CharField("rôle", max_length=20, choices=ROLE_CHOICES)
    organisation = models.ForeignKey(
        Organisation,
        verbose_name="structure",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="memberships",
    )
    group = models.ForeignKey(
        Group,
        verbose_name="groupe",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="memberships",
    )
    started_at = models.DateTimeField("depuis", auto_now_add=True)
    ended_at = models.DateTimeField("jusqu’à", null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "membre"
        ordering = ["organisation_id", "user_id", "id"]
        constraints = [
            models.CheckConstraint(
                name="membership_has_the_place_its_role_needs",
                condition=Q(role__in=TEAM_ROLES, organisation__isnull=False, group__isnull=True)
                | Q(role__in=sorted(HEADS_A_GROUP), organisation__isnull=True, group__isnull=False)
                | Q(role=Role.NETWORK_HEAD, organisation__isnull=True, group__isnull=True),
                violation_error_message="Ce rôle se tient dans une structure, un groupe ou le réseau : vérifiez le lieu choisi.",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "organisation"],
                condition=Q(ended_at__isnull=True, organisation__isnull=False),
                name="one_live_membership_per_role_and_structure",
                violation_error_message=ALREADY_SEATED,
            ),
            models.UniqueConstraint(
                fields=["user", "role", "group"],
                condition=Q(ended_at__isnull=True, group__isnull=False),
                name="one_live_membership_per_role_and_group",
                violation_error_message=ALREADY_SEATED,
            ),
            models.UniqueConstraint(
                fields=["user", "role"],
                condition=Q(ended_at__isnull=True, role=Role.NETWORK_HEAD),
                name="one_live_membership_of_the_network",
                violation_error_message=ALREADY_SEATED,
            ),
        ]

    def __str__(self) -> str:
        return self.seat_label

    @property
    def seat_key(self) -> str:
        """How a session remembers the seat."""
        return f"membership:{self.pk}"

    @property
    def seat_label(self) -> str:
        """« Accompagnement · Chantier des Rives »."""
        place = self.organisation or self.group or "Réseau"
        return f"{Role(self.role).label} · {place}"

    def as_actor(self) -> Actor:
        """The actor this seat makes; the perimeter is read now, so that a change acts at once."""
        ties = self._ties()
        own = frozenset({self.organisation_id}) if self.organisation_id else frozenset()
        headed = frozenset({self.group_id}) if self.group_id else frozenset()
        answered_for = sharing(ties, Share.PERIMETER) if self.role == Role.GROUP_HEAD else own
        return Actor(
            role=Role(self.role),
            user_id=self.user_id,
            seat=self.seat_key,
            label=self.seat_label,
            organisation_id=self.organisation_id,
            group_id=self.group_id,
            organisation_ids=answered_for,
            group_ids=frozenset(tie.group_id for tie in ties) | headed,
            neighbour_ids=frozenset(tie.organisation_id for tie in ties) | own,
            thread_ids=sharing(ties, Share.THREAD) | own,
            employer_ids=sharing(ties, Share.EMPLOYERS) | own,
        )

    def _ties(self) -> list[Tie]:
        """Every structure of the groups this seat belongs to, or heads, and no other group of theirs."""
        if self.group_id is None and self.organisation_id is None:
            return []
        live = Belonging.objects.live(timezone.localdate())
        rows = live.order_by()
        if self.group_id is not None:
            rows = rows.filter(group=self.group_id)
        else:
            rows = rows.filter(group__in=live.of(self.organisation_id).order_by().values("group"))
        return [Tie(*row) for row in rows.values_list("organisation_id", "group_id", "group__kind")]
