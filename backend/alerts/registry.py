"""Each domain says what deserves attention; this gathers it for one actor, on one day.

Alerts are computed when they are looked at, from the data they speak of: nothing to refresh, nothing
stale, and an alert that was settled is simply gone.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.db.models import Model

from backend.core.access import People
from backend.core.actor import Actor
from backend.core.pages.addresses import Gesture
from backend.core.pages.once import once_per_page
from backend.core.sealing.encryption import Undecipherable

_LOGGER = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Alert:
    """One thing not to let slip.

    `key` is stable (« pass_ending:412 »); `due_on` orders the list, the past first; `action_label` is the verb
    on the button, which makes `gesture` on `target`, the very object the alert speaks of; `who` is the person's
    name, kept apart from the message so that the message can travel without it.
    """

    key: str
    kind: str
    due_on: date
    beneficiary_id: int
    title: str
    message: str
    action_label: str
    target: Model
    gesture: Gesture = Gesture.OPEN
    who: str = ""

    def days_left(self, today: date) -> int:
        """Days until it is due; negative when late."""
        return (self.due_on - today).days


class Alerts(list[Alert]):
    """Alerts, most urgent first; `are_all_read` is False when a key no longer opens what some are computed from."""

    are_all_read = True


UNREAD = (
    "Des alertes manquent ici : elles se calculent d’après ce qui a été chiffré avec une clé que le service n’a plus ; "
    "prévenez l’exploitation."
)
"""What a page says above alerts that are not all read."""


class Producer(Protocol):
    """Looks at what the actor may see, on a given day, about some people or about all of them."""

    def __call__(self, actor: Actor, today: date, people: People = None) -> Iterable[Alert]: ...


_PRODUCERS: list[Producer] = []
_APART: list[Producer] = []


def register(producers: Iterable[Producer], *, is_apart: bool = False) -> None:
    """Add a domain's producers; called once from `AppConfig.ready()`.

    `is_apart` for what Ma journée already shows on a card of its own: tools read it, the list of the day does not.
    """
    rows = _APART if is_apart else _PRODUCERS
    rows.extend(producer for producer in producers if producer not in rows)


@dataclass(frozen=True, slots=True)
class Colleague:
    """Whose people these are; nobody's when `user_id` is None."""

    user_id: int | None
    name: str


class Referents(Protocol):
    """Says who follows each of these people, whom the actor's day speaks of."""

    def __call__(self, actor: Actor, today: date, people: Collection[int]) -> Mapping[int, Colleague]: ...


_REFERENTS: list[Referents] = []


def register_referents(referents: Referents) -> None:
    """Say who follows whom; called once from `AppConfig.ready()`."""
    _REFERENTS[:] = [referents]


def by_colleague(actor: Actor, today: date, alerts: Iterable[Alert]) -> dict[Colleague, list[Alert]]:
    """The same alerts, each under whoever follows its person, in the order they come."""
    alerts = list(alerts)
    people = {alert.beneficiary_id for alert in alerts}
    whose = {person: who for read in _REFERENTS for person, who in read(actor, today, people).items()}
    found: dict[Colleague, list[Alert]] = {}
    for alert in alerts:
        found.setdefault(whose[alert.beneficiary_id], []).append(alert)
    return found


def alerts_for(actor: Actor, today: date) -> Alerts:
    """Everything that deserves this actor's attention today, most urgent first."""
    return _sorted([*_PRODUCERS, *_APART], actor, today)


@once_per_page
def alerts_of_the_day(actor: Actor, today: date, *, person: int | None = None) -> Alerts:
    """The same without what Ma journée shows apart; with `person`, theirs alone, and nobody else is read."""
    return _sorted(_PRODUCERS, actor, today, None if person is None else (person,))


def _said_by(producer: Producer, actor: Actor, today: date, people: People) -> list[Alert] | None:
    """What one producer says; None, and a line for the operator, when its codes no longer open (decision 0088)."""
    try:
        return list(producer(actor, today, people))
    except Undecipherable:
        _LOGGER.error("Une clé manque : des alertes ne peuvent plus être lues.")
        return None


def _sorted(producers: Iterable[Producer], actor: Actor, today: date, people: People = None) -> Alerts:
    said = [_said_by(producer, actor, today, people) for producer in producers]
    told = (alert for each in said for alert in each or ())
    found = Alerts(sorted(told, key=lambda alert: (alert.due_on, alert.kind, alert.key)))
    found.are_all_read = None not in said
    return found
