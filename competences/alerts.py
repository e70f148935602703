"""What deserves attention in a VAE: who is late, by whose hand, and the last days that come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from backend.alerts.registry import Alert, Producer
from backend.core.access import People
from backend.core.actor import Actor
from backend.core.pages.addresses import Gesture
from backend.core.values.dates import french_date
from competences.enums import VaeStatus
from competences.models import Licence, VaeProject
from competences.permissions import may_plan_vae, may_write_licences
from competences.rules.licences import in_force
from competences.rules.vae import Delay
from competences.rules.vae.table import CLOSED
from competences.selectors.person import standing_licences_of, vae_of
from competences.selectors.vae import VaeOnADay, on_a_day, with_steps
from pathways.rules.dated.licences import LICENCE_AHEAD
from pathways.selectors.following.person import of_each
from pathways.selectors.rule_book import read_book

AHEAD = timedelta(days=45)
"""How far ahead a last day is said: time enough to write a file, or to ask for a jury."""


def vae_delays(actor: Actor, today: date, people: People = None) -> Iterable[Alert]:
    """Each delay of a VAE that is over, that comes soon, or whose day to aim at has come; and what silence decided."""
    if not may_plan_vae(actor):
        return
    rows: Iterable[VaeProject] = (
        with_steps(VaeProject.objects.visible_to(actor).exclude(status__in=_OVER))
        if people is None
        else of_each(vae_of, actor, people)
    )
    projects = [project for project in rows if project.status not in _OVER]
    if not projects:
        return
    book = read_book()
    for project in projects:
        yield from _of_file(on_a_day(project, today=today, book=book), today)


_OVER = tuple(CLOSED - {VaeStatus.LAPSED})


def _of_file(day: VaeOnADay, today: date) -> Iterator[Alert]:
    reading = day.reading
    if reading.is_computed and reading.since is not None:
        is_yes = reading.status is VaeStatus.TACIT
        title = "VAE recevable par silence" if is_yes else "VAE caduque"
        ask = "demandez la notification" if is_yes else "un motif légitime ou un nouveau dossier"
        message = f"« {day.project} » : {reading.status.label.lower()} depuis le {french_date(reading.since)} ; {ask}."
        yield _alert(day, "silence" if is_yes else "lapsed", reading.since, title, message)
    for delay in reading.delays:
        if delay.code == "ask_complete" and not delay.is_late(today):
            continue
        if delay.is_reached(today) or delay.last_on <= today + AHEAD:
            yield _of_delay(day, delay, today)


def _of_delay(day: VaeOnADay, delay: Delay, today: date) -> Alert:
    if delay.is_late(today) and delay.code != "ask_complete":
        said = f"le dernier jour était le {french_date(delay.last_on)} : {delay.hand.label} est en retard."
    elif delay.code == "ask_complete":
        said = "sans nouvelles depuis le dépôt, aucun délai ne court."
    elif delay.is_reached(today) and delay.aim_on != delay.last_on:
        said = f"à viser dès maintenant, dernier jour le {french_date(delay.last_on)}."
    else:
        said = f"dernier jour le {french_date(delay.last_on)}."
    return _alert(day, delay.code, delay.last_on, f"VAE : {delay.words}", f"« {day.project} » : {said}")


def _alert(day: VaeOnADay, code: str, due_on: date, title: str, message: str) -> Alert:
    return Alert(
        key=f"vae_{code}:{day.project.pk}",
        kind="vae",
        due_on=due_on,
        beneficiary_id=day.project.beneficiary_id,
        who=str(day.project.beneficiary),
        title=title,
        message=message,
        action_label="Ouvrir la VAE",
        target=day.project,
    )


def licences_ending(actor: Actor, today: date, people: People = None) -> Iterable[Alert]:
    """Titles in force whose last day comes, or passed lately; renewed or suspended, they say nothing more (R38)."""
    if not may_write_licences(actor):
        return
    ahead = read_book().whole(LICENCE_AHEAD, on=today)
    theirs: dict[int, list[Licence]] = {}
    rows = (
        _with_an_end(actor, today, ahead) if people is None else of_each(standing_licences_of, actor, people)
    )
    for licence in rows:
        theirs.setdefault(licence.beneficiary_id, []).append(licence)
    for held in theirs.values():
        for licence in in_force(held):
            if (
                licence.expires_on
                and not licence.is_suspended
                and abs((licence.expires_on - today).days) <= ahead
            ):
                yield _of_licence(licence, licence.expires_on, today)


def _with_an_end(actor: Actor, today: date, ahead: int) -> Iterable[Licence]:
    """Every title of whoever has one that ends about that day."""
    rows = Licence.objects.visible_to(actor).standing()
    ending = rows.filter(expires_on__range=(today - timedelta(days=ahead), today + timedelta(days=ahead)))
    concerned = rows.filter(beneficiary__in=ending.order_by().values("beneficiary_id"))
    return concerned.select_related("beneficiary")


def _of_licence(licence: Licence, last: date, today: date) -> Alert:
    is_over = last < today
    said = f"finie le {french_date(last)}" if is_over else f"dernier jour le {french_date(last)}"
    return Alert(
        key=f"licence_ending:{licence.pk}",
        kind="licence",
        due_on=last,
        beneficiary_id=licence.beneficiary_id,
        who=str(licence.beneficiary),
        title="Habilitation finie" if is_over else "Habilitation à renouveler",
        message=f"« {licence} » : {said}.",
        action_label="Renouveler l’habilitation",
        target=licence,
        gesture=Gesture.PROLONG,
    )


PRODUCERS: tuple[Producer, ...] = (vae_delays, licences_ending)
