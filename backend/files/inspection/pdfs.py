"""PDFs: every object looked at, what acts by itself refused, the rest written again without its metadata."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pikepdf

MOST_OBJECTS = 50_000
MOST_PAGES = 100
DEEPEST = 40

ACTS = frozenset(
    {
        "/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToR", "/GoToE", "/Rendition", "/Movie", "/Sound",
        "/RichMediaExecute", "/Trans", "/GoTo3DView",
    }
)  # fmt: skip
"""Actions (ISO 32000, 12.6.4) that run, open or send something; a link to a page or an address only points."""
CARRIES = frozenset(
    {"/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/XFA", "/RichMediaContent", "/AA", "/AF"}
)
"""Keys under which a document hides a program, another file or an automatic gesture."""
MEDIA = frozenset({"/FileAttachment", "/RichMedia", "/Screen", "/Movie", "/Sound", "/3D"})
"""Annotations that hold something else than words."""


class NotAPdf(Exception):
    """Cannot be kept; the first argument is the reason's code."""


def written_again(content: bytes) -> bytes:
    """The same pages, in a file that holds nothing else: what is not reached from them does not follow."""
    try:
        document = pikepdf.open(io.BytesIO(content))
    except pikepdf.PasswordError as error:
        raise NotAPdf("locked") from error
    except pikepdf.PdfError as error:
        raise NotAPdf("unreadable") from error
    with document:
        if document.is_encrypted:
            raise NotAPdf("locked")
        if not 1 <= len(document.pages) <= MOST_PAGES:
            raise NotAPdf("too_many_pages" if len(document.pages) else "unreadable")
        _look_at(document)
        _forget_who_and_where(document)
        out = io.BytesIO()
        document.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return out.getvalue()


def _look_at(document: pikepdf.Pdf) -> None:
    """Refuse whatever acts, wherever it stands: reached from a page or not."""
    for count, each in enumerate(document.objects):
        if count > MOST_OBJECTS:
            raise NotAPdf("too_many_objects")
        for inside in _dictionaries(each, 0):
            _refuse_what_acts(inside)


def _dictionaries(value: object, depth: int) -> Iterator[pikepdf.Object]:
    """A dictionary and those written inside it; what it points to comes in its own turn."""
    if depth > DEEPEST:
        raise NotAPdf("too_many_objects")
    if isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        yield value
        for _, inner in value.items():
            if not _is_elsewhere(inner):
                yield from _dictionaries(inner, depth + 1)
    elif isinstance(value, pikepdf.Array):
        for inner in value:
            if not _is_elsewhere(inner):
                yield from _dictionaries(inner, depth + 1)


def _is_elsewhere(value: object) -> bool:
    return isinstance(value, pikepdf.Object) and value.is_indirect


def _refuse_what_acts(found: pikepdf.Object) -> None:
    keys = set(found.keys())
    if keys & CARRIES:
        raise NotAPdf("acts")
    if str(found.get("/S", "")) in ACTS or str(found.get("/Subtype", "")) in MEDIA:
        raise NotAPdf("acts")
    if str(found.get("/Type", "")) in {"/EmbeddedFile", "/Filespec"}:
        raise NotAPdf("acts")


def _forget_who_and_where(document: pikepdf.Pdf) -> None:
    """Authors, tools, dates, and the position written in the photos inside."""
    if "/Info" in document.trailer:
        del document.trailer["/Info"]
    for each in document.objects:
        if not isinstance(each, pikepdf.Dictionary | pikepdf.Stream):
            continue
        for key in ("/Metadata", "/PieceInfo", "/LastModified"):
            if key in each:
                del each[key]
        if isinstance(each, pikepdf.Stream) and str(each.get("/Filter", "")) == "/DCTDecode":
            each.write(without_notes(each.read_raw_bytes()), filter=pikepdf.Name.DCTDecode)


def without_notes(jpeg: bytes) -> bytes:
    """A JPEG without its application segments (EXIF, XMP, comments); the two that say how colours are written stay."""
    if jpeg[:2] != b"\xff\xd8":
        return jpeg
    kept, at = [jpeg[:2]], 2
    while at + 4 <= len(jpeg) and jpeg[at] == 0xFF:
        marker, size = jpeg[at + 1], int.from_bytes(jpeg[at + 2 : at + 4], "big")
        if marker == 0xDA:
            break
        is_note = marker == 0xFE or (0xE1 <= marker <= 0xEF and marker != 0xEE)
        if not is_note:
            kept.append(jpeg[at : at + 2 + size])
        at += 2 + size
    return b"".join([*kept, jpeg[at:]])
