"""How every form of the product looks and greets a mistake."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.http import urlencode

from backend.core.values.identifiers import refuse_error_text

if TYPE_CHECKING:
    from django.db.models import Model

OF_THE_PAGE = "la page sur laquelle on est le dit"
OF_THE_SEAT = "le rôle sous lequel on agit le dit"
OF_THE_GESTURE = "le geste le dit : personne ne le tape"
"""Why nobody is asked, said in one way by every form."""

HANDED = "handed"
"""Sent with a refused form by the button that leads to what lifts the refusal."""

READ_BY_THE_BROWSER = frozenset({"date", "datetime-local", "month", "week", "time", "number"})
"""Inputs of which the browser sends nothing when it cannot read what was typed; the page says it before sending."""

_CHECKS = (forms.CheckboxInput, forms.CheckboxSelectMultiple, forms.RadioSelect)


class Chips(forms.CheckboxSelectMultiple):
    """Several answers, one touch each."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(attrs={"class": "chips"}, **kwargs)


class OneChip(forms.RadioSelect):
    """One answer among a few, one touch."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(attrs={"class": "chips"}, **kwargs)


class CalmForm(forms.Form):
    """A form with the product's inputs; subclasses only say what they ask.

    `basis` is the text of law behind a refusal, `refusal` its code, which leads to the rule, `leads_to` what the gesture
    of the way out begins with; with `is_all_optional` the
    page says once that nothing is needed; `taken_meanwhile` names the fields that show what somebody else saved since;
    `is_recorded_already` when the same answers stand in the base since an earlier sending.

    `writes` is the table it fills in, or the reason why it fills none; `typed_as` the name each field has there, when it
    is another, or several for one field; `left_out` the fields of the table that no form asks, each with the reason.
    A form that `suggests` opens on what we propose, not on what is saved.
    """

    writes: ClassVar[type[Model] | str]
    typed_as: ClassVar[Mapping[str, str]] = {}
    left_out: ClassVar[Mapping[str, str]] = {}

    suggests: ClassVar[bool] = False

    basis = ""
    refusal = ""
    leads_to: Mapping[str, str] = MappingProxyType({})
    is_all_optional = False
    is_given_back = False
    is_resumed = False
    is_recorded_already = False
    form_id = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        kwargs["initial"] = {**(kwargs.get("initial") or {}), "form_id": new_form_id()}
        super().__init__(*args, **kwargs)
        self.taken_meanwhile: list[str] = []
        for field in self.fields.values():
            dress(field)

    @property
    def asks_a_secret(self) -> bool:
        """Whether a password is among the fields: it is never written back into the page."""
        return any(isinstance(field.widget, forms.PasswordInput) for field in self.fields.values())

    @property
    def handed(self) -> str:
        """What a refusal hands over to the gesture that lifts it."""
        return urlencode(self.leads_to)

    def clean_form_id(self) -> str:
        """The one-time id drawn when the form was shown; a fresh one for whoever sends without it."""
        return self.cleaned_data["form_id"] or new_form_id()

    def give_back(self, data: QueryDict) -> None:
        """Show again what was sent and not recorded, without judging it before it is sent anew."""
        self.data, self.is_bound, self.is_given_back = data, True, True
        self.is_resumed = HANDED in data
        self._errors = ErrorDict()

    def renew(self, name: str, value: str) -> None:
        """Replace a hidden value in a form that is shown again."""
        data = QueryDict(mutable=True)
        for known in self.data:
            data.setlist(known, self.data.getlist(known))  # type: ignore[attr-defined]
        data[self.add_prefix(name)] = value
        self.data = data


_AT_LEAST, _AT_MOST = "Écrivez %(limit_value)s au moins.", "Écrivez %(limit_value)s au plus."
_NO_SUCH_CHOICE = "Choisissez une des réponses proposées."

_NOTHING_CHOSEN = forms.ModelChoiceField(queryset=None).empty_label
"""The dashes Django writes where nothing is chosen yet."""

_AGAIN = "again-"


def new_form_id(*, again: bool = False) -> str:
    """One form shown, one id: sending it twice records once; `again` once the person was asked about a double."""
    return f"{_AGAIN if again else 'form-'}{uuid.uuid4().hex}"


def is_knowingly_again(form_id: str) -> bool:
    """Whether the person was told that the same thing is already recorded, and sends it all the same."""
    return form_id.startswith(_AGAIN)


def dress(field: forms.Field) -> None:
    """Give the input its class; say plainly what is missing."""
    field.error_messages["required"] = "Ce champ est nécessaire."
    if isinstance(field, forms.ChoiceField):
        field.error_messages["invalid_choice"] = _NO_SUCH_CHOICE
    for check in field.validators:
        if isinstance(check, MinValueValidator | MaxValueValidator):
            check.message = _AT_LEAST if isinstance(check, MinValueValidator) else _AT_MOST
    if isinstance(field, forms.ModelChoiceField) and field.empty_label == _NOTHING_CHOSEN:
        field.empty_label = "Choisissez"
    if isinstance(field, forms.CharField) and not isinstance(field.widget, forms.PasswordInput):
        field.validators = [*field.validators, refuse_error_text]
    # The browser would cut a pasted text without a word; the form refuses it, says how long it is, and keeps it.
    field.widget.attrs.pop("maxlength", None)
    if getattr(field.widget, "input_type", "") in READ_BY_THE_BROWSER:
        field.widget.attrs["data-unreadable"] = str(field.error_messages["invalid"])
    if isinstance(field.widget, _CHECKS):
        if isinstance(field.widget, forms.CheckboxInput):
            field.widget.attrs["class"] = "form-check-input"
        return
    style = "form-select" if isinstance(field.widget, forms.Select) else "form-control"
    own = field.widget.attrs.get("class", "")
    field.widget.attrs["class"] = f"{style} {own}".strip()
