"""The team's place in the menus."""

from __future__ import annotations

from backend.core.actor import LEADS_A_TEAM, Role
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
ACCOUNT = Place(
    "Mon compte",
    "web:account",
    "person-circle",
    order=0,
    shown_to=frozenset(Role),
    covers=("web:token",),
)
