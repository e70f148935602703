"""A person's page and *Mon parcours*: the rights that follow them, what is to be asked for when they are leaving."""

from __future__ import annotations

from typing import Any

from backend.panels.registry import Reader, own_page, person_page
from pathways.rules.travelling.border import to_do
from pathways.screens.person import page
from pathways.screens.travelling.page import Follow, follow_of
from pathways.selectors.following.travelling import Crossing, border_ahead, crossing, is_near

ASKED_SHOWN = 3
"""On the person's page; the others stand on the page of their rights."""


def _follow(reader: Reader) -> Follow:
    return follow_of(reader.actor, reader.person.pk, reader.today)


def _crossing(reader: Reader) -> Crossing:
    border = border_ahead(reader.actor, reader.person, reader.today)
    return crossing(reader.actor, reader.person, border, reader.today)


@person_page.register(place="rest", order=38)
class RightsThatFollow:
    """Where the medical follow-up stands, what is to be asked for before the next border, and the page that says all."""

    template = "pathways/travelling/_of_the_person.html"

    def load(self, reader: Reader) -> dict[str, Any] | None:
        """For who reads the social side of the thread; one question."""
        if not reader.once(page.is_social):
            return None
        ahead = _crossing(reader)
        asked = to_do(ahead.rights) if is_near(ahead.border, reader.today) else []
        return {
            "follow": _follow(reader),
            "ahead": ahead,
            "asked": asked[:ASKED_SHOWN],
            "more": max(len(asked) - ASKED_SHOWN, 0),
        }


@own_page.register(place="main", order=37)
class MyRights:
    """The person's own rights, in plain sentences."""

    template = "pathways/travelling/_mine.html"

    def load(self, reader: Reader) -> dict[str, Any] | None:
        """Nothing to show of who has nothing noted and never worked here."""
        ahead = _crossing(reader)
        follow = _follow(reader)
        if follow.is_silent and not any(right.code != "visit" for right in ahead.rights):
            return None
        asked = to_do(ahead.rights) if is_near(ahead.border, reader.today) else []
        return {"follow": follow, "ahead": ahead, "asked": asked}
