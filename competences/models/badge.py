"""What lets strangers verify the badges that people take away: the keys of the installation, the states it publishes."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from backend.core.sealing.encryption import EncryptedTextField


class BadgeKey(models.Model):
    """One key of the installation; a former one keeps its public half only, so that what it signed still verifies."""

    public = models.TextField("clé publique")
    secret = EncryptedTextField("clé secrète", blank=True)
    is_current = models.BooleanField("signe aujourd’hui", default=True)
    is_leaked = models.BooleanField("a pu être lue par d’autres", default=False)
    made_at = models.DateTimeField("tirée le", auto_now_add=True)

    class Meta:
        verbose_name = "clé des badges"
        verbose_name_plural = "clés des badges"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_current"],
                condition=Q(is_current=True),
                name="one_badge_key_signs",
                violation_error_message="Une seule clé signe à la fois.",
            ),
            models.CheckConstraint(
                condition=Q(is_current=True) | Q(secret=""),
                name="former_badge_key_has_no_secret",
                violation_error_message="Une clé remplacée ne garde que sa partie publique.",
            ),
        ]

    def __str__(self) -> str:
        return f"cle-{self.pk}"


class BadgeState(models.Model):
    """Whether one badge was taken back. It leads to nobody: the number is drawn at random, and outlives the person's file."""

    list_number = models.PositiveIntegerField("liste")
    position = models.PositiveIntegerField("place")
    is_withdrawn = models.BooleanField("retiré", default=False)

    class Meta:
        verbose_name = "état d’un badge"
        verbose_name_plural = "états des badges"
        ordering = ["list_number", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["list_number", "position"],
                name="one_badge_a_place",
                violation_error_message="Cette place est déjà prise.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.list_number}#{self.position}"
