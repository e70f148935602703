"""What happens to a PASS IAE after it was received: suspended, prolonged, closed; each taken back when it was a mistake."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from django.db import transaction
from django.utils import timezone

from backend.audit import trail
from backend.core import steps
from backend.core.actor import Actor
from backend.core.errors import OutOfReach, ensure
from backend.core.findings import Finding, raise_refusals, remarks
from backend.files.services import forget_files
from pathways.enums import Decider, RequestStatus
from pathways.models import IaePass, PassProlongation, PassSuspension, Stay
from pathways.models.decision import Recorded
from pathways.permissions import may_change_pass
from pathways.rules.derogations import answer_findings
from pathways.rules.passes import prolongations, suspensions
from pathways.rules.passes.facts import PassFacts
from pathways.rules.transitions import cancel_findings
from pathways.selectors.facts.rights import pass_facts, place_of, prolongation_facts, suspension_facts
from pathways.selectors.rule_book import read_book

Row = TypeVar("Row", PassSuspension, PassProlongation)
_NOT_YOURS = (
    "Seule l’équipe d’une structure d’insertion qui accompagne la personne aujourd’hui change son PASS IAE."
)


@transaction.atomic
def record_suspension(
    *, actor: Actor, iae_pass: IaePass, motive: str, starts_on: date, ends_on: date | None = None
) -> tuple[PassSuspension, list[Finding]]:
    """Suspend a PASS: its end moves by as much (R15, R16, R17). Without an end, 36 months, as on the platform.

    What deserves a look comes back with it.
    """
    iae, place = _locked(actor, iae_pass)
    row = PassSuspension(
        iae_pass=iae,
        motive=motive,
        starts_on=starts_on,
        ends_on=ends_on or suspensions.longest_end(starts_on, book=read_book()),
        organisation=place.organisation,
        recorded_by_id=actor.user_id,
    )
    found = _suspend(row, pass_facts(iae), place)
    trail.record(actor, "pass.suspended", row, motive=str(motive))
    return row, found


@transaction.atomic
def correct_suspension(
    *,
    actor: Actor,
    suspension: PassSuspension,
    version: int,
    motive: str,
    starts_on: date,
    ends_on: date,
) -> tuple[PassSuspension, list[Finding]]:
    """Write what a suspension should have said, or that it ends earlier: the end of the PASS follows (R16)."""
    row, place = _standing(actor, suspension, version)
    facts = suspensions.without(pass_facts(row.iae_pass), suspension_facts(row))
    row.motive, row.starts_on, row.ends_on = motive, starts_on, ends_on
    found = _suspend(row, facts, place)
    trail.record(actor, "pass.suspension_corrected", row, motive=str(motive))
    return row, found


@transaction.atomic
def cancel_suspension(
    *, actor: Actor, suspension: PassSuspension, version: int, reason: str
) -> PassSuspension:
    """Take a suspension back: the end of the PASS moves back by as much (R16)."""
    row, _ = _standing(actor, suspension, version)
    facts = pass_facts(row.iae_pass)
    raise_refusals(suspensions.removal_findings(suspension_facts(row), facts))
    raise_refusals(suspensions.closed_findings(facts))
    cancel(row, reason)
    _move_end(row.iae_pass, facts)
    trail.record(actor, "pass.suspension_cancelled", row)
    return row


@transaction.atomic
def ask_prolongation(
    *,
    actor: Actor,
    iae_pass: IaePass,
    motive: str,
    ends_on: date,
    asked_on: date,
    prescriber: str = "",
    document: str = "",
    document_on: date | None = None,
) -> PassProlongation:
    """Ask for a prolongation (R20, R21); where the structure decides itself, it is granted the same day."""
    iae, place = _locked(actor, iae_pass)
    row = PassProlongation(
        iae_pass=iae,
        motive=motive,
        starts_on=iae.ends_on,
        ends_on=ends_on,
        asked_on=asked_on,
        prescriber=prescriber.strip(),
        document=document.strip(),
        document_on=document_on,
        organisation=place.organisation,
        recorded_by_id=actor.user_id,
    )
    if prolongations.decider_of(motive) is Decider.EMPLOYER:
        row.status, row.decided_on = RequestStatus.GRANTED, asked_on
    _prolong(row, pass_facts(iae), place)
    trail.record(actor, "pass.prolongation_asked", row)
    return row


@transaction.atomic
def correct_prolongation(
    *,
    actor: Actor,
    prolongation: PassProlongation,
    version: int,
    motive: str,
    ends_on: date,
    asked_on: date,
    prescriber: str = "",
    document: str = "",
    document_on: date | None = None,
) -> PassProlongation:
    """Write what a request should have said; the end of the PASS follows when it was granted."""
    row, place = _standing(actor, prolongation, version)
    facts = _without(pass_facts(row.iae_pass), row)
    row.motive, row.ends_on, row.asked_on = motive, ends_on, asked_on
    row.prescriber, row.document, row.document_on = prescriber.strip(), document.strip(), document_on
    _prolong(row, facts, place)
    trail.record(actor, "pass.prolongation_corrected", row)
    return row


@transaction.atomic
def answer_prolongation(
    *,
    actor: Actor,
    prolongation: PassProlongation,
    version: int,
    status: str,
    decided_on: date,
    refusal_reason: str = "",
    prescriber: str = "",
) -> PassProlongation:
    """Write what the prescripteur answered: granted, the end of the PASS moves; refused, the reason is kept."""
    row, place = _standing(actor, prolongation, version)
    facts = _without(pass_facts(row.iae_pass), row)
    row.status, row.decided_on, row.refusal_reason = status, decided_on, refusal_reason
    row.prescriber = prescriber.strip() or row.prescriber
    raise_refusals(_answer(row))
    raise_refusals(
        prolongations.ceiling_findings(
            prolongation_facts(row),
            facts,
            structure_kind=place.organisation.kind,
            book=read_book(),
            born_on=row.iae_pass.beneficiary.birth_date,
        )
    )
    steps.save(row)
    _move_end(row.iae_pass, facts)
    trail.record(actor, "pass.prolongation_answered", row, status=str(status))
    return row


@transaction.atomic
def cancel_prolongation(
    *, actor: Actor, prolongation: PassProlongation, version: int, reason: str
) -> PassProlongation:
    """Take a request back, its files with it; granted, the end of the PASS moves back by as much."""
    row, _ = _standing(actor, prolongation, version)
    facts = pass_facts(row.iae_pass)
    raise_refusals(suspensions.closed_findings(facts))
    forget_files(row)
    cancel(row, reason)
    _move_end(row.iae_pass, facts)
    trail.record(actor, "pass.prolongation_cancelled", row)
    return row


@transaction.atomic
def close_pass(*, actor: Actor, iae_pass: IaePass, on: date, note: str) -> IaePass:
    """Close a pathway after twelve months of suspension in a row, once the situation was looked at (R18)."""
    iae, _ = _locked(actor, iae_pass)
    facts = pass_facts(iae)
    raise_refusals(
        suspensions.closing_findings(facts, on=on, note=note, today=timezone.localdate(), book=read_book())
    )
    iae.closed_on, iae.closing_note = on, note.strip()
    steps.save(iae)
    trail.record(actor, "pass.closed", iae)
    return iae


@transaction.atomic
def reopen_pass(*, actor: Actor, iae_pass: IaePass) -> IaePass:
    """Go back on a closing recorded by mistake. Asked twice, it changes nothing."""
    iae, _ = _locked(actor, iae_pass)
    if iae.closed_on is None:
        return iae
    iae.closed_on, iae.closing_note = None, ""
    steps.save(iae)
    trail.record(actor, "pass.reopened", iae)
    return iae


def cancel(row: Recorded, reason: str) -> None:
    """Cancel a row with its reason; it stays readable and counts no more."""
    raise_refusals(cancel_findings(reason))
    steps.take_back(row, reason)


def _suspend(row: PassSuspension, facts: PassFacts, place: Stay) -> list[Finding]:
    """Check a suspension beside the others of its PASS, then write it and move the end; `facts` is without it."""
    found = list(
        suspensions.suspension_findings(
            suspension_facts(row),
            facts,
            structure_kind=place.organisation.kind,
            today=timezone.localdate(),
            book=read_book(),
        )
    )
    raise_refusals(found)
    steps.save(row)
    _move_end(row.iae_pass, facts)
    return remarks(found)


def _prolong(row: PassProlongation, facts: PassFacts, place: Stay) -> None:
    """Check a request beside the others of its PASS, then write it; `facts` is without it."""
    raise_refusals(_answer(row))
    raise_refusals(
        prolongations.prolongation_findings(
            prolongation_facts(row),
            facts,
            structure_kind=place.organisation.kind,
            book=read_book(),
            born_on=row.iae_pass.beneficiary.birth_date,
        )
    )
    steps.save(row)
    _move_end(row.iae_pass, facts)


def _answer(row: PassProlongation) -> Iterable[Finding]:
    return answer_findings(
        status=row.status,
        asked_on=row.asked_on,
        decided_on=row.decided_on,
        reason=row.refusal_reason,
        today=timezone.localdate(),
        document_on=row.document_on,
    )


def _without(facts: PassFacts, row: PassProlongation) -> PassFacts:
    """The PASS as it stands without one of its requests, its end taken back."""
    left, own = list(facts.prolongations), prolongation_facts(PassProlongation.objects.get(pk=row.pk))
    left.remove(own)
    return facts.moved(prolongations=left)


def _move_end(iae: IaePass, before: PassFacts) -> None:
    """Move the end of a PASS by what its changes add since `before` (R16); an end received keeps its difference."""
    now = pass_facts(iae)
    moved = before.moved(suspensions=now.suspensions, prolongations=now.prolongations)
    if moved.end != iae.ends_on:
        iae.ends_on = moved.end
        steps.save(iae)


def _locked(actor: Actor, iae_pass: IaePass) -> tuple[IaePass, Stay]:
    """The PASS under lock, and the place the actor speaks from."""
    iae = steps.lock(actor, iae_pass)
    return iae, _place(actor, iae)


def _place(actor: Actor, iae: IaePass) -> Stay:
    ensure(may_change_pass(actor, iae.beneficiary), "not_yours", _NOT_YOURS)
    return place_of(actor, iae.beneficiary_id)


def _standing(actor: Actor, row: Row, version: int) -> tuple[Row, Stay]:
    """A change of a PASS under lock, that nobody cancelled meanwhile, with the place the actor speaks from."""
    found = steps.lock(actor, row)
    _, place = _locked(actor, found.iae_pass)
    if found.cancelled_at is not None:
        raise OutOfReach
    steps.check_version(found, version)
    return found, place
