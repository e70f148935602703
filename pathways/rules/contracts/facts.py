"""What a rule needs to know of a contract: plain values, whoever read them and wherever from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pathways.rules.contracts.durations import Period
from pathways.rules.contracts.stretches import Amendment, Stretch, stretches
from pathways.rules.derogations import Derogation
from pathways.rules.eligibility.findings import Eligibility


@dataclass(frozen=True, slots=True)
class Spell:
    """Another contract of the same person in the same structure; `end` is None while unknown."""

    start: date
    end: date | None
    weekly_hours: Decimal | None = None
    planned_end: date | None = None
    kind: str = ""
    amendments: tuple[Amendment, ...] = ()

    @property
    def stretches(self) -> list[Stretch]:
        """Its days, cut where its hours change."""
        return stretches(self.start, self.end, self.weekly_hours, self.amendments)

    def until(self, day: date) -> Period:
        """Its days; without a known end it counts until that day."""
        return self.start, max(self.start, self.end or day)

    def overlaps(self, start: date, end: date | None) -> bool:
        """Whether a day belongs to both."""
        return (end is None or self.start <= end) and (self.end is None or start <= self.end)


@dataclass(frozen=True, slots=True)
class Posts:
    """The posts of a structure that may be CDI inclusion: `held` by others today, `agreed` with the State, in ETP.

    `is_lifted`: the préfet let the structure have more of them.
    """

    held: Decimal
    agreed: Decimal
    is_lifted: bool = False


@dataclass(frozen=True, slots=True)
class ContractFacts:
    """One contract and what surrounds it.

    `chain` holds the contract it renews and the earlier renewals, oldest first; `others` the other contracts of its
    kind in the structure, over all stays, `beside` those of every other kind. `pass_ends_on` is the last day of the
    person's last PASS, `pass_starts_on` its first one, None without any; `today` decides whether a contract is typed before it begins. Hours not known are not judged. `ended_on` is the
    real last day, known of what a file tells once it is over. `left_on` is the day the person had already left the stay
    that a new contract would join; `worked` the hours known under it, by month; `derogations`
    the decisions about the person in the structure; `posts` is read for a CDI inclusion typed today only, `eligibility` not
    judged while nobody looked it up.
    """

    structure_kind: str
    kind: str
    started_on: date
    today: date
    planned_end_on: date | None = None
    ended_on: date | None = None
    end_motive: str = ""
    weekly_hours: Decimal | None = None
    chain: tuple[Spell, ...] = ()
    others: tuple[Spell, ...] = ()
    renewed_kind: str = ""
    stay_started_on: date | None = None
    stay_ended_on: date | None = None
    pass_ends_on: date | None = None
    derogations: tuple[Derogation, ...] = ()
    born_on: date | None = None
    left_on: date | None = None
    worked: tuple[tuple[date, Decimal], ...] = ()
    beside: tuple[Spell, ...] = ()
    pass_starts_on: date | None = None
    posts: Posts | None = None
    eligibility: Eligibility | None = None
    amendments: tuple[Amendment, ...] = ()
    guaranteed_hours: Decimal | None = None

    @property
    def last_day(self) -> date | None:
        """The real end when known, else the planned one."""
        return self.ended_on or self.planned_end_on

    @property
    def stretches(self) -> list[Stretch]:
        """Its days, cut where its hours change."""
        return stretches(self.started_on, self.last_day, self.weekly_hours, self.amendments)

    @property
    def periods(self) -> list[Period]:
        """The days of every contract of this kind in the structure, this one included when its end is known."""
        before = [spell.until(self.started_on) for spell in (*self.chain, *self.others)]
        return [*before, (self.started_on, self.last_day)] if self.last_day else before

    @property
    def earlier(self) -> list[Spell]:
        """Every contract of the structure that began before this one, of any kind."""
        return [each for each in (*self.chain, *self.others, *self.beside) if each.start < self.started_on]

    @property
    def pathway_since(self) -> date:
        """The first day of the pathway as known here: of the PASS, else of the first contract in the structure."""
        return pathway_start(self.pass_starts_on, [each.start for each in self.earlier], on=self.started_on)


def pathway_start(pass_starts_on: date | None, contracts: Iterable[date], *, on: date) -> date:
    """When a pathway began, as seen that day; that day itself when nothing came before."""
    if pass_starts_on is not None and pass_starts_on <= on:
        return pass_starts_on
    return min((day for day in contracts if day <= on), default=on)
