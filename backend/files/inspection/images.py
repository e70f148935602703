"""Photos: sizes read before any pixel, pixels drawn again on a new sheet, nothing else kept."""

from __future__ import annotations

import io

from PIL import Image, ImageOps

MOST_PIXELS = 50_000_000
"""What the cameras of telephones give at most; read in the header, before anything is decoded."""
LONGEST_SIDE = 2_000
"""Enough to read a page photographed; more is scaled down."""
QUALITY = 85
JPEG, PNG, ALPHA = "JPEG", "PNG", "A"

# The same ceiling inside the library, which then refuses by itself what lies about its size.
Image.MAX_IMAGE_PIXELS = MOST_PIXELS // 2


class NotAnImage(Exception):
    """Announced as an image, and cannot be read as one; the first argument is the reason's code."""


def redrawn(content: bytes, kind: str) -> bytes:
    """The same picture on a new sheet, upright: no position, no author, no thumbnail, no comment, nothing after its end."""
    try:
        with Image.open(io.BytesIO(content), formats=(kind,)) as sent:
            if sent.width * sent.height > MOST_PIXELS:
                raise NotAnImage("too_many_pixels")
            # A JPEG is decoded at the scale it is kept at: a large photo never stands whole in memory.
            sent.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            upright = ImageOps.exif_transpose(sent)
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            has_holes = kind == PNG and (ALPHA in upright.getbands() or "transparency" in upright.info)
            picture = upright.convert("RGBA" if has_holes else "RGB")
    except Image.DecompressionBombError as error:
        raise NotAnImage("too_many_pixels") from error
    bare = Image.new(picture.mode, picture.size)
    bare.paste(picture)
    out = io.BytesIO()
    options = {"quality": QUALITY, "optimize": True} if kind == JPEG else {"optimize": True}
    bare.save(out, kind, **options)
    return out.getvalue()
