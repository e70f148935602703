"""Relays on the pages that mix domains: a person's page, Mon parcours, and what is proposed to us on Ma journée."""

from __future__ import annotations

from typing import Any

from backend.panels.registry import Reader, day_page, own_page, person_page
from pathways.screens.person import page as person
from pathways.screens.relays.page import RelayPage
from pathways.selectors.following.hands import may_propose_relay
from pathways.selectors.following.person import relays_of
from pathways.selectors.relays import relays_awaiting


def _of(reader: Reader) -> list[RelayPage]:
    return [RelayPage(reader.actor, each) for each in relays_of(reader.actor, reader.person.pk)]


@person_page.register(place="rest", order=15)
class Relays:
    """Those proposed for this person, newest first, with the gesture that proposes one."""

    template = "pathways/person/_relays.html"

    def load(self, reader: Reader) -> dict[str, Any] | None:
        """For who accompanies the person, or watches them between two steps; one query."""
        if not (reader.once(person.is_social) or may_propose_relay(reader.actor, reader.person)):
            return None
        return {"relays": _of(reader), "may_propose": may_propose_relay(reader.actor, reader.person)}


@own_page.register(place="main", order=5)
class OwnRelays:
    """What is proposed to me, and what I give; nothing is shown when no relay was ever proposed."""

    template = "pathways/my_pathway/_relays.html"

    def load(self, reader: Reader) -> dict[str, Any] | None:
        """Those that stand; the others stay one press away."""
        found = _of(reader)
        waits = any(each.state.waits_for is not None for each in found)
        return {"relays": found, "is_under_way": waits} if found else None


@day_page.register(place="main", order=15)
class ToAnswer:
    """Relays whose turn is ours, as their own list says: by the name the person gave, or by none."""

    template = "pathways/day/_relays.html"

    def load(self, reader: Reader) -> dict[str, Any] | None:
        """Those that wait for us."""
        found = relays_awaiting(reader.actor, reader.today)
        return {"relays": [RelayPage(reader.actor, each) for each in found]} if found else None
