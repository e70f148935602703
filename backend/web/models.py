"""Drafts: what somebody was typing when the session dropped."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from backend.core.sealing.encryption import EncryptedTextField


class Draft(models.Model):
    """One form of one seat about one object; sealed like the text it will become, removed once saved."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="compte", on_delete=models.CASCADE, related_name="drafts"
    )
    seat = models.CharField("siège", max_length=60)
    form = models.CharField("formulaire", max_length=60)
    content = EncryptedTextField("contenu")
    saved_at = models.DateTimeField("gardé le", auto_now=True)

    class Meta:
        verbose_name = "brouillon"
        constraints = [models.UniqueConstraint(fields=["user", "seat", "form"], name="one_draft_per_form")]

    def __str__(self) -> str:
        return f"brouillon {self.pk}"
