"""The doors to a person's thread: whom an actor accompanies on a given day.

A door is a stay under way or expected in the actor's own perimeter, or the support after a hire while it lasts.
An advisor who said why opens one for some hours in their own structure (decision 0079). Once it is closed a structure keeps what is its own, read only (decision 0002). Everything here is a set of
identifiers, found once for the whole question (`IN (SELECT …)`), never a condition asked again for each person; a
reading page, which asks thirty questions of the same people, finds them once for all.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import date
from typing import Any, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils import timezone

from backend.audit.models import Entry
from backend.core.actor import FOLLOWS_OWN_PEOPLE, HAS_PEOPLE, KEEPS_ITS_OWN, PEOPLE_IN_PATHWAY, Actor, Role
from backend.core.pages.once import MOST_REMEMBERED, is_reading, once_per_page
from backend.core.tables.among import Ids, among

Rows = TypeVar("Rows", bound="models.QuerySet[Any]")
Support = Callable[[Actor, date], "models.QuerySet[Any, Any]"]

Kept = Callable[[date], "models.QuerySet[Any, Any]"]

_SUPPORTS: list[Support] = []
_KEPT: list[Kept] = []


def register(support: Support, kept: Kept) -> None:
    """Add a reason why a door stays open after a stay: whom it lets in, and which stays it keeps open.

    Each gives one column: the people's identifiers for an actor, the stays' identifiers for a day.
    """
    if support not in _SUPPORTS:
        _SUPPORTS.append(support)
        _KEPT.append(kept)


def own_stays(actor: Actor, path: str = "") -> Q:
    """Stays of the actor's own perimeter, whatever their dates; `path` leads to the stay, as `exit__stay__`.

    A structure's for its team, the group's for its head. An advisor: the people they follow, those nobody
    follows yet, and everyone where the structure shares its caseload.
    """
    if actor.role not in HAS_PEOPLE:
        return Q(**{f"{path}pk__in": ()})
    own = Q(**{f"{path}organisation_id__in": actor.organisation_ids})
    if actor.role in FOLLOWS_OWN_PEOPLE:
        mine = Q(**{f"{path}advisor_id": actor.user_id})
        nobodys = Q(**{f"{path}advisor__isnull": True})
        shared = Q(**{f"{path}organisation__is_caseload_shared": True})
        own &= mine | nobodys | shared
    return own


def not_over(day: date) -> Q:
    """Stays whose last day has not passed; one that begins later is expected, and already prepared."""
    return Q(ended_on__isnull=True) | Q(ended_on__gte=day)


def accompanied(actor: Actor, *, on: date | None = None) -> Any:
    """Identifiers of the people whose door is open to someone who works in a structure, today by default.

    As `field__in` takes them: a question inside the question, or, on a reading page, those found the first time.
    """
    day = on or timezone.localdate()
    ids = _found(_accompanied, actor, day)
    return _accompanied(actor, day) if ids is None else among(ids)


def accompanies_among(actor: Actor, people: Collection[int], day: date) -> set[int]:
    """Which of these people's threads are open to the actor; nothing more is asked where the page knows it."""
    if actor.role in PEOPLE_IN_PATHWAY:
        return set(people) & {actor.beneficiary_id}
    ids = _found(_accompanied, actor, day) if actor.role in HAS_PEOPLE else None
    if ids is not None:
        return set(ids & set(people))
    everyone = apps.get_model("pathways", "Beneficiary")._default_manager.filter(pk__in=among(people))
    return set(of_accompanied(everyone, actor, "pk", on=day).order_by().values_list("pk", flat=True))


def _accompanied(actor: Actor, day: date) -> models.QuerySet[Any, Any]:
    by_stay = _stays().filter(own_stays(actor) & not_over(day)).values("beneficiary_id")
    if actor.role not in KEEPS_ITS_OWN:
        return by_stay
    return by_stay.union(*(support(actor, day) for support in _SUPPORTS), *_opened_beyond(actor))


BEYOND = "pathways.beyond_caseload"
"""The kind of line of the trail that opens a door for some hours."""


def opened_beyond(organisation_ids: Collection[int]) -> models.QuerySet[Entry]:
    """Every opening outside a caseload that these structures still keep, past or not."""
    return Entry.objects.filter(subject_kind=BEYOND, organisation_id__in=organisation_ids)


def _opened_beyond(actor: Actor) -> Iterator[models.QuerySet[Any, Any]]:
    """Whom an advisor opened outside their own caseload, saying why, while it lasts: one account, one structure."""
    if actor.role in FOLLOWS_OWN_PEOPLE:
        lines = opened_beyond(actor.organisation_ids).filter(subject_id=str(actor.user_id)).order_by()
        yield lines.filter(detail__until__gt=int(timezone.now().timestamp())).values("beneficiary_id")


def under_way_outside(organisation_ids: Collection[int]) -> models.QuerySet[Any, Any]:
    """Identifiers of the people who have a stay under way today in some structure outside these."""
    today = timezone.localdate()
    under_way = _stays().filter(not_over(today), started_on__lte=today)
    return under_way.exclude(organisation_id__in=organisation_ids).values("beneficiary_id")


@once_per_page
def is_accompanied_elsewhere(beneficiary_id: int, organisation_ids: Collection[int]) -> bool:
    """Whether a stay of this person is under way today in some structure outside these."""
    return under_way_outside(organisation_ids).filter(beneficiary_id=beneficiary_id).exists()


def lost_to_another(people: Collection[int]) -> set[tuple[int, int]]:
    """Of these people, the structures whose door is closed while another accompanies them today.

    Pairs (person, structure), in three queries: nothing a structure writes then opens the thread to it again.
    """
    today = timezone.localdate()
    opened = open_stays(today).filter(beneficiary_id__in=people)
    still = set(opened.values_list("beneficiary_id", "organisation_id"))
    stays = _stays().filter(beneficiary_id__in=people)
    places = set(stays.values_list("beneficiary_id", "organisation_id"))
    now = set(stays.filter(not_over(today), started_on__lte=today).values_list("beneficiary_id", flat=True))
    return {(person, where) for person, where in places - still if person in now}


def open_stays(day: date) -> models.QuerySet[Any]:
    """Every stay whose door is open that day, whoever stands behind it: not over, or kept open after its end."""
    is_open = not_over(day)
    for kept in _KEPT:
        is_open |= Q(pk__in=kept(day))
    return _stays().filter(is_open)


def known(actor: Actor) -> Any:
    """Identifiers of the people one may still name: those accompanied, and those who stayed in one's perimeter."""
    if actor.role not in KEEPS_ITS_OWN:
        return accompanied(actor)
    ids = _found(_known, actor, timezone.localdate())
    return _known(actor, timezone.localdate()) if ids is None else among(ids)


def _known(actor: Actor, day: date) -> models.QuerySet[Any, Any]:
    by_stay = _stays().filter(own_stays(actor)).values("beneficiary_id")
    beyond = list(_opened_beyond(actor))
    return by_stay.union(*beyond) if beyond else by_stay.distinct()


def limited() -> models.QuerySet[Any, Any]:
    """Identifiers of the people whose data are not used for the time being, as they asked (RGPD, art. 18)."""
    requests = apps.get_model("pathways", "DataRequest")._default_manager.order_by()
    found: models.QuerySet[Any, Any] = requests.limiting().values("beneficiary_id")
    return found


def of_accompanied(rows: Rows, actor: Actor, path: str = "beneficiary", *, on: date | None = None) -> Rows:
    """Rows of the people whose thread is open to the actor; the person's own, everything for the operator."""
    match actor.role:
        case Role.OPERATOR:
            return rows
        case Role.BENEFICIARY:
            return rows.filter(**{path: actor.beneficiary_id})
        case _ if actor.role in HAS_PEOPLE:
            return rows.filter(**{f"{path}__in": accompanied(actor, on=on)})
        case _:
            return rows.none()


def of_accompanied_or_own(rows: Rows, actor: Actor, own: Rows, path: str = "beneficiary") -> Rows:
    """The same rows, and those of `own` when the structure keeps its own once the door is closed."""
    theirs = of_accompanied(rows, actor, path)
    if actor.role not in KEEPS_ITS_OWN:
        return theirs
    # A union of keys rather than an OR: each half is found by its own index, on both engines.
    keys = theirs.order_by().values("pk").union(own.order_by().values("pk"))
    return rows.filter(pk__in=keys)


def of_accompanied_or_kept(rows: Rows, actor: Actor) -> Rows:
    """The same, of what is written in a structure's name: it keeps what it wrote about the people it still names."""
    if actor.role not in KEEPS_ITS_OWN:
        return of_accompanied(rows, actor)
    today, ours = timezone.localdate(), Q(organisation_id__in=actor.organisation_ids)
    now, once = _found(_accompanied, actor, today), _found(_known, actor, today)
    if now is None or once is None:
        own = rows.model._default_manager.filter(ours, beneficiary_id__in=known(actor))
        return of_accompanied_or_own(rows, actor, own)  # type: ignore[type-var]
    # The people first, by their index, whoever the question is about; then which of their rows.
    people = rows.filter(beneficiary_id__in=among(_either(now, once)))
    return people.filter(ours | Q(beneficiary_id__in=among(now)))


@once_per_page
def _either(now: Ids, once: Ids) -> Ids:
    return Ids(now | once)


@once_per_page
def _remembered(question: Callable[[Actor, date], Any], actor: Actor, day: date) -> Ids | None:
    found = question(actor, day).values_list("beneficiary_id", flat=True)[: MOST_REMEMBERED + 1]
    ids = Ids(found)
    return None if len(ids) > MOST_REMEMBERED else ids


def _found(question: Callable[[Actor, date], Any], actor: Actor, day: date) -> Ids | None:
    """The answer found on this page; None when no page is being read, or when they are too many to carry along."""
    return _remembered(question, actor, day) if is_reading() else None


def _stays() -> models.QuerySet[Any]:
    rows: models.QuerySet[Any] = apps.get_model("pathways", "Stay")._default_manager.order_by()
    return rows
