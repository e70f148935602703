"""The team's place in the menus."""

from __future__ import annotations

from backend.core.actor import LEADS_A_TEAM
from backend.web.navigation import Place

PLACES = (
    Place(
        "Équipe",
        "web:team",
        "person-badge",
        order=60,
        shown_to=LEADS_A_TEAM,
        covers=("web:team", "web:invitation", "web:import"),
    ),
)
