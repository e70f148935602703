"""Where a goal, an action or an appointment may go from where it stands; buttons and services read the same table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from backend.core.findings import Finding
from pathways.enums import AppointmentStatus, ProgressStatus

_TO_DO, _DOING = ProgressStatus.TO_DO, ProgressStatus.DOING
_DONE, _DROPPED = ProgressStatus.DONE, ProgressStatus.DROPPED

PROGRESS: Mapping[str, frozenset[str]] = {
    _TO_DO: frozenset({_DOING, _DONE, _DROPPED}),
    _DOING: frozenset({_TO_DO, _DONE, _DROPPED}),
    # A thing done or dropped may start again: a pathway is not a straight line.
    _DONE: frozenset({_DOING}),
    _DROPPED: frozenset({_TO_DO, _DOING}),
}
"""Goals and actions."""

STILL_OPEN = (_TO_DO, _DOING)
"""A goal or an action nobody has finished with."""

APPOINTMENTS: Mapping[str, frozenset[str]] = {
    AppointmentStatus.PLANNED: frozenset(
        {
            AppointmentStatus.HELD,
            AppointmentStatus.EXCUSED,
            AppointmentStatus.MISSED,
            AppointmentStatus.CANCELLED,
        }
    ),
    # The reason for an absence is often known the day after.
    AppointmentStatus.MISSED: frozenset({AppointmentStatus.EXCUSED, AppointmentStatus.HELD}),
    AppointmentStatus.EXCUSED: frozenset({AppointmentStatus.MISSED, AppointmentStatus.HELD}),
    AppointmentStatus.HELD: frozenset(),
    AppointmentStatus.CANCELLED: frozenset(),
}


def within_reach(table: Mapping[str, frozenset[str]], current: str) -> frozenset[str]:
    """What a form offers: where one stands, and where one may go from there."""
    return table[current] | {current}


def transition_findings(
    table: Mapping[str, frozenset[str]], *, current: str, asked: str
) -> Iterator[Finding]:
    """A change the table does not know."""
    if asked not in table[current]:
        yield Finding(
            "transition",
            "Ce changement d’état n’est pas possible depuis l’état actuel.",
            way_out="Rechargez la page, puis choisissez parmi les états proposés.",
            field="status",
            is_contradiction=True,
        )


def postponing_findings(*, is_open: bool, field: str) -> Iterator[Finding]:
    """Moving the date of what has been answered: a meeting held or missed, an action done or dropped.

    An absence stays an absence on its day; what comes after it is another appointment, or an action taken up again.
    """
    if not is_open:
        yield Finding(
            "postponed_too_late",
            "La suite de cet élément est déjà notée : sa date ne bouge plus.",
            way_out="Prévoyez plutôt un autre rendez-vous ou une autre action.",
            field=field,
            is_contradiction=True,
        )


def cancel_findings(reason: str) -> Iterator[Finding]:
    """A row taken back, because it was a mistake, says why."""
    if not reason.strip():
        yield Finding(
            "reason_missing",
            "Une ligne s’annule avec sa raison.",
            way_out="Dites-la en quelques mots.",
            field="reason",
        )


def reason_findings(*, status: str, reason: str, field: str) -> Iterator[Finding]:
    """A goal or an action dropped without a reason, which the next colleague would not understand."""
    if status == _DROPPED and not reason.strip():
        yield Finding(
            "reason_missing",
            "Dites en quelques mots pourquoi c’est abandonné.",
            field=field,
            is_contradiction=True,
        )
