"""What makes a follow-up worth its name: it says something, on a day one can believe; two meetings at one minute are said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from backend.core.findings import Finding
from backend.core.values.dates import NBSP, french_date, months_after
from backend.core.values.plausible import MEETING, window_findings
from backend.core.values.text import normalise, says_something
from pathways.enums import InterviewKind

CLOCK_TOLERANCE = timedelta(minutes=15)
"""A phone's clock may run ahead of ours."""

MET_BEFORE_MONTHS = 24
"""How long before their first stay somebody may have been met (candidature, wait on a list): our choice, wide on
purpose; an interview said older than that is a slip of the year."""


def day_findings(*, happened_at: datetime, now: datetime) -> Iterator[Finding]:
    """An interview that has not happened: nothing can have been said."""
    if happened_at > now + CLOCK_TOLERANCE:
        yield Finding(
            "interview_to_come",
            "Un entretien se note une fois qu’il a eu lieu.",
            way_out="Pour plus tard, prenez plutôt un rendez-vous.",
            field="happened_at",
            is_contradiction=True,
        )


def age_findings(
    *, day: date, first_stay_on: date | None, today: date, born_on: date | None = None
) -> Iterator[Finding]:
    """An interview long before the person's first stay; without any stay, on a day nobody can mean.

    The first day accepted is 24 months before that stay.
    """
    if first_stay_on is None:
        yield from window_findings(MEETING, day, field="happened_at", today=today, born_on=born_on)
    elif day < months_after(first_stay_on, -MET_BEFORE_MONTHS):
        yield Finding(
            "interview_too_old",
            f"Cet entretien serait du {french_date(day)}, bien avant la première étape de la personne, le "
            f"{french_date(first_stay_on)}.",
            way_out="Vérifiez l’année ; si la date est juste, enregistrez d’abord l’étape d’alors.",
            field="happened_at",
        )


def duration_findings(minutes: int | None) -> Iterator[Finding]:
    """An interview of no minute at all."""
    if minutes == 0:
        yield Finding(
            "interview_without_length",
            "Un entretien dure au moins une minute.",
            way_out="Indiquez sa durée, ou laissez vide si elle n’est pas connue.",
            field="duration_minutes",
            is_contradiction=True,
        )


def saying_findings(*facts: object) -> Iterator[Finding]:
    """A follow-up that holds no fact: no topic, text, frein, action nor next appointment.

    A follow-up ends « sans nouvelles » for the person and counts in the rhythm of the structure; an empty one would
    hide somebody nobody met. An appointment that was only kept is settled on the appointment itself. Interviews
    brought in from an older tool may hold a date alone: they happened, and are kept with a réserve.
    """
    if not any(says_something(fact) if isinstance(fact, str) else fact for fact in facts):
        yield Finding(
            "follow_up_empty",
            "Ce suivi ne dit encore rien.",
            way_out="Cochez un sujet ou écrivez quelques mots ; un frein, une action ou un prochain rendez-vous "
            "suffisent aussi.",
            field="topics",
        )


_ANNOUNCED_BY = (
    (InterviewKind.FINAL_REVIEW, ("bilan final", "bilan de fin", "bilan de sortie")),
    (InterviewKind.RENEWAL, ("renouvel",)),
    (InterviewKind.TRIPARTITE, ("tripartite", "a trois")),
    (InterviewKind.REVIEW, ("bilan",)),
    (InterviewKind.WELCOME, ("accueil", "diagnostic")),
)


def kind_announced(purpose: str) -> InterviewKind | None:
    """Why we meet, as the words of an appointment say it; None when they say nothing of it, and « Suivi » stands."""
    words = normalise(purpose)
    return next((kind for kind, said in _ANNOUNCED_BY if any(word in words for word in said)), None)


@dataclass(frozen=True, slots=True)
class Meeting:
    """Another meeting of that minute: whose it is (« Vous », a colleague, the person), and with whom when it may be told."""

    whose: str
    has: str
    other: str = ""


def same_minute_findings(at: datetime, others: Iterable[Meeting]) -> Iterator[Finding]:
    """A word for each meeting already planned at that minute, in local time: both may be meant, nothing is refused."""
    hour = f"{at.hour}{NBSP}h{f'{NBSP}{at:%M}' if at.minute else ''}"
    for each in others:
        beside = f" avec {each.other}" if each.other else ""
        yield Finding(
            "same_minute",
            f"{each.whose} {each.has} déjà un rendez-vous à {hour}{beside}.",
            way_out="Les deux sont gardés ; reportez l’un des deux s’ils ne vont pas ensemble.",
            field="starts_at",
            refuses=False,
        )
