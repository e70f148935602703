"""How the domain says no: one error, told the same way by the API, the screens and the command line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import Any, Protocol

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError


class DomainError(Exception):
    """A refusal a person can act on: what happened, why, what to do next.

    `code` is stable and machine-readable, `field` names the input it speaks of, `basis` the text of
    law or practice behind the rule. The message never repeats personal data. `others` are refused of other inputs at the
    same time: nobody should learn them one sending after the other.
    """

    others: tuple[DomainError, ...] = ()
    leads_to: Mapping[str, str] = MappingProxyType({})
    """What the gesture of the way out begins with, field by field, on a screen that offers it."""

    def __init__(
        self, code: str, message: str, *, field: str | None = None, basis: str | None = None
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.field = field
        self.basis = basis

    def as_dict(self) -> dict[str, Any]:
        """The error as the API writes it."""
        return {"code": self.code, "detail": self.message, "field": self.field, "basis": self.basis}


class Refusal(str):
    """A refusal in words, with the code that leads to the rule behind it; empty when nothing was refused."""

    code: str

    def __new__(cls, words: str = "", code: str = "") -> Refusal:
        """The words themselves, wherever words are expected."""
        said = super().__new__(cls, words)
        said.code = code
        return said


class NotPermitted(DomainError):
    """The actor sees the object but may not do this with it."""


class OutOfReach(NotPermitted):
    """What is asked for is not there, or not for this actor: the two are told the same way."""

    def __init__(self) -> None:
        super().__init__(
            "out_of_reach",
            "Cet élément n’existe plus ou ne fait plus partie de votre périmètre. Rechargez la page.",
        )


class Conflict(DomainError):
    """Someone else changed the same thing in between; nothing was written."""


class InProgress(Conflict):
    """The very same request is being answered; it may be sent again in a moment."""

    def __init__(self) -> None:
        super().__init__(
            "in_progress", "La même demande est en cours. Attendez quelques secondes avant de réessayer."
        )


class KeyReused(DomainError):
    """A one-time key came back with something else to do."""

    def __init__(self) -> None:
        super().__init__(
            "idempotency_key_reused",
            "Cette clé a déjà servi pour une autre demande. Choisissez une nouvelle clé et recommencez.",
        )


def ensure(allowed: bool, code: str, message: str) -> None:
    """Refuse with `NotPermitted` unless `allowed`."""
    if not allowed:
        raise NotPermitted(code, message)


class _TakesErrors(Protocol):
    fields: dict[str, Any]

    def add_error(self, field: str | None, error: Any) -> None: ...


@contextmanager
def errors_on(form: _TakesErrors) -> Iterator[None]:
    """Show what the domain refuses under the form's own inputs; a field unknown or hidden there goes to the top.

    An input that bears another name than what it writes says which (`typed_as`).
    """
    try:
        yield
    except DomainError as error:
        for field, each in refused_inputs(form, error):
            form.add_error(field, each.message)
    except ValidationError as error:
        for field, messages in _messages(error).items():
            form.add_error(_shown(form, field), messages)


def refused_inputs(form: _TakesErrors, error: DomainError) -> Iterator[tuple[str | None, DomainError]]:
    """What is refused under each input people see: the first refusal wherever it goes, one of each other input."""
    said = {_shown(form, error.field)}
    yield _shown(form, error.field), error
    for other in error.others:
        shown = _shown(form, other.field)
        if shown is not None and shown not in said:
            said.add(shown)
            yield shown, other


def _shown(form: _TakesErrors, field: str | None) -> str | None:
    """The input people see under this name, if there is one."""
    if not field:
        return None
    typed_as: Mapping[str, str] = getattr(form, "typed_as", {})
    writers = [name for name, wrote in typed_as.items() if field in wrote.split()]
    asked = [field] if field in form.fields else writers
    shown = [name for name in asked if name in form.fields and not form.fields[name].widget.is_hidden]
    return shown[0] if len(shown) == 1 else None


def _messages(error: ValidationError) -> dict[str, list[str]]:
    if hasattr(error, "error_dict"):
        return error.message_dict
    return {NON_FIELD_ERRORS: list(error.messages)}
