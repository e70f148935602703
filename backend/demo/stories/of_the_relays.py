"""Relays as one meets them: one in each state, sent by the gardens, received there, and the one that led Solange on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from backend.demo.chance.calendar_tools import weekday_from
from backend.demo.chance.names import email
from backend.demo.rows import Relay, RelayStep, Stay
from backend.demo.stories.storyteller import Teller
from pathways.enums import RelayHand, RelayPart, RelayRefusal, RelayStatus, RelaySubject

_S, _P = RelayStatus, RelayPart
_NAMED = (_P.IDENTITY, _P.CONTACT)
_MOST = (*_NAMED, _P.STEPS, _P.GOALS, _P.SKILLS)
_EVERYTHING = tuple(_P)
_OUTSIDE = email("Victor", "Utopie")
"""Somebody of a structure that belongs to no group of ours."""
_US = email("Odile", "Exemple")
_WAITS = 30  # days, as the rule of the delay says today


@dataclass(frozen=True, slots=True)
class Told:
    """One relay from the gardens: where it stands, since how many days, when the three meet and when one is welcomed."""

    status: RelayStatus
    since: int
    meets: int
    planned: int
    message: str
    target: str | None = None
    parts: tuple[RelayPart, ...] = ()
    with_adviser: bool = False
    refusal: RelayRefusal | None = None
    cancel_reason: str = ""


_HOME = "Souhaite travailler chez des particuliers, trois jours par semaine pour commencer. Permis en cours."
SENT = (
    Told(_S.PROPOSED, 2, 12, 24, _HOME, "sap"),
    Told(_S.AGREED, 9, 5, 19, "Aimerait des missions en logistique ; a son CACES.", "etti", _MOST, with_adviser=True),
    Told(_S.AGREED, 3, 9, 26, "Déménage près du lac et cherche un chantier d’espaces verts.", None, (_P.STEPS, _P.GOALS)),
    Told(_S.RESCHEDULED, 1, 14, 28, "Voudrait essayer le linge, à temps plein.", "ei", _MOST),
    Told(_S.ACCEPTED, 4, 6, 20, _HOME, "sap", _EVERYTHING),
    Told(_S.MET, 2, -2, 12, "Prête pour l’intérim, horaires du matin.", "etti", _EVERYTHING, with_adviser=True),
    Told(_S.DENIED, 6, 8, 20, "Un relais vers l’atelier du linge lui a été proposé.", "ei"),
    Told(_S.DECLINED, 5, 7, 21, "Cherche des missions courtes.", "etti", _NAMED, refusal=RelayRefusal.NO_PLACE),
    Told(_S.WITHDRAWN, 3, 10, 25, _HOME, "sap", _MOST),
    Told(_S.CANCELLED, 8, 4, 18, "Proposé, puis un emploi a été trouvé.", "ei", cancel_reason="Un emploi a été trouvé entre-temps."),
    Told(_S.DECLINED, 7, 6, 20, "Voudrait de la couture, à l’atelier du linge.", "ei", _MOST, refusal=RelayRefusal.NO_WORK),
    Told(_S.DECLINED, 10, 5, 18, _HOME, "sap", _EVERYTHING, refusal=RelayRefusal.CONDITIONS),
    Told(_S.DECLINED, 12, 3, 16, "Disponible le matin, à pied ou à vélo.", "etti", _MOST, refusal=RelayRefusal.HOURS),
    Told(_S.DECLINED, 4, 8, 22, "Aimerait quelques heures de ménage le soir.", "ai", _NAMED, refusal=RelayRefusal.LATER),
    Told(_S.PROPOSED, 41, -27, -14, "Resté sans réponse pendant l’été.", "ai"),
)  # fmt: skip
RECEIVED = (
    ("ai", "aci", "", (_P.STEPS, _P.GOALS), "Souhaite un cadre plus stable, en plein air."),
    (
        "lac",
        None,
        _US,
        (_P.IDENTITY, _P.STEPS, _P.SKILLS),
        "Déménage à Belval ; sait tailler et débroussailler.",
    ),
)
"""From whom, to which structure or to which address, what the person gave, the message."""


def tell_relays(teller: Teller) -> None:
    """One person each, always the same: people of the gardens followed by Odile, then two proposed to the gardens."""
    ours = _present(teller, "aci", "odile")
    for stay, told in zip(ours, SENT, strict=False):
        teller.rows.relays.append(_sent(teller, stay, told))
    for structure, target, address, parts, message in RECEIVED:
        there = _present(teller, structure)
        if not there:
            continue
        stay = there[-1]
        moved = teller.workday(3)
        teller.rows.relays.append(
            Relay(
                stay.person, structure, target, _S.AGREED, moved, moved + timedelta(days=_WAITS),
                _day(teller, 8), _day(teller, 22), message, parts, address, agreed=moved,
            )
        )  # fmt: skip
    _solange(teller)


def _sent(teller: Teller, stay: Stay, told: Told) -> Relay:
    moved, meets, planned = teller.ago(told.since), _day(teller, told.meets), _day(teller, told.planned)
    awaited = {_S.ACCEPTED: meets, _S.MET: planned}.get(told.status, moved)
    agreed = moved if told.parts else None
    return Relay(
        stay.person, stay.structure, told.target, told.status, moved, max(moved, awaited) + timedelta(days=_WAITS),
        meets, planned, told.message, told.parts, "" if told.target else _OUTSIDE, agreed=agreed,
        agreed_with=stay.advisor if told.with_adviser else None, refusal=told.refusal,
        cancel_reason=told.cancel_reason, met=meets if told.status is _S.MET else None,
        steps=_conditions(teller, planned) if told.status is _S.ACCEPTED else (),
    )  # fmt: skip


def _conditions(teller: Teller, planned: date) -> tuple[RelayStep, ...]:
    """What home help asks before it welcomes: the wish is said, the rest is still to see."""
    said = {
        RelaySubject.WISH: (RelayHand.SENDER, teller.ago(1)),
        RelaySubject.APTITUDES: (RelayHand.RECEIVER, None),
        RelaySubject.CONDITIONS: (RelayHand.RECEIVER, None),
        RelaySubject.TRAINING: (RelayHand.RECEIVER, None),
    }
    asked = RelayStep(
        RelaySubject.OTHER, "Apporter le permis et un justificatif de domicile", RelayHand.PERSON, planned
    )
    return (
        *(RelayStep(subject, subject.label, hand, planned, done) for subject, (hand, done) in said.items()),
        asked,
    )


def _solange(teller: Teller) -> None:
    """The relay that led her from the gardens to home help, with all she had to say."""
    stay = next(each for each in teller.rows.stays if each.person == "solange" and each.structure == "sap")
    met = stay.start - timedelta(days=9)
    teller.rows.relays.append(
        Relay(
            "solange", "aci", "sap", _S.WELCOMED, stay.start, stay.start + timedelta(days=_WAITS), met, stay.start,
            _HOME, _EVERYTHING, agreed=met - timedelta(days=12), met=met, opened=stay.id,
        )
    )  # fmt: skip


def _present(teller: Teller, structure: str, advisor: str | None = None) -> list[Stay]:
    """People there today and nowhere else, the longest present first: one waits for what follows."""
    open_now = [each for each in teller.rows.stays if each.end is None and each.start <= teller.today]
    alone = {each.person for each in open_now if sum(other.person == each.person for other in open_now) == 1}
    found = [
        each
        for each in open_now
        if each.structure == structure and each.person in alone and advisor in {None, each.advisor}
    ]
    return sorted(found, key=lambda each: (each.start, each.person))


def _day(teller: Teller, ahead: int) -> date:
    return weekday_from(teller.ahead(ahead))
