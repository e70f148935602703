"""What is found in a relay before it is written: whom it is proposed to, its days, the person's agreement, the welcome."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from backend.core.findings import Finding
from backend.core.values.dates import day_after, days_after, french_date
from backend.core.values.plausible import promise_findings
from backend.organisations.enums import StructureKind
from pathways.enums import RelayPart, RelayStatus, RelaySubject
from pathways.rules.dated import relays as figures
from pathways.rules.dated.book import RuleBook
from pathways.rules.relays.table import Move, RelayState

NEEDED_TO_WELCOME = (RelayPart.IDENTITY, RelayPart.CONTACT)
"""Without them no contract can be signed, nor declared (art. R1221-1 of the Code du travail)."""

ENTRY_CONDITIONS: dict[str, tuple[RelaySubject, ...]] = {
    StructureKind.ASP_SAP: (
        RelaySubject.WISH,
        RelaySubject.APTITUDES,
        RelaySubject.CONDITIONS,
        RelaySubject.TRAINING,
    )
}
"""What a kind of structure asks to have been said before it welcomes: a practice of the field, not a law."""

_WHY_NOT = {
    RelayStatus.PROPOSED: "La personne n’a pas encore répondu.",
    RelayStatus.DENIED: "La personne n’a pas été d’accord.",
    RelayStatus.DECLINED: "La structure ne donne pas suite.",
    RelayStatus.WITHDRAWN: "La personne a retiré son accord.",
    RelayStatus.CANCELLED: "Cette proposition a été annulée.",
    RelayStatus.WELCOMED: "L’accueil est déjà fait.",
}


def target_findings(
    *, names_a_structure: bool, names_an_address: bool, is_oneself: bool
) -> Iterator[Finding]:
    """A relay goes to one structure of the group, or to one address elsewhere; never to oneself."""
    if names_a_structure == names_an_address:
        yield Finding(
            "relay_to_whom",
            "Un relais se propose à une structure de votre groupe, ou à une adresse ailleurs.",
            way_out="Choisissez la structure, ou écrivez l’adresse de la personne à qui la proposer.",
            field="receiver",
            is_contradiction=True,
        )
    elif is_oneself:
        yield Finding(
            "relay_to_oneself",
            "Un relais se propose à une autre structure que la vôtre.",
            way_out="Choisissez une autre structure ; pour un nouveau passage chez vous, utilisez « Accueillir de nouveau ».",
            field="receiver",
            is_contradiction=True,
        )


def twice_findings(*, is_under_way: bool) -> Iterator[Finding]:
    """The same person is already proposed there, and it waits."""
    if is_under_way:
        yield Finding(
            "relay_twice",
            "Un relais vers cette structure est déjà en cours pour cette personne.",
            way_out="Poursuivez celui-ci, ou annulez-le d’abord.",
            field="receiver",
        )


def days_findings(*, planned_on: date, meets_on: date, today: date) -> Iterator[Finding]:
    """Both days are to come, and the three meet before the welcome, or that very day."""
    yield from promise_findings(meets_on, field="meets_at", today=today)
    yield from promise_findings(planned_on, field="planned_on", today=today)
    if meets_on > planned_on:
        yield Finding(
            "relay_meets_late",
            f"La rencontre à trois, le {french_date(meets_on)}, viendrait après l’accueil, le {french_date(planned_on)}.",
            way_out="Avancez la rencontre, ou prévoyez l’accueil plus tard.",
            field="meets_at",
        )


def move_findings(state: RelayState, move: Move) -> Iterator[Finding]:
    """A move the table does not know from here, or made after the delay."""
    if state.is_lapsed:
        yield Finding(
            "relay_lapsed",
            f"Cette proposition attendait une réponse jusqu’au {french_date(state.expires_on)} : elle s’est éteinte.",
            way_out="Proposez un nouveau relais.",
            is_contradiction=True,
        )
    elif state.leads(move) is None:
        yield Finding(
            "relay_move",
            _WHY_NOT.get(RelayStatus(state.status), "Ce relais en est à une autre étape."),
            way_out="Rechargez la page : elle montre ce qui peut se faire maintenant.",
            is_contradiction=True,
        )


def preparing_findings(state: RelayState) -> Iterator[Finding]:
    """Nothing is left to prepare once the person is welcomed, or once somebody said no."""
    if state.waits_for is None:
        yield Finding(
            "relay_over",
            "Ce relais n’attend plus rien : il ne se prépare plus.",
            way_out="Notez la suite dans le parcours de la personne.",
            is_contradiction=True,
        )


def agreement_findings(
    *, parts: Collection[str], agreed_on: date, proposed_on: date, today: date
) -> Iterator[Finding]:
    """The person gives something, on a day between the proposal and today (RGPD, art. 7)."""
    if not parts:
        yield Finding(
            "relay_gives_nothing",
            "Rien n’est choisi : la structure ne lirait rien.",
            "RGPD, art. 7",
            way_out="Choisissez au moins un groupe d’informations, ou dites que la personne n’est pas d’accord.",
            field="parts",
            is_contradiction=True,
        )
    if not proposed_on <= agreed_on <= today:
        yield Finding(
            "relay_agreed_another_day",
            f"La personne répond entre le {french_date(proposed_on)}, jour de la proposition, et aujourd’hui.",
            way_out="Vérifiez la date.",
            field="agreed_on",
            is_contradiction=True,
        )


def meeting_findings(*, met_on: date, agreed_on: date | None, today: date) -> Iterator[Finding]:
    """The three met, after the person agreed and not in the days to come."""
    if not (agreed_on or met_on) <= met_on <= today:
        yield Finding(
            "relay_met_another_day",
            "La rencontre a lieu après l’accord de la personne, et s’écrit une fois faite.",
            way_out="Vérifiez la date ; si elle n’a pas encore eu lieu, attendez-la.",
            field="met_on",
            is_contradiction=True,
        )


def missing_to_welcome(given: Collection[str]) -> list[str]:
    """What the person has not given and no welcome goes without, in words."""
    return [part.words for part in NEEDED_TO_WELCOME if part not in given]


def welcome_findings(*, given: Collection[str], open_conditions: Collection[str]) -> Iterator[Finding]:
    """What a welcome rests on: the name and the contact were given, the entry conditions were gone through."""
    missing = missing_to_welcome(given)
    if missing:
        yield Finding(
            "relay_name_missing",
            f"La personne n’a pas donné : {', '.join(missing)}. Aucun contrat ne se signe sans cela.",
            "Code du travail, art. R1221-1",
            way_out="Demandez-lui d’ajouter ces informations à son accord.",
        )
    if open_conditions:
        words = ", ".join(RelaySubject(each).label.lower() for each in open_conditions)
        yield Finding(
            "relay_conditions_open",
            f"Il reste à voir ensemble : {words}.",
            way_out="Notez chaque étape comme faite, puis accueillez la personne.",
        )


def open_conditions(kind: str, done: Collection[str]) -> list[str]:
    """Entry conditions of this kind of structure that no step says are done."""
    return [each for each in ENTRY_CONDITIONS.get(kind, ()) if each not in done]


def last_day(status: str, *, today: date, meets_on: date, planned_on: date, book: RuleBook) -> date:
    """Until when a relay in this state waits: so many days from today, from the meeting or from the welcome, the latest."""
    awaited = {RelayStatus.ACCEPTED: meets_on, RelayStatus.MET: planned_on}.get(RelayStatus(status), today)
    return days_after(max(today, awaited), book.whole(figures.RELAY_WAIT, on=today))


def late_from(
    state: RelayState, *, moved_on: date, meets_on: date, planned_on: date, book: RuleBook
) -> date | None:
    """The day from which the hand it waits for is late; None when it waits for nobody."""
    if state.waits_for is None:
        return None
    awaited = {RelayStatus.ACCEPTED: meets_on, RelayStatus.MET: planned_on}
    status = RelayStatus(state.status)
    if status in awaited:
        return day_after(max(moved_on, awaited[status]))
    return days_after(moved_on, book.whole(figures.RELAY_LATE, on=state.today))
