"""What must be there for a gesture to be observed or a task to be described."""

from __future__ import annotations

from django.db import DatabaseError

from backend.core.health.findings import Gravity, Trouble
from competences.models import Competence

_NONE = Trouble(
    "referentiel",
    Gravity.DEGRADED,
    "Aucun référentiel de compétences n’est chargé : rien ne peut être observé ni analysé.",
    "passerelles import-rome FICHIER (export du ROME 4.0 de France Travail), ou passerelles find-occupation pour le "
    "référentiel de départ",
)


def referential_is_there() -> Trouble | None:
    """At least one competence can be chosen."""
    try:
        return None if Competence.objects.exists() else _NONE
    except DatabaseError:
        return _NONE
