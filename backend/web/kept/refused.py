"""A form sent too late (session ended, page older than the last sign-in): nothing is done, what was typed is kept.

The fields wait one hour, sealed, for the account that was shown the form and for nobody else; the person signs in
again when needed and comes back to the same form, filled. The page shows whose it is by a signed hidden field: it
is the only thing left to tell once the session is gone.
"""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, QueryDict
from django.utils import timezone

from backend.core.sealing.encryption import Unread
from backend.core.values.numbers import whole_number
from backend.core.wall.gates import Gate
from backend.core.wall.reach import lifted
from backend.web.forms.base import CalmForm
from backend.web.models import Draft
from backend.web.requests import ActorRequest, user_id_of

KEPT_FOR = timedelta(hours=1)
MAX_CHARS = 60_000
OWNER, BACK = "form_owner", "repris"
_FORM_ID = re.compile(r"[\w-]{1,45}")
_SEAT = "refused"
"""Not a seat: these fields belong to the account, whose seats are no longer known once its session has ended."""
_NOT_KEPT = frozenset({"csrfmiddlewaretoken", OWNER})


def owner_mark(user_id: int | None) -> str:
    """What a form says of who was shown it; nobody can write another account's."""
    return "" if user_id is None else _signer().sign(str(user_id))


def keep_refused(request: HttpRequest) -> str | None:
    """Keep what was typed for the account that was shown the form; where to find it again, None when nothing was kept.

    A form that does not say whose it is (a password, a sign-in) is never kept; nor is a form for somebody else than
    whoever is signed in now: it waits for its owner, and its address is told to nobody.
    """
    owner, form_id = _owner_of(request), request.POST.get("form_id", "")
    if owner is None or not _FORM_ID.fullmatch(form_id) or not _is_open(owner):
        return None
    content = json.dumps(
        {name: values for name, values in request.POST.lists() if name not in _NOT_KEPT}, ensure_ascii=False
    )
    if len(content) > MAX_CHARS:
        return None
    with lifted(Gate.AT_THE_DOOR):
        Draft.objects.update_or_create(
            user_id=owner, seat=_SEAT, form=f"{_SEAT}:{form_id}", defaults={"content": content}
        )
    if request.user.is_authenticated and request.user.pk != owner:
        return None
    query = request.GET.copy()
    query[BACK] = form_id
    return f"{request.path}?{query.urlencode()}"


def give_back(request: ActorRequest, form: CalmForm) -> None:
    """Fill the form with what its owner had sent too late, when they come back for it."""
    form_id = request.GET.get(BACK, "")
    if not form.is_bound and form_id and (data := kept_answers(request, form_id)) is not None:
        form.give_back(data)


def kept_answers(request: ActorRequest, form_id: str) -> QueryDict | None:
    """What its owner had sent by this form and is kept; None when nothing is, or no longer."""
    row = _kept(request, form_id).filter(saved_at__gt=timezone.now() - KEPT_FOR).first()
    if row is None or isinstance(row.content, Unread):
        return None
    data = QueryDict(mutable=True)
    for name, values in json.loads(row.content).items():
        data.setlist(name, values)
    return data


def drop_refused(request: ActorRequest, form_id: str) -> None:
    """Forget what was kept: it is recorded now."""
    _kept(request, form_id).delete()


def forget_refused(*, now: datetime | None = None) -> int:
    """Delete what nobody came back for; how many."""
    old = Draft.objects.filter(seat=_SEAT, saved_at__lt=(now or timezone.now()) - KEPT_FOR)
    return old.delete()[0]


def _kept(request: ActorRequest, form_id: str) -> Any:
    return Draft.objects.filter(user_id=user_id_of(request), seat=_SEAT, form=f"{_SEAT}:{form_id}")


def _owner_of(request: HttpRequest) -> int | None:
    try:
        return whole_number(_signer().unsign(request.POST.get(OWNER, "")))
    except BadSignature:
        return None


def _is_open(user_id: int) -> bool:
    return get_user_model().objects.filter(pk=user_id, is_active=True).exists()


def _signer() -> Signer:
    return Signer(salt="passerelles.form-owner")
