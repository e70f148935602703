"""What a person asks of their data: noted, answered with words, and done at once when it is granted."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from backend.audit import trail
from backend.core import steps
from backend.core.actor import Actor
from backend.core.errors import ensure
from backend.core.findings import Finding, raise_refusals
from backend.core.privacy import erasing
from pathways import doors
from pathways.enums import DataRequestKind, DataRequestState
from pathways.models import Beneficiary, DataRequest, Stay
from pathways.permissions import may_answer_request, may_ask_copy, may_withdraw_request
from pathways.rules.privacy import answer_due_on, answer_findings, asking_findings, erasure_findings
from pathways.selectors.rule_book import read_book
from pathways.services.privacy.erasing import erase_people

_NOT_YOURS = "Seules la personne et l’équipe qui l’accompagne aujourd’hui peuvent faire cette demande."
_NOT_YOURS_TO_ANSWER = (
    "Seule l’équipe de la personne répond ; effacer revient à la personne responsable de la structure."
)
_NOT_YOURS_TO_WITHDRAW = (
    "Seules la personne et l’équipe qui l’accompagne aujourd’hui reviennent sur cette demande."
)


@transaction.atomic
def ask(*, actor: Actor, beneficiary: Beneficiary, kind: str, words: str = "") -> DataRequest:
    """Note a request of the person; the structure where they stayed last answers within a month."""
    beneficiary = steps.within_reach(actor, beneficiary)
    ensure(may_ask_copy(actor, beneficiary), "not_yours", _NOT_YOURS)
    raise_refusals(asking_findings(kind=kind, words=words))
    last = Stay.objects.filter(beneficiary=beneficiary).order_by("-started_on", "-pk").first()
    row = DataRequest(
        beneficiary=beneficiary,
        organisation_id=last.organisation_id if last else None,
        kind=kind,
        words=words.strip(),
        asked_by_id=actor.user_id,
        due_on=answer_due_on(timezone.localdate(), book=read_book()),
    )
    steps.save(row)
    trail.record(actor, "data_request.asked", row, kind=str(row.kind))
    return row


@transaction.atomic
def answer(
    *, actor: Actor, request: DataRequest, version: int, is_granted: bool, words: str = ""
) -> DataRequest | None:
    """Grant or refuse, with words; a limitation holds at once, an erasure is done: None, nothing is left to show."""
    row = steps.lock(actor, request)
    ensure(may_answer_request(actor, row), "not_yours", _NOT_YOURS_TO_ANSWER)
    steps.check_version(row, version)
    raise_refusals(answer_findings(is_waiting=row.is_waiting, is_granted=is_granted, answer=words))
    if is_granted and row.kind == DataRequestKind.ERASURE:
        _erase(actor, row)
        return None
    row.status = DataRequestState.GRANTED if is_granted else DataRequestState.REFUSED
    row.answer, row.answered_by_id, row.answered_at = words.strip(), actor.user_id, timezone.now()
    steps.save(row)
    trail.record(actor, "data_request.answered", row, kind=str(row.kind), status=str(row.status))
    return row


@transaction.atomic
def withdraw(*, actor: Actor, request: DataRequest) -> DataRequest:
    """Go back on a request that waits; or lift a limitation in force."""
    row = steps.lock(actor, request)
    ensure(may_withdraw_request(actor, row), "not_yours", _NOT_YOURS_TO_WITHDRAW)
    now = timezone.now()
    if row.is_limiting:
        row.lifted_at = now
    elif row.is_waiting:
        row.status, row.answered_at = DataRequestState.WITHDRAWN, now
    else:
        return row
    row.version += 1
    steps.save(row)
    trail.record(actor, "data_request.withdrawn", row, kind=str(row.kind))
    return row


def erasure_obstacles(actor: Actor, person: Beneficiary) -> list[str]:
    """What prevents erasing this person today, in words; empty when nothing does."""
    return [found.message for found in _obstacles(actor, person)]


def _obstacles(actor: Actor, person: Beneficiary) -> list[Finding]:
    today = timezone.localdate()
    stays = Stay.objects.filter(beneficiary=person)
    elsewhere = stays.exclude(organisation_id__in=actor.organisation_ids)
    return list(
        erasure_findings(
            is_accompanied=stays.filter(doors.not_over(today)).exists(),
            is_known_elsewhere=not actor.is_operator and elsewhere.exists(),
        )
    )


def _erase(actor: Actor, row: DataRequest) -> None:
    raise_refusals(_obstacles(actor, row.beneficiary))
    erase_people(actor=actor, people=[row.beneficiary_id], reason="request")
    transaction.on_commit(erasing.clean_up)


@transaction.atomic
def erase_one(*, actor: Actor, beneficiary: Beneficiary) -> None:
    """Erase one person whom several structures have agreed to erase: the operator alone does it."""
    ensure(
        actor.is_operator,
        "operator_only",
        "Seule l’exploitation du service efface la fiche de plusieurs structures.",
    )
    raise_refusals(_obstacles(actor, beneficiary))
    erase_people(actor=actor, people=[beneficiary.pk], reason="request")
    transaction.on_commit(erasing.clean_up)
