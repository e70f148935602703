"""How other tables point to a competence."""

from __future__ import annotations

from typing import Any, ClassVar

from rest_framework import serializers

from backend.core.api.serializers import UNKNOWN_ID
from competences.models import Competence


class CompetenceField(serializers.SlugRelatedField[Competence]):
    """A competence by its official code; the referential is public knowledge."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "does_not_exist": UNKNOWN_ID,
        "invalid": "Un code de compétence est un texte court.",
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", "Code de la compétence dans le référentiel.")
        super().__init__(slug_field="code", queryset=Competence.objects.all(), **kwargs)

    def to_internal_value(self, data: Any) -> Competence:
        """The competence of this code; a database never sees what cannot be one."""
        if not isinstance(data, str) or not data.isprintable():
            self.fail("invalid")
        return super().to_internal_value(data)
