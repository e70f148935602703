"""Who is present today, as numbers, and who follows them: read once for everything a morning page asks."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.contrib.auth import get_user_model

from backend.alerts.registry import Colleague
from backend.core.access import People, about
from backend.core.actor import ADVISING, Actor
from backend.core.pages.once import once_per_page
from backend.core.sealing.codes import own
from backend.core.tables.among import among
from pathways import doors
from pathways.models import Beneficiary, Stay


class Present(NamedTuple):
    """One stay under way or expected, that the actor answers for."""

    stay_id: int
    beneficiary_id: int
    organisation_id: int
    kind: str
    started_on: date
    interview_every_days: int
    exit_motive: str | None
    advisor_id: int | None
    last_name: str
    first_name: str

    @property
    def person(self) -> Beneficiary:
        """Who it is about, by name alone: what an alert says of them."""
        return Beneficiary(pk=self.beneficiary_id, last_name=self.last_name, first_name=self.first_name)


@dataclass(frozen=True, slots=True)
class Presence:
    """Stays of a perimeter on one day, or those of some of its people."""

    stays: tuple[Present, ...]

    @property
    def people(self) -> Any:
        """Their people, as `field__in` takes them."""
        return among({stay.beneficiary_id for stay in self.stays})

    @property
    def stay_ids(self) -> Any:
        """The stays themselves, as `field__in` takes them."""
        return among([stay.stay_id for stay in self.stays])

    @property
    def places(self) -> set[tuple[int, int]]:
        """Who is where: pairs (person, structure)."""
        return {(stay.beneficiary_id, stay.organisation_id) for stay in self.stays}

    def of_kinds(self, kinds: Collection[str]) -> Presence:
        """Those in structures of these kinds."""
        return Presence(tuple(stay for stay in self.stays if stay.kind in kinds))

    def without_exit_for(self, motives: Collection[str]) -> Presence:
        """Those whose coming exit is for none of these motives."""
        return Presence(tuple(stay for stay in self.stays if stay.exit_motive not in motives))

    def __bool__(self) -> bool:
        return bool(self.stays)


def present(actor: Actor, today: date, people: People = None) -> Presence:
    """Stays under way today that the actor answers for; none for a role that cannot settle an alert."""
    if actor.role not in ADVISING:
        return Presence(())
    expected = not_over(actor, today, people=people).stays
    return Presence(tuple(stay for stay in expected if stay.started_on <= today))


@once_per_page
def not_over(actor: Actor, today: date, *, people: People = None) -> Presence:
    """Stays under way or expected in the actor's perimeter, oldest first, in one query."""
    rows = about(Stay.objects.covered_by(actor).filter(doors.not_over(today)), people)
    values = rows.order_by("started_on", "pk").values_list(
        "pk",
        "beneficiary_id",
        "organisation_id",
        "organisation__kind",
        "started_on",
        "organisation__interview_every_days",
        "exit__motive",
        "advisor_id",
        "beneficiary__last_name",
        "beneficiary__first_name",
        "exit__pk",
    )
    return Presence(tuple(Present(*row[:6], own(row[6], row[-1]), *row[7:-1]) for row in values))


NOBODY = Colleague(None, "Personne de désigné")


def referents(actor: Actor, today: date, people: Collection[int]) -> dict[int, Colleague]:
    """Everyone asked about, each under one colleague; at most three queries."""
    follows = {stay.beneficiary_id: stay.advisor_id for stay in not_over(actor, today).stays}
    gone = set(people) - set(follows)
    if gone:
        left = Stay.objects.covered_by(actor).filter(beneficiary_id__in=among(gone))
        follows |= dict(left.order_by("started_on", "pk").values_list("beneficiary_id", "advisor_id"))
    ids = {user for person in people if (user := follows.get(person)) is not None}
    named = {user.pk: Colleague(user.pk, str(user)) for user in get_user_model().objects.filter(pk__in=ids)}
    return {person: named.get(follows.get(person) or 0, NOBODY) for person in people}
