"""A structure in a group, from one day to another."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from backend.organisations.models.structure import Group, Organisation
from backend.organisations.querysets import BelongingQuerySet


class Belonging(models.Model):
    """One structure in one group or collective; what it gives is told by the kind of the group (`rules.groups`).

    On its last day nothing is read any more: leaving closes at once.
    """

    organisation = models.ForeignKey(
        Organisation, verbose_name="structure", on_delete=models.PROTECT, related_name="belongings"
    )
    group = models.ForeignKey(
        Group, verbose_name="groupe", on_delete=models.PROTECT, related_name="belongings"
    )
    joined_on = models.DateField("depuis le")
    left_on = models.DateField("jusqu’au", null=True, blank=True)

    objects = BelongingQuerySet.as_manager()

    class Meta:
        verbose_name = "appartenance à un groupe"
        verbose_name_plural = "appartenances à un groupe"
        ordering = ["group_id", "organisation_id", "joined_on", "id"]
        constraints = [
            models.CheckConstraint(
                name="belonging_ends_after_it_starts",
                condition=Q(left_on__isnull=True) | Q(left_on__gte=F("joined_on")),
                violation_error_message="Une structure ne quitte pas un groupe avant d’y être entrée.",
            ),
            models.UniqueConstraint(
                fields=["organisation", "group"],
                condition=Q(left_on__isnull=True),
                name="one_live_belonging_per_structure_and_group",
                violation_error_message="Cette structure fait déjà partie de ce groupe.",
            ),
            models.UniqueConstraint(
                fields=["organisation", "group", "joined_on"],
                name="one_belonging_a_day",
                violation_error_message="Cette structure est déjà entrée dans ce groupe ce jour-là.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} · {self.group}"
