"""The groups of whoever asks: what each holds, gives, and allows here."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from backend.core.actor import Actor
from backend.core.tables.ordering import Alphabetical
from backend.organisations.enums import GroupKind
from backend.organisations.models import Belonging, Group, Organisation
from backend.organisations.permissions import may_leave
from backend.organisations.rules.groups import head_of, told


@dataclass(frozen=True)
class Tied:
    """One structure of a group, as the page shows it."""

    belonging: Belonging
    is_self: bool
    may_leave: bool


@dataclass(frozen=True)
class GroupOfMine:
    """One group or collective."""

    group: Group
    gives: list[str]
    structures: list[Tied]
    head_word: str

    @property
    def mine(self) -> Tied | None:
        """One's own structure in it."""
        return next((each for each in self.structures if each.is_self), None)


def groups_of(actor: Actor) -> list[GroupOfMine]:
    """Groups one belongs to or heads, with their structures of today: two queries whatever their number."""
    today = timezone.localdate()
    rows = Belonging.objects.visible_to(actor).live(today).select_related("organisation", "group")
    ties: dict[int, list[Tied]] = defaultdict(list)
    for row in rows.order_by(Alphabetical("organisation__name"), "pk"):
        is_self = row.organisation_id == actor.organisation_id
        ties[row.group_id].append(Tied(row, is_self, may_leave(actor, row)))
    return [
        GroupOfMine(group, told(group.kind), ties[group.pk], head_of(group.kind).label.lower())
        for group in Group.objects.visible_to(actor)
    ]


def same_group(organisation_id: int) -> QuerySet[Organisation]:
    """The structures under the same head as this one today, itself included; none when it stands alone."""
    live = Belonging.objects.live(timezone.localdate()).filter(group__kind=GroupKind.GROUP).order_by()
    groups = live.of(organisation_id).values("group")
    return Organisation.objects.filter(pk__in=live.filter(group__in=groups).values("organisation"))
