"""Immersions (PMSMP) as one meets them: under way, just over, told by both, renewed, cut short, to come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from backend.demo.rows import Contract, Immersion
from backend.demo.stories.storyteller import Teller
from pathways.enums import ContractKind, ImmersionPrescriber, ImmersionPurpose

_LONG_ENOUGH = 120  # days: a contract in which two weeks elsewhere are far from a quarter


@dataclass(frozen=True, slots=True)
class Told:
    """One immersion: how many days ago it began, how long it was to last, and what became of it."""

    began: int
    days: int
    purpose: ImmersionPurpose
    objectives: str
    prescriber: ImmersionPrescriber = ImmersionPrescriber.FRANCE_TRAVAIL
    cut: int | None = None
    renewed: int | None = None
    tutor_review: str = ""
    person_review: str = ""


_P, _BY = ImmersionPurpose, ImmersionPrescriber
TOLD = (
    Told(7, 12, _P.DISCOVER, "Voir une journée entière du service et parler avec l’équipe."),
    Told(16, 12, _P.CONFIRM, "Vérifier que le port de charges convient, avec le tuteur.", _BY.COUNTY),
    Told(
        41, 12, _P.RECRUIT, "Montrer son travail avant un contrat de six mois.", _BY.STRUCTURE,
        tutor_review="Ponctuelle, apprend vite, à l’aise avec les clients. Nous la reverrons au printemps.",
        person_review="J’ai aimé. Le matin est tôt, mais le bus passe.",
    ),
    Told(
        58, 10, _P.CONFIRM, "Essayer deux postes de l’atelier.", _BY.TRAINING, renewed=9,
        tutor_review="Le deuxième poste lui va mieux que le premier.",
    ),
    Told(
        34, 12, _P.DISCOVER, "Découvrir le travail en extérieur.", _BY.DELEGATE, cut=4,
        tutor_review="Arrêtée à sa demande au bout de quelques jours.", person_review="Trop loin de chez moi.",
    ),
    Told(-9, 10, _P.DISCOVER, "Passer une semaine et demie dans une cuisine.", _BY.YOUTH),
    Told(
        52, 8, _P.CONFIRM, "Voir si le rythme d’une cuisine de cinquante couverts convient.", _BY.CAP_EMPLOI,
        tutor_review="Soigneux et régulier. Un poste de plonge aménagé serait possible.",
        person_review="L’équipe m’a bien accueilli. Je voudrais continuer.",
    ),
)  # fmt: skip


def tell_immersions(teller: Teller) -> None:
    """One story each to people under a long CDDI, at the employers of the territory, always the same."""
    employers = teller.rows.employers
    for rank, (contract, told) in enumerate(zip(_candidates(teller), TOLD, strict=False)):
        host = employers[rank % len(employers)].id
        first = _immersion(teller, f"pmsmp-{rank}", contract, host, told, teller.ago(told.began), told.days)
        teller.rows.immersions.append(first)
        if told.renewed:
            start = first.planned_end + timedelta(days=1)
            teller.rows.immersions.append(
                _immersion(teller, f"pmsmp-{rank}-r", contract, host, told, start, told.renewed, first.id)
            )


def _immersion(
    teller: Teller, id_: str, contract: Contract, host: str, told: Told, start: date, days: int, renews: str | None = None
) -> Immersion:  # fmt: skip
    end = start + timedelta(days=days - 1)
    real = start + timedelta(days=told.cut - 1) if told.cut else None
    is_told = (real or end) < teller.today and bool(told.tutor_review or told.person_review)
    is_last = renews is not None or not told.renewed
    return Immersion(
        id_, contract.person, contract.structure, host, told.prescriber, told.purpose, told.objectives, start, end,
        end=real, hours=5 * days, tutor="Dominique Fictif", renews=renews,
        reviewed=(real or end) if is_told and is_last else None,
        tutor_review=told.tutor_review if is_told and is_last else "",
        person_review=told.person_review if is_told and is_last else "",
    )  # fmt: skip


def _candidates(teller: Teller) -> list[Contract]:
    """A long CDDI for each person, begun before these stories and going on after them; one per person."""
    oldest = teller.ago(max(told.began for told in TOLD))
    found: dict[str, Contract] = {}
    for contract in teller.rows.contracts:
        end = contract.end or contract.planned_end
        if (
            contract.kind is ContractKind.CDDI
            and contract.start <= oldest
            and end is not None
            and end > teller.today
            and (end - contract.start).days >= _LONG_ENOUGH
        ):
            found.setdefault(contract.person, contract)
    return list(found.values())
