"""The base of every endpoint: rows in scope, declared parameters, one shape of answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db import models
from django.http import Http404
from rest_framework.exceptions import ErrorDetail, Throttled, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer
from rest_framework.views import APIView
from rest_framework.viewsets import GenericViewSet

from backend.core.actor import Actor
from backend.core.api.endpoints import endpoint_of
from backend.core.api.filters import StrictFilterBackend, refuse_unknown_parameters
from backend.core.api.parsers import BoundedJSONParser
from backend.core.api.schema import ApiSchema
from backend.core.api.versions import check_match, etag_of
from backend.core.pages.pace import API, EXPORT, SEARCH, TOO_FAST, Pace, count
from backend.core.pages.shown import people_of, show_people

UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
"""How the number of a row reads in an address, where it is drawn rather than counted."""


class ApiViewSet(GenericViewSet[Any]):
    """Signed in, JSON, declared parameters only."""

    schema = ApiSchema()
    parser_classes = (BoundedJSONParser,)
    metadata_class = None
    filter_backends: Any = ()
    http_method_names = ("get", "head", "post", "patch", "delete")
    lookup_value_regex = "[0-9]{1,18}"
    is_export = False
    pace: Pace | None = None
    refuses_roles = False
    """Whether reading may answer 403: only where a figure, and no row, is asked for."""

    @property
    def actor(self) -> Actor:
        """Who asks."""
        actor: Actor = self.request.actor  # type: ignore[attr-defined]
        return actor

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Check the door, then the parameters."""
        super().initial(request, *args, **kwargs)
        self.pace = count(self._kind_of_request(request), self.actor.seat)
        if self.pace.is_too_fast:
            raise Throttled(self.pace.seconds, TOO_FAST)
        if self.action:
            refuse_unknown_parameters(request, self.known_parameters())

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Every answer says where one stands before the limit."""
        answer = super().finalize_response(request, response, *args, **kwargs)
        if self.pace is not None:
            self.pace.mark(answer)
        return answer

    def _kind_of_request(self, request: Request) -> str:
        """What is counted apart: exports asked for, lists searched by words, and all the rest."""
        if self.action == "create" and self.is_export:
            return EXPORT
        return SEARCH if self.action == "list" and request.query_params.get("q") else API

    def known_parameters(self) -> set[str]:
        """Names this action understands in its address."""
        endpoint = endpoint_of(self)
        if endpoint is not None:
            return set(endpoint.parameters)
        if self.action != "list":
            return set()
        filters = getattr(self, "filterset_class", None)
        return {"page", "page_size", *(filters.base_filters if filters else ())}

    def read_body(self, takes: type[BaseSerializer[Any]], *, partial: bool = False) -> dict[str, Any]:
        """What was sent, in the types the service expects; 400 otherwise."""
        if not isinstance(self.request.data, Mapping):
            raise ValidationError([ErrorDetail("not an object", "not_a_dict")])
        body = takes(data=self.request.data, partial=partial, context=self.get_serializer_context())
        body.is_valid(raise_exception=True)
        read: dict[str, Any] = body.validated_data
        return read

    def answer(
        self, done: Any, gives: type[BaseSerializer[Any]] | None, *, status: int = 200, many: bool = False
    ) -> Response:
        """What was done, as it now reads, with its version; nothing when there is nothing left to read."""
        if done is None:
            return Response(status=204)
        serializer = gives or self.get_serializer_class()
        shown = done if many or gives else self.read_again(done)
        data = serializer(shown, many=many, context=self.get_serializer_context()).data
        headers = {} if many else {"ETag": etag_of(shown, data)}
        if status == 201 and gives is None:
            headers["Location"] = self.reverse_action("detail", args=[done.pk])
        return Response(data, status, headers=headers)

    def read_again(self, done: Any) -> Any:
        """The row as its own address would show it."""
        return done

    def paged(self, rows: Any) -> Response:
        """One page of rows already shaped."""
        page = self.paginate_queryset(rows)
        show_people(self.request, people_of(page or ()))
        return self.get_paginated_response(self.get_serializer(page, many=True).data)


class DomainViewSet(ApiViewSet):
    """Endpoints over one table, within what the actor may see."""

    filter_backends = (StrictFilterBackend,)
    model: ClassVar[type[models.Model]]
    joins: ClassVar[tuple[str, ...]] = ()

    def get_queryset(self) -> Any:
        """Rows in scope, with what showing them needs."""
        rows = self.model._default_manager.all()
        if getattr(self, "swagger_fake_view", False):
            return rows.none()
        scoped = self.scoped(rows)
        return self.shaped(scoped.select_related(*self.joins) if self.joins else scoped)

    def scoped(self, rows: Any) -> Any:
        """What this actor may see; public knowledge overrides it."""
        return rows.visible_to(self.actor)

    def shaped(self, rows: Any) -> Any:
        """Prefetches, so that a list asks as many questions for a hundred rows as for one."""
        return rows

    def get_object(self) -> Any:
        """The row of the address; absent and out of scope are the same 404."""
        row = self.get_queryset().filter(pk=self.kwargs["pk"]).first()
        if row is None:
            raise Http404
        return row

    def locked(self) -> Any:
        """The same row, nobody else changing it until the transaction ends."""
        row = self.get_object()
        return self.model._default_manager.select_for_update(of=("self",)).get(pk=row.pk)

    def read_again(self, done: Any) -> Any:
        """The row with its joins, in scope; as the service left it when it has gone out of scope."""
        if not isinstance(done, self.model):
            return done
        return self.get_queryset().filter(pk=done.pk).first() or done

    def check_match(self, row: Any) -> None:
        """Compare `If-Match` with the version of a locked row."""
        shown = self.read_again(row)
        data = self.get_serializer_class()(shown, context=self.get_serializer_context()).data
        check_match(self.request, etag_of(shown, data))


class Lists:
    """`GET` on the list."""

    def list(self, request: Request) -> Response:
        """Ce que votre rôle permet de voir, page par page ; vide quand il ne permet de rien voir."""
        return self.paged(self.filter_queryset(self.get_queryset()))  # type: ignore[attr-defined, no-any-return]


class Shows:
    """`GET` on one row."""

    def retrieve(self, request: Request, pk: str) -> Response:
        """Un élément, avec sa version dans l’en-tête ETag."""
        row = self.get_object()  # type: ignore[attr-defined]
        self.was_read(row)
        data = self.get_serializer(row).data  # type: ignore[attr-defined]
        return Response(data, headers={"ETag": etag_of(row, data)})

    def was_read(self, row: Any) -> None:
        """What the trail should remember of a reading; nothing by default."""


class UnknownAddress(APIView):
    """Any other address under the API: the same 404 as an absent row, 401 for a stranger."""

    schema = None
    parser_classes = (BoundedJSONParser,)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Check the door, then say that there is nothing here."""
        super().initial(request, *args, **kwargs)
        raise Http404
