"""What somebody is typing, kept on the server as they type, given back when they return."""

from __future__ import annotations

import json
from enum import Enum
from typing import Any

from django.db import transaction
from django.http import QueryDict

from backend.core.idempotency import hold_unused
from backend.core.sealing.encryption import Unread
from backend.web.models import Draft
from backend.web.requests import ActorRequest, user_id_of

MAX_CHARS = 40_000
_NOT_KEPT = frozenset({"csrfmiddlewaretoken", "form_id", "form_owner", "version"})


class Kept(Enum):
    """What became of a draft, as the page is told."""

    KEPT = 204
    ALREADY_RECORDED = 409
    TOO_LONG = 413


@transaction.atomic
def keep_draft(request: ActorRequest, form: str) -> Kept:
    """Remember what the form holds now, unless that very form was recorded in between.

    Typing and recording cross on their way here: whichever comes second waits for the first, so that what is
    recorded never comes back as a draft.
    """
    content = json.dumps(_values(request.POST), ensure_ascii=False)
    if len(content) > MAX_CHARS:
        return Kept.TOO_LONG
    key = request.POST.get("form_id", "")
    if key and not hold_unused(user_id=user_id_of(request), key=key):
        return Kept.ALREADY_RECORDED
    Draft.objects.update_or_create(
        user_id=user_id_of(request),
        seat=request.actor.seat,
        form=form,
        defaults={"content": content},
    )
    return Kept.KEPT


def draft_of(request: ActorRequest, form: str) -> Draft | None:
    """The actor's own draft of this form, from this seat."""
    draft: Draft | None = _own(request, form).first()
    # One that no key opens any more is worth nothing to whoever typed it: it is as if there were none.
    return None if draft is None or isinstance(draft.content, Unread) else draft


def drop_draft(request: ActorRequest, form: str) -> None:
    """Forget the draft: what it held is recorded, or was given up."""
    _own(request, form).delete()


def initial_of(draft: Draft | None) -> dict[str, Any]:
    """The draft as a form's initial values."""
    return json.loads(draft.content) if draft else {}


def _own(request: ActorRequest, form: str) -> Any:
    return Draft.objects.filter(user_id=user_id_of(request), seat=request.actor.seat, form=form)


def _values(data: QueryDict) -> dict[str, Any]:
    """One value as text, several as a list (« topics » is always a list)."""
    kept: dict[str, Any] = {}
    for name, values in data.lists():
        if name not in _NOT_KEPT:
            kept[name] = values if len(values) > 1 or name == "topics" else values[0]
    return kept
