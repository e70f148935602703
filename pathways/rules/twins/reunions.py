"""Two files made one: until when they may be made two again, and which two steps of a person are one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from backend.core.findings import Finding
from backend.core.values.dates import days_after, french_date

SEPARABLE_DAYS = 30
"""Our choice: long enough for the next monthly meeting of a team, short enough not to keep what was set aside."""

OPEN_BOTH, SAME_END, OVERLAP, APART = 3, 2, 1, 0


def last_day_to_separate(joined_on: date) -> date:
    """The last day two files may be separated, thirty days after they were joined."""
    return days_after(joined_on, SEPARABLE_DAYS)


def joining_findings(*, is_same: bool, are_told_apart: bool, unanswered: int) -> Iterator[Finding]:
    """What stands in the way of making two files one."""
    if is_same:
        yield Finding(
            "same_file",
            "C’est la même fiche.",
            way_out="Choisissez l’autre fiche de la personne.",
            is_contradiction=True,
        )
    if are_told_apart:
        yield Finding(
            "told_apart",
            "Quelqu’un a dit que ce sont deux personnes.",
            way_out="Si ce n’est pas le cas, revenez d’abord sur cette réponse, dans « Fiches qui se ressemblent ».",
            is_contradiction=True,
        )
    if unanswered:
        what = "Une différence reste" if unanswered == 1 else f"{unanswered} différences restent"
        yield Finding(
            "to_choose",
            f"{what} à trancher entre les deux fiches.",
            way_out="Choisissez pour chacune ce qui est juste.",
            is_contradiction=True,
        )


def separation_findings(
    *, joined_on: date, today: date, is_separated: bool, is_joined_again: bool
) -> Iterator[Finding]:
    """What stands in the way of making two files two again: time, or another file joined since."""
    if is_separated:
        yield Finding("already_separated", "Ces deux fiches sont déjà séparées.", is_contradiction=True)
    elif today > last_day_to_separate(joined_on):
        yield Finding(
            "too_late_to_separate",
            f"Ces fiches pouvaient être séparées jusqu’au {french_date(last_day_to_separate(joined_on))} ; ce qui le "
            "permettait est effacé depuis.",
            way_out="Accueillez l’autre personne, puis corrigez ce qui n’est pas à elle.",
            is_contradiction=True,
        )
    if is_joined_again:
        yield Finding(
            "joined_again_since",
            "Une autre fiche a été réunie à celle-ci depuis.",
            way_out="Séparez d’abord la dernière réunie.",
            is_contradiction=True,
        )


def how_much_one_stay(one: tuple[date, date | None], other: tuple[date, date | None]) -> int:
    """How surely two stays in one structure are one: nobody is there twice at once. 0 when they never cross."""
    (start, end), (other_start, other_end) = one, other
    if end is None and other_end is None:
        return OPEN_BOTH
    crosses = (end is None or other_start <= end) and (other_end is None or start <= other_end)
    if not crosses:
        return APART
    return SAME_END if end == other_end else OVERLAP
