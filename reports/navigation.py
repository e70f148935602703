"""The figures' place in the menus: where the day of whoever sees no person by name begins."""

from __future__ import annotations

from backend.core.actor import BEGINS_WITH_FIGURES, READS_FIGURES
from backend.web.navigation import Place

PLACES = (
    Place(
        "Sorties",
        "web:exits",
        "graph-up",
        order=50,
        shown_to=READS_FIGURES,
        first_for=BEGINS_WITH_FIGURES,
        covers=("web:exits", "web:published_table", "web:fte", "web:gaps", "web:convention"),
    ),
)
