"""Files made one: what joining two would do, said before anything is written; under which numbers a person was known."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from backend.core.actor import Actor
from backend.core.joining import changes
from backend.core.joining.plan import Conflict, Plan, plan
from backend.core.joining.tables import Side
from backend.core.wall.gates import Gate
from backend.core.wall.reach import lifted
from pathways.models import Beneficiary, Reunion, Stay
from pathways.rules.twins.reunions import APART, how_much_one_stay


@dataclass(frozen=True, slots=True)
class Following:
    """« 3 entretiens », and how many of them both files already said the same."""

    words: str
    made_one: int


@dataclass(frozen=True, slots=True)
class Preview:
    """What the actor reads before joining: what follows, what to choose, what deserves a look; `seen` goes with the answer."""

    following: tuple[Following, ...]
    conflicts: tuple[Conflict, ...]
    remarks: tuple[str, ...]
    seen: str


def plan_of(
    actor: Actor, kept: Beneficiary, gone: Beneficiary, choices: Mapping[str, Side] | None = None
) -> Plan:
    """What joining would write; nothing is asked of a row that the actor does not read."""
    with lifted(Gate.REUNION):
        return plan(kept, gone, choices=choices or {}, reads=lambda row: _reads(actor, row))


def print_of(made: Plan) -> str:
    """A print of all that would be written: a form carries it, so as to know that nothing moved since."""
    return hashlib.sha256(changes.dumped(made.changes).encode()).hexdigest()[:32]


def preview_of(actor: Actor, kept: Beneficiary, gone: Beneficiary) -> Preview:
    """What would follow, counted among what the actor reads: another team's writings follow without being told."""
    made = plan_of(actor, kept, gone)
    following = []
    for tally in made.tallies:
        rows = [*tally.moved, *tally.made_one]
        seen = _read_among(actor, rows)
        if seen:
            meta = tally.table.model._meta
            words = f"{len(seen)} {meta.verbose_name if len(seen) == 1 else meta.verbose_name_plural}"
            following.append(Following(words, sum(row.pk in seen for row in tally.made_one)))
    return Preview(
        tuple(following), tuple(made.conflicts), tuple(_remarks(actor, kept, gone)), print_of(made)
    )


def numbers_of(beneficiary_id: int) -> set[int]:
    """The numbers of the files joined to this one, and of those joined to them before."""
    standing = Reunion.objects.standing().filter(kept=beneficiary_id)
    return set(standing.order_by().values_list("gone_id", flat=True))


def kept_file_of(actor: Actor, gone_id: int) -> Beneficiary | None:
    """The file that took in the one of this number, for who reads it; None for any other number."""
    standing = Reunion.objects.standing().filter(gone_id=gone_id)
    return Beneficiary.objects.visible_to(actor).filter(pk__in=standing.values("kept")).first()


def _reads(actor: Actor, row: Model) -> bool:
    return bool(_read_among(actor, [row]))


def _read_among(actor: Actor, rows: Iterable[Any]) -> set[Any]:
    """Which of these rows the actor reads; one query."""
    ids = {row.pk: type(row) for row in rows}
    if not ids:
        return set()
    model: Any = next(iter(ids.values()))
    if not hasattr(model._default_manager.all(), "visible_to"):
        return set()
    seen = model._default_manager.all().visible_to(actor).filter(pk__in=list(ids))
    return set(seen.order_by().values_list("pk", flat=True))


def _remarks(actor: Actor, kept: Beneficiary, gone: Beneficiary) -> Iterable[str]:
    """What will be to settle afterwards, in the places the actor reads."""
    stays = Stay.objects.visible_to(actor).select_related("organisation")
    here, there = (list(stays.filter(beneficiary=each)) for each in (kept, gone))
    for one in here:
        for other in there:
            days = (one.started_on, one.ended_on), (other.started_on, other.ended_on)
            if one.organisation_id != other.organisation_id and how_much_one_stay(*days) != APART:
                yield (
                    f"La personne serait en même temps dans deux structures : {one.organisation} et "
                    f"{other.organisation}. Vérifiez les dates après la réunion."
                )
