"""What is kept of the messages that leave."""

from __future__ import annotations

from backend.core.privacy.tables import Erased, Fate, Table, sort
from backend.mail.models import Message

TABLES = (
    Table(
        Message,
        purpose="Faire partir un message, et dire s’il est parti",
        columns=sort(
            contact="recipient",
            words="subject text",
            link="about about_id",
            technical=(
                "id uid kind state trouble attempts created_at next_attempt_at handed_at held_until good_until settled_at"
            ),
        ),
        kept="vidé dès qu’il est parti ; la ligne, le temps d’une règle datée",
        fate=Fate.APART,
        not_given="La personne a déjà reçu ce message",
    ),
)


def erase(people: Erased) -> None:
    """Messages about rows that go."""
    for model, keys in people.numbered:
        Message.objects.filter(about=model._meta.label_lower, about_id__in=keys).delete()
