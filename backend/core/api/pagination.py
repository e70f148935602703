"""Lists come by pages, of a bounded size."""

from __future__ import annotations

import re
from typing import Any

from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.pagination import PageNumberPagination
from rest_framework.request import Request
from rest_framework.response import Response

_NUMBER = re.compile(r"[1-9][0-9]{0,17}")
_BAD = "Indiquez un nombre entier à partir de 1."


class Pages(PageNumberPagination):
    """`?page=2&page_size=50`: 25 rows by default, never more than 100."""

    page_size = 25
    page_size_query_param = "page_size"
    max_page_size = 100
    page_query_description = "Numéro de la page, à partir de 1."
    page_size_query_description = "Nombre de lignes par page, 100 au plus."

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any] | None:
        """One page; 400 when its number is not one, 404 when there is no such page."""
        _whole_number(request, self.page_query_param)
        try:
            return super().paginate_queryset(queryset, request, view=view)
        except NotFound as error:
            raise NotFound(
                "Il n’y a pas de page à ce numéro. Revenez à la première.", "no_such_page"
            ) from error

    def get_page_size(self, request: Request) -> int | None:
        """What was asked; 400 past the limit."""
        asked = _whole_number(request, "page_size")
        if asked is not None and asked > self.max_page_size:
            raise ValidationError({"page_size": [f"Demandez {self.max_page_size} lignes au plus par page."]})
        return super().get_page_size(request)

    def get_paginated_response(self, data: Any) -> Response:
        """Rows with the count and the neighbouring pages."""
        return super().get_paginated_response(data)


def _whole_number(request: Request, name: str) -> int | None:
    value = request.query_params.get(name)
    if value is not None and not _NUMBER.fullmatch(value):
        raise ValidationError({name: [_BAD]})
    return None if value is None else int(value)
