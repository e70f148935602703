"""An invitation to join a structure: one address, one role, used once."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from backend.core.actor import Role
from backend.organisations.models.membership import TEAM_ROLES
from backend.organisations.models.structure import Organisation
from backend.organisations.querysets import InvitationQuerySet


class Invitation(models.Model):
    """The link is sent in clear once; only its digest is kept."""

    organisation = models.ForeignKey(
        Organisation, verbose_name="structure", on_delete=models.PROTECT, related_name="invitations"
    )
    email = models.EmailField("adresse électronique")
    role = models.CharField("rôle", max_length=20, choices=[(role.value, role.label) for role in TEAM_ROLES])
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="invité par",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    token_digest = models.CharField("empreinte du lien", max_length=64, unique=True)
    created_at = models.DateTimeField("envoyée le", auto_now_add=True)
    expires_at = models.DateTimeField("valable jusqu’au")
    accepted_at = models.DateTimeField("acceptée le", null=True, blank=True)
    withdrawn_at = models.DateTimeField("retirée le", null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "invitation"
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return f"{Role(self.role).label} · {self.organisation}"
