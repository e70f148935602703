"""A team as persons and activities: a row each, a column each, a mark as full as the gesture is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from competences.screens.polycompetence.words import lines, shortened
from competences.selectors.team_skills import Activity, Colleague, TeamSkills

NAMES, COLUMN, ROW, HEAD, FOOT, SLANT = 124, 36, 34, 146, 34, 44
COLUMNS = 5
"""Activities side by side in one picture as wide as a phone: more make a second picture under it, or beside where there is room."""
NAME_LETTERS, HEAD_LETTERS, HEAD_LINES = 14, 20, 2
"""What fits before the first column, and on each of the lines of a column's name."""


@dataclass(frozen=True, slots=True)
class Head:
    """The name of a column, written aslant."""

    x: int
    lines: tuple[tuple[int, str], ...]
    tip: str
    css: str


@dataclass(frozen=True, slots=True)
class Row:
    """One person: their name and a mark in each column."""

    y: int
    text_y: int
    name: str
    tip: str
    is_key: bool
    marks: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True, slots=True)
class Foot:
    """How many people do it alone."""

    x: int
    count: int
    css: str


@dataclass(frozen=True, slots=True)
class Grid:
    """One picture of the team; `width` is that of its lines, `slant` leaves room for the last names of columns."""

    width: int
    slant: int
    height: int
    head: int
    foot_y: int
    heads: tuple[Head, ...]
    rows: tuple[Row, ...]
    feet: tuple[Foot, ...]
    summary: str


def grids_of(team: TeamSkills) -> list[Grid]:
    """The team in as many pictures as its activities need."""
    return [
        _grid(team, team.activities[first : first + COLUMNS])
        for first in range(0, len(team.activities), COLUMNS)
    ]


def _grid(team: TeamSkills, activities: Sequence[Activity]) -> Grid:
    places = [NAMES + COLUMN // 2 + rank * COLUMN for rank in range(len(activities))]
    keys = set(team.measures.key_people)
    alone = [sum(each.is_alone_on(activity.code) for each in team.people) for activity in activities]
    rows = tuple(_row(rank, each, activities, places, keys) for rank, each in enumerate(team.people))
    foot_y = HEAD + len(rows) * ROW
    return Grid(
        width=NAMES + COLUMNS * COLUMN,
        slant=NAMES + COLUMNS * COLUMN + SLANT,
        height=foot_y + FOOT,
        head=HEAD,
        foot_y=foot_y,
        heads=tuple(
            Head(
                x,
                tuple(
                    (rank * 15, text)
                    for rank, text in enumerate(lines(activity.label, width=HEAD_LETTERS, most=HEAD_LINES))
                ),
                activity.label,
                "" if activity.need else "unneeded",
            )
            for x, activity in zip(places, activities, strict=True)
        ),
        rows=rows,
        feet=tuple(
            Foot(x, count, "short" if count < activity.need else "thin" if count == activity.need else "")
            for x, count, activity in zip(places, alone, activities, strict=True)
        ),
        summary=" ; ".join(
            f"{activity.label} : {count} sans aide" for activity, count in zip(activities, alone, strict=True)
        ),
    )


def _row(
    rank: int, colleague: Colleague, activities: Sequence[Activity], places: Sequence[int], keys: set[str]
) -> Row:
    y = HEAD + rank * ROW
    name = str(colleague.person)
    return Row(
        y=y,
        text_y=y + 22,
        name=shortened(name, NAME_LETTERS),
        tip=f"{name}, personne clé" if colleague.key in keys else name,
        is_key=colleague.key in keys,
        marks=tuple(
            (x, y + ROW // 2, colleague.levels.get(activity.code, 0))
            for x, activity in zip(places, activities, strict=True)
        ),
    )
