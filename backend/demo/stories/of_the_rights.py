"""Rights that follow people: somebody who leaves the gardens for missions, and visits as one meets them."""

from __future__ import annotations

from datetime import timedelta

from backend.core.values.dates import months_after
from backend.demo.chance.calendar_tools import weekday_after
from backend.demo.rows import Contract, MedicalVisit, SavedDays, Training
from backend.demo.stories.storyteller import Teller
from pathways.enums import RelayStatus
from pathways.enums.trainings import (
    TrainingDecider,
    TrainingFunder,
    TrainingKind,
    TrainingOutcome,
    TrainingTime,
)
from pathways.enums.travelling import SavedFate, SavedKind, VisitKind, VisitPaper, VisitRhythm

_SERVICE = "Santé au travail des Trois-Vallées"
_FIVE_YEARS = 60
_V, _P, _R, _S, _F = VisitKind, VisitPaper, VisitRhythm, SavedKind, SavedFate
OF_THE_GARDENS: tuple[tuple[VisitKind, int, VisitPaper, VisitRhythm, int | None], ...] = (
    (_V.FIRST, 75, _P.FOLLOWED, _R.ORDINARY, None),
    (_V.FIRST, 60, _P.FOLLOWED_ADJUSTED, _R.ADAPTED, 1000),
    (_V.APTITUDE, 712, _P.APT, _R.REINFORCED, 25),
    (_V.PERIODIC, 900, _P.FOLLOWED, _R.ORDINARY, -12),
    (_V.BETWEEN, 90, _P.FOLLOWED, _R.REINFORCED, None),
    (_V.RETURN, 33, _P.APT_ADJUSTED, _R.REINFORCED, None),
)
"""One visit each: which, how many days ago, the paper, the rhythm, in how many days the next is due when the paper says."""

DAYS_OFF = ((_S.REST, 2, _F.TAKEN), (_S.LEAVE, 4.5, _F.PAID), (_S.ACCOUNT, 6, _F.MOVED))
"""What became of days already settled, for one person each: where they were saved, how many, how."""


def tell_rights(teller: Teller) -> None:
    """The story of the relay to missions, then a visit to some people of the gardens."""
    leaving = [
        relay.person
        for relay in teller.rows.relays
        if relay.structure == teller.cast.aci and relay.target == "etti" and relay.status is RelayStatus.MET
    ]
    for person in leaving:
        _leaves_for_missions(teller, person)
    working = [each for each in _at_work(teller) if each.person not in leaving]
    for contract, told in zip(working, OF_THE_GARDENS, strict=False):
        kind, ago, paper, rhythm, due = told
        teller.rows.visits.append(
            MedicalVisit(
                contract.person, contract.structure, kind, teller.ago(ago), paper, rhythm, _SERVICE, ("A1203",),
                None if due is None else teller.today + timedelta(days=due),
            )
        )  # fmt: skip
    counted = teller.ago(10)
    settled = [each for each in working[len(OF_THE_GARDENS) :] if each.start <= counted]
    teller.rows.saved_days += [
        SavedDays(contract.person, contract.structure, saved, days, counted, fate)
        for contract, (saved, days, fate) in zip(settled, DAYS_OFF, strict=False)
    ]


def _leaves_for_missions(teller: Teller, person: str) -> None:
    """A visit made for three jobs, leave not taken and days on an account, a training certified."""
    aci, made = teller.cast.aci, teller.ago(80)
    teller.rows.visits.append(
        MedicalVisit(
            person, aci, _V.FIRST, made, _P.FOLLOWED, _R.ORDINARY, _SERVICE, ("A1203", "N1103", "K2204"),
            months_after(made, _FIVE_YEARS),
        )
    )  # fmt: skip
    if any(each.person == person and each.start <= teller.ago(10) for each in _at_work(teller)):
        teller.rows.saved_days += [
            SavedDays(person, aci, _S.LEAVE, 7.5, teller.ago(10), _F.TO_TAKE),
            SavedDays(person, aci, _S.ACCOUNT, 3, teller.ago(10), _F.TO_PAY),
        ]
    start = weekday_after(teller.ago(65))
    end = start + timedelta(days=2 if start.weekday() <= 2 else 4)
    teller.rows.trainings.append(
        Training(
            person, aci, "Gestes et postures en entrepôt", "Logistique fictive formation", TrainingKind.AT_WORK, start, end, 3, 21,
            TrainingFunder.OPCO, TrainingTime.DURING_WORK, TrainingDecider.TOGETHER, end=end, done_days=3, done_hours=21,
            outcome=TrainingOutcome.FOLLOWED,
        )
    )  # fmt: skip


def _at_work(teller: Teller) -> list[Contract]:
    """A contract of the gardens that runs today, one per person."""
    found: dict[str, Contract] = {}
    for contract in teller.rows.contracts:
        end = contract.end or contract.planned_end
        if contract.structure == teller.cast.aci and (end is None or end > teller.today):
            found.setdefault(contract.person, contract)
    return [each for each in found.values() if each.person != "solange"]
