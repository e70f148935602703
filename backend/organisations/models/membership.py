"""A seat in a team: one user, one role, one structure (or one group, or the network)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from backend.core.actor import STAFF_ROLES, TEAM_ROLES, Actor, Role
from backend.organisations.models.structure import Group, Organisation
from backend.organisations.querysets import MembershipQuerySet

ROLE_CHOICES = [(role.value, role.label) for role in STAFF_ROLES]


ALREADY_SEATED = "Cette personne tient déjà ce rôle."


class Membership(models.Model):
    """What a user is, somewhere; ending it closes every door at the next request."""

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
                | Q(role=Role.GROUP_HEAD, organisation__isnull=True, group__isnull=False)
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
        group_id = self.group_id or (self.organisation.group_id if self.organisation else None)
        siblings = self._siblings(group_id)
        own = frozenset({self.organisation_id}) if self.organisation_id else frozenset()
        return Actor(
            role=Role(self.role),
            user_id=self.user_id,
            seat=self.seat_key,
            label=self.seat_label,
            organisation_id=self.organisation_id,
            group_id=group_id,
            organisation_ids=siblings if self.role == Role.GROUP_HEAD else own,
            group_organisation_ids=siblings | own,
        )

    @staticmethod
    def _siblings(group_id: int | None) -> frozenset[int]:
        if group_id is None:
            return frozenset()
        return frozenset(Organisation.objects.filter(group_id=group_id).values_list("pk", flat=True))
