"""What structures give to Ma journée: what whoever answers for the team should know of how files are read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from backend.accounts.models import User
from backend.audit.mass_reading import PEOPLE_A_DAY, many_read
from backend.panels.registry import Reader, day_page


@dataclass(frozen=True, slots=True)
class Line:
    """One colleague, and how many people they read today."""

    who: str
    people: int


@day_page.register(place="main", order=10)
class ReadByMany:
    """Colleagues, or their tools, who opened more files today than a day of work does; nothing on an ordinary day."""

    template = "organisations/team/_many_read.html"

    def load(self, reader: Reader) -> dict[str, Any] | None:
        """One question, two when there is something to say."""
        found = many_read(reader.actor, reader.today)
        if not found:
            return None
        people = {each.user_id: each.people for each in found}  # once, whatever the seats
        names = User.objects.in_bulk(people)
        lines = [Line(str(names.get(user, "Un compte fermé")), many) for user, many in people.items()]
        return {"lines": lines, "budget": PEOPLE_A_DAY}
