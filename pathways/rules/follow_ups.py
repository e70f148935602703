"""What makes a follow-up worth its name: it says at least one thing, and happened on a day one can believe."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from backend.core.dates import french_date, months_after
from backend.core.errors import DomainError

CLOCK_TOLERANCE = timedelta(minutes=15)
"""A phone's clock may run ahead of ours."""

MET_BEFORE_MONTHS = 24
"""How long before their first stay somebody may have been met (candidature, wait on a list): our choice, wide on
purpose; an interview said older than that is a slip of the year."""


def check_has_happened(happened_at: datetime, *, now: datetime) -> None:
    """Refuse an interview still to come."""
    if happened_at > now + CLOCK_TOLERANCE:
        raise DomainError(
            "interview_to_come",
            "Un entretien se note une fois qu’il a eu lieu. Pour plus tard, prenez plutôt un rendez-vous.",
            field="happened_at",
        )


def check_is_plausible(day: date, *, first_stay_on: date | None) -> None:
    """Refuse an interview long before the person's first stay; without any stay, nothing says it is wrong.

    The first day accepted is 24 months before that stay.
    """
    if first_stay_on is not None and day < months_after(first_stay_on, -MET_BEFORE_MONTHS):
        raise DomainError(
            "interview_too_old",
            f"Cet entretien serait du {french_date(day)}, bien avant la première étape de la personne, le "
            f"{french_date(first_stay_on)}. Vérifiez l’année ; si la date est juste, enregistrez d’abord l’étape "
            "d’alors.",
            field="happened_at",
        )


def check_says_something(*facts: object) -> None:
    """Refuse a follow-up that holds no fact: no topic, text, frein, action nor next appointment.

    A follow-up ends « sans nouvelles » for the person and counts in the rhythm of the structure; an empty one would
    hide somebody nobody met. An appointment that was only kept is settled on the appointment itself. Interviews
    brought in from an older tool may hold a date alone: they happened, nothing is asked of them (see the exchange).
    """
    if not any(fact.strip() if isinstance(fact, str) else fact for fact in facts):
        raise DomainError(
            "follow_up_empty",
            "Ce suivi ne dit encore rien. Cochez un sujet ou écrivez quelques mots ; un frein, une action ou un "
            "prochain rendez-vous suffisent aussi.",
            field="topics",
        )
