"""A file kept: what it is and on what; its bytes stand elsewhere, sealed with a key that only this row holds."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from backend.core.sealing.encryption import EncryptedTextField
from backend.files.enums import FileKind
from backend.files.querysets import StoredFileQuerySet


class StoredFile(models.Model):
    """One file on one row of a domain; deleting this row makes the bytes unreadable, even in an old backup of files."""

    id = models.UUIDField("numéro", primary_key=True, default=uuid.uuid4, editable=False)
    carrier = models.CharField("porté par", max_length=100, editable=False)
    carrier_id = models.PositiveBigIntegerField("numéro de ce qui le porte", editable=False)
    beneficiary_id = models.PositiveBigIntegerField("personne", null=True, blank=True, editable=False)
    title = EncryptedTextField("nom donné", blank=True)
    kind = models.CharField("nature", max_length=4, choices=FileKind)
    size = models.PositiveIntegerField("octets")
    place = models.CharField("emplacement", max_length=80, unique=True, editable=False)
    sealed_key = EncryptedTextField("clé de ce fichier", editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="ajouté par",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    added_at = models.DateTimeField("ajouté le", auto_now_add=True)

    objects = StoredFileQuerySet.as_manager()

    class Meta:
        verbose_name = "pièce jointe"
        verbose_name_plural = "pièces jointes"
        ordering = ["added_at", "id"]
        indexes = [models.Index(fields=["carrier", "carrier_id"], name="files_of_a_row")]

    def __str__(self) -> str:
        return self.title or f"pièce ({self.get_kind_display()})"

    @property
    def download_name(self) -> str:
        """The name it leaves with: ours, so that no path, no second ending and no other name comes out."""
        return f"piece-{self.pk.hex[:8]}.{FileKind(self.kind).ending}"
