"""What the page shows of each of two files before they are made one."""

from __future__ import annotations

from dataclasses import dataclass

from backend.core.actor import Actor
from backend.core.joining.undoing import Undone
from backend.core.values.dates import french_date
from pathways.models import Beneficiary, Stay


@dataclass(frozen=True, slots=True)
class FileCard:
    """One file: who, born when, where they were."""

    person: Beneficiary
    born: str
    stays: tuple[str, ...]


def file_card(actor: Actor, person: Beneficiary) -> FileCard:
    """What is enough to know whether two files speak of one person."""
    born = french_date(person.birth_date) if person.birth_date else "non renseignée"
    stays = Stay.objects.visible_to(actor).filter(beneficiary=person).select_related("organisation")
    return FileCard(person, born, tuple(_words(stay) for stay in stays.order_by("started_on", "pk")))


def what_stayed(done: Undone) -> list[str]:
    """What separating could not simply put back, one sentence each; none when nothing was written since."""
    told = (
        (done.left_as_changed, "Corrigé depuis la réunion, et laissé tel quel"),
        (done.went_along, "Ajouté depuis, et parti avec ce dont il dépend sur l’autre fiche"),
        (done.let_go, "Resté sur sa fiche, sans son lien avec l’autre"),
        (done.lost, "Non remis, parce que ce dont il dépendait a été annulé depuis"),
    )
    return [f"{words} : {count}." for count, words in told if count]


def _words(stay: Stay) -> str:
    days = f"depuis le {french_date(stay.started_on, short=True)}"
    if stay.ended_on:
        days = f"du {french_date(stay.started_on, short=True)} au {french_date(stay.ended_on, short=True)}"
    return f"{stay.organisation}, {days}"
