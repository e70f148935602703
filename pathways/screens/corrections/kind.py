"""One kind of thing typed: its words, its form, the services that correct it and take it back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.urls import reverse

from backend.core import steps
from backend.core.actor import Actor
from backend.core.pages.addresses import Gesture, register
from backend.core.values.numbers import whole_number
from pathways.enums import CancelReason
from pathways.models import Beneficiary
from pathways.permissions import may_manage_people
from pathways.screens.corrections import forms

Lines = Callable[[Any], Sequence[str]]


def _nothing(row: Any) -> Sequence[str]:
    return ()


def _leaves_the_thread(row: Any) -> str:
    return f"« {row} » disparaît du fil, de la frise et des chiffres."


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of thing typed.

    `stands` are the links from the row to the person, none for what is about nobody; `leaving` says what goes or
    changes with it, `resting` what must go before it. Without `form`, correcting is typing it again. `door` is for whom
    its pages are, `page` where its buttons stand (what was typed of the person, by default), `left` where one goes once
    the row is gone; `about` the line under the title, `gone` the first sentence before it goes.
    """

    name: str
    model: type[Model]
    argument: str
    this: str
    may: Callable[[Actor, Any], bool]
    cancel: Callable[..., Any]
    form: type[forms.CorrectionForm] | None = None
    correct: Callable[..., Any] | None = None
    stands: str = "beneficiary"
    leaving: Lines = _nothing
    resting: Lines = _nothing
    may_cancel: Callable[[Actor, Any], bool] | None = None
    door: Callable[[Actor], bool] = may_manage_people
    page: Callable[[Any], str] | None = None
    left: Callable[[Any], str] | None = None
    about: Callable[[Any], str] | None = None
    gone: Callable[[Any], str] = _leaves_the_thread
    reasons: Sequence[CancelReason] = tuple(CancelReason)

    @property
    def correct_route(self) -> str:
        """The name of the page that corrects it."""
        return f"{self.name}_correct"

    @property
    def cancel_route(self) -> str:
        """The name of the page that takes it back."""
        return f"{self.name}_cancel"

    def person(self, row: Any) -> Beneficiary | None:
        """Whose it is; None for what is about nobody."""
        if not self.stands:
            return None
        for step in self.stands.split("__"):
            row = getattr(row, step)
        found: Beneficiary = row
        return found

    def line(self, row: Any) -> str:
        """What stands under the title of its pages."""
        return self.about(row) if self.about else f"{self.person(row)} : {row}"

    def back(self, row: Any) -> str:
        """Where its buttons stand."""
        return (
            self.page(row)
            if self.page
            else reverse("web:typed", args=[getattr(self.person(row), "pk", None)])
        )

    def after(self, row: Any) -> str:
        """Where one goes once the row is gone, asked before it is: its page, unless it goes too."""
        return (self.left or self.back)(row)

    def version(self, row: Any) -> int | str:
        """The version a form carries along."""
        return row.version if hasattr(self.model, "version") else steps.seen(row)

    def seen(self, version: str) -> dict[str, Any]:
        """The same, as the service wants it."""
        if not hasattr(self.model, "version"):
            return {"seen": version}
        return {"version": whole_number(version) or 0}

    def is_cancelled_by(self, actor: Actor, row: Any) -> bool:
        """Who takes it back, where it is not whoever corrects it."""
        return (self.may_cancel or self.may)(actor, row)


def register_kinds(kinds: Iterable[Kind]) -> None:
    """Say where each kind is corrected and taken back; called once, with the other addresses of its domain."""
    for kind in kinds:
        if kind.form is not None:
            register(kind.model, Gesture.CORRECT, f"web:{kind.correct_route}")
        register(kind.model, Gesture.CANCEL, f"web:{kind.cancel_route}")
