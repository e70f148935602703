"""Each move of a relay as a small form: its words on the page of each hand, what it asks, the service that makes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from pathways import services
from pathways.models import Relay
from pathways.rules.relays.table import Move
from pathways.screens.relays import forms


@dataclass(frozen=True, slots=True)
class Gesture:
    """One move: the button, the title of its form, the sentence under it, what is said once done."""

    button: str
    title: str
    line: str
    done: str
    form: type[forms.CalmForm]
    act: Callable[..., Relay]
    submit: str = "Enregistrer"
    is_strong: bool = False
    filled: tuple[str, ...] = field(default=())
    """Fields shown with what the relay already says."""
    form_with_adviser: type[forms.CalmForm] | None = None
    button_with_adviser: str = ""

    def button_for(self, *, is_person: bool) -> str:
        """The words of the button: the adviser notes what the person says, the person says it."""
        return self.button if is_person else self.button_with_adviser or self.button


_READ = "Ce choix compte tout de suite : ce qui n’est pas donné ne se lit pas. Il se change et se retire à tout moment."
_CLOSED = "Dès maintenant, l’autre structure ne lira plus rien de ce relais."

GESTURES: Mapping[Move, Gesture] = {
    Move.CORRECT: Gesture(
        "Corriger", "Corriger la proposition", "La personne n’a pas encore répondu : elle lira ceci.",
        "La proposition est corrigée.", forms.RelayCorrectForm, services.correct_relay,
        filled=("message", "meets_at", "meets_where", "planned_on"),
    ),
    Move.AGREE: Gesture(
        "Dire oui, et choisir ce qui se lit", "Ce qui se donne à lire", _READ,
        "La réponse est enregistrée : la structure peut maintenant répondre.", forms.RelayAgreeForm,
        services.agree_to_relay, is_strong=True, form_with_adviser=forms.RelayAgreeWithForm,
        button_with_adviser="Noter l’accord de la personne",
    ),
    Move.DENY: Gesture(
        "Dire non", "Dire non à ce relais", "L’autre structure ne saura pas que ce relais a été proposé. Rien d’autre ne change.",
        "La réponse est enregistrée : rien n’est transmis.", forms.RelayPlainForm, services.deny_relay, submit="Dire non",
        button_with_adviser="Noter qu’elle n’est pas d’accord",
    ),
    Move.CHANGE: Gesture(
        "Changer ce qui se lit", "Ce qui se donne à lire", _READ, "Le choix est enregistré.",
        forms.RelayAgreeForm, services.change_agreement, form_with_adviser=forms.RelayAgreeWithForm,
        button_with_adviser="Changer avec elle ce qui se lit",
    ),
    Move.ACCEPT: Gesture(
        "Accepter la rencontre", "Accepter ce relais", "Vous acceptez de rencontrer la personne {when} ; l’accueil se décide après.",
        "Le relais est accepté : la rencontre à trois est prévue.", forms.RelayPlainForm, services.accept_relay,
        submit="Accepter", is_strong=True,
    ),
    Move.SUGGEST: Gesture(
        "Proposer une autre date", "Proposer une autre date", "La structure qui propose confirmera, ou non, cette date.",
        "La date est proposée.", forms.RelaySuggestForm, services.suggest_meeting_day, submit="Proposer cette date",
        filled=("meets_at",),
    ),
    Move.CONFIRM: Gesture(
        "Confirmer cette date", "Confirmer la date proposée", "La rencontre à trois aura lieu {when}.",
        "La date est confirmée.", forms.RelayPlainForm, services.confirm_meeting_day, submit="Confirmer", is_strong=True,
    ),
    Move.DECLINE: Gesture(
        "Ne pas donner suite", "Ne pas donner suite", "Votre structure ne lira plus rien de cette personne.",
        "La réponse est enregistrée.", forms.RelayDeclineForm, services.decline_relay, submit="Ne pas donner suite",
    ),
    Move.MEET: Gesture(
        "Noter la rencontre", "La rencontre à trois", "Seul le jour se note ici ; ce qui s’est dit s’écrit dans le suivi de la personne.",
        "La rencontre est notée.", forms.RelayMeetForm, services.record_relay_meeting, is_strong=True,
    ),
    Move.WELCOME: Gesture(
        "Accueillir la personne", "Accueillir la personne", "Un passage s’ouvre dans votre structure. Du parcours, vous lisez ce que la personne a donné, et rien d’autre.",
        "L’accueil est fait : le passage est ouvert.", forms.RelayWelcomeForm, services.welcome_by_relay,
        submit="Accueillir", is_strong=True,
    ),
    Move.WITHDRAW: Gesture(
        "Retirer l’accord", "Retirer l’accord", _CLOSED + " Si l’accueil est fait, le contrat continue : la structure garde le nom, les coordonnées et ce qu’elle a écrit.",
        "L’accord est retiré : rien ne se lit plus.", forms.RelayPlainForm, services.withdraw_agreement, submit="Retirer l’accord",
        button_with_adviser="Noter qu’elle retire son accord",
    ),
    Move.CANCEL: Gesture(
        "Annuler la proposition", "Annuler la proposition", _CLOSED, "La proposition est annulée.",
        forms.RelayCancelForm, services.cancel_relay, submit="Annuler la proposition",
    ),
}  # fmt: skip


def filled(gesture: Gesture, relay: Relay) -> dict[str, Any]:
    """What the form opens with."""
    said: dict[str, Any] = {name: getattr(relay, name) for name in gesture.filled}
    if "parts" in gesture.form.base_fields:
        said["parts"] = sorted(relay.given_parts)
    if gesture.form is forms.RelayWelcomeForm:
        said["started_on"] = relay.planned_on
    if gesture.form is forms.RelayMeetForm:
        said["met_on"] = min(timezone.localdate(relay.meets_at), timezone.localdate())
    return {**said, "version": relay.version}
