"""The kind of a structure, coloured and named."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from backend.organisations.enums import StructureKind

register = template.Library()


@register.simple_tag
def kind_badge(kind: str) -> SafeString:
    """« ACI » in its colour; hovering gives the full name."""
    known = StructureKind(kind)
    return format_html(
        '<span class="badge-kind kind-{}" title="{}">{}</span>', known.value.lower(), known.label, known.short
    )
