"""A group and a structure opened apart become one thread: one side offers, the other accepts."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from backend.organisations.models.structure import Group, Organisation
from backend.organisations.querysets import GroupOfferQuerySet


class GroupOffer(models.Model):
    """What one side offers to an address; whoever signs in with it and answers for the other side accepts.

    Only the side that offers is written until then: an offer never tells whether the other is known here.
    """

    group = models.ForeignKey(
        Group, verbose_name="groupe", on_delete=models.PROTECT, null=True, blank=True, related_name="offers"
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name="structure",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="offers",
    )
    email = models.EmailField("adresse électronique")
    offered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="proposé par",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    created_at = models.DateTimeField("proposé le", auto_now_add=True)
    expires_at = models.DateTimeField("valable jusqu’au")
    accepted_at = models.DateTimeField("accepté le", null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="accepté par",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    withdrawn_at = models.DateTimeField("retiré le", null=True, blank=True)

    objects = GroupOfferQuerySet.as_manager()

    class Meta:
        verbose_name = "proposition de groupe"
        verbose_name_plural = "propositions de groupe"
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=False, group__isnull=False, organisation__isnull=False)
                | Q(accepted_at__isnull=True, group__isnull=False, organisation__isnull=True)
                | Q(accepted_at__isnull=True, group__isnull=True, organisation__isnull=False),
                name="an_offer_has_one_side_until_accepted",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.offering} · {self.created_at:%d/%m/%Y}"

    @property
    def offering(self) -> str:
        """The side that offers, as people call it."""
        return str(self.group or self.organisation)

    @property
    def sentence(self) -> str:
        """What is offered."""
        if self.group is not None:
            return f"{self.group} propose à votre structure de rejoindre le {self.group.group_kind.noun}."
        return f"{self.organisation} demande à rejoindre votre groupe."
