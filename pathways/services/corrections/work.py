"""Contracts, their avenants, their hours, and the PASS IAE: corrected, or taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from backend.audit import trail
from backend.core import steps
from backend.core.actor import Actor
from backend.core.errors import ensure
from backend.core.findings import Finding, raise_refusals
from backend.core.values.identifiers import clean_pass_number
from backend.exchange.importing import memory
from pathways.models import Contract, HoursAmendment, IaePass, MonthlyHours
from pathways.permissions import may_correct_work, may_edit_person
from pathways.rules.contracts.findings import broken_off_findings, contract_findings
from pathways.rules.corrections import added_findings
from pathways.rules.dated.book import RuleBook
from pathways.selectors.facts.contracts import facts_of, hours_of
from pathways.selectors.rule_book import read_book
from pathways.services.contracts import number_findings_of, pass_findings_of
from pathways.services.corrections.shared import check_reason, take_back

CONTRACT = frozenset(
    {
        "kind",
        "started_on",
        "planned_end_on",
        "ended_on",
        "end_motive",
        "weekly_hours",
        "guaranteed_hours",
        "rome_code",
    }
)
"""What `correct_contract` may change; the stay and the chain are those of the contract."""

_NOT_YOURS = (
    "Seule l’équipe de cette structure peut corriger ses contrats et leurs heures, jusqu’à la fin du mois qui suit la "
    "sortie."
)
_NOT_ACCOMPANIED = "Seule l’équipe qui accompagne la personne aujourd’hui peut corriger un PASS IAE."


@transaction.atomic
def correct_contract(*, actor: Actor, contract: Contract, seen: str, **changes: Any) -> Contract:
    """Correct a contract, `changes` being fields of `CONTRACT`; its renewals and its hours must still stand."""
    steps.check_names(changes, CONTRACT)
    contract = steps.lock(actor, contract)
    ensure(may_correct_work(actor, contract.stay), "not_yours", _NOT_YOURS)
    steps.check_seen(contract, seen)
    book, chain = read_book(), _chain(contract)
    known = {row.pk: _findings(row, book) for row in chain}

    was = steps.put(contract, changes)
    if not was:
        return contract
    raise_refusals(broken_off_findings(motive=contract.end_motive, ended_on=contract.ended_on))
    steps.save(contract)
    for row in _chain(contract):
        changed = was.keys() if row.pk == contract.pk else ()
        raise_refusals(added_findings(_findings(row, book), known=known[row.pk], changed=changed))
    trail.record(actor, "contract.corrected", contract.stay, contract=contract.pk, was=was)
    return contract


@transaction.atomic
def cancel_contract(*, actor: Actor, contract: Contract, seen: str, reason: str) -> None:
    """Take back a contract recorded by mistake, with its avenants and the hours written under it; its renewals go first."""
    contract = steps.lock(actor, contract)
    ensure(may_correct_work(actor, contract.stay), "not_yours", _NOT_YOURS)
    steps.check_seen(contract, seen)
    check_reason(reason)
    hours = MonthlyHours.objects.filter(contract=contract)
    told = {f"{row.month:%Y-%m} {row.client_kind}".strip(): str(row.hours) for row in hours}
    if told:
        trail.record(actor, "hours.cancelled", contract.stay, contract=contract.pk, reason=reason, was=told)
        hours.delete()
    HoursAmendment.objects.filter(contract=contract).delete()
    memory.withdraw(contract, owner=contract.stay.beneficiary, id=contract.external_id)
    take_back(actor, "contract.cancelled", contract, reason)


@transaction.atomic
def cancel_amendment(*, actor: Actor, amendment: HoursAmendment, seen: str, reason: str) -> None:
    """Take back an avenant written by mistake; wrong hours are corrected by writing its day again."""
    amendment = steps.lock(actor, amendment)
    ensure(may_correct_work(actor, amendment.contract.stay), "not_yours", _NOT_YOURS)
    steps.check_seen(amendment, seen)
    check_reason(reason)
    memory.withdraw(amendment, owner=amendment.contract, date_debut=amendment.starts_on)
    take_back(actor, "amendment.cancelled", amendment, reason)


@transaction.atomic
def cancel_hours(*, actor: Actor, line: MonthlyHours, seen: str, reason: str) -> None:
    """Take back the hours of a month written by mistake; a wrong figure is corrected by writing the month again."""
    line = steps.lock(actor, line)
    ensure(may_correct_work(actor, line.contract.stay), "not_yours", _NOT_YOURS)
    steps.check_seen(line, seen)
    check_reason(reason)
    memory.withdraw(line, owner=line.contract, month=(line.month, line.client_kind))
    take_back(actor, "hours.cancelled", line, reason)


@transaction.atomic
def correct_pass(
    *, actor: Actor, iae: IaePass, seen: str, number: str, starts_on: date, ends_on: date
) -> IaePass:
    """Correct the number or the days of a PASS IAE already written."""
    iae = steps.lock(actor, iae)
    ensure(may_edit_person(actor, iae.beneficiary), "not_yours", _NOT_ACCOMPANIED)
    steps.check_seen(iae, seen)
    changes = {"number": clean_pass_number(number), "starts_on": starts_on, "ends_on": ends_on}
    former = iae.number
    was = steps.put(iae, changes)
    if not was:
        return iae
    raise_refusals(number_findings_of(actor, iae))
    raise_refusals(pass_findings_of(iae, book=read_book()))
    steps.save(iae)
    if "number" in was:
        memory.known_as(iae, numero=former)
    trail.record(actor, "pass.corrected", iae, was=was)
    return iae


@transaction.atomic
def cancel_pass(*, actor: Actor, iae: IaePass, seen: str, reason: str) -> None:
    """Take back a PASS IAE written by mistake; what was decided about it goes first."""
    iae = steps.lock(actor, iae)
    ensure(may_edit_person(actor, iae.beneficiary), "not_yours", _NOT_ACCOMPANIED)
    steps.check_seen(iae, seen)
    check_reason(reason)
    memory.withdraw(iae, owner=iae.beneficiary, told=("numero",), numero=iae.number)
    take_back(actor, "pass.cancelled", iae, reason)


def _chain(contract: Contract) -> list[Contract]:
    """The contract, and those of its chain: a renewal is judged by what it renews."""
    rows = Contract.objects.filter(Q(pk=contract.chain_id) | Q(initial=contract.chain_id))
    return list(rows.select_related("stay__organisation", "stay__beneficiary", "initial").order_by("pk"))


def _findings(contract: Contract, book: RuleBook) -> list[Finding]:
    """What the rules say of a contract beside all that is known, its hours and the exit included."""
    facts = facts_of(contract, today=timezone.localdate())
    worked = tuple(hours_of([contract.pk])[contract.pk])
    facts = replace(facts, left_on=contract.stay.ended_on, worked=worked)
    found = contract_findings(facts, book=book)
    return [replace(each, field="ended_on") if each.field == "on" else each for each in found]
