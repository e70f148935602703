"""Cells that a spreadsheet would execute are written so that it only shows them (ASVS 5.0, V1.2.10)."""

from __future__ import annotations

_TRIGGERS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def neutralised(text: str) -> str:
    """The text, behind an apostrophe when its first character would start a formula."""
    return f"'{text}" if text.startswith(_TRIGGERS) else text


def restored(cell: str) -> str:
    """The text as it was before `neutralised`, for files we read back."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_TRIGGERS) else cell
