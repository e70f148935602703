"""The OpenAPI document: generated from the endpoints, refusals included."""

from __future__ import annotations

from typing import Any, ClassVar

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from drf_spectacular.views import SpectacularJSONAPIView, SpectacularSwaggerSplitView
from rest_framework import serializers

from backend.core.api.endpoints import Endpoint, endpoint_of


class FieldErrorSerializer(serializers.Serializer[Any]):
    """Une chose à corriger."""

    field = serializers.CharField(allow_null=True, help_text="Champ concerné, par exemple « tasks.0.level ».")
    code = serializers.CharField()
    detail = serializers.CharField()


class ErrorSerializer(serializers.Serializer[Any]):
    """Un refus : ce qui s’est passé, pourquoi, quoi faire."""

    code = serializers.CharField(help_text="Code stable, pour les outils.")
    detail = serializers.CharField(help_text="Phrase à montrer à une personne.")
    field = serializers.CharField(allow_null=True, help_text="Champ concerné, s’il y en a un.")
    basis = serializers.CharField(allow_null=True, help_text="Texte de loi ou de pratique, s’il y en a un.")
    rule = serializers.CharField(
        allow_null=True, help_text="Où lire la règle, « /regles/#R02 », s’il y en a une."
    )
    errors = FieldErrorSerializer(  # type: ignore[assignment]
        many=True, required=False, help_text="Toutes les choses à corriger, champ par champ."
    )


class ApiSchema(AutoSchema):
    """What our decorators declare, written in OpenAPI."""

    view: Any

    @property
    def _endpoint(self) -> Endpoint | None:
        return endpoint_of(self.view)

    def get_operation_id(self) -> str:
        """« stays_close »: the table, then the verb."""
        words = {"partial_update": "update", "destroy": "delete"}
        name = words.get(self.view.action, self.view.action)
        return f"{self.view.basename.replace('-', '_')}_{name}"

    def get_tags(self) -> list[str]:
        """One chapter per table."""
        return [self.view.basename]

    def get_description(self) -> str:  # type: ignore[override]
        """What the table holds, then what the verb does."""
        said = [self.view.__class__.__doc__, getattr(self.view, self.view.action).__doc__]
        return "\n\n".join(" ".join(each.split()) for each in said if each)

    def get_request_serializer(self) -> Any:
        """The body of the verb."""
        return self._endpoint.takes if self._endpoint else None

    def get_response_serializers(self) -> Any:
        """The answer of the verb; lists and readings show the table's own."""
        endpoint = self._endpoint
        if endpoint is None:
            return self.view.get_serializer_class()
        if endpoint.status == 204:
            return {204: None}
        shown = endpoint.gives or self.view.get_serializer_class()
        return {endpoint.status: shown(many=True) if endpoint.is_list else shown}

    def get_override_parameters(self) -> list[Any]:
        """Headers of versions and replays, parameters of readings."""
        endpoint = self._endpoint
        found = [self._id()] if self.view.detail else []
        found += [_etag()] if self.view.action == "retrieve" else []
        if endpoint is None:
            return found
        found += [_IF_MATCH] if endpoint.is_matched else []
        found += [_IDEMPOTENCY_KEY] if endpoint.is_once else []
        return [*found, *(_PARAMETERS[name] for name in endpoint.parameters)]

    def _id(self) -> OpenApiParameter:
        if "a-f" in self.view.lookup_value_regex:
            return OpenApiParameter("id", OpenApiTypes.UUID, OpenApiParameter.PATH, required=True)
        return _ID

    def _is_list_view(self, serializer: Any = None) -> bool:
        endpoint = self._endpoint
        if endpoint is not None:
            return endpoint.is_list
        if isinstance(serializer, serializers.ListSerializer):
            return True
        return bool(self.view.action == "list" and self.view.pagination_class is not None)

    def _get_paginator(self) -> Any:
        return self.view.paginator if self.view.action == "list" else None

    def get_filter_backends(self) -> list[Any]:
        """Filters speak of lists only."""
        return super().get_filter_backends() if self.view.action == "list" else []

    def _get_response_bodies(self, direction: Any = "response") -> Any:
        bodies = super()._get_response_bodies(direction)
        for code in sorted(self._refusals()):
            bodies[str(code)] = self._get_response_for_code(ErrorSerializer, str(code))
            bodies[str(code)]["description"] = REFUSALS[code]
        return bodies

    def _refusals(self) -> set[int]:
        """Which refusals this verb may answer."""
        refusals = {400, 401, 404, 406, 429}
        if self.method == "GET":
            return refusals | {403} if self._endpoint or self.view.refuses_roles else refusals
        refusals |= {403, 409, 413, 415, 503}
        if self._endpoint and self._endpoint.is_matched:
            refusals |= {412, 428}
        if self._endpoint and self._endpoint.is_once:
            refusals |= {422}
        return refusals


REFUSALS = {
    400: "Un champ ou un paramètre est à corriger, ou une règle du métier refuse.",
    401: "Il faut se connecter, ou présenter un jeton valide.",
    403: "L’élément est visible, mais cette action n’appartient pas à ce rôle.",
    404: "Absent, ou hors de votre périmètre : la réponse est la même.",
    406: "L’API répond en JSON.",
    409: "L’état actuel ne le permet pas, ou la même demande est en cours.",
    412: "Quelqu’un a modifié l’élément depuis votre lecture.",
    413: "Le contenu envoyé est trop volumineux.",
    415: "Le contenu s’envoie en JSON.",
    422: "Cette clé d’idempotence a servi pour une autre demande.",
    428: "L’en-tête If-Match est nécessaire.",
    429: "Trop de demandes en une minute ; l’en-tête Retry-After dit combien de secondes attendre.",
    503: "Un autre enregistrement est en cours ; réessayez.",
}

_ID = OpenApiParameter(
    "id", {"type": "integer", "minimum": 1, "maximum": 10**18 - 1}, OpenApiParameter.PATH, required=True
)
_IF_MATCH = OpenApiParameter(
    "If-Match",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    required=True,
    description="L’ETag reçu à la lecture : la version que vous modifiez.",
)
_IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    description="Une clé par demande : l’envoyer deux fois n’enregistre qu’une fois.",
)
_PARAMETERS = {
    "beneficiary": OpenApiParameter(
        "beneficiary", OpenApiTypes.INT, required=True, description="Identifiant de la personne."
    ),
    "with": OpenApiParameter("with", OpenApiTypes.INT, required=True, description="Identifiant de l’autre."),
    "to": OpenApiParameter(
        "to", OpenApiTypes.STR, description="Vers quel employeur : un type de structure, ou `ORDINAIRE`."
    ),
    "tie": OpenApiParameter(
        "tie",
        OpenApiTypes.STR,
        description="Le même employeur (`MEME`), le même groupe (`GROUPE`), un autre (`AUTRE`).",
    ),
    "on": OpenApiParameter("on", OpenApiTypes.DATE, description="Le premier jour là-bas."),
    "job": OpenApiParameter("job", OpenApiTypes.STR, description="Le code ROME du travail, s’il est connu."),
    "top": OpenApiParameter(
        "top",
        {"type": "integer", "minimum": 1, "maximum": 100},
        description="Nombre de lignes, 20 par défaut.",
    ),
}


def _etag() -> OpenApiParameter:
    return OpenApiParameter(
        "ETag",
        OpenApiTypes.STR,
        OpenApiParameter.HEADER,
        response=[200],
        description="La version lue, à renvoyer dans If-Match pour modifier.",
    )


class SessionScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """The browser's session, in the document."""

    target_class = "backend.core.api.authentication.SeatSessionAuthentication"
    name = "session"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """A cookie."""
        return {
            "type": "apiKey",
            "in": "cookie",
            "name": "sessionid",
            "description": "Session du navigateur.",
        }


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """A token sitting in one seat, in the document."""

    target_class = "backend.core.api.authentication.SeatTokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """A header."""
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "« Token … », créé dans « Jetons d’API » depuis un siège ; il finit avec lui.",
        }


class SchemaView(SpectacularJSONAPIView):
    """The document itself, in JSON."""

    http_method_names: ClassVar[list[str]] = ["get", "head"]  # type: ignore[misc]


class DocsView(SpectacularSwaggerSplitView):
    """The interactive page; its script comes from a second address, as the content policy wants."""

    http_method_names: ClassVar[list[str]] = ["get", "head"]  # type: ignore[misc]
    url_name = "api:schema"
    template_name = "core/api_docs.html"
