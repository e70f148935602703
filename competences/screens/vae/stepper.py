"""The line of a VAE: seven stations one understands at a glance, each said in words as well."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from backend.core.values.dates import french_date
from competences.enums import VaeChannel, VaeStatus, VaeStepKind
from competences.rules.vae import NEXT_KINDS, Delay
from competences.rules.vae.table import DEAD
from competences.selectors.vae import VaeOnADay

S, K = VaeStatus, VaeStepKind

_STATIONS: tuple[tuple[str, tuple[VaeStepKind, ...]], ...] = (
    ("Projet", (K.PLANNED, K.AGREED, K.REGISTERED)),
    ("Dossier déposé", (K.FEASIBILITY_SENT,)),
    ("Dossier complet", (K.COMPLETE,)),
    ("Recevabilité", (K.ADMISSIBLE, K.NOT_ADMISSIBLE)),
    ("Validation déposée", (K.VALIDATION_SENT,)),
    ("Jury", (K.JURY,)),
    ("Résultat", (K.FULL, K.PARTIAL, K.REFUSED, K.ABSENT, K.EXCUSED)),
)
_RANK = {
    S.PROJECT: 0, S.REGISTERED: 0, S.PREPARING: 0, S.FEASIBILITY_SENT: 1, S.INCOMPLETE: 1, S.COMPLETE: 2,
    S.ADMISSIBLE: 3, S.TACIT: 3, S.NOT_ADMISSIBLE: 3, S.LAPSED: 3, S.VALIDATION_SENT: 4,
    S.VALIDATION_INCOMPLETE: 4, S.JURY: 5, S.REVOKED: 5, S.FULL: 6, S.PARTIAL: 6, S.REFUSED: 6, S.ABSENT: 6,
    S.EXCUSED: 6,
}  # fmt: skip
_SHORT = {
    S.TACIT: "par silence", S.NOT_ADMISSIBLE: "non recevable", S.LAPSED: "caduque", S.FULL: "totale",
    S.PARTIAL: "partielle", S.REFUSED: "refus", S.ABSENT: "absence", S.EXCUSED: "excusée",
    S.INCOMPLETE: "pièces demandées", S.VALIDATION_INCOMPLETE: "à compléter", S.DROPPED: "arrêtée",
    S.REVOKED: "résultat annulé",
}  # fmt: skip
_PUTS_OFF = frozenset({S.REFUSED, S.ABSENT, S.EXCUSED}) | DEAD | {S.DROPPED}

_PLAIN = {
    S.PROJECT: "C’est une idée : rien n’est envoyé. Rien ne se fait sans votre accord.",
    S.REGISTERED: "Vous êtes inscrit·e sur France VAE. La suite : préparer le dossier de faisabilité.",
    S.PREPARING: "Le dossier de faisabilité se prépare. Vous le relisez avant qu’il parte.",
    S.FEASIBILITY_SENT: "Le dossier est parti. Le certificateur doit dire s’il est complet.",
    S.INCOMPLETE: "Le certificateur demande des pièces. Ce n’est pas un refus.",
    S.COMPLETE: "Le dossier est complet. S’il n’a pas de réponse à temps, c’est oui.",
    S.ADMISSIBLE: "C’est oui : vous pouvez préparer le dossier de validation.",
    S.TACIT: "Le certificateur n’a pas répondu à temps : c’est oui. Vous pouvez continuer.",
    S.NOT_ADMISSIBLE: "Le certificateur dit non pour ce dossier. Il explique ce qui manque ; parlez-en ensemble.",
    S.LAPSED: "Le temps est passé sans démarche : ce dossier ne compte plus. Un autre peut être déposé.",
    S.VALIDATION_SENT: "Le dossier de validation est déposé. Un jury va vous recevoir.",
    S.VALIDATION_INCOMPLETE: "Le certificateur demande de compléter le dossier de validation.",
    S.JURY: "Votre jury est fixé.",
    S.ABSENT: "Vous n’étiez pas au jury. Une autre date peut être demandée.",
    S.EXCUSED: "Vous étiez excusé·e. Une autre date sera fixée.",
    S.FULL: "Bravo : la certification est obtenue.",
    S.PARTIAL: "Une partie est obtenue, pour toujours. Vous pouvez passer le reste, sans recommencer.",
    S.REFUSED: "Le jury n’a pas validé cette fois. Un nouveau dossier de validation est possible.",
    S.REVOKED: "Le résultat est annulé. Le certificateur doit en donner un autre.",
    S.DROPPED: "Ce projet est arrêté.",
}


@dataclass(frozen=True, slots=True)
class Station:
    """One stop: `state` is done, now, stopped or coming; `note` what is said under its name."""

    label: str
    state: str
    note: str
    is_late: bool = False

    @property
    def state_in_words(self) -> str:
        """For who hears the page."""
        return {"done": "fait", "now": "en cours", "stopped": "arrêté", "coming": "à venir"}[self.state]


@dataclass(frozen=True, slots=True)
class VaeCard:
    """A file as a page shows it."""

    day: VaeOnADay
    stations: list[Station]
    next_kinds: list[VaeStepKind]
    plain: str

    @property
    def title(self) -> str:
        """« Recevable (silence du certificateur) »."""
        return self.day.reading.status.label


def card_of(day: VaeOnADay) -> VaeCard:
    """The line, the likeliest gestures and the plain sentence of a file."""
    reading = day.reading
    kinds = [kind for kind in NEXT_KINDS[reading.status] if _is_offered(kind, day)]
    if not reading.is_agreed and not reading.is_closed:
        kinds = [K.AGREED]
    return VaeCard(day, stations_of(day), kinds, _PLAIN[reading.status])


def _is_offered(kind: VaeStepKind, day: VaeOnADay) -> bool:
    return kind is not K.REGISTERED or day.facts.channel is VaeChannel.FRANCE_VAE


def stations_of(day: VaeOnADay) -> list[Station]:
    """Each station as the file stands."""
    status = day.reading.status
    reached = [rank for rank, (_, kinds) in enumerate(_STATIONS) if day.facts.first(*kinds)]
    here = _RANK.get(status, max(reached, default=0))
    return [_station(rank, here, day) for rank in range(len(_STATIONS))]


def _station(rank: int, here: int, day: VaeOnADay) -> Station:
    label, kinds = _STATIONS[rank]
    status = day.reading.status
    if rank > here:
        delay = next(iter(day.reading.delays), None) if rank == here + 1 else None
        note = _delay_note(delay, day.today) if delay and delay.code != "leave" else ""
        return Station(label, "coming", note, bool(delay and note and delay.is_late(day.today)))
    if rank == here:
        words = [_SHORT.get(status, ""), _day_of(day, kinds, is_here=True)]
        state = "stopped" if status in _PUTS_OFF else ("done" if status is S.FULL else "now")
        return Station(label, state, " · ".join(word for word in words if word))
    return Station(label, "done", _day_of(day, kinds, is_here=False))


def _day_of(day: VaeOnADay, kinds: tuple[VaeStepKind, ...], *, is_here: bool) -> str:
    if is_here and day.reading.is_computed and day.reading.since:
        return french_date(day.reading.since, short=True)
    step = day.facts.last(*kinds)
    if step is None:
        return ""
    return french_date(step.jury_on if step.kind is K.JURY and step.jury_on else step.on, short=True)


def _delay_note(delay: Delay, today: date) -> str:
    if delay.is_late(today):
        return f"dernier jour passé : {french_date(delay.last_on, short=True)}"
    if delay.aim_on != delay.last_on:
        return f"à viser le {french_date(delay.aim_on, short=True)}, dernier jour le {french_date(delay.last_on, short=True)}"
    return f"au plus tard le {french_date(delay.last_on, short=True)}"
