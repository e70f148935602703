"""The employers' places in the menus."""

from __future__ import annotations

from datetime import date

from backend.core.actor import EMPLOYERS, PEOPLE_IN_PATHWAY, WORKS_WITH_EMPLOYERS, Actor
from backend.web.navigation import Place
from employers.models import ProfileConsent


def _questions(actor: Actor, today: date) -> int:
    return ProfileConsent.objects.visible_to(actor).waiting().count()


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
        shown_to=EMPLOYERS,
        covers=("web:profile",),
    ),
    Place(
        "Mes accords",
        "web:my_consents",
        "check2-square",
        order=20,
        shown_to=PEOPLE_IN_PATHWAY,
        covers=("web:consent",),
        count=_questions,
    ),
)
