"""The competences' place in the menus."""

from __future__ import annotations

from backend.core.actor import SUPERVISORS
from backend.web.navigation import Place

PLACES = (
    Place(
        "Observer",
        "web:observe",
        "eye",
        order=10,
        shown_to=SUPERVISORS,
        covers=("web:observe",),
    ),
    Place(
        "Mon équipe",
        "web:skills_team",
        "grid-3x3-gap",
        order=25,
        shown_to=SUPERVISORS,
    ),
    Place(
        "Habilitations",
        "web:licences",
        "card-checklist",
        order=30,
        shown_to=SUPERVISORS,
    ),
)
