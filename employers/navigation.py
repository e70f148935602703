"""The employers' places in the menus."""

from __future__ import annotations

from backend.core.actor import WORKS_WITH_EMPLOYERS, Role
from backend.web.navigation import Place

PLACES = (
    Place(
        "Employeurs",
        "web:employers",
        "shop",
        order=40,
        shown_to=WORKS_WITH_EMPLOYERS,
        covers=(
            "web:employer",
            "web:establishment",
            "web:analys",
            "web:task",
            "web:proposal",
            "web:placement",
        ),
    ),
    Place(
        "Mes besoins",
        "web:my_needs",
        "shop",
        order=10,
        shown_to=frozenset((Role.EMPLOYER,)),
        covers=("web:profile",),
    ),
    Place(
        "Mes accords",
        "web:my_consents",
        "check2-square",
        order=20,
        shown_to=frozenset((Role.BENEFICIARY,)),
        covers=("web:consent",),
    ),
)
