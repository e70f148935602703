"""A person's page and *Mon parcours*: the hours wanted and obtained, month by month, and what each gap cost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from backend.core.actor import SOCIAL_READERS
from backend.panels.registry import Reader, own_page, person_page
from pathways.models import HoursWish
from pathways.permissions import may_change_wish, may_tell_wish
from pathways.rules.income.continuity import Loss, MonthOfIncome
from pathways.screens.person import page
from pathways.screens.wishes.chart import HoursChart, hours_chart
from pathways.selectors.continuity import continuity_of
from pathways.selectors.following.person import wishes_of


@dataclass(frozen=True, slots=True)
class WishLine:
    """One wish, and whether it is the one in force today."""

    wish: HoursWish
    is_current: bool
    is_to_come: bool
    may_change: bool


@dataclass(frozen=True, slots=True)
class Hours:
    """All that both pages show."""

    lines: list[WishLine]
    months: tuple[MonthOfIncome, ...]
    losses: tuple[Loss, ...]
    chart: HoursChart | None
    may_tell: bool


def wishes(reader: Reader) -> list[WishLine]:
    """Wishes, newest first."""
    found = wishes_of(reader.actor, reader.person.pk)
    current = next((row for row in found if row.starts_on <= reader.today), None)
    return [
        WishLine(
            row,
            is_current=row is current,
            is_to_come=row.starts_on > reader.today,
            may_change=may_change_wish(reader.actor, row),
        )
        for row in found
    ]


def hours(reader: Reader) -> Hours:
    """Wishes, newest first; months, latest first in the table and oldest first in the picture."""
    known = continuity_of(reader.actor, reader.person, reader.once(page.line), today=reader.today)
    return Hours(
        wishes(reader),
        tuple(reversed(known.months)),
        known.losses,
        hours_chart(known.months) if known.months else None,
        may_tell_wish(reader.actor, reader.person),
    )


@person_page.register(place="rest", order=33)
class HoursWanted:
    """What the person wants and obtains, for who looks for hours with them."""

    template = "pathways/wishes/_of_the_person.html"

    def load(self, reader: Reader) -> dict[str, Any] | None:
        """For who reads the social side of the thread; once it is closed, the wishes they keep and nothing else."""
        if reader.actor.role not in SOCIAL_READERS:
            return None
        if reader.once(page.is_open):
            return {"hours": hours(reader)}
        kept = wishes(reader)
        return {"hours": Hours(kept, (), (), None, may_tell=False)} if kept else None


@own_page.register(place="main", order=33)
class MyHours:
    """The person's own hours, and the button that says which ones they want."""

    template = "pathways/wishes/_mine.html"

    def load(self, reader: Reader) -> dict[str, Any]:
        """Always there: it is where one says what one wants."""
        return {"hours": hours(reader)}
