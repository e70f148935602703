"""How letters are written: what people typed is never a link in them, and the only links are ours, alone on their line."""

from __future__ import annotations

import re

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from backend.mail import transport

register = template.Library()

_JOINER = "\u2060"
"""Seen by nobody: it keeps a mail reader from making an address of the words around it."""
_LOOKS_LIKE_AN_ADDRESS = re.compile(r"(?<=\w)[.:@](?=\w)|:(?=/)|(?<=\w)@")
_ONLY_AN_ADDRESS = re.compile(r"https?://\S+")


@register.simple_tag
def mail_leaves() -> bool:
    """Whether messages are sent to somebody; a page never promises one that stays here."""
    return transport.mail_leaves()


@register.filter
def plain(said: object) -> str:
    """A name or a sentence with names in it: on one line, and nothing in it that a mail reader would open or write to."""
    line = " ".join(str(said).split())
    return _LOOKS_LIKE_AN_ADDRESS.sub(lambda sign: f"{sign[0]}{_JOINER}", line)


@register.filter
def our_links(text: str) -> SafeString:
    """The text of a letter as HTML, where a line that is an address and nothing else becomes its link."""
    return format_html_join("\n", "{}", ((_linked(line),) for line in str(text).split("\n")))


def _linked(line: str) -> str:
    address = line.strip()
    return format_html('<a href="{0}">{0}</a>', address) if _ONLY_AN_ADDRESS.fullmatch(address) else line
