"""The figures' place in the menus: where the day of whoever sees no person by name begins."""

from __future__ import annotations

from backend.core.actor import READS_FIGURES, Role
from backend.web.navigation import Place

PLACES = (
    Place(
        "Sorties",
        "web:exits",
        "graph-up",
        order=50,
        shown_to=READS_FIGURES,
        first_for=frozenset((Role.GROUP_HEAD, Role.NETWORK_HEAD)),
        covers=("web:exits",),
    ),
)
