"""The team's place in the menus."""

from __future__ import annotations

from datetime import date

from backend.core.actor import HEADS_A_COLLECTIVE, LEADS_A_TEAM, Actor, Role
from backend.organisations.selectors.team import invitations_to_approve
from backend.web.navigation import Place


def _to_approve(actor: Actor, today: date) -> int:
    return len(invitations_to_approve(actor))


PLACES = (
    Place(
        "Équipe",
        "web:team",
        "person-badge",
        order=60,
        shown_to=LEADS_A_TEAM,
        covers=("web:team", "web:group", "web:invitation", "web:import", "web:taking_out"),
        count=_to_approve,
    ),
    Place(
        "Collectif",
        "web:groups",
        "diagram-3",
        order=60,
        shown_to=HEADS_A_COLLECTIVE,
        covers=("web:group", "web:invitation"),
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
