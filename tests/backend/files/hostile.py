"""Files that somebody could send to do harm, or by mistake: each is made here, none is kept in the tree."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

PLACE = b"48.8583N 2.2944E"
"""A position that must never come out."""


def photo(size: tuple[int, int] = (640, 480), kind: str = "JPEG", *, mode: str = "RGB") -> bytes:
    """A plain picture."""
    out = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert(mode).save(out, kind)
    return out.getvalue()


def photo_with_position() -> bytes:
    """A photo that says where, when, by whom and with what it was taken, and that lies on its side."""
    exif = Image.Exif()
    exif[0x010E], exif[0x013B], exif[0x0112] = PLACE.decode(), "Auteur inventé", 6
    exif.get_ifd(0x8825).update({1: "N", 2: (48.0, 51.0, 30.0), 3: "E", 4: (2.0, 17.0, 40.0)})
    out = io.BytesIO()
    Image.linear_gradient("L").resize((640, 480)).convert("RGB").save(out, "JPEG", exif=exif, comment=PLACE)
    return out.getvalue()


def pdf(change: Callable[[pikepdf.Pdf], None] = lambda document: None, **options: object) -> bytes:
    """One page, changed."""
    document = pikepdf.new()
    document.add_blank_page(page_size=(200, 200))
    change(document)
    out = io.BytesIO()
    document.save(out, **options)
    return out.getvalue()


def png_of(width: int, height: int, rows: bytes | None = None) -> bytes:
    """A PNG whose header says a size; its pixels are one compressed run of zeros."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = rows if rows is not None else zlib.compress(bytes(100_000), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def text_bomb() -> bytes:
    """A PNG with a note of 200 MB once inflated."""
    inflated = zlib.compress(bytes(200_000_000), 9)
    good = photo((10, 10), "PNG")
    data = b"Comment\x00\x00" + inflated
    chunk = struct.pack(">I", len(data)) + b"zTXt" + data + struct.pack(">I", zlib.crc32(b"zTXt" + data))
    return good[:33] + chunk + good[33:]


def archive(names: tuple[str, ...] = ("word/document.xml",)) -> bytes:
    """A zip, as office documents and Java programs are."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name in names:
            made.writestr(name, "x")
    return out.getvalue()


def _on_open(action: Dictionary) -> Callable[[pikepdf.Pdf], None]:
    def change(document: pikepdf.Pdf) -> None:
        document.Root.OpenAction = document.make_indirect(action)

    return change


def _attached(document: pikepdf.Pdf) -> None:
    document.attachments["virus.exe"] = pikepdf.AttachedFileSpec(
        document, b"MZ" + bytes(20), filename="virus.exe"
    )


def _annotation(**keys: object) -> Callable[[pikepdf.Pdf], None]:
    def change(document: pikepdf.Pdf) -> None:
        made = Dictionary(Type=Name.Annot, Rect=Array([0, 0, 9, 9]), **keys)
        document.pages[0].Annots = Array([document.make_indirect(made)])

    return change


def _names_javascript(document: pikepdf.Pdf) -> None:
    action = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
    document.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), action])))


def _javascript_on_the_page(document: pikepdf.Pdf) -> None:
    document.pages[0].AA = Dictionary(O=Dictionary(S=Name.JavaScript, JS=String("app.alert(1)")))


def _form_program(document: pikepdf.Pdf) -> None:
    document.Root.AcroForm = Dictionary(Fields=Array([]), XFA=document.make_stream(b"<xdp/>"))


def _nested(document: pikepdf.Pdf) -> None:
    value = Array([])
    for _ in range(60):
        value = Array([value])
    document.Root.PieceInfo2 = value


def _unreached_javascript(document: pikepdf.Pdf) -> None:
    held = document.make_indirect(Dictionary(Next=Dictionary(S=Name.JavaScript, JS=String("x"))))
    document.pages[0].Group = held


def _many_pages(document: pikepdf.Pdf) -> None:
    for _ in range(120):
        document.add_blank_page(page_size=(10, 10))


def _action(kind: str, **keys: object) -> bytes:
    return pdf(_on_open(Dictionary(S=Name(f"/{kind}"), **keys)))


def refused() -> dict[str, tuple[bytes, str]]:
    """What must not be kept: its bytes, and the code of the reason."""
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    html = b"<!doctype html><script>alert(1)</script>"
    locked = pdf(encryption=pikepdf.Encryption(owner="x", user="y"))
    return {
        "empty": (b"", "file_empty"),
        "svg_with_script": (svg, "file_svg"),
        "svg_after_a_mark": (b"\xef\xbb\xbf \n" + svg, "file_svg"),
        "html": (html, "file_svg"),
        "html_then_pdf": (html + pdf(), "file_svg"),
        "text_then_pdf": (b"GET / HTTP/1.1\n" + pdf(), "file_other_kind"),
        "script_of_a_shell": (b"#!/bin/sh\nrm -rf /\n", "file_other_kind"),
        "program": (b"MZ\x90\x00" + bytes(200), "file_other_kind"),
        "program_of_unix": (b"\x7fELF" + bytes(200), "file_other_kind"),
        "gif": (b"GIF89a" + bytes(40), "file_other_kind"),
        "gif_that_is_an_archive": (b"GIF89a" + archive(("a.class",)), "file_other_kind"),
        "webp": (photo(kind="WEBP"), "file_other_kind"),
        "tiff": (photo(kind="TIFF"), "file_other_kind"),
        "heic": (b"\x00\x00\x00\x18ftypheic" + bytes(60), "file_heic"),
        "word_document": (archive(), "file_office"),
        "old_word_document": (b"\xd0\xcf\x11\xe0" + bytes(600), "file_office"),
        "postscript": (b"%!PS-Adobe-3.0\n(x) run", "file_other_kind"),
        "jpeg_cut_short": (photo()[:400], "file_unreadable"),
        "png_of_zeros": (b"\x89PNG\r\n\x1a\n" + bytes(500), "file_unreadable"),
        "jpeg_in_name_only": (b"\xff\xd8\xff" + html, "file_unreadable"),
        "png_30000_by_30000": (png_of(30_000, 30_000), "file_too_many_pixels"),
        "png_that_lies_about_its_size": (png_of(2_000_000_000, 2), "file_too_many_pixels"),
        "png_with_a_bomb_of_text": (text_bomb(), "file_unreadable"),
        "pdf_of_nothing": (b"%PDF-1.7\n" + bytes(300), "file_unreadable"),
        "pdf_locked": (locked, "file_locked"),
        "pdf_with_javascript_on_opening": (_action("JavaScript", JS=String("app.alert(1)")), "file_acts"),
        "pdf_that_launches": (_action("Launch", F=String("cmd.exe")), "file_acts"),
        "pdf_that_sends_a_form": (_action("SubmitForm", F=String("https://example.invalid")), "file_acts"),
        "pdf_that_opens_another": (_action("GoToR", F=String("other.pdf")), "file_acts"),
        "pdf_that_imports_data": (_action("ImportData", F=String("data.fdf")), "file_acts"),
        "pdf_with_javascript_in_names": (pdf(_names_javascript), "file_acts"),
        "pdf_with_javascript_on_a_page": (pdf(_javascript_on_the_page), "file_acts"),
        "pdf_with_javascript_further": (pdf(_unreached_javascript), "file_acts"),
        "pdf_with_an_attachment": (pdf(_attached), "file_acts"),
        "pdf_with_a_form_of_programs": (pdf(_form_program), "file_acts"),
        "pdf_with_a_film": (pdf(_annotation(Subtype=Name.RichMedia)), "file_acts"),
        "pdf_with_a_sound": (pdf(_annotation(Subtype=Name.Sound)), "file_acts"),
        "pdf_nested": (pdf(_nested), "file_too_many_objects"),
        "pdf_of_many_pages": (pdf(_many_pages), "file_too_many_pages"),
    }


def _with_photo(document: pikepdf.Pdf) -> None:
    stream = document.make_stream(photo_with_position())
    stream.stream_dict = Dictionary(
        Type=Name.XObject, Subtype=Name.Image, Width=640, Height=480, BitsPerComponent=8, ColorSpace=Name.DeviceRGB,
        Filter=Name.DCTDecode,
    )  # fmt: skip
    document.pages[0].Resources = Dictionary(XObject=Dictionary(I=stream))


def _signed_by(document: pikepdf.Pdf) -> None:
    document.docinfo["/Author"] = String(PLACE.decode())
    with document.open_metadata() as about:
        about["dc:creator"] = [PLACE.decode()]


HARM = (b"<script", b"PK\x03\x04", b"MZ\x90\x00", PLACE, b"Auteur")


NEUTRALISED_PDF = pdf(_with_photo)


def neutralised() -> dict[str, tuple[bytes, str]]:
    """What is kept without what it hid: its bytes, and its kind."""
    archive_, script = archive(("a.class",)), b"<script>alert(1)</script>"
    good_png = photo(kind="PNG")
    note = b"Comment\x00" + PLACE
    noted = struct.pack(">I", len(note)) + b"tEXt" + note + struct.pack(">I", zlib.crc32(b"tEXt" + note))
    return {
        "photo_with_position": (photo_with_position(), "JPEG"),
        "photo_then_archive": (photo() + archive_, "JPEG"),
        "photo_then_script": (photo() + script, "JPEG"),
        "photo_then_program": (photo() + b"MZ\x90\x00" + bytes(50), "JPEG"),
        "photo_in_four_inks": (photo(mode="CMYK"), "JPEG"),
        "png_with_a_note": (good_png[:33] + noted + good_png[33:], "PNG"),
        "png_then_script": (good_png + script, "PNG"),
        "png_with_a_palette": (photo(kind="PNG", mode="P"), "PNG"),
        "pdf_then_archive": (pdf() + archive_, "PDF"),
        "pdf_then_script": (pdf() + script, "PDF"),
        "pdf_signed": (pdf(_signed_by), "PDF"),
        "pdf_with_a_photo": (pdf(_with_photo), "PDF"),
    }
