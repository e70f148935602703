"""One verb, three lines: decorators that find the row in scope, check the shape, call the service, answer.

Each decorated method receives what the domain needs and gives back what the service returned:

    @verb(CloseStaySerializer, gives=ExitSerializer, may=may_manage_people)
    def close(self, stay: Stay, data: dict[str, Any]) -> Exit: ...

`may` is the right of the gesture as far as a role decides it: the page that offers it and the service ask the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Protocol

from django.db import transaction
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from backend.core.actor import Actor
from backend.core.api.errors import REFUSED
from backend.core.api.replays import once
from backend.core.api.serializers import NothingSerializer
from backend.core.errors import ensure

Takes = type[BaseSerializer[Any]]
Allowed = Callable[[Actor], bool]
Handler = Callable[..., Response]


class Window(Protocol):
    """What the decorators ask of a view set."""

    @property
    def actor(self) -> Actor: ...
    def read_body(self, takes: Takes, *, partial: bool = False) -> dict[str, Any]: ...
    def answer(
        self, done: Any, gives: Takes | None, *, status: int = 200, many: bool = False
    ) -> Response: ...
    def get_object(self) -> Any: ...
    def locked(self) -> Any: ...
    def check_match(self, row: Any) -> None: ...


@dataclass(frozen=True, slots=True)
class Endpoint:
    """What the documentation says of a verb. `gives` is the view's own serializer when None."""

    takes: Takes | None
    gives: Takes | None
    status: int
    is_matched: bool = False
    is_once: bool = False
    is_list: bool = False
    parameters: tuple[str, ...] = ()
    may: Allowed | None = None


def creates(
    takes: Takes, *, gives: Takes | None = None, may: Allowed
) -> Callable[[Callable[..., Any]], Handler]:
    """`POST` on the list: `method(self, data)` gives the new row. `Idempotency-Key` is honoured."""

    def decorate(method: Callable[..., Any]) -> Handler:
        @wraps(method)
        def create(self: Window, request: Request) -> Response:
            def work() -> Response:
                _check_role(self.actor, may)
                made = method(self, self.read_body(takes))
                return self.answer(made, gives, status=201)

            return once(request, self.actor, work)

        return _described(create, Endpoint(takes, gives, 201, is_once=True, may=may))

    return decorate


def asks(takes: Takes, *, gives: Takes, may: Allowed) -> Callable[[Callable[..., Any]], Handler]:
    """`POST` on a sub-path of a collection that only asks: `method(self, data)` gives what is shown; nothing is kept."""

    def decorate(method: Callable[..., Any]) -> Handler:
        @wraps(method)
        def ask(self: Window, request: Request) -> Response:
            _check_role(self.actor, may)
            shown = method(self, self.read_body(takes))
            return Response(gives(shown, context={"request": request}).data)

        described = _described(ask, Endpoint(takes, gives, 200, may=may))
        return action(detail=False, methods=["post"], url_path=method.__name__)(described)

    return decorate


def puts(takes: Takes, *, gives: Takes, may: Allowed) -> Callable[[Callable[..., Any]], Handler]:
    """`PUT` on a collection: `method(self, data)` gives what became of each row; sent again, it changes nothing."""

    def decorate(method: Callable[..., Any]) -> Handler:
        @wraps(method)
        def put(self: Window, request: Request) -> Response:
            _check_role(self.actor, may)
            done = method(self, self.read_body(takes))
            return Response(gives(done, context={"request": request}).data)

        return _described(put, Endpoint(takes, gives, 200, may=may))

    return decorate


def updates(takes: Takes, *, may: Allowed) -> Callable[[Callable[..., Any]], Handler]:
    """`PATCH` on one row: `method(self, row, data)`; `If-Match` is required and compared under lock."""

    def decorate(method: Callable[..., Any]) -> Handler:
        @wraps(method)
        def partial_update(self: Window, request: Request, pk: str) -> Response:
            with transaction.atomic():
                row = self.locked()
                _check_role(self.actor, may)
                self.check_match(row)
                return self.answer(method(self, row, self.read_body(takes, partial=True)), None)

        return _described(partial_update, Endpoint(takes, None, 200, is_matched=True, may=may))

    return decorate


def replaces(takes: Takes, *, gives: Takes, may: Allowed) -> Callable[[Callable[..., Any]], Handler]:
    """`PUT` on one row: `method(self, row, data)` answers; `If-Match` is required and compared under lock."""

    def decorate(method: Callable[..., Any]) -> Handler:
        @wraps(method)
        def update(self: Window, request: Request, pk: str) -> Response:
            with transaction.atomic():
                row = self.locked()
                _check_role(self.actor, may)
                self.check_match(row)
                done: Response = method(self, row, self.read_body(takes))
                return done

        return _described(update, Endpoint(takes, gives, 200, is_matched=True, may=may))

    return decorate


def verb(
    takes: Takes = NothingSerializer,
    *,
    may: Allowed,
    gives: Takes | None = None,
    status: int = 200,
    is_matched: bool = False,
    is_list: bool = False,
    url_path: str | None = None,
) -> Callable[[Callable[..., Any]], Handler]:
    """`POST` on a sub-path of one row: `method(self, row, data)`; `url_path` when a verb is not a name here.

    `is_matched` asks for `If-Match`, where the service corrects a version.
    """

    def decorate(method: Callable[..., Any]) -> Handler:
        @wraps(method)
        def act(self: Window, request: Request, pk: str) -> Response:
            def work() -> Response:
                row = self.locked()
                _check_role(self.actor, may)
                if is_matched:
                    self.check_match(row)
                done = method(self, row, self.read_body(takes))
                return self.answer(done, gives, status=status, many=is_list)

            return once(request, self.actor, work)

        endpoint = Endpoint(takes, gives, status, is_matched, is_once=True, is_list=is_list, may=may)
        return action(detail=True, methods=["post"], url_path=url_path or method.__name__)(
            _described(act, endpoint)
        )

    return decorate


def reads(
    gives: Takes, *, is_list: bool = False, parameters: tuple[str, ...] = ()
) -> Callable[[Callable[..., Any]], Handler]:
    """`GET` on a sub-path of one row: `method(self, row)` gives what is shown."""

    def decorate(method: Callable[..., Any]) -> Handler:
        @wraps(method)
        def read(self: Window, request: Request, pk: str) -> Response:
            return self.answer(method(self, self.get_object()), gives, many=is_list)

        endpoint = Endpoint(None, gives, 200, is_list=is_list, parameters=parameters)
        return action(detail=True, methods=["get"], url_path=method.__name__)(_described(read, endpoint))

    return decorate


def deletes(*, may: Allowed) -> Callable[[Callable[..., Any]], Handler]:
    """`DELETE` on one row: `method(self, row)`."""

    def decorate(method: Callable[..., Any]) -> Handler:
        @wraps(method)
        def destroy(self: Window, request: Request, pk: str) -> Response:
            with transaction.atomic():
                row = self.locked()
                _check_role(self.actor, may)
                self.check_match(row)
                method(self, row)
                return Response(status=204)

        return _described(destroy, Endpoint(None, None, 204, is_matched=True, may=may))

    return decorate


def endpoint_of(view: Any) -> Endpoint | None:
    """What was declared for the action being served or documented."""
    return getattr(getattr(view, view.action or "", None), "endpoint", None)


def _described(handler: Callable[..., Response], endpoint: Endpoint) -> Handler:
    handler.endpoint = endpoint  # type: ignore[attr-defined]
    return handler


def _check_role(actor: Actor, may: Allowed) -> None:
    """Say at once to a role that has no use for a verb that it is not theirs; the service checks again."""
    ensure(may(actor), "not_yours", REFUSED)
