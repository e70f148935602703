"""A file attached, its bytes really kept."""

from __future__ import annotations

import base64
import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from backend.files import vault
from backend.files.models import StoredFile


def small_photo() -> bytes:
    """A JPEG of a few hundred bytes."""
    out = io.BytesIO()
    Image.new("RGB", (12, 8), "teal").save(out, "JPEG")
    return out.getvalue()


def sent_photo(name: str = "carte.jpg") -> SimpleUploadedFile:
    """The same, as a browser sends it."""
    return SimpleUploadedFile(name, small_photo(), "image/jpeg")


def photo_body(name: str = "carte.jpg") -> dict[str, str]:
    """The same, as a tool sends it."""
    return {"name": name, "content": base64.b64encode(small_photo()).decode()}


def stored_on(row: Any, *, title: str = "Carte inventée", content: bytes | None = None) -> StoredFile:
    """A file on a row, without the check that its sending makes."""
    bytes_ = content if content is not None else small_photo()
    place, key = vault.put(bytes_)
    return StoredFile.objects.create(
        carrier=row._meta.label_lower,
        carrier_id=row.pk,
        beneficiary_id=getattr(row, "beneficiary_id", None),
        title=title,
        kind="JPEG",
        size=len(bytes_),
        place=place,
        sealed_key=key,
    )
