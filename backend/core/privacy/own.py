"""What the frame itself keeps, and the tables of the libraries."""

from __future__ import annotations

from backend.core.models import IdempotencyRecord
from backend.core.privacy.tables import Fate, Outside, Table, sort

TABLES = (
    Table(
        IdempotencyRecord,
        purpose="Ne pas écrire deux fois ce qui est envoyé deux fois",
        columns=sort(
            staff="user", words="body", link="location", technical="id key digest status created_at"
        ),
        kept="une journée, scellé",
        fate=Fate.APART,
        not_given="Réponses de quelques heures, faites de ce qui est déjà donné",
    ),
)
_FRAMEWORK = "sans limite"

OUTSIDE = (
    Outside("auth.Permission", "droits du cadriciel, inutilisés", _FRAMEWORK),
    Outside("auth.Group", "groupes de droits du cadriciel, inutilisés", _FRAMEWORK),
    Outside("contenttypes.ContentType", "liste des tables", _FRAMEWORK),
)
