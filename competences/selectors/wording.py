"""Finding a competence from a few words typed, for the forms that ask for one."""

from __future__ import annotations

from django.db.models.functions import Length

from backend.core.values.text import normalise
from competences.models import Competence

MAX_FOUND = 12
MAX_WORDS = 6


def find_competences(text: str, *, limit: int = MAX_FOUND) -> list[Competence]:
    """Competences in use whose name holds every word typed, the shortest names first."""
    words = normalise(text).split()[:MAX_WORDS]
    if not words:
        return []
    found = Competence.objects.current()
    for word in words:
        found = found.filter(search_label__contains=word)
    return list(found.order_by(Length("search_label"), "search_label", "code")[:limit])


def exact_competence(text: str) -> Competence | None:
    """The competence bearing exactly this name, accents and case aside; the first code among namesakes."""
    return Competence.objects.current().filter(search_label=normalise(text)).order_by("code").first()
