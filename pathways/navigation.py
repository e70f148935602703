"""The pathways' places in the menus."""

from __future__ import annotations

from datetime import date

from backend.alerts.bands import people_waiting
from backend.alerts.registry import alerts_of_the_day
from backend.core.actor import ACCOMPANY, HAS_PEOPLE, NETWORK, PEOPLE_IN_PATHWAY, Actor
from backend.web.navigation import Place
from pathways.screens.between.counted import between
from pathways.selectors import appointments_on


def _waiting(actor: Actor, today: date) -> int:
    return people_waiting(alerts_of_the_day(actor, today), today) + len(appointments_on(actor, today))


PLACES = (
    Place("Ma journée", "web:day", "sun", order=10, shown_to=ACCOMPANY, count=_waiting),
    Place(
        "Personnes",
        "web:people",
        "people",
        order=20,
        shown_to=HAS_PEOPLE,
        covers=("web:person", "web:stay", "web:interview", "web:hours"),
        searches="Chercher une personne par son nom",
    ),
    Place(
        "Entre deux",
        "web:between",
        "signpost-split",
        order=30,
        shown_to=ACCOMPANY,
        covers=("web:relay",),
        count=between,
    ),
    Place("Mon parcours", "web:my_pathway", "signpost", order=10, shown_to=PEOPLE_IN_PATHWAY),
    Place(
        "Règles",
        "web:rules",
        "book",
        order=70,
        shown_to=NETWORK,
        covers=("web:rule",),
    ),
)
NOTE = Place("Noter", "web:note", "pencil-square", order=0, shown_to=ACCOMPANY, covers=("web:follow_up",))
RULES_PAGE = Place("Règles", "web:rules", "book", order=10, shown_to=frozenset())
