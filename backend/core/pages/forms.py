"""The days and numbers people type: one field for each, bounded and worded alike in every form."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils import timezone

from backend.core.values.births import HOW_TO_WRITE, read_birth
from backend.core.values.dates import OUT_OF_CALENDAR, UNREADABLE_DAY, in_calendar, month_start
from backend.core.values.identifiers import clean_phone, spaced_phone
from backend.core.values.numbers import (
    LARGEST_ID,
    UNREADABLE_NUMBER,
    UNREADABLE_WHOLE,
    plain_hours,
    plain_number,
    whole_number,
)

LONGEST_TYPED = 254
UNREADABLE_INSTANT = "Ce jour ou cette heure ne se lit pas. Écrivez par exemple 31/12/2026 14:30."
UNREADABLE_MONTH = "Ce mois ne se lit pas. Écrivez l’année puis le mois : 2026-12."


class DateInput(forms.DateInput):
    """The browser's own calendar, which speaks the day in ISO."""

    input_type = "date"

    def __init__(self, **attrs: Any) -> None:
        super().__init__(attrs={"class": "field-short", **attrs}, format="%Y-%m-%d")


class DateTimeInput(forms.DateTimeInput):
    """The browser's own calendar and clock."""

    input_type = "datetime-local"

    def __init__(self, **attrs: Any) -> None:
        super().__init__(attrs={"class": "field-short", **attrs}, format="%Y-%m-%dT%H:%M")


class MonthInput(forms.DateInput):
    """The browser's own calendar of months."""

    input_type = "month"

    def __init__(self, **attrs: Any) -> None:
        super().__init__(attrs={"class": "field-short", **attrs}, format="%Y-%m")


class DayField(forms.DateField):
    """A day of our calendar."""

    widget: type[forms.DateInput] = DateInput
    default_error_messages = {"invalid": UNREADABLE_DAY}

    def to_python(self, value: Any) -> date | None:
        """The day; refused before 1900 and after 2100."""
        day = super().to_python(value)
        if day is not None and not in_calendar(day):
            raise forms.ValidationError(OUT_OF_CALENDAR, code="out_of_calendar")
        return day


class BirthInput(forms.DateInput):
    """A birth date as people write it: the browser's calendar knows whole days only."""

    def __init__(self, **attrs: Any) -> None:
        short = {"class": "field-short", "autocomplete": "off", "placeholder": "jj/mm/aaaa"}
        super().__init__(attrs={**short, **attrs}, format="%d/%m/%Y")


class BirthField(DayField):
    """A birth date, whole, by its month or by its year."""

    widget = BirthInput

    def __init__(self, *, help_text: str = HOW_TO_WRITE, **kwargs: Any) -> None:
        super().__init__(help_text=help_text, **kwargs)

    def to_python(self, value: Any) -> date | None:
        """What is known of it."""
        if value in self.empty_values or isinstance(value, date):
            return value or None
        return read_birth(str(value), today=timezone.localdate())


class MonthField(DayField):
    """A month of our calendar, as its first day."""

    widget = MonthInput
    default_error_messages = {"invalid": UNREADABLE_MONTH}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%Y-%m", "%Y-%m-%d"], **kwargs)

    def to_python(self, value: Any) -> date | None:
        """The first day of the month chosen."""
        day = super().to_python(value)
        return month_start(day) if day else None


class InstantField(forms.DateTimeField):
    """A day and an hour of our calendar."""

    widget = DateTimeInput
    default_error_messages = {"invalid": UNREADABLE_INSTANT}

    def to_python(self, value: Any) -> datetime | None:
        """The instant; refused before 1900 and after 2100."""
        instant = super().to_python(value)
        if instant is not None and not in_calendar(instant.date()):
            raise forms.ValidationError(OUT_OF_CALENDAR, code="out_of_calendar")
        return instant


class WholeField(forms.IntegerField):
    """A whole number, from 0 unless `min_value` says otherwise, that the database can hold."""

    default_error_messages = {"invalid": UNREADABLE_WHOLE}

    def __init__(self, *, min_value: int = 0, max_value: int = LARGEST_ID, **kwargs: Any) -> None:
        super().__init__(min_value=min_value, max_value=max_value, **kwargs)

    def to_python(self, value: Any) -> int | None:
        """The number; only the digits 0 to 9 are read."""
        if value in self.empty_values:
            return None
        number = whole_number(str(value).strip())
        if number is None:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return number


class NumberField(forms.DecimalField):
    """A number with decimals, a comma or a point before them; its bounds are said by who asks."""

    default_error_messages = {"invalid": UNREADABLE_NUMBER}

    def to_python(self, value: Any) -> Any:
        """The number; only the digits 0 to 9 are read."""
        if value in self.empty_values:
            return None
        number = plain_number(value)
        if number is None:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return number


class HoursField(NumberField):
    """Hours, as a number or as a clock writes them: « 12,5 », « 12:30 », « 12 h 30 »."""

    default_error_messages = {"invalid": "Écrivez des heures : 12,5 ou 12 h 30."}

    def __init__(self, **kwargs: Any) -> None:
        short = forms.TextInput(attrs={"inputmode": "decimal", "class": "field-short"})
        super().__init__(**{"min_value": 0, "localize": True, "widget": short, **kwargs})

    def to_python(self, value: Any) -> Any:
        """The hours, minutes as a part of one."""
        hours = plain_hours(value) if value not in self.empty_values else None
        return super().to_python(value if hours is None else f"{hours.normalize():f}")


class RowsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Several rows chosen by their number; one beyond what the database holds is one that does not exist."""

    def clean(self, value: Any) -> Any:
        """The rows chosen, among those offered."""
        for each in value or ():
            if whole_number(each) is None:
                words = self.error_messages["invalid_pk_value"]
                raise forms.ValidationError(words, code="invalid_pk_value", params={"pk": each})
        return super().clean(value)


class IdentifierField(forms.CharField):
    """An identifier read by its `clean_x`; `show_with` writes it back the way people read it."""

    def __init__(
        self,
        *,
        clean_with: Callable[[str], str],
        show_with: Callable[[str], str] | None = None,
        input_attrs: dict[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        self.clean_with, self.show_with = clean_with, show_with
        super().__init__(max_length=LONGEST_TYPED, widget=forms.TextInput(attrs=input_attrs), **kwargs)

    def clean(self, value: Any) -> str:
        """The one way we keep it; empty stays empty."""
        text: str = super().clean(value)
        return self.clean_with(text) if text else ""

    def prepare_value(self, value: Any) -> Any:
        """As people read it."""
        return self.show_with(value) if value and self.show_with else value


def phone_field(**kwargs: Any) -> IdentifierField:
    """A telephone."""
    return IdentifierField(
        label="Téléphone",
        clean_with=clean_phone,
        show_with=spaced_phone,
        input_attrs={"type": "tel"},
        required=False,
        **kwargs,
    )


class VersionField(WholeField):
    """Which version of a row the person was reading."""

    widget = forms.HiddenInput
