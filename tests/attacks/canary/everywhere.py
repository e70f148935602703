"""Where a canary must never be, looked at after each gesture: logs, addresses, messages, cache, subjects, names of files."""

from __future__ import annotations

import copy
import io
import logging
import logging.config
import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from celery import current_app
from django.conf import settings
from django.core import mail
from django.core.cache import cache

from backend.audit.models import Entry
from backend.mail.models import Message
from tests.attacks.canary.marks import Column, as_stored, in_text, once_opened

_ADDRESSES = re.compile(
    r"""\b(?:href|src|action|formaction|hx-[a-z-]+|data-[a-z-]*(?:url|href)[a-z-]*)=("[^"]*"|'[^']*')"""
)
_TO_SOMEBODY = ("mailto:", "tel:")
_LEADING = (
    "Location",
    "Content-Location",
    "HX-Redirect",
    "HX-Location",
    "HX-Push-Url",
    "HX-Replace-Url",
    "Refresh",
    "Link",
)


@dataclass
class Everywhere:
    """What was found where nothing should be, and what each column was seen to hold."""

    logs: io.StringIO
    messages: list[Any]
    leaks: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    stored: set[Column] = field(default_factory=set)
    opened: set[Column] = field(default_factory=set)

    def look(self, gesture: str, answer: Any, tables: set[str]) -> None:
        """After one gesture that wrote in these tables, before it is undone."""
        self.look_at_answer(gesture, answer)
        self.look_at_base(gesture, tables - {"accounts_opensession"})
        self.look_around(gesture)

    def look_at_base(self, gesture: str, tables: set[str]) -> None:
        """What these tables hold, as a stolen file tells it and as the key opens it; what leaves the base in clear."""
        self.stored |= {place for place, _ in as_stored(tables)}
        self.opened |= {place for place, _ in once_opened(tables)}
        self._found("a subject of mail", gesture, list(Message.objects.values_list("subject", flat=True)))
        self._found("a mail that left", gesture, [each.subject for each in mail.outbox])
        self._found("the trail", gesture, list(Entry.objects.order_by("-pk").values_list("detail")[:5]))

    def look_around(self, gesture: str) -> None:
        """What stands beside the base."""
        self._found("the logs", gesture, self.logs.getvalue())
        self._found("a message to a worker", gesture, self.messages)
        self._found("the cache", gesture, [*getattr(cache, "_cache", {}).items()])
        names = (path.name for path in Path(settings.DATA_DIR).rglob("*"))
        self._found("the name of a file", gesture, list(names))
        self.logs.seek(0)
        self.logs.truncate()
        self.messages.clear()

    def look_at_answer(self, gesture: str, answer: Any) -> None:
        """Where an answer leads: its headers, every link and form of its page."""
        leading = [answer.headers.get(name, "") for name in _LEADING]
        text = "" if answer.streaming else answer.content.decode(errors="replace")
        links = [each[1:-1] for each in _ADDRESSES.findall(text)]
        self._found("an address", gesture, leading)
        self._found("an address", gesture, [each for each in links if not each.startswith(_TO_SOMEBODY)])
        self._found("the name of a download", gesture, answer.headers.get("Content-Disposition", ""))
        if answer.status_code == 500:  # one that says to try again gives back what was typed
            self._found("the page of a failure", gesture, text)

    def _found(self, where: str, gesture: str, words: object) -> None:
        if in_text(words):
            self.leaks[where].add(gesture)


@contextmanager
def watching() -> Iterator[Everywhere]:
    """Every logger at its most talkative, in the two formats at once; messages to workers kept instead of sent."""
    written, messages = io.StringIO(), []
    root = logging.getLogger()
    handlers, level, send = root.handlers[:], root.level, current_app.send_task
    wanted = copy.deepcopy(settings.LOGGING)
    wanted["formatters"]["json"] = {"()": "backend.core.logs.formatter", "kind": "json"}
    wanted["handlers"] = {
        name: {"class": "logging.StreamHandler", "formatter": name, "stream": written}
        for name in wanted["formatters"]
    }
    wanted["root"] = {"handlers": list(wanted["handlers"]), "level": "DEBUG"}
    logging.config.dictConfig(wanted)
    current_app.send_task = lambda *args, **options: messages.append((args, options))  # type: ignore[method-assign]
    try:
        yield Everywhere(written, messages)
    finally:
        current_app.send_task = send  # type: ignore[method-assign]
        logging.config.dictConfig(settings.LOGGING)
        root.handlers[:], root.level = handlers, level
