"""When to call after a hire. No text fixes these dates: practice does, and the first months are when it breaks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from backend.core.findings import Finding
from backend.core.values.dates import days_after, french_date, months_after
from backend.core.values.plausible import WORK, end_findings, window_findings
from employers.enums import Situation

SUPPORT_MONTHS = 6
"""The founding texts ask for six months of support in the job; the FSE+ asks the situation at the same date."""

MONTHS_OF_CALLS = (1, 3, SUPPORT_MONTHS)
"""When the situation is asked again; the first is called a week after."""
LAST_MILESTONE = f"M{SUPPORT_MONTHS}"
LAST_CALL = timedelta(days=28)
"""How long after its day the last call may still be made, and the support last for it. No text: our choice."""


AHEAD = timedelta(days=28)
"""How long before its day a contact may be made: as wide as the delay of the last one. No text: our choice.

« Toujours en poste à six mois », said the day after the hire, would be counted and would be false.
"""


@dataclass(frozen=True, slots=True)
class Milestone:
    """One contact due."""

    code: str
    label: str
    due_on: date


LONGEST_TRIAL_MONTHS = 12
"""Wide on purpose: eight months is the longest, renewal included (Code du travail, art. L1221-21)."""

LABELS = {
    "J7": "Premier appel",
    "ESSAI": "Fin de la période d’essai",
    **{f"M{months}": f"Suivi à {months} mois" for months in MONTHS_OF_CALLS},
}


def milestones(
    *, started_on: date, trial_ends_on: date | None, ends_on: date | None
) -> tuple[Milestone, ...]:
    """The contacts due after a hire, in order; none falls after the end of the contract but the last one.

    Six months after the hire the situation is asked whatever became of the contract.
    """
    return tuple(
        sorted(_milestones(started_on, trial_ends_on, ends_on), key=lambda each: (each.due_on, each.code))
    )


def _milestones(started_on: date, trial_ends_on: date | None, ends_on: date | None) -> Iterator[Milestone]:
    days = {"J7": days_after(started_on, 7)}
    if trial_ends_on:
        days["ESSAI"] = trial_ends_on
    days |= {f"M{months}": months_after(started_on, months) for months in MONTHS_OF_CALLS}
    for code, due_on in days.items():
        if code == LAST_MILESTONE or ends_on is None or due_on <= ends_on:
            yield Milestone(code, LABELS[code], due_on)


def still_to_make(planned: Iterable[Milestone], *, on: date) -> tuple[Milestone, ...]:
    """The contacts left to make that day: those to come, and of those already due the last one only.

    A job learnt of after three months asks for one late call, not for three. No text: our choice.
    """
    rows = sorted(planned, key=lambda each: (each.due_on, each.code))
    due = [each for each in rows if each.due_on <= on]
    return (*due[-1:], *(each for each in rows if each.due_on > on))


def contact_findings(
    *, on: date, hired_on: date, due_on: date, situation: str, today: date
) -> Iterator[Finding]:
    """A contact to come, made before the job or long before its own day, or that found nothing we can count."""
    if on > today:
        yield Finding(
            "in_the_future",
            "Un suivi ne peut pas porter une date à venir.",
            field="on",
            is_contradiction=True,
        )
    elif on < hired_on:
        yield Finding(
            "call_before_hire",
            f"L’embauche est du {french_date(hired_on)} : le suivi dans l’emploi commence ce jour-là.",
            way_out="Vérifiez la date, ou notez cet échange comme un suivi de la personne.",
            field="on",
            is_contradiction=True,
        )
    elif on < due_on - AHEAD:
        yield Finding(
            "call_too_early",
            f"Ce contact est prévu le {french_date(due_on)} : il se note au plus tôt le {french_date(due_on - AHEAD)}.",
            way_out="Notez cet échange comme un suivi de la personne.",
            field="on",
        )
    if situation not in Situation.values:
        yield Finding(
            "unknown_situation",
            "Dites ce que vous avez constaté.",
            field="situation",
            is_contradiction=True,
        )


def hire_findings(
    *, started_on: date, trial_ends_on: date | None, today: date, born_on: date | None
) -> Iterator[Finding]:
    """A hire, or the end of its trial, on a day nobody can mean."""
    yield from window_findings(WORK, started_on, field="started_on", today=today, born_on=born_on)
    yield from end_findings(
        trial_ends_on, field="trial_ends_on", started_on=started_on, months=LONGEST_TRIAL_MONTHS
    )


def support_findings(*, is_lost_to_another: bool) -> Iterator[Finding]:
    """A job learnt of once another structure accompanies the person: its support would open their thread again."""
    if is_lost_to_another:
        yield Finding(
            "supported_elsewhere",
            "Aucun suivi dans l’emploi ne s’ouvre : cette personne est accompagnée aujourd’hui par une autre structure.",
            way_out="Rien à faire ; la sortie compte dans vos chiffres.",
            field="motive",
            refuses=False,
        )


def oldest_hire_supported(day: date) -> date:
    """The first day of a hire whose six months are not over that day, last day included."""
    start = months_after(day, -SUPPORT_MONTHS)
    # The 30th of August counts back to the 28th of February, whose six months ended on the 28th of August.
    return start if months_after(start, SUPPORT_MONTHS) >= day else start + timedelta(days=1)
