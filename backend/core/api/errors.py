"""How the API says no: one shape in French, whoever refuses (domain, forms of data, framework)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import (
    NON_FIELD_ERRORS,
    ObjectDoesNotExist,
    PermissionDenied,
    RequestDataTooBig,
    ValidationError,
)
from django.db import DatabaseError, InterfaceError
from django.http import Http404
from rest_framework import exceptions, status
from rest_framework.response import Response
from rest_framework.settings import api_settings
from rest_framework.views import set_rollback

from backend.core.busy import BUSY, RETRY_AFTER_SECONDS, is_busy
from backend.core.errors import Conflict, DomainError, InProgress, KeyReused, NotPermitted, OutOfReach
from backend.core.pages.pace import TOO_FAST
from backend.core.rule_lines import address_behind
from backend.core.sealing.encryption import UNREADABLE, Undecipherable

NOT_FOUND = "Cette adresse ne correspond à rien dans votre périmètre. Vérifiez l’identifiant."
REFUSED = "Votre rôle ne permet pas cette action. Demandez à la personne responsable de votre structure."
_WORDS: dict[type[exceptions.APIException], str] = {
    exceptions.NotAuthenticated: "Connectez-vous, ou présentez un jeton valide, pour continuer.",
    exceptions.NotFound: NOT_FOUND,
    exceptions.MethodNotAllowed: "Cette adresse n’accepte pas cette méthode. Consultez la documentation.",
    exceptions.NotAcceptable: "L’API répond en JSON seulement. Demandez « application/json ».",
    exceptions.ParseError: "Le contenu envoyé n’est pas du JSON lisible. Corrigez-le, puis recommencez.",
    exceptions.UnsupportedMediaType: "Envoyez le contenu en JSON, avec le type « application/json ».",
}
_TOO_LARGE = "Le contenu envoyé est trop volumineux. Envoyez moins de données à la fois."


# Where the framework's sentence repeats what was sent, ours does not.
_WORDS_OF_CODE = {
    "invalid_choice": "Ce choix n’existe pas. Consultez la liste dans la documentation.",
    "null": "Ce champ ne peut pas être nul. Donnez une valeur, ou retirez le champ.",
    "not_a_list": "Une liste est attendue ici.",
    "not_a_dict": "Un objet est attendu ici.",
}


class PreconditionRequired(exceptions.APIException):
    """A change arrived without saying which version it corrects (RFC 6585)."""

    status_code = status.HTTP_428_PRECONDITION_REQUIRED
    default_code = "version_needed"
    default_detail = (
        "Indiquez dans l’en-tête If-Match la version que vous modifiez : c’est l’ETag reçu à la lecture."
    )


class PreconditionFailed(exceptions.APIException):
    """Someone else wrote in between; nothing was changed (RFC 9110)."""

    status_code = status.HTTP_412_PRECONDITION_FAILED
    default_code = "conflict"
    default_detail = (
        "Quelqu’un a modifié cet élément depuis votre lecture. Relisez-le, puis envoyez à nouveau votre "
        "modification."
    )


def french_errors(exc: Exception, context: dict[str, Any]) -> Response | None:
    """`{"code", "detail", "field", "basis", "rule"}`; None leaves what we did not foresee to Django."""
    answer = _of_domain(exc) or _of_framework(exc)
    if answer is not None:
        set_rollback()
    return answer


def _of_domain(exc: Exception) -> Response | None:
    match exc:
        case OutOfReach():
            return _absent()
        case NotPermitted():
            return Response(_said(exc), status.HTTP_403_FORBIDDEN)
        case InProgress():
            headers = {"Retry-After": RETRY_AFTER_SECONDS}
            return Response(_said(exc), status.HTTP_409_CONFLICT, headers=headers)
        case Conflict():
            return Response(_said(exc), status.HTTP_409_CONFLICT)
        case KeyReused():
            return Response(_said(exc), status.HTTP_422_UNPROCESSABLE_ENTITY)
        case DomainError():
            return Response(_said(exc), status.HTTP_400_BAD_REQUEST)
        case ValidationError():
            return _invalid(list(_of_model(exc)))
        case _:
            return None


def _said(error: DomainError) -> dict[str, Any]:
    """What the domain refuses, and where the rule behind it is read; of several inputs, all of them in `errors`."""
    said = {**error.as_dict(), "rule": address_behind(error.code)}
    if not error.others:
        return said
    found = [
        {"code": each.code, "detail": each.message, "field": each.field} for each in (error, *error.others)
    ]
    return {**said, "errors": found}


def _of_framework(exc: Exception) -> Response | None:
    match exc:
        case Http404() | ObjectDoesNotExist():
            return _absent()
        case PermissionDenied():
            return _answer("not_permitted", REFUSED, status.HTTP_403_FORBIDDEN)
        case Undecipherable():
            return _answer("unreadable", UNREADABLE, status.HTTP_503_SERVICE_UNAVAILABLE)
        case RequestDataTooBig():
            return _answer("too_large", _TOO_LARGE, status.HTTP_413_REQUEST_ENTITY_TOO_LARGE)
        case DatabaseError() | InterfaceError() if is_busy(exc):
            headers = {"Retry-After": RETRY_AFTER_SECONDS}
            return _answer("busy", BUSY, status.HTTP_503_SERVICE_UNAVAILABLE, headers)
        case exceptions.ValidationError():
            return _invalid(list(_flat(exc.detail)))
        case exceptions.APIException():
            return _of_rest(exc)
        case _:
            return None


def _of_rest(exc: exceptions.APIException) -> Response:
    """The framework's own refusals, in our words when it only has generic ones."""
    own = exc.detail if isinstance(exc.detail, str) and exc.detail != str(exc.default_detail) else None
    if isinstance(exc, exceptions.MethodNotAllowed | exceptions.UnsupportedMediaType | exceptions.ParseError):
        own = None  # they repeat what was sent
    headers = {}
    if isinstance(exc, exceptions.Throttled):
        own = exceptions.ErrorDetail(TOO_FAST)  # the framework's sentence adds one of its own
    if getattr(exc, "auth_header", None):
        headers["WWW-Authenticate"] = exc.auth_header  # type: ignore[attr-defined]
    words = own or _WORDS.get(type(exc)) or str(exc.detail)
    if type(exc) is exceptions.PermissionDenied and own is None:
        words = REFUSED
    return _answer(_code_of(exc), words, exc.status_code, headers)


def _code_of(exc: exceptions.APIException) -> str:
    codes = exc.get_codes()
    return codes if isinstance(codes, str) else str(exc.default_code)


def _absent() -> Response:
    """The same bytes for what does not exist and for what is out of scope."""
    return _answer("not_found", NOT_FOUND, status.HTTP_404_NOT_FOUND)


def _answer(
    code: str, detail: str, status_code: int, headers: dict[str, str] | None = None, field: str | None = None
) -> Response:
    body = {"code": code, "detail": detail, "field": field, "basis": None, "rule": None}
    return Response(body, status_code, headers=headers or None)


def _invalid(found: list[dict[str, str | None]]) -> Response:
    """The first thing to correct in the usual shape, and all of them in `errors`."""
    first = found[0] if found else {"code": "invalid", "detail": _WORDS[exceptions.ParseError], "field": None}
    return Response({**first, "basis": None, "rule": None, "errors": found}, status.HTTP_400_BAD_REQUEST)


def _of_model(error: ValidationError) -> Iterator[dict[str, str | None]]:
    by_field = error.error_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.error_list}
    for field, errors in by_field.items():
        for each in errors:
            name = None if field == NON_FIELD_ERRORS else field
            code = each.code or "invalid"
            yield {"code": code, "detail": _WORDS_OF_CODE.get(code, " ".join(each.messages)), "field": name}


def _flat(detail: Any, path: str = "") -> Iterator[dict[str, str | None]]:
    """Every message with the path of its field: « tasks.0.level »."""
    if isinstance(detail, Mapping):
        for name, inner in detail.items():
            here = "" if name == api_settings.NON_FIELD_ERRORS_KEY else str(name)
            yield from _flat(inner, ".".join(part for part in (path, here) if part))
    elif isinstance(detail, list):
        for position, inner in enumerate(detail):
            deeper = isinstance(inner, Mapping | list)
            yield from _flat(inner, f"{path}.{position}" if deeper and path else path)
    else:
        code = getattr(detail, "code", "invalid")
        yield {"code": code, "detail": _WORDS_OF_CODE.get(code, str(detail)), "field": path or None}
