"""Contracts of a stay, the hours worked under them, and the PASS IAE that gives the right to them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from backend.audit import trail
from backend.core import steps
from backend.core.actor import Actor
from backend.core.dates import month_end, month_start
from backend.core.errors import DomainError, ensure
from backend.core.identifiers import clean_pass_number
from backend.organisations.enums import StructureKind
from pathways.enums import ClientKind, ContractKind
from pathways.models import Beneficiary, Contract, IaePass, MonthlyHours, Stay
from pathways.permissions import may_edit_person, may_record_contract, may_record_hours
from pathways.rules import cddi, contract_kinds, hours_480, iae_pass, missions
from pathways.rules.durations import Period

_NOT_YOURS = "Seule l’équipe de cette structure peut enregistrer ses contrats et leurs heures, tant que la personne y est."
_FIXED_BY_ITS_TERM = frozenset({ContractKind.CDDI, ContractKind.CTT})
"""Contracts that go past their planned end by a renewal only."""


@transaction.atomic
def record_contract(
    *,
    actor: Actor,
    stay: Stay,
    kind: str,
    started_on: date,
    planned_end_on: date | None = None,
    weekly_hours: Decimal | None = None,
    rome_code: str = "",
    initial: Contract | None = None,
    has_adjusted_sentence: bool = False,
) -> Contract:
    """Record a contract of this stay, or the renewal of `initial`, within the limits of its kind.

    `has_adjusted_sentence` lifts the four months of a CDDI for a person under an aménagement de peine; it is
    used for the check and kept nowhere.
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
        rome_code=rome_code,
        initial=first,
    )
    contract.full_clean()
    _check_within_stay(contract)
    _check_kind(contract, has_adjusted_sentence=has_adjusted_sentence)

    contract.save()
    trail.record(actor, "contract.recorded", stay, contract=contract.pk, kind=contract.kind)
    return contract


@transaction.atomic
def end_contract(*, actor: Actor, contract: Contract, on: date) -> Contract:
    """Write the real last day of a contract; the stay goes on until its exit."""
    contract = steps.lock(actor, contract)
    ensure(may_record_contract(actor, contract.stay), "not_yours", _NOT_YOURS)
    if contract.ended_on == on:
        return contract
    if contract.kind in _FIXED_BY_ITS_TERM and contract.planned_end_on and on > contract.planned_end_on:
        raise DomainError(
            "past_planned_end",
            "Cette date dépasse la fin prévue du contrat. Enregistrez plutôt son renouvellement.",
            field="on",
        )

    contract.ended_on = on
    steps.save(contract)
    trail.record(actor, "contract.ended", contract.stay, contract=contract.pk)
    return contract


@transaction.atomic
def record_hours(
    *,
    actor: Actor,
    contract: Contract,
    month: date,
    hours: Decimal,
    client_kind: str = "",
    is_authorised_past_480: bool = False,
) -> MonthlyHours:
    """Write the hours of a month for one kind of client; writing the same month again replaces the figure.

    `is_authorised_past_480` says that the préfet let the association intermédiaire go past 480 hours.
    """
    contract = steps.lock(actor, contract)
    ensure(may_record_hours(actor, contract.stay), "not_yours", _NOT_YOURS)
    month = month_start(month)
    _check_month(contract, month)
    line = MonthlyHours.objects.filter(contract=contract, month=month, client_kind=client_kind).first()
    if line is not None and line.hours == hours:
        return line

    line = line or MonthlyHours(contract=contract, month=month, client_kind=client_kind)
    line.hours = hours
    line.full_clean()
    if client_kind == ClientKind.COMPANY and not is_authorised_past_480:
        _check_480(contract, line)
    line.save()
    trail.record(
        actor,
        "hours.recorded",
        contract.stay,
        contract=contract.pk,
        month=f"{month:%Y-%m}",
        past_480=is_authorised_past_480,
    )
    return line


@transaction.atomic
def record_pass(
    *, actor: Actor, beneficiary: Beneficiary, number: str, starts_on: date, ends_on: date | None = None
) -> IaePass:
    """Write the PASS IAE received from the State platform; the same number again updates its dates.

    Without an end, the platform's own count of 730 days gives it; a date received always wins.
    """
    beneficiary = steps.lock(actor, beneficiary)
    ensure(
        may_edit_person(actor, beneficiary),
        "not_yours",
        "Seule l’équipe qui accompagne la personne aujourd’hui peut enregistrer un PASS IAE.",
    )
    number = clean_pass_number(number)
    ends_on = ends_on or iae_pass.pass_end(starts_on)
    known: IaePass | None = IaePass.objects.filter(beneficiary=beneficiary, number=number).first()
    if known is not None and (known.starts_on, known.ends_on) == (starts_on, ends_on):
        return known
    others = IaePass.objects.filter(beneficiary=beneficiary).exclude(number=number)
    if others.filter(starts_on__lte=ends_on, ends_on__gte=starts_on).exists():
        raise DomainError(
            "pass_overlap",
            "Un autre PASS IAE couvre déjà une partie de ces dates, et une personne n’en a qu’un à la fois. "
            "Vérifiez le numéro et les dates.",
            field="starts_on",
            basis=iae_pass.IAE_BASIS,
        )

    iae = known or IaePass(beneficiary=beneficiary, number=number)
    iae.starts_on, iae.ends_on = starts_on, ends_on
    steps.save(iae)
    trail.record(actor, "pass.recorded", iae)
    return iae


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


def _check_within_stay(contract: Contract) -> None:
    stay = contract.stay
    if contract.started_on < stay.started_on or (stay.ended_on and contract.started_on > stay.ended_on):
        raise DomainError(
            "contract_outside_stay",
            "Ce contrat commence en dehors du passage dans la structure. Vérifiez sa date de début.",
            field="started_on",
        )
    if contract.initial and contract.initial.kind != contract.kind:
        raise DomainError(
            "renewal_of_another_kind",
            "Un renouvellement garde le type du contrat qu’il prolonge. Enregistrez plutôt un nouveau contrat.",
            field="kind",
        )


def _check_kind(contract: Contract, *, has_adjusted_sentence: bool) -> None:
    """What the law says of this kind of contract in this kind of structure."""
    structure_kind = contract.stay.organisation.kind
    contract_kinds.check_may_sign(structure_kind, contract.kind)
    if contract.kind == ContractKind.CDDI:
        cddi.check_cddi(
            structure_kind=structure_kind,
            started_on=contract.started_on,
            planned_end_on=contract.planned_end_on,
            weekly_hours=contract.weekly_hours,
            chain_started_on=contract.initial.started_on if contract.initial else None,
            others=_periods_before(contract, _same_kind_in_structure(contract)),
            has_adjusted_sentence=has_adjusted_sentence,
        )
    elif contract.kind == ContractKind.CTT:
        missions.check_mission(
            started_on=contract.started_on,
            planned_end_on=contract.planned_end_on,
            chain=_periods_before(contract, _chain(contract)),
        )


def _same_kind_in_structure(contract: Contract) -> list[Contract]:
    """Every contract of this kind the person had in this structure, over all their stays there."""
    stay = contract.stay
    return list(
        Contract.objects.filter(
            stay__beneficiary_id=stay.beneficiary_id,
            stay__organisation_id=stay.organisation_id,
            kind=contract.kind,
        )
    )


def _chain(contract: Contract) -> list[Contract]:
    """The contract being renewed and its earlier renewals; nothing for a first contract."""
    if contract.initial is None:
        return []
    return [contract.initial, *Contract.objects.filter(initial=contract.initial)]


def _periods_before(contract: Contract, others: list[Contract]) -> list[Period]:
    """Days of the other contracts; one without any end counts until this one begins."""
    return [
        (other.started_on, max(other.started_on, other.last_day or contract.started_on)) for other in others
    ]


def _check_month(contract: Contract, month: date) -> None:
    last = contract.last_day
    if month_end(month) < contract.started_on or (last and month > last):
        raise DomainError(
            "month_outside_contract",
            "Ce mois est en dehors du contrat. Choisissez un mois travaillé sous ce contrat.",
            field="month",
        )
    if month > timezone.localdate():
        raise DomainError(
            "month_to_come",
            "Ce mois n’a pas commencé. Les heures s’enregistrent une fois faites.",
            field="month",
        )


def _check_480(contract: Contract, line: MonthlyHours) -> None:
    """Only an association intermédiaire has the 480 hours; the counter is the person's in that structure."""
    stay = contract.stay
    if stay.organisation.kind != StructureKind.AI:
        return
    others = MonthlyHours.objects.filter(
        contract__stay__beneficiary_id=stay.beneficiary_id,
        contract__stay__organisation_id=stay.organisation_id,
    ).exclude(pk=line.pk)
    lines = [hours_480.HoursLine(row.month, row.hours, row.client_kind) for row in [*others, line]]
    hours_480.check_480(lines)
