"""Closing a stay: how the person leaves one structure, while their thread goes on."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from backend.audit import trail
from backend.core import steps
from backend.core.actor import Actor
from backend.core.errors import Conflict, ensure
from backend.core.findings import raise_refusals
from pathways import doors
from pathways.models import Contract, Exit, Stay
from pathways.permissions import may_close, may_complete_exit
from pathways.rules.exits import findings as exits
from pathways.selectors.facts.contracts import shortened_findings
from pathways.services import after_exits

_NOT_YOURS = "Seule l’équipe de cette structure peut enregistrer cette sortie."


@transaction.atomic
def close_stay(
    *,
    actor: Actor,
    stay: Stay,
    on: date,
    motive: str = "",
    employer_name: str = "",
    contract_months: int | None = None,
) -> Exit:
    """Close a stay and its running contracts, and record how the person leaves; the motive may come later.

    Asking again for the same exit gives it back; asking for another one is a `Conflict`.
    """
    stay = steps.lock(actor, stay)
    ensure(may_close(actor, stay), "not_yours", _NOT_YOURS)
    recorded = Exit.objects.filter(stay=stay).first()
    if recorded is not None:
        return _same_or_conflict(recorded, on=on, motive=motive)
    today = timezone.localdate()
    raise_refusals(exits.exit_findings(started_on=stay.started_on, on=on, today=today))
    raise_refusals(exits.day_findings(on=on, today=today, born_on=stay.beneficiary.birth_date))
    raise_refusals(exits.end_findings(known_end=stay.ended_on, on=on, today=today))
    raise_refusals(exits.motive_findings(motive=motive, contract_months=contract_months))

    lost = doors.lost_to_another([stay.beneficiary_id])
    _end_contracts(stay, on)
    stay.ended_on = on
    steps.save(stay)
    exit_ = steps.save(
        Exit(
            stay=stay,
            occurred_on=on,
            motive=motive,
            employer_name=employer_name.strip(),
            contract_months=contract_months,
            recorded_by_id=actor.user_id,
        )
    )
    trail.record(actor, "stay.closed", stay, exit=exit_.pk)
    after_exits.tell([exit_], actor, lost=lost)
    return exit_


@transaction.atomic
def complete_exit(
    *,
    actor: Actor,
    exit_: Exit,
    version: int,
    motive: str,
    employer_name: str = "",
    contract_months: int | None = None,
) -> Exit:
    """Write or correct the motive of an exit; `Conflict` when `version` is old."""
    exit_ = steps.lock(actor, exit_)
    ensure(may_complete_exit(actor, exit_), "not_yours", _NOT_YOURS)
    steps.check_version(exit_, version)
    raise_refusals(exits.motive_findings(motive=motive, contract_months=contract_months))

    lost = doors.lost_to_another([exit_.stay.beneficiary_id])
    exit_.motive = motive
    exit_.employer_name = employer_name.strip()
    exit_.contract_months = contract_months
    exit_.recorded_by_id = actor.user_id
    steps.save(exit_)
    trail.record(actor, "exit.completed", exit_)
    after_exits.tell([exit_], actor, lost=lost)
    return exit_


def _same_or_conflict(recorded: Exit, *, on: date, motive: str) -> Exit:
    if (recorded.occurred_on, recorded.motive) == (on, motive):
        return recorded
    raise Conflict(
        "already_closed",
        "Une sortie est déjà enregistrée pour ce passage. Ouvrez-la pour la compléter ou la corriger.",
    )


def _end_contracts(stay: Stay, on: date) -> None:
    """End the contracts still running that day; refuse when one says the person worked later."""
    contracts = list(Contract.objects.select_for_update(of=("self",)).filter(stay=stay))
    days = [(contract.started_on, contract.ended_on) for contract in contracts]
    raise_refusals(exits.contracts_findings(on=on, contracts=days))
    for contract in contracts:
        if contract.ended_on is None and (contract.planned_end_on is None or contract.planned_end_on > on):
            raise_refusals(shortened_findings(contract, on=on))
            contract.ended_on = on
            steps.save(contract)
