"""The button of a notice: what was just recorded is taken back."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from backend.web import undo
from backend.web.access import only
from backend.web.permissions import takes_back_at_once
from backend.web.requests import ActorRequest
from backend.web.submission import answer_action


@only(takes_back_at_once)
@require_POST
def undo_last(request: ActorRequest) -> HttpResponse:
    """Take back what this very account recorded a moment ago; said where it was recorded."""
    token = request.POST.get("undo", "")
    back = undo.page_of(request, token) or reverse("web:home")
    return answer_action(request, act=lambda: undo.take_back(request, token), done="C’est annulé.", back=back)
