"""Everything the law and common sense find in a contract, in the order people are told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from backend.core.findings import Finding
from backend.core.values.dates import MONTHS, days_after, french_date
from backend.core.values.plausible import WORK, end_findings, window_findings
from backend.organisations.enums import SIAE_KINDS
from pathways.enums import ContractKind
from pathways.rules.contracts.alternance import ALTERNANCE, alternance_findings
from pathways.rules.contracts.cddi import cddi_findings
from pathways.rules.contracts.cdi_inclusion import cdi_inclusion_findings
from pathways.rules.contracts.facts import ContractFacts
from pathways.rules.contracts.guarantees import guarantee_findings
from pathways.rules.contracts.hours import HOURS_IN_A_DAY, days_in_month, days_without_end
from pathways.rules.contracts.missions import mission_findings
from pathways.rules.contracts.signers import kind_findings
from pathways.rules.contracts.weekly_hours import overtaken_findings, weekly_findings
from pathways.rules.dated.book import RuleBook
from pathways.rules.eligibility.findings import entry_findings
from pathways.rules.exits.findings import EXIT_AHEAD_DAYS

_FIXED_BY_ITS_TERM = frozenset({ContractKind.CDDI, ContractKind.CTT})
"""Contracts that go past their planned end by a renewal only."""
FOR_SEVERAL_CLIENTS = frozenset({ContractKind.CTT, ContractKind.CDDU})
"""Contracts that may run on the same days, each for its own client."""
R41_BASIS = "Code du travail, art. R5132-1-2 ; la plateforme de l’inclusion le refuse depuis le 13 mars 2025"


def contract_findings(contract: ContractFacts, *, book: RuleBook) -> list[Finding]:
    """What is wrong with this contract on its own day (R01, R02, R06, R12, R13, R22, R23, R41); empty when nothing is."""
    found = [*_surroundings(contract), *_days(contract), *kind_findings(contract, book=book)]
    match contract.kind:
        case ContractKind.CDDI:
            found += cddi_findings(contract, book=book)
        case ContractKind.CTT:
            found += mission_findings(contract, book=book)
        case ContractKind.CDI_I:
            found += cdi_inclusion_findings(contract, book=book)
        case kind if kind in ALTERNANCE:
            found += alternance_findings(contract, book=book)
    found += weekly_findings(contract, book=book)
    found += overtaken_findings(contract)
    found += guarantee_findings(contract, book=book)
    if not any(each.code == "contract_twice" for each in found):
        found += _same_days(contract)
    found += hours_findings(contract)
    found += broken_off_findings(motive=contract.end_motive, ended_on=contract.ended_on)
    if contract.ended_on is not None:
        found += end_ahead_findings(contract.ended_on, today=contract.today)
    found += term_findings(kind=contract.kind, planned_end_on=contract.planned_end_on, on=contract.ended_on)
    found += _after_the_pass(contract)
    is_said = any(each.code == "contract_after_pass" for each in found)
    if contract.eligibility is not None and not contract.chain and not is_said:  # a renewal enters nowhere
        found += entry_findings(
            contract.eligibility,
            structure_kind=contract.structure_kind,
            started_on=contract.started_on,
            today=contract.today,
            book=book,
        )
    return found


def _same_days(contract: ContractFacts) -> Iterator[Finding]:
    """Another contract of the same kind on the same days: two part times, or one contract recorded twice."""
    if contract.kind in FOR_SEVERAL_CLIENTS:
        return
    if any(each.overlaps(contract.started_on, contract.last_day) for each in contract.others):
        yield Finding(
            "contract_same_days",
            "Un autre contrat du même type couvre déjà une partie de ces jours dans cette structure.",
            way_out="Vérifiez que ce n’est pas le même, ou indiquez la fin du premier.",
            field="started_on",
            refuses=False,
        )


def _days(contract: ContractFacts) -> Iterator[Finding]:
    """Days nobody can mean: of its beginning, of its term, of its end."""
    start, end = contract.started_on, contract.ended_on
    today, born_on = contract.today, contract.born_on
    yield from window_findings(WORK, start, field="started_on", today=today, born_on=born_on)
    yield from end_findings(contract.planned_end_on, field="planned_end_on", started_on=start)
    if end is not None:
        yield from last_day_findings(end, started_on=start, today=today)


def last_day_findings(on: date, *, started_on: date, today: date) -> Iterator[Finding]:
    """The real last day of a contract, where its beginning does not already say what is wrong."""
    if not list(window_findings(WORK, started_on, field="started_on", today=today)):
        yield from window_findings(WORK, on, field="on", today=today)


def term_findings(*, kind: str, planned_end_on: date | None, on: date | None) -> Iterator[Finding]:
    """A real last day after the term of a contract that goes past it by a renewal only."""
    if kind in _FIXED_BY_ITS_TERM and planned_end_on and on and on > planned_end_on:
        yield Finding(
            "past_planned_end",
            "Cette date dépasse la fin prévue du contrat.",
            way_out="Enregistrez plutôt son renouvellement.",
            field="on",
        )


def broken_off_findings(*, motive: str, ended_on: date | None) -> Iterator[Finding]:
    """Why a contract stopped, of one that has not."""
    if motive and ended_on is None:
        yield Finding(
            "broken_off_without_a_day",
            "Une rupture a son dernier jour, et ce contrat n’en a pas.",
            way_out="Indiquez-le, ou ôtez le motif.",
            field="end_motive",
            is_contradiction=True,
        )


def end_ahead_findings(on: date, *, today: date) -> Iterator[Finding]:
    """A real last day too far ahead to be known: nothing has ended yet."""
    if on > days_after(today, EXIT_AHEAD_DAYS):
        yield Finding(
            "end_too_far_ahead",
            f"La fin d’un contrat s’enregistre au plus {EXIT_AHEAD_DAYS} jours à l’avance.",
            way_out="Vérifiez la date ; une fin seulement prévue s’écrit comme telle.",
            field="on",
            is_contradiction=True,
        )


def hours_findings(contract: ContractFacts) -> Iterator[Finding]:
    """Hours already known that the days of the contract cannot hold any more."""
    days = days_without_end(contract.started_on, contract.last_day, contract.today)
    late = [
        month for month, hours in contract.worked if hours > HOURS_IN_A_DAY * days_in_month(month, [days])
    ]
    if late:
        yield Finding(
            "hours_outside_contract",
            f"Des heures sont déjà connues en {MONTHS[late[0].month - 1]} {late[0].year}, et le contrat n’y aurait plus assez de jours.",
            way_out="Vérifiez la date, ou corrigez d’abord ces heures.",
            field="on" if contract.ended_on else "planned_end_on",
        )


def _surroundings(contract: ContractFacts) -> Iterator[Finding]:
    """A contract begins inside its stay, and a renewal keeps the kind of what it renews."""
    start, end = contract.stay_started_on, contract.stay_ended_on
    if (start and contract.started_on < start) or (end and contract.started_on > end):
        yield Finding(
            "contract_outside_stay",
            "Ce contrat commence en dehors du passage dans la structure.",
            way_out="Vérifiez sa date de début.",
            field="started_on",
            is_contradiction=True,
        )
    left = contract.left_on
    if left is not None and (contract.last_day is None or contract.last_day > left):
        yield Finding(
            "contract_past_exit",
            f"La personne est sortie le {french_date(left)}, et ce contrat irait plus loin.",
            way_out="Vérifiez qu’il n’est pas déjà enregistré sous un autre identifiant, ou indiquez sa fin.",
            field="started_on",
        )
    if contract.renewed_kind and contract.renewed_kind != contract.kind:
        yield Finding(
            "renewal_of_another_kind",
            "Un renouvellement garde le type du contrat qu’il prolonge.",
            way_out="Enregistrez plutôt un nouveau contrat.",
            field="kind",
            is_contradiction=True,
        )


def _after_the_pass(contract: ContractFacts) -> Iterator[Finding]:
    """R41: a contract that starts after the end of the PASS; one already begun is kept, with a word."""
    end = contract.pass_ends_on
    if contract.structure_kind not in SIAE_KINDS or end is None or contract.started_on <= end:
        return
    yield Finding(
        "contract_after_pass",
        f"Ce contrat commence après la fin du PASS IAE, le {french_date(end)}.",
        R41_BASIS,
        way_out="Si le PASS a été prolongé, enregistrez d’abord sa nouvelle fin.",
        field="started_on",
        refuses=contract.started_on >= contract.today,
    )
