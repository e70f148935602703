"""What the week of a task may hold, season by season, and when it may be done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from backend.core.findings import Finding
from competences.enums import LicenceKind
from employers.enums import Daypart

SEASONS = 4
MOST_HOURS = 48
"""Hours a week, in any season (Code du travail, art. L3121-20)."""


MAY_BE_ASKED = tuple(kind for kind in LicenceKind if kind != LicenceKind.OTHER)
"""Habilitations a task may ask for; « autre » names none, so nobody could be said to hold it."""


def task_findings(
    *, season_hours: Sequence[object], dayparts: Iterable[str], licences: Iterable[str] = ()
) -> Iterator[Finding]:
    """Weeks that are not one number per season, or that no week holds; a word of none of our lists."""
    hours = [each for each in season_hours if isinstance(each, int | float) and 0 <= each <= MOST_HOURS]
    if not len(hours) == len(season_hours) == SEASONS:
        yield Finding(
            "season_hours",
            f"Indiquez quatre nombres d’heures par semaine, entre 0 et {MOST_HOURS} : "
            "hiver, printemps, été, automne.",
            field="season_hours",
            is_contradiction=True,
        )
    if not set(dayparts) <= set(Daypart.values):
        yield Finding(
            "unknown_daypart",
            "Choisissez parmi : tôt, matin, après-midi, soir.",
            field="dayparts",
            is_contradiction=True,
        )
    if not set(licences) <= set(MAY_BE_ASKED):
        yield Finding(
            "unknown_licence",
            "Une tâche demande des habilitations de notre liste.",
            way_out="Choisissez-les dans la liste ; dites le reste parmi les compétences.",
            field="licences",
            is_contradiction=True,
        )
