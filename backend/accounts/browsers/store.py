"""Where sessions are kept, and what happens when they cannot be: a busy database ends nobody's session.

A page that only reads is shown even when its session cannot be written: what is lost is a mark of the clock, a
message or a seat that the next page writes again. A page that changes something is answered as busy.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from backend.core.busy import is_busy, short_wait
from backend.core.middleware import SAFE_METHODS
from backend.core.values.numbers import whole_number


class SessionStore(DatabaseStore):
    """Django's, which takes a busy database for a session deleted meanwhile: ours tells them apart."""

    @classmethod
    def get_model_class(cls) -> Any:
        """Our table, where a session is found by its account."""
        from backend.accounts.models import OpenSession

        return OpenSession

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """The row to keep, with the account that signed in; none before."""
        row: Any = super().create_model_instance(data)
        row.user_id = whole_number(str(data.get(SESSION_KEY, "")))
        return row

    def save(self, must_create: bool = False) -> None:
        """Keep the session, or fail on what really failed."""
        try:
            super().save(must_create=must_create)
        except UpdateError as error:
            if isinstance(error.__context__, DatabaseError) and is_busy(error.__context__):
                raise error.__context__ from error.__context__.__cause__
            raise


class SessionsMiddleware(SessionMiddleware):
    """Opens the session of each request, the watch on the service excepted: it asks nobody who they are."""

    def process_request(self, request: HttpRequest) -> None:
        """Attach the session; an empty one for a page that serves to watch."""
        super().process_request(request)
        if _watches(request):
            request.session = self.SessionStore(None)

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Keep the session when it changed; a reading page does not wait long for that, nor fail on it."""
        if _watches(request):
            return response
        if request.method not in SAFE_METHODS or not _is_to_be_written(request):
            return super().process_response(request, response)
        try:
            with short_wait():
                return super().process_response(request, response)
        except DatabaseError as error:
            if not is_busy(error):
                raise
            return response


def _watches(request: HttpRequest) -> bool:
    return request.path_info.startswith(settings.WATCH_PREFIX)


def _is_to_be_written(request: HttpRequest) -> bool:
    session = getattr(request, "session", None)
    return session is not None and session.modified and not session.is_empty()
