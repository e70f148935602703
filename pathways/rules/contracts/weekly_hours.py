"""How many hours a week a contract may have, when it is signed and from each avenant on (R06, R07, R13).

Each stretch is judged by the rules of its first day. Hours never told are not judged.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import pairwise

from backend.core.findings import Confidence, Finding
from backend.core.values.dates import NBSP, days_after, french_date
from backend.core.values.numbers import decimal_in_words
from backend.core.values.plausible import WORK, window_findings
from pathways.enums import ContractKind, DerogationMotive
from pathways.rules.contracts.cddi import cddi_basis
from pathways.rules.contracts.cdi_inclusion import cdi_inclusion_basis
from pathways.rules.contracts.facts import ContractFacts
from pathways.rules.contracts.signers import may_sign
from pathways.rules.contracts.stretches import Stretch
from pathways.rules.dated.book import RuleBook
from pathways.rules.dated.rows import CDDI_HOURS, CDI_HOURS, LEGAL_WEEK
from pathways.rules.derogations import all_days_covered, granted, to_decide, ways_past
from pathways.rules.kinds import MAY_WORK_FEWER_HOURS

_LESS = (DerogationMotive.FEW_HOURS, DerogationMotive.CUMUL)
"""Decisions of the préfet that let somebody work fewer hours."""


def weekly_findings(contract: ContractFacts, *, book: RuleBook) -> list[Finding]:
    """What the law says of its hours, of the first stretch where it says something; empty when nothing is wrong."""
    for stretch in contract.stretches:
        if found := list(_of_stretch(contract, stretch, book)):
            return found
    return []


def overtaken_findings(contract: ContractFacts) -> Iterator[Finding]:
    """A first day that would come on or after that of an avenant already known."""
    if overtaken := [each for each in contract.amendments if each.starts_on <= contract.started_on]:
        yield Finding(
            "contract_after_its_amendment",
            f"Un avenant change déjà les heures de ce contrat le {french_date(overtaken[0].starts_on)}.",
            way_out="Vérifiez la date, ou annulez d’abord cet avenant.",
            field="started_on",
            is_contradiction=True,
        )


def amendment_findings(contract: ContractFacts, *, on: date, book: RuleBook) -> Iterator[Finding]:
    """What is wrong with the avenant that begins that day, one of those of the contract."""
    if too_far := list(window_findings(WORK, on, field="starts_on", today=contract.today)):
        yield from too_far
        return
    last = contract.last_day
    if on <= contract.started_on or (last is not None and on > last):
        second = french_date(days_after(contract.started_on, 1))
        when = f"entre le {second} et le {french_date(last)}" if last else f"à partir du {second}"
        yield Finding(
            "amendment_outside_contract",
            f"Un avenant change les heures pendant le contrat : ici, {when}.",
            way_out="Vérifiez la date ; les heures du premier jour se corrigent sur le contrat.",
            field="starts_on",
            is_contradiction=True,
        )
        return
    parts = contract.stretches
    for before, stretch in pairwise(parts):
        if stretch.start == on:
            yield from _same_hours(before, stretch)
            yield from _of_stretch(contract, stretch, book)


def _same_hours(before: Stretch, stretch: Stretch) -> Iterator[Finding]:
    """An avenant that leaves the hours as they were changes nothing, and would be read as a change."""
    if stretch.hours is not None and stretch.hours == before.hours:
        yield Finding(
            "amendment_changes_nothing",
            f"Ce contrat compte déjà {decimal_in_words(stretch.hours, 2)}{NBSP}h par semaine ce jour-là.",
            way_out="Vérifiez les heures et la date ; sans changement, il n’y a rien à enregistrer.",
            field="weekly_hours",
        )


def _of_stretch(contract: ContractFacts, stretch: Stretch, book: RuleBook) -> Iterator[Finding]:
    judge = _JUDGES.get(contract.kind)
    if judge and may_sign(
        contract.structure_kind, ContractKind(contract.kind), on=contract.started_on, book=book
    ):
        yield from judge(contract, stretch, book)


def _of_cddi(contract: ContractFacts, stretch: Stretch, book: RuleBook) -> Iterator[Finding]:
    """R06: 20 hours a week at least, the legal duration at most, contracts of the same days added up."""
    if stretch.hours is None or contract.last_day is None:
        return
    least, most = book.hours(CDDI_HOURS, on=stretch.start), book.hours(LEGAL_WEEK, on=stretch.start)
    subject, basis = _subject("un CDD d’insertion", contract, stretch), cddi_basis(contract, book)
    if stretch.hours < least and not _may_work_less(contract, stretch):
        yield Finding(
            "cddi_hours",
            f"{subject} compte au moins {least} heures par semaine.",
            basis,
            way_out=_more_hours(contract.structure_kind),
            field="weekly_hours",
            leads_to=to_decide(contract.structure_kind, stretch.start, stretch.end, *_LESS),
        )
    elif stretch.hours + _beside(contract, stretch) > most:
        yield Finding(
            "cddi_hours",
            f"{subject} ne dépasse pas la durée légale de {most} heures par semaine, avec les autres "
            "contrats des mêmes jours.",
            basis,
            way_out="Diminuez la durée.",
            field="weekly_hours",
        )


def _of_cdi_inclusion(contract: ContractFacts, stretch: Stretch, book: RuleBook) -> Iterator[Finding]:
    """R13: the weekly hours of ordinary part time, but in AI and ETTI, where the law names no floor."""
    least = book.hours(CDI_HOURS, on=stretch.start)
    if stretch.hours is None or contract.structure_kind in MAY_WORK_FEWER_HOURS or stretch.hours >= least:
        return
    yield Finding(
        "cdi_inclusion_hours",
        f"{_subject('un CDI inclusion', contract, stretch)} compte au moins {least} heures par semaine.",
        cdi_inclusion_basis(contract),
        Confidence.PROBABLE,
        way_out="Augmentez la durée.",
        field="weekly_hours",
    )


_JUDGES = {ContractKind.CDDI.value: _of_cddi, ContractKind.CDI_I.value: _of_cdi_inclusion}


def _subject(what: str, contract: ContractFacts, stretch: Stretch) -> str:
    """« Un CDD d’insertion », and from which day on when an avenant is what is wrong."""
    if stretch.start == contract.started_on:
        return what[0].upper() + what[1:]
    return f"À partir du {french_date(stretch.start)}, {what}"


def _may_work_less(contract: ContractFacts, stretch: Stretch) -> bool:
    """R06, R07: whether the préfet let the person work less on all these days: in an ACI, or beside another contract."""
    decided = granted(contract.derogations, *_LESS)
    return stretch.end is not None and bool(all_days_covered(stretch.start, stretch.end, decided))


def _more_hours(structure_kind: str) -> str:
    """The way out of too few hours: the préfet's decision where the law knows one."""
    decision = ways_past(structure_kind, *_LESS)
    return f"Augmentez la durée, {decision}." if decision else "Augmentez la durée."


def _beside(contract: ContractFacts, stretch: Stretch) -> Decimal:
    """The most hours a week of the other contracts of its kind on the same days; a renewal replaces its chain."""
    others = [part for each in contract.others for part in each.stretches if part.overlaps(stretch)]
    days = {stretch.start, *(max(part.start, stretch.start) for part in others)}
    return max(
        sum((part.hours or Decimal(0) for part in others if part.covers(day)), Decimal(0)) for day in days
    )
