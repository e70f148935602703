"""The head of the trail, written each day outside the base: whoever rewrites the base whole cannot rewrite this too.

Two places: the log of the service, which leaves the machine where logs are collected, and a file of `DATA_DIR` that only
grows, copied with the backups. `passerelles verify-audit` asks that each head of the file still be in the chain.
"""

from __future__ import annotations

import logging
import os
import re
from datetime import date
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from backend.audit.chain import Head, head

_FILE = "journal-tetes.log"
_LINE = re.compile(r"^(\d{4}-\d{2}-\d{2}) \d+ ([0-9a-f]{64})$", re.MULTILINE)
logger = logging.getLogger(__name__)


def file() -> Path:
    """Where the heads of each day stand: day, last line, digest."""
    return settings.DATA_DIR / _FILE


def publish() -> None:
    """Write today's head in both places; nothing while nothing is bound."""
    link = head()
    if link is None:
        return
    _say("trail head", f"{timezone.localdate():%Y-%m-%d} {link.last_id} {link.digest}")


def say_cut(last_line: int, digest: str) -> None:
    """Write beside the heads that the trail now starts after this line: a cut that only the base tells is seen there."""
    _say("trail cut", f"coupe {timezone.localdate():%Y-%m-%d} {last_line} {digest}")


def _say(what: str, said: str) -> None:
    descriptor = os.open(file(), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "a", encoding="ascii") as heads:
        heads.write(said + "\n")
    logger.info("%s %s", what, said)


def known(text: str) -> list[Head]:
    """The heads told by such lines, whoever kept them."""
    found = _LINE.findall(text)
    return [Head(date.fromisoformat(day), digest) for day, digest in found if _is_a_day(day)]


def _is_a_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
