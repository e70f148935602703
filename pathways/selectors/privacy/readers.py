"""« Qui a regardé mon dossier ? », told from the trail in words a person understands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from backend.accounts.models import User
from backend.audit.models import Entry
from backend.audit.numbers import numbers_of
from backend.core.actor import Actor, Role
from backend.organisations.models import Organisation
from pathways.doors import BEYOND
from pathways.models import Beneficiary, BeneficiaryAccess
from pathways.selectors.beyond import motive_in_words

SHOWN = 50
_VERBS = {
    "read": "a ouvert votre dossier",
    "exported": "a exporté des données qui vous concernent",
    "sheet": "a lu ce que vous donnez pour un relais",
    "shown": "a vu votre profil sans nom, avec votre accord",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """One day, one person, one thing they did with the file."""

    day: date
    who: str
    role: str
    place: str
    what: str


def readers_of(actor: Actor) -> list[Reading]:
    """Who opened or changed the file, newest first, one line a day for each."""
    entries = Entry.objects.visible_to(actor).exclude(user_id=actor.user_id)
    return _told(list(entries.order_by("-id")[: SHOWN * 10]))[:SHOWN]


def every_reading_of(person: Beneficiary) -> list[Reading]:
    """The same, all of them, for the copy that the person takes away; what they did themselves left aside."""
    own = BeneficiaryAccess.objects.filter(beneficiary=person).values("user_id")
    entries = Entry.objects.filter(beneficiary_id__in=numbers_of(person.pk)).exclude(user_id__in=own)
    return _told(list(entries.order_by("-id")))


def _told(entries: list[Entry]) -> list[Reading]:
    names = {
        user.pk: str(user) for user in User.objects.filter(pk__in={e.user_id for e in entries if e.user_id})
    }
    places = dict(
        Organisation.objects.filter(
            pk__in={e.organisation_id for e in entries if e.organisation_id}
        ).values_list("pk", "name")
    )
    seen: dict[Reading, None] = {}
    for entry in entries:
        seen[_reading(entry, names, places)] = None
    return list(seen)


def _reading(entry: Entry, names: dict[int, str], places: dict[int, str]) -> Reading:
    verb = entry.action.rpartition(".")[2]
    what = _VERBS.get(verb, "a complété votre dossier")
    if entry.subject_kind == BEYOND:
        what = f"a ouvert votre dossier, suivi d’habitude par une ou un collègue. Motif : {motive_in_words(entry.detail['motive'])}"
    return Reading(
        day=timezone.localdate(entry.at),
        who=names.get(entry.user_id or 0, "L’installation"),
        role=Role(entry.role).label,
        place=places.get(entry.organisation_id or 0, ""),
        what=what,
    )
