"""A relay as one hand reads it: where it stands, whose turn it is, what is given, what may be done now."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils import timezone

from backend.core.actor import Actor
from backend.core.values.dates import days_after
from backend.mail.selectors import Told
from pathways.enums import RelayHand, RelayPart, RelayStatus
from pathways.models import Relay, RelayStep
from pathways.permissions import side_of
from pathways.rules.relays.findings import missing_to_welcome
from pathways.rules.relays.table import Move, RelayState
from pathways.screens.relays.gestures import GESTURES, Gesture
from pathways.selectors.following.hands import hands_of, may_prepare
from pathways.selectors.relays import SheetPart, is_our_turn, letter_of, name_given, sheet_of, target_of

ASKED_WITHIN_DAYS = 7
_LINE = (
    ("Proposé", (RelayStatus.PROPOSED,)),
    ("Accord de la personne", (RelayStatus.AGREED,)),
    ("Réponse de la structure", (RelayStatus.RESCHEDULED, RelayStatus.ACCEPTED)),
    ("Rencontre à trois", (RelayStatus.MET,)),
    ("Accueil", (RelayStatus.WELCOMED,)),
)
_OWN_STAGES = {"Accord de la personne": "Votre accord"}
_SAID_TO_ONESELF = {
    RelayStatus.PROPOSED: "Proposé : vous pouvez répondre",
    RelayStatus.AGREED: "Vous êtes d’accord",
    RelayStatus.DENIED: "Vous avez dit non",
    RelayStatus.WITHDRAWN: "Vous avez retiré votre accord",
}
_TURN = {
    RelayHand.PERSON: "C’est à la personne de répondre.",
    RelayHand.SENDER: "C’est à la structure qui propose d’avancer.",
    RelayHand.RECEIVER: "C’est à la structure qui accueille de répondre.",
}
_MEETING_TO_COME = "La rencontre à trois est prévue."
_PILL = {
    RelayStatus.WELCOMED: "pill-good",
    RelayStatus.DENIED: "",
    RelayStatus.DECLINED: "",
    RelayStatus.WITHDRAWN: "",
    RelayStatus.CANCELLED: "",
}


@dataclass(frozen=True, slots=True)
class Stage:
    """One of the five stages, reached or not."""

    label: str
    is_reached: bool
    is_now: bool


@dataclass(frozen=True, slots=True)
class Offered:
    """A button: the move, its words."""

    button: str
    gesture: Gesture
    route: str


class RelayPage:
    """Everything the page of one relay shows to this actor."""

    def __init__(self, actor: Actor, relay: Relay) -> None:
        self.relay, self.actor = relay, actor
        self.state: RelayState = relay.state_on(timezone.localdate())
        self.side = side_of(actor, relay)
        self.is_receiver = self.side is RelayHand.RECEIVER
        self.is_person = self.side is RelayHand.PERSON
        self.is_sender = not self.is_receiver and not self.is_person

    @cached_property
    def hands(self) -> frozenset[RelayHand]:
        """In whose name this reader acts; asked of the page of one relay only."""
        return hands_of(self.actor, self.relay)

    @property
    def name(self) -> str:
        """Who it is about: the receiving structure reads the name the person gave, or none."""
        if self.is_person:
            return "Votre relais"
        return name_given(self.relay) if self.is_receiver else str(self.relay.beneficiary)

    @property
    def person_link(self) -> int | None:
        """The person's page, for who may name them."""
        if self.is_person or (self.is_receiver and self.relay.stay_id is None):
            return None
        return self.relay.beneficiary_id

    @property
    def target(self) -> str:
        """Where it goes; the sender reads back the address it typed."""
        if self.is_receiver:
            return "votre structure"
        if self.relay.receiver is not None:
            return str(self.relay.receiver)
        return self.relay.to_email if self.is_sender else target_of(self.relay)

    @cached_property
    def letter(self) -> Told | None:
        """What became of the letter, for who proposed the relay to an address."""
        return letter_of(self.relay) if self.is_sender else None

    @property
    def status(self) -> str:
        """Where it stands, in words; the person reads of themselves."""
        if self.is_person and not self.state.is_lapsed and self.relay.status in _SAID_TO_ONESELF:
            return _SAID_TO_ONESELF[RelayStatus(self.relay.status)]
        return "Éteint, sans réponse" if self.state.is_lapsed else self.relay.get_status_display()

    @property
    def pill(self) -> str:
        """Its colour."""
        if self.state.is_lapsed:
            return "pill-warning"
        return _PILL.get(RelayStatus(self.relay.status), "pill-brand")

    @property
    def is_ours(self) -> bool:
        """Whether it is this reader's turn."""
        return is_our_turn(self.actor, self.relay, self.state.today)

    @property
    def turn(self) -> str:
        """Whose turn it is."""
        hand = self.state.waits_for
        if hand is None:
            return ""
        if self.is_ours:
            return "C’est à vous."
        return _MEETING_TO_COME if self.relay.status == RelayStatus.ACCEPTED else _TURN[hand]

    @property
    def stages(self) -> list[Stage]:
        """The five stages; none once somebody said no."""
        found = [index for index, (_, states) in enumerate(_LINE) if self.relay.status in states]
        if not found:
            return []
        labels = [_OWN_STAGES.get(label, label) if self.is_person else label for label, _ in _LINE]
        return [Stage(label, index <= found[0], index == found[0]) for index, label in enumerate(labels)]

    @property
    def given(self) -> list[str]:
        """The groups given today, in words."""
        return [RelayPart(each).label for each in RelayPart.values if each in self.state.given]

    @property
    def not_given(self) -> list[str]:
        """The groups kept, as a sentence lists them."""
        return [RelayPart(each).words for each in RelayPart.values if each not in self.state.given]

    @property
    def sheet(self) -> list[SheetPart]:
        """What the receiving structure reads; the person sees the same."""
        return sheet_of(self.actor, self.relay) if self.is_receiver or self.is_person else []

    @property
    def misses(self) -> str:
        """What a welcome still needs the person to give."""
        if self.relay.status not in {RelayStatus.ACCEPTED, RelayStatus.MET}:
            return ""
        return ", ".join(missing_to_welcome(self.state.given))

    @property
    def may_ask_missing(self) -> bool:
        """Whether the structure that would welcome asks, through the other one, for what the person has not given."""
        return bool(self.misses) and self.is_receiver and self.may_prepare

    def asking(self) -> dict[str, Any]:
        """What stands first in the step that asks for it: to whoever proposed, within the week."""
        today = timezone.localdate()
        return {
            "label": f"Voir avec la personne si elle ajoute à son accord : {self.misses}",
            "hand": RelayHand.SENDER,
            "due_on": max(today, min(self.relay.planned_on, days_after(today, ASKED_WITHIN_DAYS))),
        }

    @property
    def offered(self) -> list[Offered]:
        """What may be done now, what moves the relay on first."""
        # A welcome that would be refused is no button: what it lacks is asked for first.
        waits = {Move.WELCOME} if self.misses else set()
        found = [
            Offered(GESTURES[move].button_for(is_person=self.is_person), GESTURES[move], f"web:relay_{move}")
            for move in self.state.moves(self.hands)
            if move not in waits
        ]
        return sorted(found, key=lambda each: not each.gesture.is_strong)

    @property
    def steps(self) -> list[RelayStep]:
        """What is left to do, the soonest first."""
        return list(self.relay.steps.all())

    @property
    def may_prepare(self) -> bool:
        """Whether steps are written here now."""
        return self.state.waits_for is not None and may_prepare(self.actor, self.relay)


def sorted_relays(actor: Actor) -> dict[str, list[RelayPage]]:
    """Relays to answer, under way, over: newest first; one query."""
    rows = Relay.objects.visible_to(actor).select_related("beneficiary", "organisation", "receiver")
    pages = [RelayPage(actor, relay) for relay in rows]
    found: dict[str, list[RelayPage]] = {"waiting": [], "under_way": [], "over": []}
    for each in pages:
        found[_place(each)].append(each)
    return found


def _place(each: RelayPage) -> str:
    if each.state.waits_for is None:
        return "over"
    return "waiting" if each.is_ours else "under_way"
