"""Trainings as one meets them: under way and soon over, over and not told, certified, stopped for a job, to come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from backend.demo.chance.calendar_tools import weekday_after
from backend.demo.rows import Contract, Training
from backend.demo.stories.storyteller import Teller
from pathways.enums import ContractKind
from pathways.enums.trainings import (
    TrainingDecider,
    TrainingFunder,
    TrainingKind,
    TrainingOutcome,
    TrainingStop,
    TrainingTime,
)

_K, _F, _T, _D, _O = TrainingKind, TrainingFunder, TrainingTime, TrainingDecider, TrainingOutcome


@dataclass(frozen=True, slots=True)
class Told:
    """One training: how many days ago it began, from its first to its last day, and what became of it."""

    began: int
    lasts: int
    days: int
    hours: int
    title: str
    provider: str
    kind: TrainingKind
    funder: TrainingFunder
    time: TrainingTime = _T.DURING_WORK
    decided_by: TrainingDecider = _D.TOGETHER
    certification: str = ""
    licence: str = ""
    cut: int | None = None
    outcome: TrainingOutcome | None = None
    stop_reason: TrainingStop | None = None
    certified_after: int | None = None


TOLD = (
    Told(
        70, 80, 20, 140, "Agent de restauration, premier bloc", "Centre de formation des Trois-Vallées", _K.QUALIFYING,
        _F.PIC_IAE, certification="RNCP90001",
    ),
    Told(62, 40, 12, 72, "Lire, écrire et compter au travail", "Atelier des mots inventés", _K.BASICS, _F.OPCO),
    Told(
        48, 3, 3, 21, "Chariots élévateurs, catégorie 3", "Logistique fictive formation", _K.LICENCE, _F.STRUCTURE,
        decided_by=_D.STRUCTURE, licence="CACES R489 catégorie 3", outcome=_O.CERTIFIED, certified_after=6,
    ),
    Told(
        80, 60, 24, 96, "Français pour le travail", "Atelier des mots inventés", _K.FRENCH, _F.REGION, _T.OUTSIDE_WORK,
        _D.PERSON, cut=31, outcome=_O.ABANDONED, stop_reason=TrainingStop.CONDITIONS,
    ),
    Told(
        -12, 26, 10, 70, "Découverte des métiers du soin", "Centre de formation des Trois-Vallées", _K.PRE_QUALIFYING,
        _F.FRANCE_TRAVAIL, _T.PARTLY, _D.PRESCRIBER,
    ),
    Told(
        50, 20, 8, 56, "Préparation à un poste de commis de cuisine", "Centre de formation des Trois-Vallées", _K.BEFORE_A_JOB,
        _F.FRANCE_TRAVAIL, cut=12, outcome=_O.ABANDONED, stop_reason=TrainingStop.JOB,
    ),
    Told(
        60, 30, 10, 60, "Chant et prise de parole", "Atelier des mots inventés", _K.OTHER, _F.OTHER, _T.OUTSIDE_WORK, _D.PERSON,
        cut=9, outcome=_O.ABANDONED, stop_reason=TrainingStop.PROVIDER,
    ),
    Told(
        45, 15, 5, 35, "Entretien mécanisé des sols", "Centre de formation des Trois-Vallées", _K.AT_WORK, _F.CPF,
        decided_by=_D.PERSON, outcome=_O.NOT_CERTIFIED,
    ),
    Told(
        74, 40, 16, 96, "Découverte des métiers de la vente", "Centre de formation des Trois-Vallées", _K.PRE_QUALIFYING,
        _F.REGION, cut=10, outcome=_O.ABANDONED, stop_reason=TrainingStop.CONTENT,
    ),
    Told(
        66, 30, 12, 48, "Code de la route", "Auto-école imaginaire", _K.LICENCE, _F.CPF, _T.OUTSIDE_WORK, _D.PERSON, cut=14,
        outcome=_O.ABANDONED, stop_reason=TrainingStop.PERSONAL,
    ),
    Told(
        55, 25, 9, 54, "Taille des arbres fruitiers", "Centre de formation des Trois-Vallées", _K.AT_WORK, _F.STRUCTURE, cut=8,
        outcome=_O.ABANDONED, stop_reason=TrainingStop.OTHER,
    ),
)  # fmt: skip


def tell_trainings(teller: Teller) -> None:
    """One story each to people under a CDDI begun before them, always the same."""
    for contract, told in zip(_candidates(teller), TOLD, strict=False):
        teller.rows.trainings.append(_training(teller, contract, told))


def _training(teller: Teller, contract: Contract, told: Told) -> Training:
    start = weekday_after(teller.ago(told.began))
    planned_end = weekday_after(start + timedelta(days=told.lasts - 1))
    end = weekday_after(start + timedelta(days=(told.cut or told.lasts) - 1)) if told.outcome else None
    share = (told.cut or told.lasts) / told.lasts
    return Training(
        contract.person, contract.structure, told.title, told.provider, told.kind, start, planned_end, told.days,
        told.hours, told.funder, told.time, told.decided_by, told.certification, told.licence, end=end,
        done_days=round(told.days * share) if end else None, done_hours=round(told.hours * share) if end else None,
        outcome=told.outcome, stop_reason=told.stop_reason,
        certified=end + timedelta(days=told.certified_after) if end and told.certified_after else None,
    )  # fmt: skip


def _candidates(teller: Teller) -> list[Contract]:
    """A CDDI under way for each person, begun before these stories; one per person."""
    oldest = teller.ago(max(told.began for told in TOLD))
    found: dict[str, Contract] = {}
    for contract in teller.rows.contracts:
        end = contract.end or contract.planned_end
        is_long = contract.kind is ContractKind.CDDI and contract.start <= oldest
        if is_long and end is not None and end > teller.today:
            found.setdefault(contract.person, contract)
    return list(reversed(found.values()))
