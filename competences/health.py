"""What must be there for a gesture to be observed or a task to be described."""

from __future__ import annotations

from django.db import DatabaseError

from backend.core.health.findings import Gravity, Trouble
from competences.models import Competence

_NONE = Trouble(
    "referentiel",
    Gravity.DEGRADED,
    "Aucun référentiel de compétences n’est chargé : rien ne peut être observé ni analysé.",
    "passerelles load-starter (référentiel de départ), ou passerelles import-rome (export du ROME 4.0 de France Travail)",
)


def referential_is_there() -> Trouble | None:
    """At least one competence can be chosen."""
    try:
        return None if Competence.objects.exists() else _NONE
    except DatabaseError:
        return _NONE
