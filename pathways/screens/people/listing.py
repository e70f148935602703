"""The list of people: found by name, filtered, shaped for a page of a few dozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Max
from django.utils import timezone

from backend.core.actor import ADVISING, Actor
from backend.core.values.dates import french_date
from pathways.models import Beneficiary, Interview, Stay
from pathways.selectors.caseload import situation_of
from pathways.selectors.people import find_people
from pathways.selectors.steps import with_contracts

PER_PAGE = 25


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One line of the list."""

    person: Beneficiary
    stay: Stay | None
    situation: str
    seen_at: datetime | None


def people_page(actor: Actor, wanted: Mapping[str, Any], number: str) -> Page[Any]:
    """One page of rows; the number of queries does not depend on how many people there are."""
    people = _search(actor, wanted)
    page: Page[Any] = Paginator(people, PER_PAGE).get_page(number)
    page.object_list = _rows(actor, list(page.object_list))
    return page


def _search(actor: Actor, wanted: Mapping[str, Any]) -> Any:
    today = timezone.localdate()
    people = Beneficiary.objects.visible_to(actor)
    if wanted.get("q"):
        people = find_people(people, wanted["q"])
    stays = Stay.objects.visible_to(actor).order_by()
    if wanted.get("kind"):
        stays = stays.filter(organisation__kind=wanted["kind"])
    # Who types a name looks for somebody, wherever they are, unless they say that the person left.
    situation = wanted.get("situation") or ("toutes" if wanted.get("q") else "")
    present = stays.open_on(today).values("beneficiary_id")
    if situation == "":
        return people.filter(pk__in=present)
    ever = people.filter(pk__in=stays.values("beneficiary_id"))
    return ever.exclude(pk__in=present) if situation == "sorties" else ever


def _rows(actor: Actor, people: list[Beneficiary]) -> list[PersonRow]:
    stays, seen, today = _latest_stays(actor, people), _last_seen(actor, people), timezone.localdate()
    rows = []
    for person in people:
        stay = stays.get(person.pk)
        rows.append(PersonRow(person, stay, _words(stay, today), seen.get(person.pk)))
    return rows


def _words(stay: Stay | None, today: date) -> str:
    if stay is None:
        return ""
    if stay.ended_on and stay.ended_on < today:
        return f"Sortie le {french_date(stay.ended_on)}"
    return situation_of(stay, today)


def _latest_stays(actor: Actor, people: list[Beneficiary]) -> dict[int, Stay]:
    """The step each person is in, the last one when several are open or all are over."""
    stays = with_contracts(Stay.objects.visible_to(actor).filter(beneficiary__in=people)).select_related(
        "advisor"
    )
    ordered = sorted(
        stays, key=lambda stay: (stay.ended_on is None, stay.ended_on or date.max, stay.started_on)
    )
    return {stay.beneficiary_id: stay for stay in ordered}


def _last_seen(actor: Actor, people: list[Beneficiary]) -> dict[int, datetime]:
    if actor.role not in ADVISING:
        return {}
    interviews = Interview.objects.visible_to(actor).filter(beneficiary__in=people).order_by()
    return dict(interviews.values_list("beneficiary_id").annotate(last=Max("happened_at")))
