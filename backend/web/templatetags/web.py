"""Dates, kinds, icons and delays as every screen writes them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from django import template
from django.contrib.staticfiles import finders
from django.db.models import Model
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe

from backend.alerts.registry import Alert
from backend.core.findings import Finding
from backend.core.pages.addresses import Gesture, NoSuchAddress, address_of
from backend.core.rule_lines import address_behind, confidence_of, line_behind
from backend.core.values import dates, identifiers, numbers, text
from backend.core.values.births import born_words
from backend.web import undo
from backend.web.kept.refused import OWNER, owner_mark

register = template.Library()
register.filter("spaced_phone", identifiers.spaced_phone)
register.filter("of_name", text.of_name)
register.filter("of_place", text.of_place)
register.filter("at_place", text.at_place)


@register.simple_block_tag
def keep(content: str) -> SafeString:
    """Remember a rendered piece under a name: the title of the page is also its first heading."""
    return mark_safe(content.strip())  # noqa: S308 (rendered by a template, already escaped)


@lru_cache(maxsize=256)
def _icon_source(name: str) -> str:
    path = finders.find(f"bootstrap-icons/{name}.svg")
    if not path:
        raise LookupError(f"no icon named {name}")
    return Path(str(path)).read_text(encoding="utf-8")


@register.simple_tag
def icon(name: str) -> SafeString:
    """A decorative icon, drawn in the page itself; always beside the word it decorates."""
    drawing = _icon_source(name).replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)
    return mark_safe(drawing.replace('class="bi ', 'class="icon bi ', 1))  # noqa: S308 (file of an installed package)


@register.filter
def french_date(value: date | datetime | None, style: str = "") -> str:
    """« 3 mars 2026 »; with `short`, « 3 oct. 2026 »; an empty text when there is no date."""
    if value is None or value == "":
        return ""
    return dates.french_date(_local_day(value), short=style == "short")


@register.filter
def born(value: date | None, style: str = "") -> str:
    """« né·e le 12 mars 1984 », or « né·e en 1984 » of a birth date known in part; an empty text when there is none."""
    return born_words(value, short=style == "short") if value else ""


@register.filter
def clock(value: datetime | None) -> str:
    """« 09:30 » in local time."""
    return f"{timezone.localtime(value):%H:%M}" if value else ""


@register.filter
def day_name(value: date) -> str:
    """« dimanche 22 novembre 2026 »."""
    return f"{DAYS[value.weekday()]}{dates.NBSP}{dates.french_date(value)}"


DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


@register.filter
def days_left(due_on: date | None, today: date | None = None) -> str:
    """« aujourd’hui », « demain », « dans 20 jours », « retard de 3 jours »."""
    if due_on is None:
        return ""
    left = (due_on - (today or timezone.localdate())).days
    if left < 0:
        return f"retard de{dates.NBSP}{-left}{dates.NBSP}{'jour' if left == -1 else 'jours'}"
    return {0: "aujourd’hui", 1: "demain"}.get(left, f"dans{dates.NBSP}{left}{dates.NBSP}jours")


@register.filter
def delay(due_on: date, today: date) -> str:
    """The same in a narrow column: « retard 46 j », « dans 20 j »."""
    left = (due_on - today).days
    if left < 0:
        return f"retard {-left}{dates.NBSP}j"
    return {0: "aujourd’hui", 1: "demain"}.get(left, f"dans {left}{dates.NBSP}j")


@register.filter
def urgency(due_on: date | None, today: date | None = None) -> str:
    """Class of the pill beside a delay: late, soon, or quiet."""
    if due_on is None:
        return ""
    left = (due_on - (today or timezone.localdate())).days
    if left < 0:
        return "pill-alert"
    return "pill-warning" if left <= 7 else ""


@register.filter
def lateness(due_on: date, today: date) -> str:
    """Class of a delay written in full."""
    return "late" if due_on < today else ""


@register.simple_tag(takes_context=True)
def form_owner(context: dict[str, Any]) -> SafeString:
    """Whom the form is shown to, so that what they type is theirs to find again after a session has ended."""
    return format_html(
        '<input type="hidden" name="{}" value="{}">', OWNER, owner_mark(context["request"].user.pk)
    )


@register.simple_tag
def alert_url(alert: Alert) -> str:
    """Where the action of an alert leads: to the object it speaks of."""
    return address_of(alert.target, alert.gesture)


@register.simple_tag
def postpone_url(target: Model) -> str:
    """Where the date of this very object moves; empty for what has no date to move."""
    try:
        return address_of(target, Gesture.POSTPONE)
    except NoSuchAddress:
        return ""


@register.simple_tag
def opens_sheet(address: str, *args: Any, **said: Any) -> SafeString:
    """The attributes of a link that opens a small form over the page, and as a page of its own without script.

    `address` is the name of a route, with its `args`, or an address already made, « / » first; `said` its parameters.
    """
    path = address if address.startswith("/") else reverse(address, args=args)
    path += f"?{urlencode(said)}" if said else ""
    return format_html('href="{}" hx-get="{}" hx-target="#sheet-content"', path, path)


@register.inclusion_tag("web/components/_meter.html")
def meter(rate: float, words: str) -> dict[str, Any]:
    """A share drawn as a bar, with its figure in words underneath."""
    return {"rate": rate, "width": f"{rate * 100:.2f}%", "words": words}


@register.filter
def signed(number: int) -> str:
    """« + 45 », « − 632 »: what a line adds or takes."""
    return f"{'+' if number >= 0 else '−'}{dates.NBSP}{abs(number)}"


@register.filter
def signed_decimal(number: Decimal, places: int = 1) -> str:
    """« + 2,4 », « − 0,125 »: a gap, with so many decimals."""
    shown = f"{abs(number):.{places}f}".replace(".", ",")
    return f"{'−' if number < 0 else '+'}{dates.NBSP}{shown}"


@register.filter
def counted(number: int, words: str) -> str:
    """« 3 personnes » from `3|counted:"personne,personnes"`; the two never break apart."""
    singular, plural = words.split(",")
    return text.counted(number, singular, plural)


@register.filter
def percent(rate: float | None) -> str:
    """« 58 % » or « 58,3 % »; a dash when there is nothing to divide by."""
    return "—" if rate is None else numbers.percent_in_words(rate)


@register.inclusion_tag("web/partials/_empty.html")
def empty_state(
    title: str, text: str = "", *, icon: str = "check2-circle", url: str = "", label: str = ""
) -> dict[str, Any]:
    """What an empty list says: why, and what to do next."""
    return {"title": title, "text": text, "icon_name": icon, "url": url, "label": label}


@register.inclusion_tag("web/partials/_pagination.html", takes_context=True)
def pagination(context: template.Context, page: Any, label: str = "Pages de la liste") -> dict[str, Any]:
    """Page numbers that keep the search in the address, its words sealed."""
    search = context.get("search")
    query = (search.query if search else context["request"].GET).copy()
    query.pop("page", None)
    return {
        "page": page,
        "label": label,
        "numbers": page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1),
        "gap": page.paginator.ELLIPSIS,
        "query": query.urlencode(),
    }


def _local_day(value: date | datetime) -> date:
    return timezone.localtime(value).date() if isinstance(value, datetime) else value


TO_COMPLETE = "à compléter par l’exploitant"


@register.simple_tag
def told(value: str, kind: str = "text") -> SafeString:
    """What only the operator knows, or plainly that it is not said yet; an address to write to with `mail`."""
    if not value:
        return format_html('<span class="to-complete">{}</span>', TO_COMPLETE)
    return format_html('<a href="mailto:{0}">{0}</a>', value) if kind == "mail" else format_html("{}", value)


@register.filter
def said_once(messages: Iterable[Any]) -> list[Any]:
    """Each message once: a button pressed twice does one thing, and says it once."""
    return list({(message.level, str(message)): message for message in messages}.values())


@register.filter
def undo_button(tags: str | None) -> dict[str, Any] | None:
    """What the button of a notice sends, and for how long it stands; None for a notice that has none."""
    if not (tags or "").startswith(undo.TAG):
        return None
    return {"token": (tags or "").removeprefix(undo.TAG), "seconds": undo.WINDOW.seconds}


@register.filter
def rule_link(code: str) -> SafeString:
    """« règle R02 », a link to the line that explains a refusal or a finding; nothing when no rule of the field does."""
    line, address = line_behind(code), address_behind(code)
    return (
        format_html('<a class="rule-link" href="{}">{}</a>', address, line.name)
        if line and address
        else SafeString("")
    )


@register.filter
def rule_confidence(finding: Finding) -> str:
    """« confirmé », « probable », « à confirmer »: how sure we are of what is found."""
    return confidence_of(finding).label
