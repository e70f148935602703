"""What a refused request had sent: shown again to whoever typed it, ready to be copied or sent once more."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.http.request import RawPostDataException
from django.urls import Resolver404, resolve
from rest_framework.authentication import CSRFCheck

LONG = 60
"""From how many signs what was typed is shown, to be read again and copied."""
_AS_OPENED = "initial-"
_SECRET, _SECRET_OF_AN_ACCOUNT = frozenset({"again"}), frozenset({"again", "code"})
"""Fields that no page ever writes back, beside passwords; six digits are a `code` where an account is opened or proved."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What a refused request had sent, ready to be sent again."""

    fields: tuple[tuple[str, str], ...] = field(default=())
    is_whole: bool = False
    had_files: bool = False

    @property
    def short(self) -> list[tuple[str, str]]:
        """Choices, days and numbers."""
        return [each for each in self.fields if len(each[1]) < LONG]

    @property
    def long(self) -> list[tuple[str, str]]:
        """Texts that somebody took time to write."""
        return [each for each in self.fields if len(each[1]) >= LONG]

    @property
    def written(self) -> list[str]:
        """Words of somebody, one after the other, long or not: neither a choice, nor a day, nor what a form opened with."""
        return [
            value for name, value in self.fields if not name.startswith(_AS_OPENED) and len(value.split()) > 1
        ]


def sent_in(request: HttpRequest) -> Sent:
    """What was typed, files and secrets excepted; nothing for a request that does not come from our own page."""
    try:
        if _comes_from_elsewhere(request):
            return Sent()
        kept = [(name, str(value)) for name, values in request.POST.lists() for value in values]
        had_files = bool(request.FILES)
    except (SuspiciousOperation, RawPostDataException, MultiPartParserError):
        return Sent()
    secret = _SECRET if _is_a_screen(request) else _SECRET_OF_AN_ACCOUNT
    if any(name in secret or "password" in name for name, _ in kept):
        return Sent()
    return Sent(tuple(each for each in kept if each[0] != "csrfmiddlewaretoken"), True, had_files)


def _is_a_screen(request: HttpRequest) -> bool:
    """One of our pages, where a `code` is that of a title or of a bloc; the others open an account or prove it."""
    try:
        return resolve(request.path_info).namespace == "web"
    except Resolver404:
        return False


def _comes_from_elsewhere(request: HttpRequest) -> bool:
    """The door may have failed before looking at the token: we never lend ours to what another site sent."""
    check = CSRFCheck(lambda _: None)  # type: ignore[arg-type]
    check.process_request(request)
    return check.process_view(request, lambda _: HttpResponse(), (), {}) is not None
