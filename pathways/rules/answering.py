"""Who answers for what somebody promised: the colleague named while they can, then whoever the person falls to.

Ours, no text of law: what was planned is never left to someone who cannot open the thread any more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple


class OpenDoor(NamedTuple):
    """A stay whose door is open: whose, where, followed by whom; `is_shared` where a team shares its people."""

    person: int
    organisation: int
    advisor: int | None
    is_shared: bool


class Seat(NamedTuple):
    """Somebody who accompanies people in a structure; `is_bounded` to those they follow and those nobody does."""

    organisation: int
    user: int
    is_bounded: bool


class Hands:
    """Who stands behind which doors on one day."""

    def __init__(self, doors: Iterable[OpenDoor], seats: Iterable[Seat]) -> None:
        self._doors: dict[int, list[OpenDoor]] = defaultdict(list)
        for door in doors:
            self._doors[door.person].append(door)
        self._seats: dict[int, list[Seat]] = defaultdict(list)
        for seat in seats:
            self._seats[seat.organisation].append(seat)

    def by_people(self, asked: Collection[int] | None = None) -> Mapping[frozenset[int], list[int]]:
        """Which users can open the threads of the same people, of those asked about: {people: users}."""
        opened: dict[int, set[int]] = defaultdict(set)
        for person in self._doors.keys() if asked is None else self._doors.keys() & asked:
            for door in self._doors[person]:
                for seat in self._seats[door.organisation]:
                    if not seat.is_bounded or door.is_shared or door.advisor in (seat.user, None):
                        opened[seat.user].add(person)
        grouped: dict[frozenset[int], list[int]] = defaultdict(list)
        for user, people in opened.items():
            grouped[frozenset(people)].append(user)
        return grouped

    def fall_to(self, user: int, organisations: Collection[int]) -> frozenset[int]:
        """People this user follows in one of these structures, and those whom nobody seated there follows."""
        return frozenset(
            person
            for person, doors in self._doors.items()
            if any(door.advisor == user and door.organisation in organisations for door in doors)
            or not any(self._follows(door) for door in doors)
        )

    def _follows(self, door: OpenDoor) -> bool:
        return any(seat.user == door.advisor for seat in self._seats[door.organisation])
