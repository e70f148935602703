"""« Annuler », for twenty seconds after the commonest gestures: a slip is seen at once, before anybody asks why.

The notice that says what was recorded carries one button. What it sends was signed when the gesture was made, for who
made it: the row, a print of what it said, the instant. Past twenty seconds, or once anybody wrote on the row, the
ordinary « annuler cette saisie » asks its reason. A domain only names its gesture: `register(…)`, then `offer(…)`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.core import signing
from django.db.models import Model

from backend.core import steps
from backend.core.actor import Actor
from backend.core.errors import Conflict
from backend.web.requests import ActorRequest, user_id_of

WINDOW = timedelta(seconds=20)
"""How long a gesture is taken back without a reason. No text: our choice."""
TAG = "undo "
"""What marks the message that carries a button, before what the button sends."""
_SALT = "web.undo"

TOO_LATE = (
    f"Les {WINDOW.seconds} secondes pour annuler d’un seul geste sont passées, ou quelqu’un a écrit depuis : rien n’est "
    "annulé. Annulez cette saisie depuis la page où elle se lit, en disant pourquoi."
)


@dataclass(frozen=True, slots=True)
class Undo:
    """One gesture that is taken back at once: who may, the service that does it, the page it was made from."""

    may: Callable[[Actor, Any], bool]
    cancel: Callable[[Actor, Any], object]
    back: Callable[[Any], str]


_UNDOS: dict[type[Model], Undo] = {}


def register(model: type[Model], undo: Undo) -> None:
    """Say how what was just written is taken back; called once, when the house is installed."""
    _UNDOS[model] = undo


def registered() -> Iterator[type[Model]]:
    """Every table whose gestures offer it, for tests to walk."""
    yield from _UNDOS


def offer(request: ActorRequest, row: Model) -> None:
    """Let the notice of this page carry the button; nothing to who may not take this row back."""
    if _UNDOS[type(row)].may(request.actor, row):
        row.refresh_from_db()
        said = [row._meta.label, row.pk, steps.seen(row), user_id_of(request)]
        request.undo = signing.dumps(said, salt=_SALT)


def offered(request: ActorRequest) -> str:
    """What the button of this page will send, marked; empty when nothing is offered."""
    token = getattr(request, "undo", "")
    return f"{TAG}{token}" if token else ""


def take_back(request: ActorRequest, token: str) -> None:
    """Do what this button says; `Conflict` once it is too late, or from another account."""
    row, print_seen = _row(request, token, WINDOW)
    if steps.seen(row) != print_seen:
        raise _too_late()
    _UNDOS[type(row)].cancel(request.actor, row)


def page_of(request: ActorRequest, token: str) -> str:
    """The page the gesture was made from, late or not; empty for what was not signed here, or is gone."""
    try:
        row, _ = _row(request, token, None)
    except Conflict:
        return ""
    return _UNDOS[type(row)].back(row)


def _row(request: ActorRequest, token: str, max_age: timedelta | None) -> tuple[Any, str]:
    try:
        label, pk, print_seen, user_id = signing.loads(token, salt=_SALT, max_age=max_age)
    except signing.BadSignature:
        raise _too_late() from None
    model: Any = apps.get_model(label)
    row = model._default_manager.visible_to(request.actor).filter(pk=pk).first()
    if row is None or user_id != user_id_of(request):
        raise _too_late()
    return row, print_seen


def _too_late() -> Conflict:
    return Conflict("too_late_to_undo", TOO_LATE)
