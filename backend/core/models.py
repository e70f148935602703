"""Requests already answered, so that sending the same thing twice records it once."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class IdempotencyRecord(models.Model):
    """One creation by one user under one key: what was asked (digest), what was answered."""

    SEALED_FOR = "core_idempotencyrecord.body"
    """Answers hold people's data: they wait encrypted."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="compte", on_delete=models.CASCADE, related_name="+"
    )
    key = models.CharField("clé", max_length=80)
    digest = models.CharField("empreinte de la demande", max_length=64)
    status = models.PositiveSmallIntegerField("réponse", null=True)
    body = models.JSONField("contenu", null=True)
    location = models.CharField("page obtenue", max_length=300, blank=True)
    created_at = models.DateTimeField("le", auto_now_add=True)

    class Meta:
        verbose_name = "demande retenue"
        verbose_name_plural = "demandes retenues"
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="one_answer_per_key")]

    def __str__(self) -> str:
        return f"demande {self.pk}"
