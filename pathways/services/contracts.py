"""Contracts of a stay, the hours worked under them, and the PASS IAE that gives the right to them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from backend.audit import trail
from backend.core import steps
from backend.core.actor import Actor
from backend.core.errors import DomainError, ensure
from backend.core.findings import Finding, raise_refusals
from backend.core.values.dates import days_after, month_start
from backend.core.values.identifiers import clean_pass_number
from pathways.models import Beneficiary, Contract, HoursAmendment, IaePass, MonthlyHours, Stay
from pathways.permissions import may_edit_person, may_record_contract, may_record_hours
from pathways.rules.contracts import hours as hours_rules
from pathways.rules.contracts.findings import (
    contract_findings,
    end_ahead_findings,
    last_day_findings,
    term_findings,
)
from pathways.rules.dated.book import RuleBook
from pathways.rules.passes import length
from pathways.rules.passes.count import difference_findings
from pathways.selectors.facts.amendments import AmendmentsAround
from pathways.selectors.facts.contracts import facts_of, shortened_findings
from pathways.selectors.facts.hours import HoursAround, HoursKey
from pathways.selectors.facts.rights import agreed_days, other_passes, pass_facts
from pathways.selectors.rule_book import read_book

_NOT_YOURS = "Seule l’équipe de cette structure peut enregistrer ses contrats et leurs heures, tant que la personne y est."


@transaction.atomic
def record_contract(
    *,
    actor: Actor,
    stay: Stay,
    kind: str,
    started_on: date,
    planned_end_on: date | None = None,
    weekly_hours: Decimal | None = None,
    guaranteed_hours: Decimal | None = None,
    rome_code: str = "",
    initial: Contract | None = None,
) -> Contract:
    """Record a contract of this stay, or the renewal of `initial`, within the limits of its kind.

    What goes past them is a derogation, recorded before (`record_derogation`).
    """
    stay = steps.lock(actor, stay)
    ensure(may_record_contract(actor, stay), "not_yours", _NOT_YOURS)
    first = _first_of_chain(stay, initial)
    contract = Contract(
        stay=stay,
        kind=kind,
        started_on=started_on,
        planned_end_on=planned_end_on,
        weekly_hours=weekly_hours,
        guaranteed_hours=guaranteed_hours,
        rome_code=rome_code,
        initial=first,
    )
    contract.full_clean()
    facts = facts_of(contract, today=timezone.localdate())
    facts = replace(facts, left_on=stay.ended_on)
    raise_refusals(contract_findings(facts, book=read_book()))

    contract.save()
    trail.record(actor, "contract.recorded", stay, contract=contract.pk, kind=contract.kind)
    return contract


@transaction.atomic
def end_contract(*, actor: Actor, contract: Contract, on: date, motive: str = "") -> Contract:
    """Write the real last day of a contract, and why when it stops before its term; the stay goes on until its exit."""
    contract = steps.lock(actor, contract)
    ensure(may_record_contract(actor, contract.stay), "not_yours", _NOT_YOURS)
    if contract.ended_on == on and contract.end_motive == (motive or contract.end_motive):
        return contract
    today = timezone.localdate()
    raise_refusals(end_ahead_findings(on, today=today))
    raise_refusals(last_day_findings(on, started_on=contract.started_on, today=today))
    raise_refusals(term_findings(kind=contract.kind, planned_end_on=contract.planned_end_on, on=on))
    raise_refusals(shortened_findings(contract, on=on))

    contract.ended_on, contract.end_motive = on, motive
    steps.save(contract)
    trail.record(actor, "contract.ended", contract.stay, contract=contract.pk)
    return contract


@transaction.atomic
def record_amendment(
    *, actor: Actor, contract: Contract, starts_on: date, weekly_hours: Decimal
) -> HoursAmendment:
    """Write an avenant: the hours a week of a contract from that day on; the same day written again replaces them."""
    contract = steps.lock(actor, contract)
    ensure(may_record_contract(actor, contract.stay), "not_yours", _NOT_YOURS)
    known = HoursAmendment.objects.filter(contract=contract, starts_on=starts_on).first()
    if known is not None and known.weekly_hours == weekly_hours:
        return known
    amendment = known or HoursAmendment(contract=contract, starts_on=starts_on)
    amendment.weekly_hours = weekly_hours
    amendment.full_clean()
    around = AmendmentsAround.of([contract.pk])
    raise_refusals(around.findings(amendment, today=timezone.localdate(), book=read_book()))

    amendment.save()
    trail.record(actor, "amendment.recorded", contract.stay, contract=contract.pk, since=f"{starts_on}")
    return amendment


@transaction.atomic
def record_hours(
    *,
    actor: Actor,
    contract: Contract,
    month: date,
    hours: Decimal,
    client_kind: str = "",
) -> MonthlyHours:
    """Write the hours of a month for one kind of client; writing the same month again replaces the figure.

    Past 480 hours with companies, the préfet's decision is recorded first (`set_rule`), with its days.
    """
    contract = steps.lock(actor, contract)
    ensure(may_record_hours(actor, contract.stay), "not_yours", _NOT_YOURS)
    month = month_start(month)
    raise_refusals(
        hours_rules.month_findings(
            month=month,
            contract_started_on=contract.started_on,
            contract_ended_on=contract.last_day,
            today=timezone.localdate(),
        )
    )
    known = {row.client_kind: row for row in MonthlyHours.objects.filter(contract=contract, month=month)}
    line = known.get(client_kind)
    if line is not None and line.hours == hours:
        return line
    by_kind = {kind: row.hours for kind, row in known.items()}
    raise_refusals(hours_rules.told_twice_findings(kind=client_kind, hours=hours, known=by_kind))

    line = line or MonthlyHours(contract=contract, month=month, client_kind=client_kind, hours=0)
    before, line.hours = line.hours, hours
    line.full_clean()
    raise_refusals(hours_findings(line, before=before, book=read_book()))
    line.save()
    trail.record(actor, "hours.recorded", contract.stay, contract=contract.pk, month=f"{month:%Y-%m}")
    return line


def hours_findings(line: MonthlyHours, *, before: Decimal, book: RuleBook) -> list[Finding]:
    """What the rules find in the hours of a month that were `before` until now: the day, the week, the 480 hours."""
    person = line.contract.stay.beneficiary_id
    around = HoursAround.of([person], book=book, today=timezone.localdate())
    key = HoursKey(line.contract_id, line.month, line.client_kind)
    around.put(key, before)
    return around.findings(key, line.hours, before=before, month_before=around.in_month(person, line.month))


@transaction.atomic
def record_pass(
    *, actor: Actor, beneficiary: Beneficiary, number: str, starts_on: date, ends_on: date | None = None
) -> IaePass:
    """Write the PASS IAE received from the State platform; the same number again updates its dates.

    Without an end, the platform's own count of 730 days gives it, with what its changes add (R14, R16); a date
    received always wins, and one that differs from our count is kept and said.
    """
    beneficiary = steps.lock(actor, beneficiary)
    ensure(
        may_edit_person(actor, beneficiary),
        "not_yours",
        "Seule l’équipe qui accompagne la personne aujourd’hui peut enregistrer un PASS IAE.",
    )
    number = clean_pass_number(number)
    book = read_book()
    known: IaePass | None = IaePass.objects.filter(beneficiary=beneficiary, number=number).first()
    added = pass_facts(known).added_days if known is not None else 0
    ends_on = ends_on or days_after(length.pass_end(starts_on, book=book), added)
    if known is not None and (known.starts_on, known.ends_on) == (starts_on, ends_on):
        return known
    iae = known or IaePass(beneficiary=beneficiary, number=number)
    iae.starts_on, iae.ends_on = starts_on, ends_on
    raise_refusals(number_findings_of(actor, iae))
    raise_refusals(pass_findings_of(iae, book=book))

    steps.save(iae)
    trail.record(actor, "pass.recorded", iae)
    return iae


def number_findings_of(actor: Actor, iae: IaePass) -> list[Finding]:
    """What the rules find in its number beside the people the actor sees; of the others nothing is ever told."""
    same = IaePass.objects.visible_to(actor).filter(number=iae.number)
    is_held = same.exclude(beneficiary_id=iae.beneficiary_id).exists()
    return list(length.number_findings(is_held_by_another=is_held))


def pass_findings_of(iae: IaePass, *, book: RuleBook) -> list[Finding]:
    """What the rules find in a PASS: what cannot be true first, as a file is told, then days nobody can mean."""
    others = IaePass.objects.filter(beneficiary_id=iae.beneficiary_id).exclude(number=iae.number)
    if iae.pk is not None:  # corrected: what it said until now is not another PASS
        others = others.exclude(pk=iae.pk)
    days, agreed = other_passes(list(others)), agreed_days([iae.beneficiary_id])[iae.beneficiary_id]
    born_on = iae.beneficiary.birth_date
    return [
        *length.pass_findings(
            starts_on=iae.starts_on, ends_on=iae.ends_on, others=days, book=book, agreed=agreed
        ),
        *length.day_findings(
            starts_on=iae.starts_on, ends_on=iae.ends_on, today=timezone.localdate(), born_on=born_on
        ),
        *(difference_findings(pass_facts(iae), book=book) if iae.pk else ()),
    ]


def _first_of_chain(stay: Stay, initial: Contract | None) -> Contract | None:
    """The first contract of the chain being renewed, checked to belong to this very stay."""
    if initial is None:
        return None
    renewed = Contract.objects.filter(stay=stay, pk=initial.pk).select_related("initial").first()
    if renewed is None:
        raise DomainError(
            "renewal_elsewhere",
            "Un renouvellement suit un contrat du même passage. Choisissez ce contrat.",
            field="initial",
        )
    return renewed.initial or renewed
