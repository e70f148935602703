"""The three kinds of file that are kept; each is recognised by its content, whatever its name says."""

from __future__ import annotations

from django.db.models import TextChoices


class FileKind(TextChoices):
    """What a file is, once checked."""

    PDF = "PDF", "PDF"
    JPEG = "JPEG", "photo JPEG"
    PNG = "PNG", "image PNG"

    @property
    def content_type(self) -> str:
        """As browsers say it."""
        return {"PDF": "application/pdf", "JPEG": "image/jpeg", "PNG": "image/png"}[self.value]

    @property
    def ending(self) -> str:
        """The end of its name, when it leaves."""
        return {"PDF": "pdf", "JPEG": "jpg", "PNG": "png"}[self.value]
