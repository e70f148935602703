"""How codes, days and words of the registers are read."""

from __future__ import annotations

import html
import re
from datetime import date

from backend.core.values.dates import in_calendar
from backend.core.values.identifiers import CERTIFICATION_CODE

_DIGITS = re.compile(r"[0-9]{1,8}")
_DAY = re.compile(r"(?:(\d{2})/(\d{2})/(\d{4})|(\d{4})-(\d{2})-(\d{2}))(?:[ T].*)?")
_ROME = re.compile(r"[A-Z][0-9]{4}")
_BREAKS = re.compile(r"<\s*(?:br|/p|/li|/div|/tr|/h[1-6])\b[^>]{0,200}>", re.IGNORECASE)
_ITEM = re.compile(r"<\s*li\b[^>]{0,200}>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{1,400}>")


def code_of(text: str, *, register: str = "") -> str | None:
    """« RNCP38596 » however written; a number alone takes the register of the fiche that names it."""
    compact = re.sub(r"[^A-Za-z0-9]", "", text).upper()
    if CERTIFICATION_CODE.fullmatch(compact):
        return compact
    if register and _DIGITS.fullmatch(compact):
        return register + compact
    return None


def register_of(code: str) -> str:
    """« RNCP » or « RS »."""
    return "RS" if code.startswith("RS") else "RNCP"


def rome_of(text: str) -> str | None:
    """A ROME code, or None."""
    found = text.strip().upper()
    return found if _ROME.fullmatch(found) else None


def level_of(text: str) -> int | None:
    """« NIV3 » is level 3; None for what is not a level from 1 to 8."""
    digits = re.sub(r"[^0-9]", "", text)
    return int(digits) if len(digits) == 1 and "1" <= digits <= "8" else None


def day_of(text: str) -> date | None:
    """« 29/08/2026 » or « 2026-08-29 »; None for anything else."""
    match = _DAY.fullmatch(text.strip())
    if match is None:
        return None
    day, month, year, year_, month_, day_ = match.groups()
    try:
        found = date(int(year or year_), int(month or month_), int(day or day_))
    except ValueError:
        return None
    return found if in_calendar(found) else None


def whole_of(text: str) -> int | None:
    """A count of people, or None."""
    found = text.strip()
    return int(found) if _DIGITS.fullmatch(found) else None


def plain(text: str) -> str:
    """Words without mark-up, their line breaks kept."""
    if "<" in text:
        text = _TAG.sub("", _ITEM.sub("\n- ", _BREAKS.sub("\n", text)))
    lines = (" ".join(line.split()) for line in html.unescape(text).replace("\x00", "").splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def one_line(text: str, most: int) -> str:
    """A label on one line, cut where the table ends."""
    return " ".join(plain(text).split())[:most]
