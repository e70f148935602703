"""Where a user may sit: each domain registers the table that opens doors for its own people.

A seat model has `user`, `ended_at`, a queryset with `live(now)`, `seat_key`, `seat_label` and
`as_actor()`. Memberships register here; employers' contacts and the people themselves register
from their own packages, so that no arrow points up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Protocol

from django.utils import timezone

from backend.core.actor import Actor, Role
from backend.core.wall.gates import Gate
from backend.core.wall.reach import lifted


class Seat(Protocol):
    """What opens a door."""

    @property
    def seat_key(self) -> str: ...

    @property
    def seat_label(self) -> str: ...

    def as_actor(self) -> Actor: ...


Sit = Callable[[Any, int], Seat]
"""Seat an account at one thing of its own: `sit(user, subject_id)`."""

MayOffer = Callable[[Actor, int], bool]
"""Whether an actor may offer that seat today: `may_offer(actor, subject_id)`."""

_SEAT_MODELS: list[Any] = []
_SITS: dict[Role, Sit] = {}
_MAY_OFFER: dict[Role, MayOffer] = {}


def register(
    model: Any, *, role: Role | None = None, sit: Sit | None = None, may_offer: MayOffer | None = None
) -> None:
    """Let the rows of `model` be seats; called once per model from `AppConfig.ready()`.

    With `role`, an invitation for that role is honoured by `sit(user, subject_id)`, and sent again by whoever
    `may_offer(actor, subject_id)`.
    """
    if model not in _SEAT_MODELS:
        _SEAT_MODELS.append(model)
    if role is not None and sit is not None and may_offer is not None:
        _SITS[role], _MAY_OFFER[role] = sit, may_offer


def sit(role: Role, user: Any, subject_id: int) -> Seat:
    """Seat the account where an invitation for that role leads; `KeyError` when no package offers the role."""
    with lifted(Gate.SIGN_IN):
        return _SITS[role](user, subject_id)


def may_offer(role: Role, actor: Actor, subject_id: int | None) -> bool:
    """Whether the actor could invite to that one thing today, as the package that offers the role says."""
    return role in _MAY_OFFER and subject_id is not None and _MAY_OFFER[role](actor, subject_id)


def seats_of(user: Any) -> list[Seat]:
    """Every live seat of the user, in a stable order; read at each request."""
    return list(_seats_of(user))


def _seats_of(user: Any) -> Iterator[Seat]:
    """One table after the other: whoever found the seat they look for asks no more."""
    now = timezone.now()
    for model in _SEAT_MODELS:
        rows = model.objects.filter(user_id=user.pk).live(now).order_by("pk")
        named_after = getattr(model, "SEAT_NAMED_AFTER", ())
        with lifted(Gate.SIGN_IN):
            found = list(rows.select_related(*named_after) if named_after else rows)
        yield from found


def has_sat_elsewhere(user: Any, besides: type[Any]) -> bool:
    """Whether the account has, or once had, a seat of another table than this one."""
    others = [model for model in _SEAT_MODELS if model is not besides]
    with lifted(Gate.SIGN_IN):
        return any(model.objects.filter(user_id=user.pk).exists() for model in others)


def seat_for(user: Any, seat_key: str | None = None) -> Seat | None:
    """The chosen seat; the first one when none was chosen; None when the chosen one has ended.

    An ended seat is not replaced by another in silence: the person would act elsewhere unawares.
    """
    return next((seat for seat in _seats_of(user) if seat_key in {None, seat.seat_key}), None)


def actor_for(user: Any, seat_key: str | None = None) -> Actor | None:
    """The actor of that seat, as `seat_for` finds it."""
    seat = seat_for(user, seat_key)
    return seat.as_actor() if seat else None


def actor_again(user: Any, seat_key: str) -> Actor | None:
    """The actor of the seat a job was asked from, as it is now; None when it, or the account, has ended."""
    return actor_for(user, seat_key) if user.is_active else None
