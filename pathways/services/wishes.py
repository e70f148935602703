"""Hours wanted: told, corrected, taken back, by the person or by who accompanies them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from backend.audit import trail
from backend.core import steps
from backend.core.actor import Actor
from backend.core.errors import Conflict, ensure
from backend.core.findings import Finding, brought_by_a_change, raise_refusals
from pathways.enums.wishes import Moment, WishVoice
from pathways.models import Beneficiary, HoursWish
from pathways.permissions import may_rewrite_wish, may_tell_wish, reads_own_thread
from pathways.rules.income.wishes import wish_findings
from pathways.selectors.continuity import WishesAround
from pathways.selectors.rule_book import read_book

_NOT_YOURS = "Seules la personne et l’équipe qui l’accompagne aujourd’hui disent les heures qu’elle veut."
_NOT_YOURS_TO_CHANGE = (
    "Ce souhait a été noté par l’équipe : dites-en un nouveau, il le remplace à partir de son jour."
)
SAID = ("starts_on", "weekly_hours", "moments", "limit")
"""What a wish says, in the order in which it is read."""


@transaction.atomic
def record_wish(
    *,
    actor: Actor,
    beneficiary: Beneficiary,
    starts_on: date,
    weekly_hours: Decimal,
    moments: Iterable[str] = (),
    limit: str = "",
) -> HoursWish:
    """Tell how many hours a week the person wants from a day on; the wish before it stays in force until then."""
    beneficiary = steps.lock(actor, beneficiary)
    ensure(may_tell_wish(actor, beneficiary), "not_yours", _NOT_YOURS)
    is_own = reads_own_thread(actor)
    wish = HoursWish(
        beneficiary=beneficiary,
        organisation_id=None if is_own else actor.organisation_id,
        voice=WishVoice.PERSON if is_own else WishVoice.TEAM,
        starts_on=starts_on,
        weekly_hours=weekly_hours,
        moments=in_order(moments),
        limit=limit,
    )
    raise_refusals(wish_findings_of(wish))

    steps.save(wish)
    trail.record(actor, "hours_wish.recorded", wish)
    return wish


@transaction.atomic
def correct_wish(*, actor: Actor, wish: HoursWish, version: int, **changes: Any) -> HoursWish:
    """Write a wish again as it should have been; what is not given stays. `TypeError` for another field."""
    wish = _locked(actor, wish, version)
    known = wish_findings_of(wish)
    if "moments" in changes:
        changes["moments"] = in_order(changes["moments"])
    steps.write(wish, changes, SAID)
    raise_refusals(brought_by_a_change(known, wish_findings_of(wish)))

    steps.save(wish)
    trail.record(actor, "hours_wish.corrected", wish, fields=sorted(changes))
    return wish


@transaction.atomic
def cancel_wish(*, actor: Actor, wish: HoursWish, version: int, reason: str) -> HoursWish:
    """Take back a wish written by mistake: it stays readable in the API, and counts no more."""
    wish = _locked(actor, wish, version)
    steps.take_back(wish, reason)
    trail.record(actor, "hours_wish.cancelled", wish, reason=str(reason))
    return wish


def wish_findings_of(wish: HoursWish) -> list[Finding]:
    """What the rules say of a wish, saved or not, beside the person's others."""
    around = WishesAround.of([wish.beneficiary_id])
    return wish_findings(around.facts(wish, today=timezone.localdate()), book=read_book())


def in_order(moments: Iterable[str]) -> list[str]:
    """Each moment once, in the order of the week; an unknown one is kept for the rules to say."""
    asked = set(moments)
    return [code for code in Moment.values if code in asked] + sorted(asked - set(Moment.values))


def _locked(actor: Actor, wish: HoursWish, version: int) -> HoursWish:
    """The wish again, under lock, as nobody took it back; its person too, whose other wishes are read."""
    steps.lock(actor, wish.beneficiary)
    wish = steps.lock(actor, wish)
    ensure(may_tell_wish(actor, wish.beneficiary), "not_yours", _NOT_YOURS)
    ensure(may_rewrite_wish(actor, wish), "not_yours", _NOT_YOURS_TO_CHANGE)
    steps.check_version(wish, version)
    if wish.cancelled_at is not None:
        raise Conflict(
            "wish_is_cancelled", "Ce souhait a été annulé : il ne change plus. Dites-le à nouveau."
        )
    return wish
