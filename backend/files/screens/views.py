"""A file leaves as something to save, never as a page of ours."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header, url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_safe

from backend.core.errors import DomainError
from backend.files.enums import FileKind
from backend.files.models import StoredFile
from backend.files.permissions import may_read_files, may_send_files
from backend.files.services import open_file, take_away
from backend.web.access import only
from backend.web.requests import ActorRequest
from backend.web.submission import answer_action


@only(may_read_files)
@require_safe
def file_open(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """The bytes, to save: no browser runs them, keeps them or guesses what they are."""
    stored = get_object_or_404(StoredFile.objects.visible_to(request.actor), pk=pk)
    try:
        content = open_file(actor=request.actor, stored=stored)
    except DomainError as error:
        raise Http404(error.message) from error
    return sent_to_save(stored, content)


def sent_to_save(stored: StoredFile, content: bytes) -> HttpResponse:
    """The headers every file leaves with, from a page or from the API."""
    answer = HttpResponse(content, content_type=FileKind(stored.kind).content_type)
    answer["Content-Disposition"] = content_disposition_header(True, stored.download_name) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'; frame-ancestors 'none'"
    answer["Cache-Control"] = "private, no-store"
    return answer


@only(may_send_files)
@require_http_methods(["GET", "HEAD", "POST"])
def file_take_away(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Say what will happen, then do it."""
    stored = get_object_or_404(StoredFile.objects.visible_to(request.actor), pk=pk)
    back = _back(request)
    if request.method != "POST":
        return render(request, "files/take_away.html", {"file": stored, "back": back})
    return answer_action(
        request,
        act=lambda: take_away(actor=request.actor, stored=stored),
        done="La pièce est retirée.",
        back=back,
    )


def _back(request: ActorRequest) -> str:
    """Where the press came from, on this site only."""
    asked = request.POST.get("retour") or request.GET.get("retour", "")
    return asked if url_has_allowed_host_and_scheme(asked, allowed_hosts=None) else "/"
