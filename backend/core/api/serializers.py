"""What is read and what may be written: every field is named, an unknown one is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, tzinfo
from typing import Any, ClassVar

from django.core.exceptions import ValidationError as DjangoValidationError
from django.db import models
from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.relations import PrimaryKeyRelatedField
from rest_framework.settings import api_settings

from backend.core.actor import Actor, Role
from backend.core.pages.forms import LONGEST_TYPED
from backend.core.tables import births
from backend.core.values.births import read_birth
from backend.core.values.dates import OUT_OF_CALENDAR, in_calendar
from backend.core.values.identifiers import CLEANER_OF, clean_phone, refuse_error_text
from backend.core.values.numbers import (
    LARGEST_ID,
    UNREADABLE_NUMBER,
    UNREADABLE_WHOLE,
    finite,
    plain_number,
    whole_number,
)

UNKNOWN_ID = "Cet identifiant ne correspond à rien dans votre périmètre. Vérifiez-le."
NOT_WRITABLE = "Ce champ n’existe pas ou ne se modifie pas ici. Retirez-le."
SHOWN_NAME = 60


class DayField(serializers.DateField):
    """A day within a calendar nobody leaves but by mistake."""

    def to_internal_value(self, value: Any) -> date:
        """The day; refused before 1900 and after 2100."""
        day = super().to_internal_value(value)
        if not in_calendar(day):
            raise ValidationError(OUT_OF_CALENDAR, "out_of_calendar")
        return day


@extend_schema_field(
    {"type": "string", "pattern": r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$", "example": "1984-03"}
)
class BirthField(DayField):
    """A birth date, whole (« 1984-03-12 »), by its month (« 1984-03 ») or by its year (« 1984 »)."""

    def to_internal_value(self, value: Any) -> date:
        """What is known of it."""
        try:
            return read_birth(value, today=timezone.localdate())
        except DjangoValidationError as error:
            raise ValidationError(error.messages[0], error.code) from error


class InstantField(serializers.DateTimeField):
    """An instant within the same calendar."""

    def enforce_timezone(self, value: datetime) -> datetime:
        """The instant with its zone; refused before 1900 and after 2100."""
        if not in_calendar(value.date()):
            raise ValidationError(OUT_OF_CALENDAR, "out_of_calendar")
        return super().enforce_timezone(value)

    def default_timezone(self) -> tzinfo | None:
        """Instants without zone are read, and all are written, in the hour of France."""
        return timezone.get_default_timezone()


class WholeField(serializers.IntegerField):
    """A whole number, written in the digits 0 to 9, that the database can hold."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "invalid": UNREADABLE_WHOLE,
        "max_string_length": UNREADABLE_WHOLE,
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_value", LARGEST_ID)
        kwargs.setdefault("min_value", -LARGEST_ID)
        super().__init__(**kwargs)

    def to_internal_value(self, data: Any) -> int:
        """The number; a text of other digits, a truth value or a fraction is refused."""
        if isinstance(data, str) and whole_number(data.strip().removeprefix("-")) is None:
            self.fail("invalid")
        if isinstance(data, bool):
            self.fail("invalid")
        try:
            return super().to_internal_value(data)
        except OverflowError:
            self.fail("invalid")


class NumberField(serializers.FloatField):
    """A number that can be counted with: neither infinite, nor « not a number »."""

    default_error_messages: ClassVar[dict[str, Any]] = {"invalid": UNREADABLE_NUMBER}

    def to_internal_value(self, data: Any) -> float:
        """The number, when it is one."""
        if isinstance(data, bool):
            self.fail("invalid")
        try:
            number = super().to_internal_value(data)
        except OverflowError:
            self.fail("invalid")
        if not finite(number):
            self.fail("invalid")
        return number


class ExactField(serializers.DecimalField):
    """A number with so many decimals, written in the digits 0 to 9."""

    default_error_messages: ClassVar[dict[str, Any]] = {"invalid": UNREADABLE_NUMBER}

    def to_internal_value(self, data: Any) -> Any:
        """The number; anything else is refused."""
        if isinstance(data, bool) or plain_number(data) is None:
            self.fail("invalid")
        return super().to_internal_value(data)


_WHOLE = (
    models.IntegerField,
    models.BigIntegerField,
    models.SmallIntegerField,
    models.PositiveIntegerField,
    models.PositiveBigIntegerField,
    models.PositiveSmallIntegerField,
)


def actor_in(context: Mapping[str, Any]) -> Actor | None:
    """Who asks; None while the documentation is being written."""
    return getattr(context.get("request"), "actor", None)


class ScopedField(PrimaryKeyRelatedField[Any]):
    """The identifier of something the actor may see; any other answers as an unknown one.

    `within` names the queryset method that scopes; `rows` replaces it by a function of the actor.
    """

    default_error_messages: ClassVar[dict[str, Any]] = {
        "does_not_exist": UNKNOWN_ID,
        "incorrect_type": "Un identifiant est un nombre entier.",
    }

    def __init__(
        self,
        model: type[models.Model],
        *,
        within: str = "visible_to",
        rows: Callable[[Actor], Any] | None = None,
        **kwargs: Any,
    ) -> None:
        self.model, self.within, self.rows = model, within, rows
        super().__init__(queryset=model._default_manager.none(), **kwargs)

    def to_internal_value(self, data: Any) -> Any:
        """The row named; only a whole number names one."""
        if not isinstance(data, int | str) or isinstance(data, bool) or whole_number(data) is None:
            self.fail("incorrect_type")
        return super().to_internal_value(data)

    def get_queryset(self) -> Any:
        """The rows this actor may point to."""
        actor = actor_in(self.context)
        if actor is None:
            return self.model._default_manager.none()
        if self.rows is not None:
            return self.rows(actor)
        return getattr(self.model._default_manager.all(), self.within)(actor)


class IdentifierField(serializers.CharField):
    """An identifier read by its `clean_x`, however it was spaced; empty stays empty when it may."""

    def __init__(self, *, clean_with: Callable[[str], str], **kwargs: Any) -> None:
        self.clean_with = clean_with
        kwargs.setdefault("max_length", LONGEST_TYPED)
        super().__init__(**kwargs)

    def to_internal_value(self, data: Any) -> str:
        """The one way we keep it."""
        text: str = super().to_internal_value(data)
        try:
            return self.clean_with(text) if text else ""
        except DjangoValidationError as error:
            raise ValidationError(error.messages[0], error.code) from error


def phone_field() -> IdentifierField:
    """A telephone."""
    return IdentifierField(clean_with=clean_phone, required=False, allow_blank=True)


class _StrictMixin:
    """Refuses the fields nobody declared, read-only ones included, and the error texts of spreadsheets."""

    def get_fields(self) -> dict[str, Any]:
        """The declared fields; no text takes « #N/A » for a value."""
        fields: dict[str, Any] = super().get_fields()  # type: ignore[misc]
        for field in fields.values():
            if isinstance(field, serializers.CharField) and not field.read_only:
                field.validators = [*field.validators, refuse_error_text]
        return fields

    def to_internal_value(self, data: Any) -> Any:
        """The declared fields; 400 naming any other, together with what is wrong in those."""
        if not isinstance(data, Mapping):
            words = ErrorDetail("not an object", "not_a_dict")
            raise ValidationError({api_settings.NON_FIELD_ERRORS_KEY: [words]})
        known = {name for name, field in self.fields.items() if not field.read_only}  # type: ignore[attr-defined]
        unknown = sorted(str(name) for name in data if name not in known)
        words = ErrorDetail(NOT_WRITABLE, "unknown_field")
        found = {name[:SHOWN_NAME] or "(vide)": [words] for name in unknown}
        try:
            values = super().to_internal_value(data)  # type: ignore[misc]
        except ValidationError as error:
            raise ValidationError(
                {**found, **error.detail} if isinstance(error.detail, dict) else error.detail
            ) from error
        if found:
            raise ValidationError(found)
        return values


class Input(_StrictMixin, serializers.Serializer[Any]):
    """The body of a verb that is not shaped like a table."""


class NothingSerializer(Input):
    """Rien de plus à dire."""


class ModelInput(_StrictMixin, serializers.ModelSerializer[Any]):
    """The body of a verb shaped like a table: types, lengths and choices; the domain decides the rest."""

    serializer_field_mapping: ClassVar[
        dict[type[models.Field[Any, Any]], type[serializers.Field[Any, Any, Any, Any]]]
    ] = {  # type: ignore[misc]
        **serializers.ModelSerializer.serializer_field_mapping,
        models.DateField: DayField,
        births.BirthField: BirthField,
        models.DateTimeField: InstantField,
        models.DecimalField: ExactField,
        models.FloatField: NumberField,
        **dict.fromkeys(_WHOLE, WholeField),
    }

    def get_unique_together_validators(self) -> list[Any]:
        """None: services know what the same thing twice means."""
        return []

    def get_unique_for_date_validators(self) -> list[Any]:
        """None, for the same reason."""
        return []

    def build_standard_field(self, field_name: str, model_field: Any) -> Any:
        """Without the unicity check, which would tell what exists elsewhere."""
        field_class, options = super().build_standard_field(field_name, model_field)
        cleaner = next(
            (clean for check, clean in CLEANER_OF.items() if check in model_field.validators), None
        )
        if cleaner is not None:
            shape: dict[str, Any] = {"clean_with": cleaner}
            for name in {"required", "allow_blank", "help_text"} & options.keys():
                shape[name] = options[name]
            return IdentifierField, shape
        kept = [each for each in options.get("validators", ()) if not _looks_elsewhere(each)]
        if "validators" in options:
            options["validators"] = kept
        return field_class, options


def _looks_elsewhere(validator: Any) -> bool:
    return getattr(validator, "requires_context", False) and hasattr(validator, "queryset")


TOLD_BY_THE_TRAIL = "who in the team did it is told by the trail"
LEFT_OUT_OF_A_JOB: Mapping[str, str] = {
    "heartbeat_at": "how the worker says it is alive",
    "seat": "the list is one's own",
    "user": "the same",
}
LEFT_OUT_EVERYWHERE: Mapping[str, str] = {
    "external_id": "the sender's own id in the files; a tool knows a row by the number of the table",
}
"""Fields that no table of the API shows, each with the reason."""


class Output(serializers.ModelSerializer[Any]):
    """What is shown; `Meta.withheld` takes fields away from the roles that have no use for them.

    `Meta.left_out` names the fields of the table that nobody is shown, each with the reason.
    """

    serializer_field_mapping = ModelInput.serializer_field_mapping

    def get_fields(self) -> dict[str, Any]:
        """The fields this actor reads; every one of them when the documentation is being written."""
        fields = super().get_fields()
        withheld: Mapping[Role, Iterable[str]] = getattr(self.Meta, "withheld", {})
        actor = actor_in(self.context)
        hidden = set(withheld.get(actor.role, ())) if actor else set()
        sometimes_hidden = {name for names in withheld.values() for name in names}
        for name, field in fields.items():
            field.required = False
            field.read_only = name not in sometimes_hidden
        return {name: field for name, field in fields.items() if name not in hidden}
