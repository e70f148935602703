"""Workbooks that openpyxl does not write: OpenDocument sheets, and the .xls of before 2007, byte by byte."""

from __future__ import annotations

import io
import struct
import zipfile
from datetime import date, timedelta
from xml.sax.saxutils import escape

ODS = "application/vnd.oasis.opendocument.spreadsheet"
_NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
)


class Failed(str):
    """A cell whose formula failed."""


class Blank(int):
    """So many empty cells, told at once as OpenDocument does."""


class BlankRows(int):
    """So many empty rows, told at once."""


def _ods_cell(value):
    match value:
        case Blank():
            return f'<table:table-cell table:number-columns-repeated="{int(value)}"/>'
        case None:
            return "<table:table-cell/>"
        case Failed():
            return (
                '<table:table-cell table:formula="of:=NA()" office:value-type="string" office:string-value="" '
                f'calcext:value-type="error"><text:p>{escape(value)}</text:p></table:table-cell>'
            )
        case bool():
            return (
                f'<table:table-cell office:value-type="boolean" office:boolean-value="{str(value).lower()}"/>'
            )
        case date():
            return f'<table:table-cell office:value-type="date" office:date-value="{value.isoformat()}"/>'
        case timedelta():
            minutes = int(value.total_seconds() // 60)
            return (
                '<table:table-cell office:value-type="time" '
                f'office:time-value="PT{minutes // 60:02d}H{minutes % 60:02d}M00S"/>'
            )
        case int() | float():
            return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
    return f'<table:table-cell office:value-type="string"><text:p>{escape(value)}</text:p></table:table-cell>'


def _ods_row(row):
    if isinstance(row, BlankRows):
        return (
            f'<table:table-row table:number-rows-repeated="{int(row)}"><table:table-cell/></table:table-row>'
        )
    return f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>"


def ods(hidden=(), **sheets) -> bytes:
    """An OpenDocument workbook: `ods(salaries=[[…], …])`."""
    styles = '<style:style style:name="off" style:family="table"><style:table-properties table:display="false"/></style:style>'
    tables = "".join(
        f'<table:table table:name="{escape(name)}"{" table:style-name=" + chr(34) + "off" + chr(34) if name in hidden else ""}>'
        f"{''.join(map(_ods_row, rows))}</table:table>"
        for name, rows in sheets.items()
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_NAMES} office:version="1.2">'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest '
        'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        "</manifest:manifest>"
    )
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("mimetype", ODS, zipfile.ZIP_STORED)
        packed.writestr("content.xml", content)
        packed.writestr("META-INF/manifest.xml", manifest)
    return written.getvalue()


_ERRORS = {"#NULL!": 0x00, "#DIV/0!": 0x07, "#VALUE!": 0x0F, "#REF!": 0x17, "#NAME?": 0x1D, "#NUM!": 0x24, "#N/A": 0x2A}  # fmt: skip
_EPOCH, _EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)


def _record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _text(value: str, length: str) -> bytes:
    return struct.pack(f"<{length}B", len(value), 1) + value.encode("utf-16-le")


def _xls_cell(row: int, column: int, value, epoch: date) -> bytes:
    place = struct.pack("<HHH", row, column, 0)
    match value:
        case None:
            return b""
        case Failed():
            return _record(0x0205, place + struct.pack("<BB", _ERRORS[value], 1))
        case bool():
            return _record(0x0205, place + struct.pack("<BB", value, 0))
        case date():
            day = struct.pack("<HHH", row, column, 1)
            return _record(0x0203, day + struct.pack("<d", (value - epoch).days))
        case timedelta():
            hours = struct.pack("<HHH", row, column, 2)
            return _record(0x0203, hours + struct.pack("<d", value.total_seconds() / 86_400))
        case int() | float():
            return _record(0x0203, place + struct.pack("<d", value))
    return _record(0x0204, place + _text(value, "H"))


def _xls_sheet(rows, epoch: date) -> bytes:
    width = max((len(row) for row in rows), default=0)
    cells = b"".join(
        _xls_cell(number, rank, value, epoch)
        for number, row in enumerate(rows)
        for rank, value in enumerate(row)
    )
    start = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
    size = _record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, width, 0))
    return start + size + cells + _record(0x000A)


def xls(hidden=(), is_1904=False, **sheets) -> bytes:
    """An Excel 97 workbook: one stream of records in a compound file."""
    epoch = _EPOCH_1904 if is_1904 else _EPOCH
    formats = [0, 14, 46]  # general, a day, [h]:mm:ss
    start = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
    start += _record(0x0042, struct.pack("<H", 1200)) + _record(0x0022, struct.pack("<H", is_1904))
    start += b"".join(_record(0x00E0, struct.pack("<HH", 0, each) + bytes(16)) for each in formats)
    bodies = {name: _xls_sheet(rows, epoch) for name, rows in sheets.items()}
    named = {name: struct.pack("<BB", name in hidden, 0) + _text(name, "B") for name in bodies}
    at = len(start) + sum(len(_record(0x0085, bytes(4) + body)) for body in named.values()) + 4
    book = start
    for name, body in named.items():
        book += _record(0x0085, struct.pack("<I", at) + body)
        at += len(bodies[name])
    return _compound(book + _record(0x000A) + b"".join(bodies.values()))


def _compound(stream: bytes) -> bytes:
    """A compound file (OLE 2) that holds one stream, « Workbook »."""
    free, end, table = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    stream = stream.ljust(max(4096, -(-len(stream) // 512) * 512), b"\0")
    blocks = len(stream) // 512
    fat_blocks = -(-(blocks + 2) // 127)
    chain = [table] * fat_blocks + [end] + [*range(fat_blocks + 2, fat_blocks + 1 + blocks), end]
    fat = struct.pack(f"<{len(chain)}I", *chain).ljust(fat_blocks * 512, b"\xff")

    def entry(name: str, kind: int, child: int, first: int, size: int) -> bytes:
        told = name.encode("utf-16-le") + b"\0\0" if name else b""
        head = told.ljust(64, b"\0") + struct.pack("<HBBIII", len(told), kind, 1, free, free, child)
        return head + bytes(36) + struct.pack("<IQ", first, size)

    tree = entry("Root Entry", 5, 1, end, 0) + entry("Workbook", 2, free, fat_blocks + 1, len(stream))
    tree += (entry("", 0, free, 0, 0)) * 2
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    header += bytes(6) + struct.pack("<IIIIIIIII", 0, fat_blocks, fat_blocks, 0, 4096, end, 0, end, 0)
    header += struct.pack("<109I", *range(fat_blocks), *[free] * (109 - fat_blocks))
    return header + fat + tree + stream
