"""What is kept of what was typed and not recorded."""

from __future__ import annotations

from backend.core.joining import tables as joined
from backend.core.privacy.tables import Erased, Fate, Table, sort
from backend.web.models import Draft

TABLES = (
    Table(
        Draft,
        purpose="Rendre à son auteur ce qu’il n’a pas pu enregistrer",
        columns=sort(words="content", staff="user", link="form", technical="id seat saved_at"),
        kept="jusqu’à l’enregistrement ; une heure pour un formulaire refusé",
        fate=Fate.APART,
        not_given="Brouillon d’un professionnel, pas encore un écrit",
    ),
)


def erase(people: Erased) -> None:
    """Drafts about the people; a refused form waits one hour for its author, then goes by itself."""
    for number in joined.numbers():
        if number.model is Draft and number.to is not None:
            forms = [number.written(pk) for pk in people.rows.get(number.to, ())]
            Draft.objects.filter(form__in=forms).delete()
