"""Keys that sign badges, the numbers a passport gives its own, and taking them back."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Collection, Iterable

from django.db import IntegrityError, transaction

from backend.audit import trail
from backend.core.actor import Actor
from competences.badges import proofs
from competences.models import BadgeKey, BadgeState
from competences.rules.badges import Allotted, identity_of

_FULL_AT = proofs.STATES_IN_A_LIST // 2
"""Beyond, a number drawn at random meets too many taken: another list begins."""


@transaction.atomic
def renew_badge_key(*, actor: Actor, has_leaked: bool = False) -> BadgeKey:
    """Another key signs from now on; the former loses its secret, and is believed no more when it has leaked."""
    BadgeKey.objects.select_for_update().filter(is_current=True).update(
        is_current=False, secret="", is_leaked=has_leaked
    )
    key = _new_key()
    trail.record(actor, "badge_key.renewed", key, has_leaked=has_leaked)
    return key


def _new_key() -> BadgeKey:
    pair = proofs.new_pair()
    return BadgeKey.objects.create(public=pair.public, secret=pair.secret)


def ensure_badge_key() -> None:
    """The first key is drawn with the first badge; two at once make one."""
    if BadgeKey.objects.filter(is_current=True).exists():
        return
    try:
        with transaction.atomic():
            _new_key()
    except IntegrityError:
        return  # somebody else drew it meanwhile


def allot_badges(keys: Iterable[str], *, email: str) -> list[Allotted]:
    """A number, a place among the states and, with an address, its print, for each of these lines of a passport."""
    keys = list(keys)
    if not keys:
        return []
    ensure_badge_key()
    number = BadgeState.objects.count() // _FULL_AT + 1
    return [
        Allotted(key, str(uuid.uuid4()), number, place, salt, identity_of(email, salt) if email else "")
        for key, place, salt in zip(
            keys, _places(number, len(keys)), _salts(len(keys), are_needed=bool(email)), strict=True
        )
    ]


def _salts(how_many: int, *, are_needed: bool) -> list[str]:
    return [secrets.token_urlsafe(16) if are_needed else "" for _ in range(how_many)]


def _places(number: int, how_many: int) -> list[int]:
    """Places drawn at random and taken at once, in no order that tells which badges were made together."""
    places: list[int] = []
    while len(places) < how_many:
        place = secrets.randbelow(proofs.STATES_IN_A_LIST)
        _, is_free = BadgeState.objects.get_or_create(list_number=number, position=place)
        if is_free:
            places.append(place)
    return places


def withdraw_badges(badges: Collection[Allotted]) -> None:
    """These badges are said to be taken back, from now on and for ever."""
    for badge in badges:
        BadgeState.objects.filter(list_number=badge.list_number, position=badge.position).update(
            is_withdrawn=True
        )
