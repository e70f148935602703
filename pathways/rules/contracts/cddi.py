"""How long a fixed-term insertion contract (CDDI) lasts (R01, R02).

The three kinds of structures that may sign one have the same rules, each in its own article. What goes past
them (training under way, age, RQTH, particular difficulties, préfet's decisions) is a decision recorded apart
(`pathways.rules.derogations`): it is read here, and each refusal says whom to ask.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from backend.core.findings import Finding
from backend.core.values.dates import day_after, days_after, french_date
from backend.organisations.enums import StructureKind
from pathways.enums import ContractKind, DerogationMotive
from pathways.rules.contracts.durations import Length, length_of, passes, total_length
from pathways.rules.contracts.facts import ContractFacts
from pathways.rules.contracts.signers import may_sign
from pathways.rules.dated.book import RuleBook, contract_name
from pathways.rules.dated.rows import (
    CDDI_ARTICLES,
    CDDI_CEILING,
    CDDI_MINIMUM,
    DEROGATION_TOTAL,
)
from pathways.rules.derogations import LENGTHENS, coverage, granted, to_decide, ways_past


def cddi_findings(contract: ContractFacts, *, book: RuleBook) -> Iterator[Finding]:
    """What the law says of a CDDI by the rules of its first day; nothing in a structure that may not sign one."""
    if not may_sign(contract.structure_kind, ContractKind.CDDI, on=contract.started_on, book=book):
        return
    basis = cddi_basis(contract, book)
    if contract.last_day is None:
        yield Finding(
            "cddi_needs_an_end",
            "Un CDD d’insertion a une fin prévue.",
            basis,
            way_out="Indiquez-la.",
            field="planned_end_on",
        )
        return
    yield from _chain(contract, basis)
    yield from _minimum(contract, book, basis)
    yield from _ceiling(contract, book, basis)


def cddi_basis(contract: ContractFacts, book: RuleBook) -> str:
    """The article of this kind of structure, or the text of the row that let another kind sign."""
    article = CDDI_ARTICLES.get(StructureKind(contract.structure_kind))
    if article is not None:
        return f"Code du travail, art. {article}"
    return book.basis(contract_name(ContractKind.CDDI), on=contract.started_on)


def _chain(contract: ContractFacts, basis: str) -> Iterator[Finding]:
    """A renewal follows its contract without a day between, and a contract is recorded once."""
    days, planned = (contract.started_on, contract.last_day), (contract.started_on, contract.planned_end_on)
    known = {(spell.start, spell.end) for spell in (*contract.chain, *contract.others)}
    known |= {(spell.start, spell.planned_end) for spell in (*contract.chain, *contract.others)}
    if days in known or (contract.planned_end_on is not None and planned in known):
        yield Finding(
            "contract_twice",
            "Un CDD d’insertion couvre déjà exactement ces jours dans cette structure.",
            basis,
            way_out="Vérifiez qu’il n’est pas déjà enregistré.",
            field="started_on",
        )
    last = contract.chain[-1].end if contract.chain else None
    if last is not None and contract.started_on > day_after(last):
        yield Finding(
            "renewal_with_a_hole",
            "Un renouvellement commence au plus tard le lendemain du contrat qu’il prolonge.",
            basis,
            way_out="Enregistrez plutôt un nouveau contrat.",
            field="started_on",
        )


def _minimum(contract: ContractFacts, book: RuleBook, basis: str) -> Iterator[Finding]:
    """R01: four months at least, as planned; a renewal lengthens its contract, so the whole is judged.

    A contract broken before its term is not too short; where the term was never told, nothing is judged.
    """
    if contract.planned_end_on is None or _is_short_by_right(contract):
        return
    start = contract.chain[0].start if contract.chain else contract.started_on
    length, least = (
        length_of(start, contract.planned_end_on),
        book.whole(CDDI_MINIMUM, on=contract.started_on),
    )
    if length < Length(least):
        yield Finding(
            "cddi_minimum",
            f"Ce CDD d’insertion durerait {length.in_words} ; le minimum est de {least} mois, sauf situation prévue par "
            "la loi.",
            basis,
            way_out=f"Choisissez une fin plus tardive, {ways_past(contract.structure_kind, DerogationMotive.SHORT)}.",
            field="planned_end_on",
            leads_to=to_decide(
                contract.structure_kind, contract.started_on, contract.last_day, DerogationMotive.SHORT
            ),
        )


def _is_short_by_right(contract: ContractFacts) -> bool:
    """R01: whether a decision says that the law lets this contract be short."""
    return any(
        each.covers(contract.started_on, contract.started_on)
        for each in granted(contract.derogations, DerogationMotive.SHORT)
    )


def _ceiling(contract: ContractFacts, book: RuleBook, basis: str) -> Iterator[Finding]:
    """R02: 24 months of CDDI in one structure at most, unless decisions cover every day beyond (R03, R04, R05)."""
    most = book.whole(CDDI_CEILING, on=contract.started_on)
    if not passes(contract.periods, months=most) or contract.last_day is None:
        return
    beyond = first_day_beyond(contract, most)
    used, left_out = coverage(beyond, contract.last_day, granted(contract.derogations, *LENGTHENS))
    if left_out is not None:
        yield Finding(
            "cddi_ceiling",
            f"Ce contrat porterait les CDD d’insertion à {total_length(contract.periods).in_words} dans cette "
            f"structure ; le maximum est de {most} mois : à partir du {french_date(left_out)}, il faut une dérogation.",
            basis,
            way_out=f"Choisissez une fin plus proche, {ways_past(contract.structure_kind, *LENGTHENS)}.",
            field="planned_end_on",
            leads_to=to_decide(contract.structure_kind, left_out, contract.last_day, *LENGTHENS),
        )
        return
    total = book.whole(DEROGATION_TOTAL, on=contract.started_on)
    if granted(used, DerogationMotive.DIFFICULTIES) and passes(contract.periods, months=total):
        yield Finding(
            "cddi_derogation_ceiling",
            f"Même avec une dérogation pour difficultés, les CDD d’insertion ne passent pas {total} mois dans une structure.",
            basis,
            way_out="Choisissez une fin plus proche.",
            field="planned_end_on",
        )


def first_day_beyond(contract: ContractFacts, months: int) -> date:
    """The first day of this contract past so many months of contracts in the structure; its first day at the earliest."""
    start, end = contract.started_on, contract.last_day or contract.started_on
    before = [spell.until(start) for spell in (*contract.chain, *contract.others)]
    low, high = 0, (end - start).days
    while low < high:
        middle = (low + high) // 2
        if passes([*before, (start, days_after(start, middle))], months=months):
            high = middle
        else:
            low = middle + 1
    return days_after(start, low)
