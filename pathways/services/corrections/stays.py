"""The day somebody entered a structure, the day they left it: corrected, or taken back."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from backend.audit import trail
from backend.core import steps
from backend.core.actor import Actor
from backend.core.errors import Conflict, ensure
from backend.core.findings import raise_refusals
from backend.core.hanging import hanging_from
from backend.exchange.importing import memory
from pathways import doors
from pathways.models import Beneficiary, Contract, EntryProfile, Exit, Stay
from pathways.permissions import may_complete_exit, may_correct_stay, may_reopen
from pathways.rules.corrections import hanging_findings
from pathways.rules.exits import findings as exits
from pathways.rules.stays import entry_findings, moved_entry_findings
from pathways.services import after_exits
from pathways.services.corrections.shared import check_reason, facts, take_back
from pathways.services.people import check_no_overlap

_NOT_YOURS = "Seule l’équipe de cette structure peut corriger ce passage, tant que la personne y est."
_NOT_YOUR_EXIT = "Seule l’équipe de cette structure peut corriger cette sortie."
_ELSEWHERE = (
    "Une autre structure accompagne la personne aujourd’hui : cette sortie ne peut ni être annulée, ni changer de "
    "jour. Rapprochez-vous d’elle."
)


@transaction.atomic
def correct_stay(*, actor: Actor, stay: Stay, seen: str, started_on: date) -> Stay:
    """Correct the day a stay began; the structure stays the same, its contracts begin no earlier."""
    stay = steps.lock(actor, stay)
    ensure(may_correct_stay(actor, stay), "not_yours", _NOT_YOURS)
    steps.check_seen(stay, seen)
    earlier = Stay.objects.filter(
        beneficiary_id=stay.beneficiary_id,
        organisation_id=stay.organisation_id,
        started_on__lte=stay.started_on,
    ).exclude(pk=stay.pk)
    was = steps.put(stay, {"started_on": started_on})
    if not was:
        return stay
    born_on = stay.beneficiary.birth_date
    raise_refusals(entry_findings(started_on=started_on, today=timezone.localdate(), born_on=born_on))
    days = Contract.objects.filter(stay=stay).values_list("started_on", flat=True)
    raise_refusals(moved_entry_findings(started_on=started_on, ended_on=stay.ended_on, contracts=days))
    check_no_overlap(earlier, started_on)
    steps.save(stay)
    trail.record(actor, "stay.corrected", stay, was=was)
    return stay


def left_alone_by(stay: Stay) -> Beneficiary | None:
    """The person whose file has nothing left once this stay goes: their file then goes with it."""
    person: Beneficiary = stay.beneficiary
    return None if person.stays.exclude(pk=stay.pk).exists() else person


def resting_on_stay(stay: Stay) -> list[str]:
    """What stands in the way of taking a stay back: its contracts and exit, and all the person has if it is the only one."""
    alone = left_alone_by(stay)
    of_person = hanging_from(alone, apart_from=(Stay, EntryProfile)) if alone else []
    return [*hanging_from(stay), *of_person]


@transaction.atomic
def cancel_stay(*, actor: Actor, stay: Stay, seen: str, reason: str) -> None:
    """Take back a stay opened by mistake, while nothing rests on it; somebody known by it alone goes with it."""
    stay = steps.lock(actor, stay)
    ensure(may_correct_stay(actor, stay), "not_yours", _NOT_YOURS)
    steps.check_seen(stay, seen)
    check_reason(reason)
    raise_refusals(hanging_findings(resting_on_stay(stay)))
    alone = left_alone_by(stay)
    memory.withdraw(stay, owner=stay.beneficiary, is_told_apart=True, place=stay.organisation_id)
    take_back(actor, "stay.cancelled", stay, reason)
    if alone is not None:
        memory.withdraw(alone, owner=stay.organisation, id=alone.external_id)
        EntryProfile.objects.filter(beneficiary=alone).delete()
        take_back(actor, "beneficiary.cancelled", alone, reason)


@transaction.atomic
def move_exit(*, actor: Actor, exit_: Exit, version: int, on: date) -> Exit:
    """Correct the day of an exit; the contracts that ended that day end the new one."""
    exit_ = steps.lock(actor, exit_)
    stay = steps.lock(actor, exit_.stay)
    ensure(may_complete_exit(actor, exit_), "not_yours", _NOT_YOUR_EXIT)
    if exit_.occurred_on == on:
        return exit_
    today, before = timezone.localdate(), exit_.occurred_on
    ensure(may_reopen(actor, stay), "not_yours", _ELSEWHERE)
    steps.check_version(exit_, version)
    raise_refusals(exits.exit_findings(started_on=stay.started_on, on=on, today=today))
    raise_refusals(exits.day_findings(on=on, today=today, born_on=stay.beneficiary.birth_date))
    contracts = list(Contract.objects.select_for_update(of=("self",)).filter(stay=stay))
    following = [row for row in contracts if row.ended_on == before]
    days = [(row.started_on, on if row in following else row.ended_on) for row in contracts]
    raise_refusals(exits.contracts_findings(on=on, contracts=days))

    lost = doors.lost_to_another([stay.beneficiary_id])
    for contract in following:
        contract.ended_on = min(on, contract.planned_end_on or on)
        steps.save(contract)
    stay.ended_on, exit_.occurred_on = on, on
    steps.save(stay)
    steps.save(exit_)
    trail.record(actor, "exit.moved", exit_, was=before.isoformat(), now=on.isoformat())
    after_exits.tell([exit_], actor, lost=lost)
    return exit_


def reopened_with(exit_: Exit) -> list[Contract]:
    """The contracts the exit ended before their term: they go on once it is taken back."""
    beyond = Q(planned_end_on__isnull=True) | Q(planned_end_on__gt=exit_.occurred_on)
    return list(Contract.objects.filter(beyond, stay=exit_.stay_id, ended_on=exit_.occurred_on))


@transaction.atomic
def cancel_exit(*, actor: Actor, exit_: Exit, version: int, reason: str) -> Stay:
    """Take back an exit recorded by mistake: the stay goes on, with the contracts it had ended."""
    exit_ = steps.lock(actor, exit_)
    stay = steps.lock(actor, exit_.stay)
    ensure(may_complete_exit(actor, exit_), "not_yours", _NOT_YOUR_EXIT)
    ensure(may_reopen(actor, stay), "not_yours", _ELSEWHERE)
    steps.check_version(exit_, version)
    check_reason(reason)
    others = Stay.objects.filter(beneficiary_id=stay.beneficiary_id, organisation_id=stay.organisation_id)
    if others.filter(started_on__gte=stay.started_on).exclude(pk=stay.pk).exists():
        raise Conflict(
            "came_back_since",
            "La personne est revenue dans cette structure depuis. Annulez ou corrigez d’abord ce nouveau passage.",
        )
    told = facts(exit_)
    contracts, lost = reopened_with(exit_), doors.lost_to_another([stay.beneficiary_id])
    exit_.motive = ""  # the support opened by a job that never was closes with it
    after_exits.tell([exit_], actor, lost=lost)
    raise_refusals(hanging_findings(hanging_from(exit_)))
    memory.withdraw(exit_, owner=stay.beneficiary, told=("date_sortie",), stay=stay.pk)
    exit_.delete()
    stay.ended_on = None
    steps.save(stay)
    for contract in contracts:
        contract.ended_on, contract.end_motive = None, ""
        steps.save(contract)
    reopened = [contract.pk for contract in contracts]
    trail.record(actor, "exit.cancelled", stay, reason=reason, was=told, contracts=reopened)
    return stay
