"""What makes a follow-up worth its name: it says at least one thing about the person."""

from __future__ import annotations

from backend.core.errors import DomainError


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
