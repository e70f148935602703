"""Opening a colleague's file: a motive, for some hours; the person and who answers for the structure read it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from backend.audit import trail
from backend.core.actor import Actor
from backend.core.errors import DomainError, ensure
from backend.core.values.dates import french_date
from pathways.doors import BEYOND
from pathways.enums import BeyondMotive
from pathways.models import Beneficiary
from pathways.models.beneficiary import searchable_name
from pathways.permissions import accompanies, may_open_beyond
from pathways.rules.dated.retention import BEYOND_HOURS
from pathways.selectors.beyond import Opening
from pathways.selectors.rule_book import read_book

LONGEST_HOURS = 72
"""Whatever the dated rule says: beyond three days somebody is the referent, and is named so."""
_NOT_YOURS = (
    "Seule une personne qui accompagne ouvre le dossier suivi par une ou un collègue, dans sa structure."
)


@transaction.atomic
def open_beyond_caseload(
    *, actor: Actor, last_name: str, first_name: str, motive: str, birth_date: date | None = None
) -> Opening:
    """Open the file of somebody present in one's structure whom a colleague follows, named whole: nothing is listed.

    What is read and written then is signed as any other day. A file already open stays as it is, and nothing is written.
    """
    ensure(may_open_beyond(actor), "not_yours", _NOT_YOURS)
    person = _named(actor, last_name, first_name, birth_date)
    if accompanies(actor, person):
        raise DomainError(
            "already_open",
            "Ce dossier vous est déjà ouvert : cherchez cette personne dans « Personnes ».",
            field="last_name",
        )
    now = timezone.now()
    hours = min(int(read_book().hours(BEYOND_HOURS, on=timezone.localdate())), LONGEST_HOURS)
    until = int((now + timedelta(hours=hours)).timestamp())
    line = trail.record_about(
        actor,
        "beneficiary.opened_beyond",
        BEYOND,
        str(actor.user_id),
        person.pk,
        motive=BeyondMotive(motive).value,
        until=until,
    )
    return Opening(person, actor.label, line.detail["motive"], line.at, datetime.fromtimestamp(until, UTC))


def _named(actor: Actor, last_name: str, first_name: str, birth_date: date | None) -> Beneficiary:
    here = Beneficiary.objects.present_on(timezone.localdate(), actor.organisation_ids)
    found = here.filter(search_name=searchable_name(last_name, first_name))
    if birth_date is not None:
        found = found.maybe_born(birth_date)
    people = list(found[:2])
    if not people:
        raise DomainError(
            "nobody_here",
            "Personne de ce nom n’est en parcours aujourd’hui dans votre structure. Vérifiez l’écriture du nom et du prénom"
            + (f", et la date de naissance : {french_date(birth_date)}." if birth_date else "."),
            field="last_name",
        )
    if len(people) > 1:
        raise DomainError(
            "namesakes",
            "Plusieurs personnes portent ce nom dans votre structure. Donnez la date de naissance.",
            field="birth_date",
        )
    return people[0]
