"""Relays that wait for a hand too long: the person's answer, the other structure's, our own, a step not done.

What another structure proposes to us is no alert about a person: before they gave their name there is nobody to name.
It stands on its own card of Ma journée (`pathways.panels.relays`).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from backend.alerts.registry import Alert
from backend.core.access import People
from backend.core.actor import ADVISING, Actor
from backend.core.values.dates import french_date
from pathways.alerts.parts import alert_about
from pathways.enums import RelayHand, RelayStatus
from pathways.rules.relays.findings import missing_to_welcome
from pathways.selectors.relays import late_relays, relays_sent, target_of

_SAID = {
    RelayStatus.PROPOSED: ("Relais : la réponse de la personne", "Elle n’a pas encore répondu à la proposition", "Voir le relais"),
    RelayStatus.AGREED: ("Relais : la réponse de la structure", "Une réponse est attendue chez", "Relancer la structure"),
    RelayStatus.RESCHEDULED: ("Relais : une autre date à confirmer", "Une autre date de rencontre est proposée par", "Répondre"),
    RelayStatus.ACCEPTED: ("Relais : la rencontre à noter", "La rencontre à trois était prévue avec", "Noter la rencontre"),
    RelayStatus.MET: ("Relais : l’accueil attendu", "L’accueil était prévu chez", "Voir le relais"),
}  # fmt: skip


def relays_waiting(actor: Actor, today: date, people: People = None) -> Iterator[Alert]:
    """Relays one's structure proposed, whichever hand is late."""
    if actor.role not in ADVISING:
        return
    for relay, since in late_relays(today, relays_sent(actor, today, people)):
        title, sentence, action = _SAID[RelayStatus(relay.status)]
        where = "" if relay.status == RelayStatus.PROPOSED else f" {target_of(relay)}"
        yield alert_about(
            relay.beneficiary,
            f"relay_waiting:{relay.pk}",
            title,
            f"{sentence}{where}. Sans suite, le relais s’éteint le {french_date(relay.expires_on)}.",
            due_on=since,
            action=action,
            target=relay,
        )


def relays_missing(actor: Actor, today: date, people: People = None) -> Iterator[Alert]:
    """Relays whose three hands met, and that no welcome can end before the person gives more."""
    if actor.role not in ADVISING:
        return
    for relay in relays_sent(actor, today, people):
        missing = missing_to_welcome(relay.state_on(today).given)
        if relay.status != RelayStatus.MET or not missing:
            continue
        yield alert_about(
            relay.beneficiary,
            f"relay_missing:{relay.pk}",
            "Relais : il manque de quoi accueillir",
            f"{target_of(relay)} ne lit pas : {', '.join(missing)}. La personne peut l’ajouter à son accord, seule ou avec vous.",
            due_on=relay.planned_on,
            action="Voir le relais",
            target=relay,
        )


def relay_steps_late(actor: Actor, today: date, people: People = None) -> Iterator[Alert]:
    """Steps of these relays that were to be done by our side, and whose day has passed."""
    if actor.role not in ADVISING:
        return
    ours = {RelayHand.SENDER, RelayHand.PERSON}
    steps = [(relay, step) for relay in relays_sent(actor, today, people) for step in relay.steps.all()]
    for relay, step in steps:
        if step.hand not in ours or step.done_on is not None or step.due_on >= today:
            continue
        yield alert_about(
            relay.beneficiary,
            f"relay_step_late:{step.pk}",
            "Étape d’un relais en retard",
            f"« {step.label} » était à faire avant le {french_date(step.due_on)}.",
            due_on=step.due_on,
            action="Dire où elle en est",
            target=relay,
        )
