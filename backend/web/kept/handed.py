"""From a refused form to the gesture that lifts the refusal, and back: nothing is typed twice.

The refused form hands over what the rule knows (the days a decision would cover) and waits, kept as a form sent too late
is; the gesture once done, the way back leads to it, filled.
"""

from __future__ import annotations

from collections.abc import Collection

from django.http import HttpRequest, QueryDict
from django.utils.http import urlencode

from backend.web.kept.refused import BACK, keep_refused
from backend.web.requests import is_ours

HANDED, RESUMES, _ADDRESS = "handed", "resumes", "de"


def handed_over(request: HttpRequest, names: Collection[str]) -> dict[str, str] | None:
    """What a refused form says of these fields, and where to resume it; None when nothing was handed over."""
    if HANDED not in request.POST:
        return None
    said = QueryDict(request.POST[HANDED])
    found = {name: said[name] for name in names if name in said}
    address = said.get(_ADDRESS, "")
    if is_ours(address) and keep_refused(request):
        found[RESUMES] = f"{address}?{urlencode({BACK: request.POST['form_id']})}"
    return found


def way_back(address: str, *, otherwise: str) -> str:
    """The refused form again, filled with what was typed there; elsewhere when none led here."""
    return address if is_ours(address) else otherwise
