"""From a refused form to the gesture that lifts the refusal, and back: nothing is typed twice.

The refused form is kept, as one sent too late is, with what the rule knows (the days a decision would cover): nothing of
it stands in an address. The gesture opens on what was handed over; once done, the way back leads to the form, filled.
"""

from __future__ import annotations

from collections.abc import Collection

from django.http import QueryDict
from django.utils.http import urlencode

from backend.web.forms.base import HANDED
from backend.web.kept.refused import BACK, keep_refused, kept_answers
from backend.web.requests import ActorRequest, is_ours

RESUMES = "resumes"
_AFTER, _ADDRESS = "suite", "de"


def hand_over(request: ActorRequest) -> str:
    """Keep the refused form that was just sent here; the address of the gesture that follows, empty for any other sending.

    An address of its own: « Back » finds the gesture again, and sends nothing twice.
    """
    if HANDED not in request.POST:
        return ""
    kept = keep_refused(request)
    return f"{request.path}?{urlencode({_AFTER: request.POST['form_id']})}" if kept else request.path


def handed_over(request: ActorRequest, names: Collection[str]) -> dict[str, str]:
    """What the refused form says of these fields, and where to resume it; nothing when none led here."""
    form_id = request.GET.get(_AFTER, "")
    kept = kept_answers(request, form_id) if form_id else None
    if kept is None:
        return {}
    said = QueryDict(kept.get(HANDED, ""))
    found = {name: said[name] for name in names if name in said}
    address = said.get(_ADDRESS, "")
    return found | ({RESUMES: f"{address}?{urlencode({BACK: form_id})}"} if is_ours(address) else {})


def way_back(address: str, *, otherwise: str) -> str:
    """The refused form again, filled with what was typed there; elsewhere when none led here."""
    return address if is_ours(address) else otherwise
