"""What a structure that welcomed somebody by a relay reads of them: what the person gave, by groups of fields.

A welcome opens the door to the thread (`pathways.doors`); the relay that led to it bounds what stands behind: a group the
person did not give, or took back, is not read there, a structure's own rows always excepted. A group they gave is read
from the structure that proposed the relay too, were it of another group of structures.

Sets of identifiers, asked once for the whole question, as doors are. A reading page looks at the relays that bound it
once: most structures received none, and nothing is then added to its questions.
"""

from __future__ import annotations

from typing import Any, NamedTuple, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import F, Q

from backend.core.actor import HAS_PEOPLE, Actor
from backend.core.pages.once import MOST_REMEMBERED, is_reading, once_per_page
from backend.core.tables.among import Ids, among
from pathways.enums import RelayPart, RelayStatus

Rows = TypeVar("Rows", bound="models.QuerySet[Any]")


class Bound(NamedTuple):
    """A relay that bounds what is read of somebody."""

    pk: int
    beneficiary_id: int
    status: str
    parts: str

    def gives(self, part: RelayPart) -> bool:
        """Whether the person gave this group, and did not take it back."""
        return self.status != RelayStatus.WITHDRAWN and part.value in self.parts


def only_what_was(
    rows: Rows,
    actor: Actor,
    part: RelayPart,
    path: str = "beneficiary",
    *,
    own: str | None = "organisation_id",
) -> Rows:
    """The same rows, without those of people who did not give this group to the actor's structures.

    `path` leads to the person, `own` to the structure a row belongs to; None for what belongs to nobody but the person.
    """
    if actor.role not in HAS_PEOPLE:
        return rows
    bounds = _bounds(actor)
    silent = None if bounds is None else Ids(each.beneficiary_id for each in bounds if not each.gives(part))
    if silent is not None and not silent:
        return rows
    kept_back = Q(**{f"{path}__in": kept_back_from(actor, part) if silent is None else among(silent)})
    if own is not None:
        kept_back &= ~Q(**{f"{own}__in": actor.organisation_ids})
    return rows.exclude(kept_back)


def kept_back_from(actor: Actor, part: RelayPart) -> models.QuerySet[Any, Any]:
    """Identifiers of the people welcomed by a relay who did not give this group, or took it back."""
    silent = Q(status=RelayStatus.WITHDRAWN) | ~Q(parts__contains=part.value)
    return _bounding(actor).filter(silent).values("beneficiary_id")


def is_kept_back(actor: Actor, beneficiary_id: int, part: RelayPart) -> bool:
    """Whether this person did not give this group to the actor's structures."""
    if actor.role not in HAS_PEOPLE:
        return False
    return kept_back_from(actor, part).filter(beneficiary_id=beneficiary_id).exists()


def of_the_sender(
    model: type[models.Model], actor: Actor, part: RelayPart
) -> models.QuerySet[Any, Any] | None:
    """Identifiers of the rows that the structure which proposed the relay wrote, and that the person gave.

    None when the page being read knows that no relay gives any.
    """
    bounds = _bounds(actor)
    if bounds is None:
        giving: Any = (
            _bounding(actor).filter(status=RelayStatus.WELCOMED, parts__contains=part.value).values("pk")
        )
    elif found := [each.pk for each in bounds if each.status == RelayStatus.WELCOMED and each.gives(part)]:
        giving = among(found)
    else:
        return None
    rows: models.QuerySet[Any] = model._default_manager.order_by()
    theirs = rows.filter(
        beneficiary__relays__in=giving, organisation_id=F("beneficiary__relays__organisation_id")
    )
    return theirs.values("pk")


def _bounds(actor: Actor) -> tuple[Bound, ...] | None:
    """The relays a page found once; None when no page is being read, or when they are too many to carry along."""
    return _remembered(actor) if is_reading() else None


@once_per_page
def _remembered(actor: Actor) -> tuple[Bound, ...] | None:
    rows = _bounding(actor).values_list(*Bound._fields)[: MOST_REMEMBERED + 1]
    found = tuple(Bound(*row) for row in rows)
    return None if len(found) > MOST_REMEMBERED else found


def _bounding(actor: Actor) -> models.QuerySet[Any]:
    rows: models.QuerySet[Any] = apps.get_model("pathways", "Relay")._default_manager.order_by()
    return rows.filter(receiver_id__in=actor.organisation_ids, holds=True)
